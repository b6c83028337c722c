#include "cmd/replay_entry.h"

#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "base/when.h"
#include "cmd/digests.h"
#include "cmd/import_take.h"
#include "cmd/monthly.h"
#include "cmd/replay_members.h"
#include "cmd/walk.h"
#include "model/pin.h"
#include "text/monthly.h"

/* "Name: value" of the head of an entry; "" if it isn't there. */
static const char *
value(struct job *j, const char *text, const char *name)
{
	size_t n = strlen(name);

	while (*text != '\0' && *text != '\n') {
		size_t line = strcspn(text, "\n");

		if (strncmp(text, name, n) == 0 && text[n] == ':')
			return text_trim(j->mem,
			    arena_copy(j->mem, text + n + 1, line - n - 1));
		text += line + (text[line] == '\n');
	}
	return "";
}

/* ---- mails ---- */

/* Is it what came of it then? */
static enum status
compare(struct world *w, struct job *j, struct db *old, int64_t was, int64_t is,
    struct replayed *told)
{
	struct outcome a, b;
	enum status st = inbox_outcome(old, j, was, &a);

	if (st == ST_OK)
		st = inbox_outcome(w->db, j, is, &b);
	if (st != ST_OK || (strcmp(a.verdict, b.verdict) == 0 &&
			       strcmp(a.result, b.result) == 0))
		return st;
	told->other++;
	log_warn("step=replay message=%lld was=%s %s is=%s %s", (long long)was,
	    a.verdict, a.result, b.verdict, b.result);
	return ST_OK;
}

/* What waited there waits here. */
static enum status
mail(struct world *w, struct job *j, struct db *old,
    const struct inbox_entry *e, const struct envelope *in,
    struct replayed *told)
{
	int64_t id;
	enum status st = walk_take(w, j, in, &id);

	told->mails++;
	if (st != ST_OK || e->waits)
		return st;
	if ((st = walk_waiting(w, j)) == ST_NONE)
		st = job_fail(j, ST_TEMP, "another process has the store");
	return st == ST_OK ? compare(w, j, old, e->id, id, told) : st;
}

/* ---- the command line ---- */

static enum status
keep(struct world *w, struct job *j, const struct envelope *in)
{
	return inbox_journal(w->db, j, in, 0);
}

static enum status
members(struct world *w, struct job *j, const char *text)
{
	const char *lines = strstr(text, "\n\n");
	const struct replay_change c = { value(j, text, "List"),
		value(j, text, "Change"), value(j, text, "Columns"),
		lines == NULL ? "" : lines + 2 };

	return replay_members(w, j, &c);
}

static enum status
pins(struct world *w, struct job *j, const struct envelope *in,
    const char *text)
{
	const char *fingerprint = value(j, text, "Fingerprint");
	const struct pin p = { .fingerprint = fingerprint,
		.person = value(j, text, "Person"),
		.added = j->now,
		.actor = in->actor };

	return strcmp(value(j, text, "Change"), "add") == 0
		   ? pin_add(w->db, j, &p)
		   : pin_remove(w->db, j, fingerprint);
}

static enum status
past(struct world *w, struct job *j, const char *word, const char *text)
{
	const char *file = strstr(text, "\n\n"), **names;
	enum history_form form;
	struct history h;

	if (file == NULL || !import_form(word, &form))
		return job_fail(j, ST_PERM, "%s isn't a form of import", word);
	history_read(j, &w->conf, form, file + 2, strlen(file + 2), &h);
	if (h.n_faults != 0)
		return job_fail(j, ST_PERM, "%s", h.faults[0]);
	return import_take(w, j, &h, &names);
}

static enum status
change(struct world *w, struct job *j, const struct envelope *in,
    const char *text)
{
	enum status st = db_begin(w->db, j);

	if (st == ST_OK && value(j, text, "List")[0] != '\0')
		st = members(w, j, text);
	else if (st == ST_OK && value(j, text, "Person")[0] != '\0')
		st = pins(w, j, in, text);
	else if (st == ST_OK && value(j, text, "Import")[0] != '\0')
		st = past(w, j, value(j, text, "Import"), text);
	if (st <= ST_NONE)
		st = keep(w, j, in);
	if (st == ST_OK)
		st = db_commit(w->db, j);
	db_rollback(w->db);
	return st;
}

static enum status
report(struct world *w, struct job *j, const struct envelope *in,
    const char *month)
{
	struct monthly_wish wish = { .source = in->source, .actor = in->actor };
	struct monthly_draft made;

	if (!monthly_read(month, &wish.month))
		return job_fail(j, ST_PERM, "%s is no month", month);
	return monthly_make(w, j, &wish, &made);
}

/* ---- the clock ---- */

/* "T2.3": its kind and step. */
static bool
read_timer(const char *s, struct walk_timer *out)
{
	int64_t kind, step;

	if (*s++ != 'T' || !text_take_int(&s, &kind) || *s++ != '.' ||
	    !text_take_int(&s, &step))
		return false;
	out->kind = (int)kind;
	out->step = (int)step;
	return true;
}

/* One that fired early (a page that was refused) is due in no other way. */
static enum status
timer(struct world *w, struct job *j, const char *text, struct replayed *told)
{
	struct walk_timer t = { 0 };
	const char *event = value(j, text, "Event");

	t.round = text_number(value(j, text, "Round"));
	if (!text_take_int(&event, &t.event) ||
	    !read_timer(value(j, text, "Timer"), &t))
		return ST_NONE;
	told->timers++;
	return walk_timers(w, j, &t);
}

static enum status
digest(struct world *w, struct job *j, const char *text)
{
	struct digest_made d = { .list = value(j, text, "Digest"),
		.period = value(j, text, "Period") };

	if (!when_read_rfc3339(value(j, text, "Since"), &d.from) ||
	    !when_read_rfc3339(value(j, text, "Until"), &d.until))
		return job_fail(j, ST_PERM,
		    "the digest of %s says no time of when to when", d.list);
	return digests_again(w, j, &d);
}

enum status
replay_entry(struct world *w, struct job *j, struct db *old,
    const struct inbox_entry *e, struct replayed *told)
{
	struct letter_in in;
	const char *text, *month;
	enum status st = inbox_get(old, j, e->id, &in);

	if (st != ST_OK)
		return st;
	if (strcmp(in.envelope.source, "clock") != 0 &&
	    strcmp(in.envelope.source, "command") != 0)
		return mail(w, j, old, e, &in.envelope, told);
	text = arena_copy(j->mem, in.envelope.raw, in.envelope.n);
	month = value(j, text, "Report");
	if (month[0] != '\0') {
		told->changes++;
		return report(w, j, &in.envelope, month);
	}
	if (strcmp(in.envelope.source, "command") == 0) {
		told->changes++;
		return change(w, j, &in.envelope, text);
	}
	if (value(j, text, "Digest")[0] != '\0') {
		told->changes++;
		return digest(w, j, text);
	}
	return timer(w, j, text, told);
}
