/*
 * Every cap of the program, in one place.  Bytes unless the name says
 * otherwise.  Those with a configuration key of the same name (lower case)
 * are defaults; the others are fixed.
 */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

enum {
	LIMIT_MAIL = 25 * 1024 * 1024,   /* max_mail: a message as received */
	LIMIT_MAIL_KEPT = 1024 * 1024,   /* what is kept of a longer one */
	LIMIT_HEADER_BLOCK = 128 * 1024, /* all headers of one message */
	LIMIT_HEADER = 16 * 1024,        /* one header, folding included */
	LIMIT_HEADERS = 500,             /* headers of one message or part */
	LIMIT_PARTS = 100,               /* MIME parts of one message */
	LIMIT_DEPTH = 20,                /* nesting of MIME parts */
	LIMIT_PARAM_NAME = 60,           /* a Content-* parameter's name */
	LIMIT_TEXT = 64 * 1024,          /* text taken from a mail */
	LIMIT_LINE_VIEW = 64 * 1024,     /* one line, when shown */
	LIMIT_MARKDOWN = 32 * 1024,      /* longer is shown as plain text */
	LIMIT_BLOCK_LINES = 200,         /* lines of a command block */
	LIMIT_FINDINGS = 40,             /* told about one mail */
	LIMIT_FIELD = 2000,              /* characters of a field */
	LIMIT_SUBJECT = 200,             /* characters of a subject, shown */
	LIMIT_TITLE = 90,                /* characters of a public title */
	LIMIT_RCPT = 100,                /* recipients of one LMTP message */
	LIMIT_ADDRESS = 254,             /* octets of an address */
	LIMIT_LOCAL_PART = 64,           /* octets of a local part of ours */
	LIMIT_LIST_NAME = 24,    /* so that VERP fits LIMIT_LOCAL_PART */
	LIMIT_RECEIVED = 50,     /* Received headers before it's a loop */
	LIMIT_LMTP_LINE = 2048,  /* a command line of LMTP */
	LIMIT_MINUTES = 60,      /* an hour, of one writer to a war room */
	LIMIT_IDLE_ANSWERS = 50, /* a day, to replies that ask for nothing */
	LIMIT_CONF_FILE = 1024 * 1024, /* configuration, rota, list file */
};

#endif
