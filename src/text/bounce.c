#include "text/bounce.h"

#include <string.h>

#include "base/text.h"
#include "text/bounce_fields.h"
#include "text/bounce_json.h"
#include "text/bounce_judge.h"
#include "text/bounce_lines.h"
#include "text/bounce_signs.h"
#include "text/headers.h"
#include "text/machine.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

struct hearing {
	struct arena *mem;
	const struct message *m;
	const struct bounce_parts *p;
	const char *text;           /* p->text above the returned mail */
	const char *original_to[2]; /* of the returned mail, NULL behind */
	struct bounce *out;
};

/* ---- who ---- */

static bool
is_told(const struct hearing *r, const char *address)
{
	for (size_t i = 0; i < r->out->n; i++)
		if (text_ieq(r->out->at[i].address, address))
			return true;
	return false;
}

static void
tell(struct hearing *r, struct hearsay *h)
{
	h->text = r->text;
	if (h->address[0] != '\0' && r->out->n < BOUNCE_MOST &&
	    !is_told(r, h->address))
		bounce_judge(r->mem, h, &r->out->at[r->out->n++]);
}

/* What the text for people says about an address; all of it about the only
 * one. */
static const char *
said_of(struct hearing *r, const struct bounce_spots *spots,
    const char *address, bool only)
{
	if (only)
		return r->text;
	for (size_t i = 0; i < spots->n; i++)
		if (text_ieq(spots->at[i].address, address))
			return spots->at[i].said;
	return "";
}

/* A name that means something outside of the server that gave it. */
static bool
is_public(const char *address)
{
	const char *at = strrchr(address, '@');

	return at != NULL && strchr(at, '.') != NULL;
}

static const char *
recipient_of(const struct bounce_field_group *g)
{
	if (is_public(g->final))
		return g->final;
	if (g->original[0] != '\0')
		return g->original;
	return g->final[0] != '\0' ? g->final : g->actual;
}

static enum bounce_rank
best_rank(const struct bounce_spots *s)
{
	enum bounce_rank best = RANK_ANY;

	for (size_t i = 0; i < s->n; i++)
		if (s->at[i].rank > best)
			best = s->at[i].rank;
	return best;
}

static void
spots_of(struct hearing *r, const char *text, struct bounce_spots *out)
{
	const char *const but[] = { r->m->from_address, NULL };

	bounce_lines_spots(r->mem, text, but, out);
}

/* The one that a report or a text leaves out may be named by the mail that
 * came back. */
static const char *
from_original(struct hearing *r)
{
	return r->original_to[0] == NULL ? "" : r->original_to[0];
}

static const char *
best_spot(const struct bounce_spots *s)
{
	enum bounce_rank best = best_rank(s);

	for (size_t i = 0; i < s->n; i++)
		if (s->at[i].rank == best && best > RANK_ANY)
			return s->at[i].address;
	return "";
}

static void
read_report(struct hearing *r, const struct bounce_fields *f)
{
	struct bounce_spots spots;

	spots_of(r, r->text, &spots);
	for (size_t i = 0; i < f->n; i++) {
		const struct bounce_field_group *g = &f->at[i];
		struct hearsay h = { .address = recipient_of(g),
			.action = g->action,
			.status = g->status,
			.diagnosis = g->diagnostic };

		if (h.address[0] == '\0' && f->n == 1)
			h.address = best_spot(&spots);
		if (h.address[0] == '\0' && f->n == 1)
			h.address = from_original(r);
		h.said = said_of(r, &spots, h.address, f->n == 1);
		tell(r, &h);
	}
}

/* "X-Failed-Recipients: a@b, c@d" */
static bool
read_named(struct hearing *r)
{
	const char *s = headers_first(r->m, "X-Failed-Recipients");
	struct bounce_spots spots;
	const char *address;
	bool only;

	if (s == NULL)
		return false;
	only = strchr(s, ',') == NULL;
	spots_of(r, r->text, &spots);
	while ((address = bounce_lines_address(r->mem, &s)) != NULL) {
		struct hearsay h = { .address = address,
			.action = "",
			.status = "",
			.diagnosis = "" };

		h.said = said_of(r, &spots, address, only);
		tell(r, &h);
	}
	return r->out->n != 0;
}

static bool
read_spots(struct hearing *r, const char *text)
{
	struct bounce_spots spots;
	enum bounce_rank best;
	size_t n = 0;

	spots_of(r, text, &spots);
	best = best_rank(&spots);
	for (size_t i = 0; i < spots.n; i++)
		n += spots.at[i].rank == best;
	for (size_t i = 0; i < spots.n && (best > RANK_ANY || n == 1); i++) {
		struct hearsay h = { .address = spots.at[i].address,
			.action = "",
			.status = "",
			.diagnosis = "" };

		h.said = n == 1 ? text : spots.at[i].said;
		if (spots.at[i].rank == best)
			tell(r, &h);
	}
	return r->out->n != 0;
}

static void
read_text(struct hearing *r)
{
	struct hearsay h = { .action = "",
		.status = "",
		.diagnosis = "",
		.guessed = true };

	if (read_named(r) || read_spots(r, r->text))
		return;
	if (read_spots(r, bounce_lines_above(r->mem, r->p->rest)))
		return;
	h.address = from_original(r);
	h.said = r->text;
	tell(r, &h);
}

/* ---- complaints and answers ---- */

static void
complain(struct hearing *r, const char *address)
{
	if (r->out->n < BOUNCE_MOST && !is_told(r, address))
		r->out->at[r->out->n++] =
		    (struct bounced){ .class = BOUNCE_COMPLAINT,
			    .reason = REASON_REPORTED,
			    .address = address,
			    .status = "" };
}

static void
read_feedback(struct hearing *r, const struct bounce_feedback *f)
{
	if (text_istarts(f->type, "not-spam"))
		return;
	for (size_t i = 0; i < f->n; i++)
		complain(r, f->recipients[i]);
	if (f->n == 0)
		complain(r, from_original(r));
}

/* false: there is none. */
static bool
read_json(struct hearing *r)
{
	struct bounce_fields f;

	if (!bounce_json_read(r->mem, r->p->text, &f))
		return false;
	for (size_t i = 0; i < f.n; i++) {
		struct hearsay h = { .address = f.at[i].final,
			.action = f.at[i].action,
			.status = f.at[i].status,
			.diagnosis = f.at[i].diagnostic,
			.said = "" };

		if (strcmp(h.action, "complaint") == 0)
			complain(r, h.address);
		else
			tell(r, &h);
	}
	return r->out->n != 0;
}

static void
read_answer(struct hearing *r)
{
	if (r->m->from_address[0] != '\0')
		r->out->at[r->out->n++] =
		    (struct bounced){ .class = BOUNCE_AUTO,
			    .address = r->m->from_address,
			    .status = "" };
}

/* ---- all of it ---- */

/* To: of the mail that came back, if it is one address. */
static void
find_original(struct hearing *r)
{
	static const char *const names[] = { "To:", "X-Receiver:",
		"X-Original-To:", "Delivered-To:",
		"X-HmXmrOriginalRecipient:" };
	const char *s = r->p->original, *below;

	if (*s == '\0') { /* in the text, below what announces it */
		below = r->p->text + strlen(r->text);
		s = below;
	}
	for (; *s != '\0'; s += strcspn(s, "\n"), s += *s == '\n')
		for (size_t i = 0; i < COUNT(names); i++) {
			const char *v = s + strlen(names[i]);
			size_t n;
			char *line;

			if (!text_istarts(s, names[i]))
				continue;
			n = strcspn(v, "\n");
			line = arena_copy(r->mem, v, n);
			v = line;
			r->original_to[0] = bounce_lines_address(r->mem, &v);
			if (r->original_to[0] != NULL)
				return;
		}
}

/* Its parts may be broken. */
static bool
is_feedback(const struct message *m)
{
	const char *type = headers_first(m, "Content-Type");

	return type != NULL && text_istarts(type, "multipart/") &&
	       text_ifind(type, "feedback-report") != NULL;
}

static bool
is_report(const struct bounce_fields *f)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->at[i].action[0] != '\0' ||
		    (f->at[i].status[0] != '\0' &&
			recipient_of(&f->at[i])[0] != '\0'))
			return true;
	return false;
}

/* Something came back with it, or it says something of an address. */
static bool
is_shown(struct hearing *r)
{
	struct bounce_spots spots;

	if (r->p->original[0] != '\0' || strlen(r->text) < strlen(r->p->text))
		return true;
	spots_of(r, r->text, &spots);
	/* Somebody who can be answered may well write about an address. */
	return best_rank(&spots) > (headers_first(r->m, "Return-Path") == NULL
					   ? RANK_ANY
					   : RANK_SAID);
}

void
bounce_read(struct arena *mem, const struct message *m,
    const struct bounce_parts *p, struct bounce *out)
{
	struct hearing r = { .mem = mem, .m = m, .p = p, .out = out };
	struct bounce_feedback feedback;
	struct bounce_fields f;

	*out = (struct bounce){ .at = arena_array(mem, BOUNCE_MOST,
				    sizeof *out->at) };
	r.text = bounce_lines_above(mem, p->text);
	find_original(&r);
	if (bounce_feedback_read(mem, p->feedback, &feedback) ||
	    is_feedback(m) || bounce_signs_complaint(m, p->original)) {
		read_feedback(&r, &feedback);
		return;
	}
	if (read_json(&r))
		return;
	bounce_fields_read(mem, p->report, &f);
	if (is_report(&f) && !bounce_signs_person(m))
		read_report(&r, &f);
	if (out->n != 0)
		return;
	if ((machine_is_away(m) && !bounce_signs_server(m)) ||
	    !bounce_signs_failure(mem, m, r.text, is_shown(&r))) {
		if (bounce_signs_answer(m))
			read_answer(&r);
		return;
	}
	bounce_fields_read(mem, r.text, &f);
	if (is_report(&f))
		read_report(&r, &f);
	if (out->n == 0 && *p->text == '\0') { /* one that was forwarded */
		bounce_fields_read(mem, p->original, &f);
		if (is_report(&f))
			read_report(&r, &f);
	}
	if (out->n == 0)
		read_text(&r);
}

bool
bounce_gives_up(const struct bounce *b)
{
	for (size_t i = 0; i < b->n; i++)
		if (b->at[i].given_up)
			return true;
	return false;
}

const char *
bounce_class_word(enum bounce_class c)
{
	static const char *const words[BOUNCE_CLASSES] = {
		[BOUNCE_HARD] = "hard",
		[BOUNCE_SOFT] = "soft",
		[BOUNCE_DELAYED] = "delayed",
		[BOUNCE_DELIVERED] = "delivered",
		[BOUNCE_AUTO] = "autoreply",
		[BOUNCE_COMPLAINT] = "complaint",
	};

	return words[c];
}

const char *
bounce_reason_word(enum bounce_reason r)
{
	static const char *const words[REASONS] = {
		[REASON_UNSAID] = "unsaid",
		[REASON_NO_USER] = "no-user",
		[REASON_NO_HOST] = "no-host",
		[REASON_MOVED] = "moved",
		[REASON_NO_MAIL] = "no-mail",
		[REASON_FULL] = "full",
		[REASON_DISABLED] = "disabled",
		[REASON_SIZE] = "size",
		[REASON_RATE] = "rate",
		[REASON_FILTERED] = "filtered",
		[REASON_POLICY] = "policy",
		[REASON_SPAM] = "spam",
		[REASON_CONTENT] = "content",
		[REASON_NETWORK] = "network",
		[REASON_SYSTEM] = "system",
		[REASON_EXPIRED] = "expired",
		[REASON_REPORTED] = "reported",
	};

	return words[r];
}
