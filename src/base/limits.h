/*
 * Every cap of the program, in one place.  Bytes unless the name says
 * otherwise.  Those with _MIN and _MAX have a key in sitrep.conf(5), whose
 * default and range they are; they go where no configuration is at hand as a
 * struct limits.  The others are fixed.
 *
 * A maximum is what the libraries bear in the confined reader (CONFINE_*):
 * GMime takes half a kilobyte for a header and one for a part, goes down the
 * stack with each address group of a header and each nested part, and ends
 * the process at a parameter name of 72 bytes; cmark is quadratic.
 */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

#include <stddef.h>

enum {
	/* clang-format off */
	/* max_mail: a message as received */
	LIMIT_MAIL = 25 * 1024 * 1024,
	LIMIT_MAIL_MIN = 64 * 1024, LIMIT_MAIL_MAX = 100 * 1024 * 1024,
	/* max_header_block: all headers of one message or part */
	LIMIT_HEADER_BLOCK = 128 * 1024,
	LIMIT_HEADER_BLOCK_MIN = 32 * 1024, LIMIT_HEADER_BLOCK_MAX = 256 * 1024,
	/* max_header: one header, folding included */
	LIMIT_HEADER = 16 * 1024,
	LIMIT_HEADER_MIN = 4 * 1024, LIMIT_HEADER_MAX = 32 * 1024,
	/* max_headers: of one message or part */
	LIMIT_HEADERS = 500,
	LIMIT_HEADERS_MIN = 100, LIMIT_HEADERS_MAX = 1000,
	/* max_parts: MIME parts of one message */
	LIMIT_PARTS = 100,
	LIMIT_PARTS_MIN = 10, LIMIT_PARTS_MAX = 200,
	/* max_depth: nesting of MIME parts */
	LIMIT_DEPTH = 20,
	LIMIT_DEPTH_MIN = 5, LIMIT_DEPTH_MAX = 30,
	/* max_parameter_name: of a Content-* header */
	LIMIT_PARAM_NAME = 60,
	LIMIT_PARAM_NAME_MIN = 20, LIMIT_PARAM_NAME_MAX = 60,
	/* max_text: text taken from a mail */
	LIMIT_TEXT = 64 * 1024,
	LIMIT_TEXT_MIN = 4 * 1024, LIMIT_TEXT_MAX = 256 * 1024,
	/* max_markdown: longer is shown as plain text */
	LIMIT_MARKDOWN = 32 * 1024,
	LIMIT_MARKDOWN_MIN = 2 * 1024, LIMIT_MARKDOWN_MAX = 32 * 1024,
	/* max_block_lines: of fields and commands in one mail */
	LIMIT_BLOCK_LINES = 200,
	LIMIT_BLOCK_LINES_MIN = 20, LIMIT_BLOCK_LINES_MAX = 1000,
	/* max_rcpt: recipients of one LMTP message */
	LIMIT_RCPT = 100,
	LIMIT_RCPT_MIN = 10, LIMIT_RCPT_MAX = 1000,
	/* clang-format on */

	LIMIT_MAIL_KEPT = 1024 * 1024, /* what is kept of a longer one */
	LIMIT_FINDINGS = 40,           /* told about one mail */
	LIMIT_FIELD = 2000,            /* characters of a field */
	LIMIT_SUBJECT = 200,           /* characters of a subject, shown */
	LIMIT_TITLE = 90,              /* characters of a public title */
	LIMIT_NAME = 80,               /* characters of a configured name */
	LIMIT_ADDRESS = 254,           /* octets of an address */
	LIMIT_LOCAL_PART = 64,         /* octets of a local part of ours */
	LIMIT_LIST_NAME = 24,          /* so that VERP fits LIMIT_LOCAL_PART */
	LIMIT_RECEIVED = 50,           /* Received headers before it's a loop */
	LIMIT_LMTP_LINE = 2048,        /* a command line of LMTP */
	LIMIT_SIGNATURE = 64 * 1024,   /* what signs a mail, or a text */
	LIMIT_CIPHER = 4 * 1024 * 1024, /* encrypted bytes of a mail */
	LIMIT_KEY_FILE = 64 * 1024,     /* a public key, to be added */
	LIMIT_USER_IDS = 50,            /* of such a key */
	LIMIT_PINS = 20,                /* keys of one person */
	LIMIT_MINUTES = 60,      /* an hour, of one writer to a war room */
	LIMIT_FORGED = 20,       /* an hour, passed on at once */
	LIMIT_IDLE_ANSWERS = 50, /* a day, to replies that ask for nothing */
	LIMIT_CONF_FILE = 1024 * 1024, /* configuration, rota, list file */
	LIMIT_SHIFTS = 50000,          /* of a rota, repetitions counted */
};

struct limits { /* those that the configuration may set, but for max_mail */
	size_t header_block, header, headers, parts, depth, param_name, text,
	    markdown, block_lines, rcpt;
};

#define LIMITS_DEFAULT \
	{ \
		.header_block = LIMIT_HEADER_BLOCK, .header = LIMIT_HEADER, \
		.headers = LIMIT_HEADERS, .parts = LIMIT_PARTS, \
		.depth = LIMIT_DEPTH, .param_name = LIMIT_PARAM_NAME, \
		.text = LIMIT_TEXT, .markdown = LIMIT_MARKDOWN, \
		.block_lines = LIMIT_BLOCK_LINES, .rcpt = LIMIT_RCPT \
	}

#endif
