#include "flow/request.h"

#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "text/actions.h"
#include "text/fill.h"
#include "text/findings.h"
#include "text/grammar.h"
#include "text/markup.h"
#include "text/pasted.h"
#include "text/polite.h"
#include "text/subject.h"
#include "text/values.h"

enum {
	SKEW = 5 * 60,
	DATE_OLD = 31 * 86400, /* an older Date says nothing about today */
};

struct work { /* the state of one call */
	const struct conf *conf;
	const struct message *m;
	const struct person *who;
	struct findings f;
	struct outline outline;
	struct speaker speaker;
	struct request *r;
};

static void
find(struct work *w, const char *code, const char *says)
{
	findings_add(&w->f, (struct finding){ code, 0, NULL, says, NULL });
}

/* What the reader of the mail had to leave out or mend. */
static void
find_losses(struct work *w)
{
	const struct message *m = w->m;

	if (m->encrypted)
		find(w, "E30",
		    "The mail is encrypted and can't be read here. Send it "
		    "again in plain text.");
	if (m->flaw != NULL)
		find(w, "E32",
		    arena_printf(w->f.mem,
			"Your signature doesn't count: %s. The mail was taken "
			"as one without it.",
			m->flaw));
	if (m->outside)
		find(w, "W42",
		    "What stands outside your signature was kept, and "
		    "nothing in it was done.");
	if (m->winmail)
		find(w, "E31",
		    "The mail came as winmail.dat. Set your mail program to "
		    "send plain text or HTML.");
	if (m->text_cut || m->cut)
		find(w, "E33",
		    "The mail is too large; only its beginning was read. The "
		    "whole is kept as far as it came.");
	if (m->no_text && !m->encrypted && !m->winmail)
		find(w, "E34",
		    "The mail has no text. Write what happened in its first "
		    "lines.");
	if (m->repaired)
		find(w, "W48",
		    "Some characters couldn't be read and were replaced.");
}

/* A Date that is in the future or very old says nothing. */
static struct moment_frame
frame(const struct job *j, const struct work *w)
{
	const struct message *m = w->m;
	struct moment_frame f = { .written = j->now, .received = j->now };

	if (m->dated && m->date <= j->now + SKEW &&
	    m->date >= j->now - DATE_OLD)
		f.written = m->date;
	f.mail_zoned = m->dated && m->date_zoned;
	f.mail_offset = m->date_offset;
	if (w->who != NULL && w->who->timezone != NULL &&
	    *w->who->timezone != '\0')
		f.zone = w->who->timezone;
	f.house = w->conf->timezone;
	f.words = w->conf->zones;
	f.n_words = w->conf->n_zones;
	return f;
}

static void
fill(struct job *j, struct work *w)
{
	struct fill fill = { &w->f, w->conf, frame(j, w), w->r, { NULL } };

	w->r->degraded = w->outline.degraded;
	for (size_t i = 0; i < w->outline.n; i++)
		fill_entry(&fill, &w->outline.entries[i]);
}

/* Courtesy alone is no text: "Thanks, Comms One" is never published. */
static const char *
own_text(const struct work *w, const char *text)
{
	return polite_only(&w->speaker, text) ? ""
					      : pasted_text(w->f.mem, text);
}

static void
add_section(struct work *w, const struct part *p)
{
	struct request *r = w->r;
	const char *text = own_text(w, p->text);

	if (p->kind == PART_RESELLERS || p->kind == PART_ENDUSERS) {
		const char **field = p->kind == PART_RESELLERS
					 ? &r->reseller_impact
					 : &r->enduser_impact;

		if (*field == NULL && *text != '\0')
			*field = text_one_line(w->f.mem, text, LIMIT_FIELD);
		return;
	}
	r->sections = arena_grow(w->f.mem, r->sections, r->n_sections,
	    sizeof *r->sections);
	r->sections[r->n_sections++] =
	    (struct section){ p->kind == PART_PUBLIC, p->lang, p->brand, text };
}

static size_t
count_lines(const char *s)
{
	size_t n = *s != '\0';

	for (; *s != '\0'; s++)
		n += *s == '\n' && s[1] != '\0';
	return n;
}

static const char *
first_line(struct arena *mem, const char *s)
{
	return arena_copy(mem, s, strcspn(s, "\n"));
}

static void
take_text(struct work *w)
{
	const struct parts *p = &w->outline.parts;
	struct request *r = w->r;

	r->text = own_text(w, p->text);
	r->text_lines = count_lines(r->text);
	for (size_t i = 0; i < p->n; i++) {
		add_section(w, &p->at[i]);
		r->text_lines += count_lines(p->at[i].text);
	}
	r->opening_word = value_opening(first_line(w->f.mem, r->text));
}

/* A paragraph that would be public holds what the public may not get. */
static void
check_markup(struct work *w, const char *text, size_t first)
{
	const char *at;
	size_t line;

	at = markup_find(text, &line);
	if (at == NULL)
		return;
	findings_add(&w->f,
	    (struct finding){ "E25", (unsigned)(first + line - 1),
		first_line(w->f.mem, at),
		"Images and HTML can't be published. The text was kept as a "
		"note; send it again without them.",
		NULL });
	w->r->public_refused = w->r->degraded = true;
}

static bool
publishes(const struct request *r)
{
	for (size_t i = 0; i < r->n_commands; i++)
		if (verb_publishes(r->commands[i].verb))
			return true;
	return r->correct != 0 || r->state != STATE_NONE;
}

/* Text under no marker is public where comms publishes. */
static void
check_public(struct work *w)
{
	const struct parts *p = &w->outline.parts;
	unsigned roles =
	    ROLE_COMMS | ROLE_COMMS_LEAD | ROLE_EXEC | ROLE_SECURITY;
	bool comms = w->who != NULL && (w->who->roles & roles) != 0;

	for (size_t i = 0; i < p->n; i++)
		if (p->at[i].kind == PART_PUBLIC)
			check_markup(w, p->at[i].text, p->at[i].line + 1);
	if (p->n == 0 && comms && publishes(w->r))
		check_markup(w, p->text, p->line);
}

static bool
has_public(const struct request *r)
{
	for (size_t i = 0; i < r->n_sections; i++)
		if (r->sections[i].public)
			return true;
	return publishes(r);
}

/* Answers between the lines of a quote are notes, nothing more. */
static void
check_interleaved(struct work *w)
{
	if (!w->m->interleaved || w->m->alone || !has_public(w->r))
		return;
	find(w, "W41",
	    "Your lines stand between quoted ones, so nothing was published. "
	    "This is a preview.");
	w->r->degraded = true;
}

static bool
has_command(const struct request *r, enum verb verb)
{
	for (size_t i = 0; i < r->n_commands; i++)
		if (r->commands[i].verb == verb)
			return true;
	return false;
}

static void
add_yes(struct work *w)
{
	struct request *r = w->r;
	const char *line = first_line(w->f.mem, w->outline.body);
	struct command yes = { .verb = VERB_YES,
		.args = "",
		.line = 1,
		.written = text_one_line(w->f.mem, line, LIMIT_SUBJECT) };

	r->commands =
	    arena_grow(w->f.mem, r->commands, r->n_commands, sizeof yes);
	r->commands[r->n_commands++] = yes;
}

/* This line names the event. */
static bool
names_event(const struct work *w, const char *line)
{
	for (size_t i = 0; i < w->outline.n; i++) {
		const struct entry *e = &w->outline.entries[i];

		if (e->key == KEY_INCIDENT && !e->slip &&
		    strcmp(text_trim(w->f.mem, line),
			text_trim(w->f.mem, e->written)) == 0)
			return true;
	}
	return false;
}

/*
 * What is signed must name its event to count by itself; that line is no
 * second thought.
 */
static void
leave_out_event(struct work *w)
{
	char *rest = arena_str(w->f.mem, w->outline.body), *line;
	struct buf out = BUF_INIT;

	while ((line = text_line(&rest)) != NULL)
		if (!names_event(w, line))
			buf_printf(&out, "%s\n", line);
	w->outline.body = text_trim(w->f.mem, out.data);
	w->outline.opening = first_line(w->f.mem, w->outline.body);
	buf_free(&out);
}

/*
 * One-word answers.  Yes is judged on everything that was written, not on the
 * block: "Yes" over a second thought isn't one.
 */
static void
judge_answer(struct work *w)
{
	struct request *r = w->r;
	bool empty = *r->text == '\0' && w->outline.parts.n == 0;

	if (w->m->reaction) { /* nobody typed it */
		r->n_commands = 0;
		return;
	}
	if (w->m->sealed)
		leave_out_event(w);
	r->only_word = polite_yes(&w->speaker, w->outline.body);
	if (r->only_word && !has_command(r, VERB_YES))
		add_yes(w);
	if (r->only_word) {
		r->text = "";
		r->text_lines = 0;
	}
	r->yes_extra = !r->only_word &&
		       (has_command(r, VERB_YES) ||
			   polite_begins_yes(w->outline.opening) ||
			   (r->n_commands == 0 &&
			       polite_agrees(&w->speaker, w->outline.body)));
	r->objection =
	    polite_objects(w->outline.opening) && !has_command(r, VERB_SAME);
	if (!has_command(r, VERB_YES) && r->n_commands == 1 &&
	    w->outline.n == 1 && !r->degraded && empty)
		r->only_word = true;
}

enum status
request_read(struct job *j, const struct conf *c, const struct message *m,
    const struct person *who, struct request *out)
{
	struct request r = { 0 };
	struct grammar g = { &c->brand, c->banners, c->n_banners, m->from_html,
		c->limits.block_lines };
	struct work w = { .conf = c, .m = m, .who = who, .r = &r };
	struct shorthand subject;

	w.f.mem = j->mem;
	w.speaker.name = who == NULL ? NULL : who->name;
	w.speaker.slug = who == NULL ? NULL : who->slug;
	w.speaker.from_name = m->from_name;
	find_losses(&w);
	grammar_read(&g, m->reply, &w.f, &w.outline);
	fill(j, &w);
	take_text(&w);
	check_public(&w);
	check_interleaved(&w);
	judge_answer(&w);
	actions_read(j->mem, m->reply, &r);
	subject_read(j->mem, c, m->subject, &subject);
	r.subject_severity = subject.severity;
	r.subject_component = subject.component;
	r.findings = w.f.at;
	r.n_findings = w.f.n;
	*out = r;
	return ST_OK;
}
