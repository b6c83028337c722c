#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/text.h"
#include "base/when.h"
#include "cmd/world.h"
#include "flow/read.h"

static const char *
reading_word(const struct message *m)
{
	switch (m->reading) {
	case READING_OK: return "ok";
	case READING_EMPTY: return "empty";
	case READING_UNPARSED: return "unparsed";
	case READING_LIMITS: break;
	}
	return "limits";
}

static void
print_from(const struct message *m)
{
	printf("From: %s%s%s\n", m->from_name,
	    m->from_name[0] == '\0' ? "" : " ",
	    m->from_address[0] == '\0' ? "(no usable address)"
				       : m->from_address);
	if (m->n_from != 1 || m->n_from_mailboxes != 1 || m->from_group)
		printf("  %zu From headers, %zu mailboxes%s\n", m->n_from,
		    m->n_from_mailboxes, m->from_group ? ", a group" : "");
}

static void
print_headers(struct job *j, const struct message *m)
{
	printf("Read: %s%s%s%s\n", reading_word(m),
	    m->limit[0] == '\0' ? "" : ":", m->limit,
	    m->cut ? ", only its beginning was kept" : "");
	print_from(m);
	printf("Subject: %s\n", m->subject);
	printf("Message-ID: %s\n", m->mid);
	for (size_t i = 0; i < m->n_refs; i++)
		printf("Answers: %s\n", m->refs[i]);
	if (m->dated)
		printf("Date: %s, offset %d min%s\n",
		    when_rfc3339(j->mem, m->date), m->date_offset / 60,
		    m->date_zoned ? "" : " (says nothing)");
	else
		printf("Date: none that can be read\n");
	printf("Received: %zu\n", m->n_received);
}

static void
print_marks(const struct message *m)
{
	const struct {
		bool set;
		const char *words;
	} marks[] = {
		{ m->from_html, "made from HTML" },
		{ m->no_text, "no text part" },
		{ m->repaired, "characters were mended" },
		{ m->text_cut, "too long, cut" },
		{ m->interleaved, "own words below a quote" },
		{ m->alone, "one line or less" },
		{ m->forwarded, "forwarded" },
		{ m->encrypted, "encrypted" },
		{ m->is_signed, "signed" },
		{ m->winmail, "winmail.dat" },
		{ m->reaction, "a reaction" },
	};

	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (marks[i].set)
			printf("Mark: %s\n", marks[i].words);
}

static void
print_text(struct job *j, const struct message *m)
{
	print_marks(m);
	for (size_t i = 0; i < m->n_attachments; i++) {
		const struct attachment *a = &m->attachments[i];

		printf("Attachment: %s \"%s\"%s%s\n", a->type, a->name,
		    a->note[0] == '\0' ? "" : " ", a->note);
	}
	printf("Left out: %zu lines of quote, %zu of signature\n", m->cut_quote,
	    m->cut_signature);
	for (char *p = arena_str(j->mem, m->reply), *line;
	     (line = text_line(&p)) != NULL;)
		printf("| %s\n", line);
}

int
cmd_explain(struct world *w, struct job *j, int argc, char **argv)
{
	bool reply = argc == 2 && strcmp(argv[1], "--reply") == 0;
	struct buf raw = BUF_INIT;
	struct message m;
	enum status st;
	int more = 0;

	if (argc > 1 && !reply) {
		fprintf(stderr, "usage: sitrep explain [--reply] < MESSAGE\n");
		return EX_WRONG_USAGE;
	}
	st = file_read_fd(j, 0, LIMIT_MAIL, &raw, &more);
	if (st == ST_OK && more)
		buf_cut(&raw, LIMIT_MAIL_KEPT);
	if (st == ST_OK)
		st =
		    read_message(j, &w->conf, raw.data, raw.len, more != 0, &m);
	buf_free(&raw);
	if (st != ST_OK) {
		fprintf(stderr, "sitrep: %s\n", j->why);
		return EX_FAILED;
	}
	if (reply)
		printf("%s\n", m.reply);
	else {
		print_headers(j, &m);
		print_text(j, &m);
	}
	return fflush(stdout) == 0 ? EX_DONE : EX_FAILED;
}
