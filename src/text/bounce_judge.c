#include "text/bounce_judge.h"

#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "text/bounce_status.h"
#include "text/bounce_words.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static enum bounce_class
class_of(enum bounce_reason r)
{
	switch (r) {
	case REASON_NO_USER:
	case REASON_NO_HOST:
	case REASON_MOVED:
	case REASON_NO_MAIL: return BOUNCE_HARD;
	case REASON_EXPIRED: return BOUNCE_DELAYED;
	case REASON_REPORTED: return BOUNCE_COMPLAINT;
	default: return BOUNCE_SOFT;
	}
}

/* Other things than the address are in the way. */
static bool
status_objects(const char *status)
{
	size_t n = strlen(status);

	if (n < 5 || status[2] == '1' || status[2] == '4')
		return false;
	return status[n - 1] != '0' || status[n - 2] != '.' ||
	       strcmp(status + 1, ".2.0") == 0;
}

/*
 * What was refused before a recipient was named is not about one.  "No such
 * user" is believed as the answer to the recipient; or with a status of that
 * kind; or where no other status objects.  Filters say it too, later on.
 */
static enum bounce_reason
by_stage(struct arena *mem, enum bounce_reason r, const char *status,
    const char *all)
{
	enum bounce_stage at;

	if (r != REASON_NO_USER && r != REASON_NO_HOST)
		return r;
	at = bounce_words_stage(mem, all);
	if (at == STAGE_SENDER)
		return REASON_POLICY;
	if (r == REASON_NO_HOST)
		return at == STAGE_DATA ? REASON_POLICY : r;
	if (at == STAGE_RCPT ||
	    (bounce_status_tells(status) && status[2] == '1'))
		return r;
	if (at == STAGE_DATA || status_objects(status))
		return REASON_FILTERED;
	return r;
}

/* The lines of a text in which a server speaks: with a reply or a status code,
 * and those that go on to the next blank one. */
static char *
spoken(struct arena *mem, const char *text)
{
	struct buf b = BUF_INIT;
	bool on = false;
	char *out;

	while (*text != '\0') {
		size_t n = strcspn(text, "\n");
		char *line = arena_copy(mem, text, n);

		if (text_blank(line))
			on = false;
		else if (!on)
			on = bounce_status_replied(line) ||
			     bounce_status_find(mem, line)[0] != '\0';
		if (on)
			buf_printf(&b, "%s\n", line);
		text += n + (text[n] == '\n');
	}
	out = arena_copy(mem, b.data, b.len);
	buf_free(&b);
	return out;
}

/* The first of them that says something. */
static enum bounce_reason
first_of(const enum bounce_reason *all, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (all[i] != REASON_UNSAID)
			return all[i];
	return REASON_UNSAID;
}

/* "User unknown" is also said of a mailbox that is full or shut; then the text
 * around it tells. */
static enum bounce_reason
by_text(struct arena *mem, const struct hearsay *h, enum bounce_reason r)
{
	enum bounce_reason x;

	if (r != REASON_NO_USER)
		return r;
	x = bounce_words_plain(mem, h->said);
	return x == REASON_FULL || x == REASON_DISABLED ? x : r;
}

/* What a server replied goes before what is told about it, what is plain
 * before what is vague. */
static enum bounce_reason
reason_of(struct arena *mem, const struct hearsay *h, const char *status,
    const char *all)
{
	const char *reply =
	    h->diagnosis[0] != '\0' ? h->diagnosis : spoken(mem, h->said);
	const bool replied = reply[0] != '\0';
	const enum bounce_reason by_status = bounce_status_reason(status);
	const enum bounce_reason order[] = {
		bounce_words_plain(mem, reply),
		bounce_words_plain(mem, h->status),
		replied && bounce_status_tells(status) ? by_status
						       : REASON_UNSAID,
		bounce_words_vague(mem, reply),
		bounce_words_plain(mem, h->said),
		bounce_status_tells(status) ? by_status : REASON_UNSAID,
		bounce_words_vague(mem, h->said),
		by_status,
	};

	return by_text(mem, h,
	    by_stage(mem, first_of(order, COUNT(order)), status, all));
}

/* What a server replied, else the Status field, else what the text says: the
 * first that tells something. */
static const char *
status_of(struct arena *mem, const struct hearsay *h)
{
	const char *reply = bounce_status_find(mem, h->diagnosis);
	const char *field = bounce_status_find(mem, h->status);
	const char *said = bounce_status_find(mem, h->said);

	if (bounce_status_tells(reply))
		return reply;
	if (bounce_status_tells(field))
		return field;
	if (bounce_status_tells(said))
		return said;
	if (field[0] != '\0')
		return field;
	return reply[0] != '\0' ? reply : said;
}

static bool
is_good(const char *action)
{
	return text_istarts(action, "delivered") ||
	       text_istarts(action, "relayed") ||
	       text_istarts(action, "expanded");
}

static bool
is_waiting(struct arena *mem, const struct hearsay *h)
{
	if (h->action[0] != '\0')
		return text_istarts(h->action, "delay");
	return bounce_words_waits(mem, h->text);
}

/* By its reason; what waits is not given up yet, and 4 means that it may be
 * taken tomorrow. */
static enum bounce_class
class_when(enum bounce_reason r, const char *status, bool waiting)
{
	enum bounce_class c = class_of(r);

	if (waiting &&
	    (r == REASON_UNSAID || r == REASON_NETWORK || r == REASON_SYSTEM))
		return BOUNCE_DELAYED;
	/* "User unknown" to the end of days isn't for a time. */
	if (strcmp(status, "4.1.1") == 0 && !waiting)
		return c;
	if (c == BOUNCE_HARD && (status[0] == '4' || waiting))
		return waiting ? BOUNCE_DELAYED : BOUNCE_SOFT;
	return c;
}

/* Given up for good and no word why. */
static bool
is_flat_no(struct arena *mem, const struct hearsay *h, const struct bounced *b,
    const char *all)
{
	return b->given_up && !h->guessed && b->reason == REASON_UNSAID &&
	       b->status[0] == '\0' && !bounce_status_replied(all) &&
	       bounce_words_final(mem, h->text);
}

static bool
ran_out(const struct hearsay *h, const struct bounced *b)
{
	return text_istarts(h->action, "expired") ||
	       (b->reason == REASON_NETWORK &&
		   bounce_status_reason(b->status) == REASON_EXPIRED);
}

void
bounce_judge(struct arena *mem, const struct hearsay *h, struct bounced *out)
{
	char *all = arena_printf(mem, "%s\n%s", h->diagnosis, h->said);
	bool waiting = is_waiting(mem, h);

	*out = (struct bounced){ .address = h->address,
		.status = status_of(mem, h) };
	if (is_good(h->action)) {
		out->class = BOUNCE_DELIVERED;
		return;
	}
	out->given_up = !waiting;
	out->reason = reason_of(mem, h, out->status, all);
	if (ran_out(h, out))
		out->reason = REASON_EXPIRED;
	out->class = class_when(out->reason, out->status, waiting);
	if (is_flat_no(mem, h, out, all))
		out->class = BOUNCE_HARD;
}
