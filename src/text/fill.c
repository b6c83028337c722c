#include "text/fill_in.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "text/length.h"
#include "text/pasted.h"
#include "text/values.h"

void
fill_find(struct fill *w, const struct entry *e, const char *code,
    const char *says, const char *copy)
{
	findings_add(w->f,
	    (struct finding){ code, e->line, e->written, says, copy });
	w->r->degraded = true;
}

/* "Since: 2026-03-04 09:00": the key as it was written. */
const char *
fill_again(struct fill *w, const struct entry *e, const char *value)
{
	return arena_printf(w->f->mem, "%s: %s", e->name, value);
}

void
fill_bad(struct fill *w, const struct entry *e, const char *says,
    const char *value)
{
	fill_find(w, e, "E24", says, fill_again(w, e, value));
}

static size_t
characters(const char *s)
{
	size_t n = 0;

	while (text_next(&s) != 0)
		n++;
	return n;
}

/* A text of one line; what is too long is cut, and said. */
static const char *
one_line(struct fill *w, const struct entry *e)
{
	const char *s =
	    text_one_line(w->f->mem, e->value, (size_t)2 * LIMIT_FIELD);

	if (characters(s) <= LIMIT_FIELD)
		return s;
	fill_find(w, e, "E33", "The text of this line is too long and was cut.",
	    NULL);
	return text_one_line(w->f->mem, s, LIMIT_FIELD);
}

static void
fill_text(struct fill *w, const struct entry *e)
{
	static const struct {
		enum key key;
		size_t at;
	} places[] = {
		/* clang-format off */
		{ KEY_INCIDENT, offsetof(struct request, incident) },
		{ KEY_LASTING, offsetof(struct request, lasting) },
		{ KEY_RESELLER_IMPACT,
		    offsetof(struct request, reseller_impact) },
		{ KEY_ENDUSER_IMPACT,
		    offsetof(struct request, enduser_impact) },
		{ KEY_WORKAROUND, offsetof(struct request, workaround) },
		{ KEY_SOCIAL, offsetof(struct request, social) },
		{ KEY_CAUSE, offsetof(struct request, cause) },
		{ KEY_FIX, offsetof(struct request, fix) },
		{ KEY_PREVENTION, offsetof(struct request, prevention) },
		{ KEY_PUBLIC, offsetof(struct request, public_line) },
		{ KEY_KEY, offsetof(struct request, key) },
		{ KEY_REASON, offsetof(struct request, reason) },
		{ KEY_PROBLEM, offsetof(struct request, problem) },
		{ KEY_BRIDGE, offsetof(struct request, bridge) },
		/* clang-format on */
	};

	for (size_t i = 0; i < sizeof places / sizeof *places; i++)
		if (places[i].key == e->key) {
			char *at = (char *)w->r + places[i].at;
			const char *s = one_line(w, e), *have;

			memcpy(&have, at, sizeof have);
			if (have != NULL && field_adds(e->key))
				s = arena_printf(w->f->mem, "%s; %s", have, s);
			memcpy(at, &s, sizeof s);
		}
}

static const char *
join(struct fill *w, const char *have, const char *more)
{
	return have == NULL ? more
			    : arena_printf(w->f->mem, "%s %s", have, more);
}

static void
fill_note(struct fill *w, const struct entry *e)
{
	w->r->note = join(w, w->r->note, one_line(w, e));
}

static void
fill_related(struct fill *w, const struct entry *e)
{
	w->r->related = join(w, w->r->related, one_line(w, e));
}

static void
fill_title(struct fill *w, const struct entry *e)
{
	const char *s = pasted_title(w->f->mem,
	    text_one_line(w->f->mem, e->value, (size_t)2 * LIMIT_FIELD));
	const char *cut = text_one_line(w->f->mem, s, LIMIT_TITLE);

	w->r->title = cut;
	if (strcmp(s, cut) != 0)
		fill_bad(w, e,
		    "A title has at most 90 characters; this one was cut. "
		    "Write a shorter one:",
		    cut);
}

static void
fill_severity(struct fill *w, const struct entry *e)
{
	int n = value_severity(e->value);

	if (n > 0)
		w->r->severity = n;
	else
		fill_bad(w, e,
		    "A severity is 1 to 5, 1 the worst; it wasn't taken.", "2");
}

static void
fill_state(struct fill *w, const struct entry *e)
{
	enum state state = value_state(e->value);
	const char *near = value_near_state(e->value);

	if (state != STATE_NONE)
		w->r->state = state;
	else if (value_is_maintenance(e->value))
		fill_bad(w, e,
		    "This is a status of maintenance, which isn't built yet; "
		    "it wasn't taken.",
		    "investigating");
	else
		fill_bad(w, e,
		    "The states are investigating, identified, monitoring "
		    "and resolved; it wasn't taken.",
		    near == NULL ? "investigating" : near);
}

static void
fill_impact(struct fill *w, const struct entry *e)
{
	enum impact impact = value_impact(e->value);

	if (impact != IMPACT_UNSET)
		w->r->impact = impact;
	else
		w->r->impact_text = one_line(w, e);
}

static void
read_time(struct fill *w, const struct entry *e, enum moment_use use,
    struct moment *out)
{
	struct moment_refusal no;

	w->frame.use = use;
	if (!moment_read(w->f->mem, &w->frame, e->value, out, &no))
		fill_find(w, e, no.code, no.says, fill_again(w, e, no.copy));
}

/* "Since: 20 min" is so long ago; "2h" is an hour of the clock. */
static void
read_since(struct fill *w, const struct entry *e, struct moment *out)
{
	struct moment_frame f = w->frame;
	struct moment_refusal no;
	struct entry said = *e;
	struct moment m;
	int64_t seconds;

	f.use = MOMENT_PAST;
	if (isdigit((unsigned char)*e->value) &&
	    length_read(e->value, &seconds) &&
	    !moment_read(w->f->mem, &f, e->value, &m, &no))
		said.value = arena_printf(w->f->mem, "%s ago", e->value);
	read_time(w, &said, MOMENT_PAST, out);
	if (said.value != e->value && out->given)
		out->written = text_one_line(w->f->mem, e->value, LIMIT_TITLE);
}

static void
fill_started(struct fill *w, const struct entry *e)
{
	read_since(w, e, &w->r->started);
}

static void
fill_detected(struct fill *w, const struct entry *e)
{
	read_since(w, e, &w->r->detected);
}

static void
fill_ended(struct fill *w, const struct entry *e)
{
	read_time(w, e, MOMENT_PAST, &w->r->ended);
}

/* "1h30", "17h" of a promise: so long, or at that hour?  It must be said. */
static bool
two_ways(struct fill *w, const char *s, struct moment_refusal *no)
{
	size_t h = strspn(s, "0123456789"), m;
	int64_t hours = text_number(s);

	if (h == 0 || h > 2 || (s[h] != 'h' && s[h] != 'H'))
		return false;
	m = strspn(s + h + 1, "0123456789");
	if (s[h + 1 + m] != '\0' || (m == 0 ? hours < 13 : hours > 12) ||
	    hours > 23)
		return false;
	no->code = "E23";
	no->says = arena_printf(w->f->mem,
	    "\"%s\" can be the time of day or how long it takes. For the "
	    "first write it with a colon and UTC or a city; for the second:",
	    s);
	no->copy = arena_printf(w->f->mem, "+%.*sh%s%s", (int)h, s, s + h + 1,
	    m == 0 ? "" : "m");
	return true;
}

/* "+2h", "90 min", "none", or a time; *no is set when false. */
bool
fill_promise(struct fill *w, const char *s, struct promise *out,
    struct moment_refusal *no)
{
	static const char *const none[] = { "none", "no", "-", "n/a", "never" };
	struct moment m;
	int64_t seconds;

	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		if (text_ieq(none[i], s)) {
			*out = (struct promise){ PROMISE_NONE, 0 };
			return true;
		}
	if (two_ways(w, s, no))
		return false;
	if (length_read(s, &seconds)) {
		*out = (struct promise){ PROMISE_AFTER, seconds };
		return true;
	}
	w->frame.use = MOMENT_FUTURE;
	if (!moment_read(w->f->mem, &w->frame, s, &m, no)) {
		no->copy = "+2h";
		return false;
	}
	*out = (struct promise){ PROMISE_AT, m.at };
	return true;
}

static void
fill_next(struct fill *w, const struct entry *e)
{
	struct moment_refusal no;

	if (!fill_promise(w, e->value, &w->r->next, &no))
		fill_find(w, e, no.code, no.says, fill_again(w, e, no.copy));
}

void
fill_tighten(struct fill *w, enum disclosure d)
{
	if (d > w->r->disclosure)
		w->r->disclosure = d;
}

static void
fill_disclosure(struct fill *w, const struct entry *e)
{
	const char *s = e->key == KEY_TLP
			    ? arena_printf(w->f->mem, "tlp:%s", e->value)
			    : e->value;
	enum disclosure d = value_disclosure(s);

	if (d == DISCLOSURE_UNSET) {
		fill_tighten(w, DISCLOSURE_EMBARGOED);
		fill_bad(w, e,
		    "Disclosure is full, limited or embargoed. Until you say "
		    "which, it's taken as embargoed.",
		    "limited");
		return;
	}
	fill_tighten(w, d);
}

static void
fill_notify(struct fill *w, const struct entry *e)
{
	enum ask_impact answer = value_yes_no(e->value);

	if (answer != ASK_UNSET)
		w->r->notify = answer;
	else
		fill_bad(w, e, "Write yes or no; it wasn't taken.", "yes");
}

static void
fill_drill(struct fill *w, const struct entry *e)
{
	enum ask_impact answer = value_yes_no(e->value);

	if (answer != ASK_UNSET)
		w->r->drill = answer;
	else
		fill_bad(w, e,
		    "Write yes or no; it wasn't taken as a drill: it is real.",
		    "yes");
}

/* "3", "u3", "update 3", "3 typo". */
static void
fill_correct(struct fill *w, const struct entry *e)
{
	struct verb_line v;
	const char *line = arena_printf(w->f->mem, "correct %s", e->value);

	if (verb_read(w->f->mem, line, &v) != VERB_FITS ||
	    v.command.number == 0) {
		fill_bad(w, e,
		    "Write the number of the update to correct; nothing was "
		    "corrected.",
		    "1");
		return;
	}
	w->r->correct = v.command.number;
	w->r->correct_typo = v.typo;
}

/* "3 REASON"; the reason may stand in a line of its own, too. */
static void
fill_retract(struct fill *w, const struct entry *e)
{
	struct verb_line v;
	const char *line = arena_printf(w->f->mem, "retract %s", e->value);

	if (verb_read(w->f->mem, line, &v) != VERB_FITS ||
	    v.command.number == 0) {
		fill_bad(w, e,
		    "Write the number of the update to withdraw; nothing was "
		    "withdrawn.",
		    "1");
		return;
	}
	w->r->correct = v.command.number;
	w->r->amend = AMEND_WITHDRAW;
	if (*v.command.args != '\0' && w->r->reason == NULL)
		w->r->reason =
		    text_one_line(w->f->mem, v.command.args, LIMIT_FIELD);
}

/* As the command: for people who fill in a form. */
static void
fill_backfill(struct fill *w, const struct entry *e)
{
	enum ask_impact answer = value_yes_no(e->value);

	if (answer != ASK_UNSET)
		w->r->backfill = answer == ASK_YES;
	else
		fill_bad(w, e,
		    "Write yes or no; it wasn't taken as told after the fact.",
		    "yes");
}

static void
fill_lang(struct fill *w, const struct entry *e)
{
	const char *s = text_lower(w->f->mem, e->value);

	if (strlen(s) >= 2 && strlen(s) <= 8 &&
	    strspn(s, "abcdefghijklmnopqrstuvwxyz-") == strlen(s) &&
	    isalpha((unsigned char)s[1]))
		w->r->lang = s;
	else
		fill_bad(w, e, "A language is a code of two letters.", "en");
}

static void
fill_later(struct fill *w, const struct entry *e)
{
	fill_find(w, e, "E24",
	    arena_printf(w->f->mem,
		"%s isn't built yet; the line was left out.",
		field_name(e->key)),
	    NULL);
}

static const struct {
	enum key key;
	void (*fill)(struct fill *, const struct entry *);
} fillers[] = {
	/* clang-format off */
	{ KEY_TITLE, fill_title },
	{ KEY_SEVERITY, fill_severity },
	{ KEY_COMPONENTS, fill_components },
	{ KEY_STATUS, fill_state },
	{ KEY_IMPACT, fill_impact },
	{ KEY_STARTED, fill_started },
	{ KEY_DETECTED, fill_detected },
	{ KEY_ENDED, fill_ended },
	{ KEY_NEXT, fill_next },
	{ KEY_DISCLOSURE, fill_disclosure },
	{ KEY_TLP, fill_disclosure },
	{ KEY_BRAND, fill_brand },
	{ KEY_LISTS, fill_lists },
	{ KEY_NOTE, fill_note },
	{ KEY_NOTIFY, fill_notify },
	{ KEY_CORRECT, fill_correct },
	{ KEY_RETRACT, fill_retract },
	{ KEY_BACKFILL, fill_backfill },
	{ KEY_HANDOFF, fill_handoff },
	{ KEY_RELATED, fill_related },
	{ KEY_LANG, fill_lang },
	{ KEY_DRILL, fill_drill },
	/* clang-format on */
};

static void
fill_field(struct fill *w, const struct entry *e)
{
	if (field_is_later(e->key)) {
		fill_later(w, e);
		return;
	}
	for (size_t i = 0; i < sizeof fillers / sizeof *fillers; i++)
		if (fillers[i].key == e->key) {
			fillers[i].fill(w, e);
			return;
		}
	fill_text(w, e);
}

/* The same key with another value: the last one holds. */
static void
check_twice(struct fill *w, const struct entry *e)
{
	const char *before = w->seen[e->key];

	w->seen[e->key] = e->value;
	if (before == NULL || field_adds(e->key) ||
	    text_key_eq(before, e->value))
		return;
	if (e->key == KEY_DISCLOSURE || e->key == KEY_TLP)
		fill_find(w, e, "W43",
		    "This stands twice with different values; the stricter one "
		    "holds.",
		    NULL);
	else
		fill_find(w, e, "W43",
		    "This stands twice with different values; the last one "
		    "holds. If it should be the one before:",
		    fill_again(w, e, before));
}

static void
fill_slip(struct fill *w, const struct entry *e)
{
	enum disclosure d;

	if (e->key != KEY_DISCLOSURE && e->key != KEY_TLP)
		return;
	d = value_disclosure(e->key == KEY_TLP
				 ? arena_printf(w->f->mem, "tlp:%s", e->value)
				 : e->value);
	if (d != DISCLOSURE_FULL)
		fill_tighten(w,
		    d == DISCLOSURE_UNSET ? DISCLOSURE_EMBARGOED : d);
}

void
fill_entry(struct fill *w, const struct entry *e)
{
	if (e->key == KEY_NONE) {
		fill_command(w, e);
		return;
	}
	if (text_blank(e->value))
		return;
	if (e->slip) {
		fill_slip(w, e);
		return;
	}
	check_twice(w, e);
	fill_field(w, e);
}
