/*
 * A request in one line, words with a space between them: what a test or the
 * manual says a mail gives.  Text is not in it but for its number of lines.
 */
#ifndef TESTS_REQUEST_PRINT_H
#define TESTS_REQUEST_PRINT_H

#include "base/buf.h"
#include "base/when.h"
#include "model/request.h"

static inline void
print_text(struct buf *out, const char *name, const char *value)
{
	if (value != NULL)
		buf_printf(out, " %s=\"%s\"", name, value);
}

static inline void
print_moment(struct buf *out, struct arena *mem, const char *name,
    const struct moment *m)
{
	if (m->given)
		buf_printf(out, " %s=%s/%s", name, when_rfc3339(mem, m->at),
		    m->read_as);
}

static inline void
print_commands(const struct request *r, struct buf *out)
{
	for (size_t i = 0; i < r->n_commands; i++) {
		const struct command *c = &r->commands[i];

		buf_printf(out, " !%s", words_verb(c->verb));
		if (c->state != STATE_NONE)
			buf_printf(out, ":%s", words_state(c->state));
		if (c->number != 0)
			buf_printf(out, ":%d", c->number);
		if (c->seconds != 0)
			buf_printf(out, ":%llds", (long long)c->seconds);
	}
}

static inline void
print_fields(const struct request *r, struct arena *mem, struct buf *out)
{
	static const char *const asks[] = { "", "no", "yes" };

	print_text(out, "incident", r->incident);
	print_text(out, "title", r->title);
	if (r->severity != 0)
		buf_printf(out, " severity=%d", r->severity);
	for (size_t i = 0; i < r->n_components; i++)
		buf_printf(out, " %s=%s", r->components[i].slug,
		    words_level(r->components[i].level));
	if (r->state != STATE_NONE)
		buf_printf(out, " state=%s", words_state(r->state));
	if (r->impact != IMPACT_UNSET)
		buf_printf(out, " impact=%s", words_impact(r->impact));
	print_text(out, "impact", r->impact_text);
	print_text(out, "lasting", r->lasting);
	print_text(out, "resellers", r->reseller_impact);
	print_text(out, "endusers", r->enduser_impact);
	print_text(out, "workaround", r->workaround);
	print_text(out, "social", r->social);
	print_moment(out, mem, "started", &r->started);
	print_moment(out, mem, "detected", &r->detected);
	print_moment(out, mem, "ended", &r->ended);
	if (r->next.kind == PROMISE_AFTER)
		buf_printf(out, " next=+%llds", (long long)r->next.value);
	if (r->next.kind == PROMISE_AT)
		buf_printf(out, " next=%s", when_rfc3339(mem, r->next.value));
	if (r->next.kind == PROMISE_NONE)
		buf_str(out, " next=none");
	if (r->disclosure != DISCLOSURE_UNSET)
		buf_printf(out, " disclosure=%s",
		    words_disclosure(r->disclosure));
	print_text(out, "cause", r->cause);
	print_text(out, "fix", r->fix);
	print_text(out, "prevention", r->prevention);
	print_text(out, "note", r->note);
	print_text(out, "public", r->public_line);
	print_text(out, "key", r->key);
	print_text(out, "reason", r->reason);
	print_text(out, "related", r->related);
	print_text(out, "problem", r->problem);
	print_text(out, "lang", r->lang);
	if (r->notify != ASK_UNSET)
		buf_printf(out, " notify=%s", asks[r->notify]);
	if (r->drill != ASK_UNSET)
		buf_printf(out, " drill=%s", asks[r->drill]);
	for (size_t i = 0; i < r->n_lists; i++)
		buf_printf(out, " list=%s", r->lists[i]);
	if (r->correct != 0)
		buf_printf(out, " correct=%d%s", r->correct,
		    r->correct_typo ? "/typo" : "");
	if (r->handoff_now)
		buf_str(out, " handoff=now");
	print_text(out, "handoff", r->handoff);
	if (r->swap_with != NULL)
		print_moment(out, mem,
		    arena_printf(mem, "swap=%s", r->swap_with), &r->swap_until);
}

static inline void
request_print(const struct request *r, struct arena *mem, struct buf *out)
{
	print_commands(r, out);
	print_fields(r, mem, out);
	if (r->subject_severity != 0)
		buf_printf(out, " subject-severity=%d", r->subject_severity);
	print_text(out, "subject-component", r->subject_component);
	if (*r->text != '\0')
		buf_str(out, " text");
	for (size_t i = 0; i < r->n_sections; i++)
		buf_printf(out, " %s%s%s",
		    r->sections[i].public ? "public" : "internal",
		    r->sections[i].lang == NULL ? "" : ":",
		    r->sections[i].lang == NULL ? "" : r->sections[i].lang);
	if (r->opening_word != STATE_NONE)
		buf_printf(out, " opening=%s", words_state(r->opening_word));
	if (r->only_word)
		buf_str(out, " only-word");
	if (r->yes_extra)
		buf_str(out, " yes-extra");
	if (r->objection)
		buf_str(out, " objection");
	if (r->public_refused)
		buf_str(out, " refused");
	if (r->degraded)
		buf_str(out, " degraded");
	for (size_t i = 0; i < r->n_findings; i++)
		buf_printf(out, " %s@%u", r->findings[i].code,
		    r->findings[i].line);
}

#endif
