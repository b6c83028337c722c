/*
 * A mail's text becomes a request.  Whatever it holds: strings are UTF-8,
 * fields are lines, findings have a sentence, a mistake degrades, a yes is
 * alone, public text never holds a marker that switches to internal, and the
 * same text gives the same request.
 */
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "flow/request.h"
#include "mail_sample.h"
#include "request_print.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(bool so)
{
	if (!so)
		abort();
}

static void
check_line(const char *s)
{
	must(s == NULL || (text_is_line(s) && text_is_utf8(s, strlen(s))));
}

static void
check_fields(const struct request *r)
{
	const char *const lines[] = { r->incident, r->title, r->impact_text,
		r->lasting, r->reseller_impact, r->enduser_impact,
		r->workaround, r->social, r->cause, r->fix, r->prevention,
		r->note, r->public_line, r->reason, r->related, r->problem,
		r->lang, r->key, r->handoff, r->started.written,
		r->detected.written, r->ended.written, r->started.read_as };

	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		check_line(lines[i]);
	must(r->severity >= 0 && r->severity <= 5);
	must(r->correct >= 0 && r->next.value >= 0);
	for (size_t i = 0; i < r->n_components; i++)
		must(r->components[i].slug != NULL);
	for (size_t i = 0; i < r->n_commands; i++) {
		must(r->commands[i].verb != VERB_NONE);
		check_line(r->commands[i].args);
		check_line(r->commands[i].written);
	}
}

static void
check_findings(const struct request *r, const char *reply)
{
	unsigned lines = 1;

	for (const char *s = reply; *s != '\0'; s++)
		lines += *s == '\n' || *s == '\r';
	must(r->n_findings <= LIMIT_FINDINGS);
	for (size_t i = 0; i < r->n_findings; i++) {
		const struct finding *f = &r->findings[i];

		must(f->line <= lines && f->says != NULL);
		check_line(f->says);
		check_line(f->written);
		check_line(f->copy);
		if (strncmp(f->code, "E2", 2) == 0)
			must(r->degraded);
	}
}

static void
check_text(const struct request *r)
{
	must(text_is_utf8(r->text, strlen(r->text)));
	for (size_t i = 0; i < r->n_sections; i++) {
		const struct section *s = &r->sections[i];

		must(text_is_utf8(s->text, strlen(s->text)));
		if (s->public)
			must(strstr(s->text, "\n--- internal ---") == NULL);
	}
	if (r->only_word)
		must(*r->text == '\0' && !r->yes_extra);
}

static void
read_once(const struct message *m, const struct conf *c,
    const struct person *who, struct buf *out)
{
	struct request r;
	struct job j;

	job_begin(&j, "fuzz", 1772633172);
	must(request_read(&j, c, m, who, &r) == ST_OK);
	check_fields(&r);
	check_findings(&r, m->reply);
	check_text(&r);
	request_print(&r, j.mem, out);
	for (size_t i = 0; i < r.n_commands; i++)
		if (r.commands[i].verb == VERB_YES)
			must(r.only_word || r.yes_extra);
	job_end(&j);
}

/* A yes with a second thought behind it is none. */
static void
check_doubt(const struct message *m, const struct conf *c,
    const struct person *who)
{
	struct message doubt = *m;
	struct request r;
	struct job j;

	job_begin(&j, "fuzz", 1772633172);
	doubt.reply = arena_printf(j.mem, "%s\nbut not yet", m->reply);
	must(request_read(&j, c, &doubt, who, &r) == ST_OK);
	for (size_t i = 0; i < r.n_commands; i++)
		if (r.commands[i].verb == VERB_YES)
			must(!r.only_word);
	job_end(&j);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf text = BUF_INIT, first = BUF_INIT, second = BUF_INIT;
	const struct person *who;
	struct message m;
	struct conf c;
	char *reply, *subject;

	if (size < 1 || size > LIMIT_TEXT)
		return 0;
	sample_conf(&c);
	who = data[0] % 4 == 3 ? NULL : &c.persons[data[0] % 4];
	(void)text_repair(&text, (const char *)data + 1, size - 1);
	subject = text.data;
	reply = strchr(subject, '\n');
	if (reply == NULL)
		goto done;
	*reply++ = '\0';
	sample_message(subject, reply, &m);
	m.from_html = data[0] & 4;
	m.interleaved = data[0] & 8;
	m.alone = data[0] & 16;
	read_once(&m, &c, who, &first);
	read_once(&m, &c, who, &second);
	must(strcmp(first.data, second.data) == 0);
	check_doubt(&m, &c, who);
done:
	buf_free(&text);
	buf_free(&first);
	buf_free(&second);
	return 0;
}
