#include "text/place.h"

#include <string.h>

#include "base/limits.h"
#include "base/text.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

enum { PAGE_TOKEN = 10 };

static const struct base { /* local parts that are always there */
	const char *name;
	enum place place;
	bool plus; /* something may stand behind the delimiter */
	bool must; /* ... and has to */
} bases[] = {
	/* clang-format off */
	{ "incident",    PLACE_INCIDENT,    true,  false },
	{ "noc",         PLACE_INCIDENT,    true,  false },
	{ "outage",      PLACE_INCIDENT,    true,  false },
	{ "maintenance", PLACE_MAINTENANCE, true,  false },
	{ "robot",       PLACE_ROBOT,       true,  true },
	{ "provider",    PLACE_PROVIDER,    true,  true },
	{ "warroom",     PLACE_WARROOM,     true,  true },
	{ "help",        PLACE_HELP,        false, false },
	{ "incident-bounces", PLACE_PAGE_BOUNCES, true, true },
	{ "selftest",    PLACE_SELFTEST,    true,  true },
	{ "postmaster",  PLACE_OWNER,       false, false },
	{ "abuse",       PLACE_OWNER,       false, false },
	/* clang-format on */
};

static const struct list_word { /* LIST-WORD */
	const char *word;
	enum place plain, with_token;
} list_words[] = {
	/* clang-format off */
	{ "subscribe",   PLACE_SUBSCRIBE, PLACE_SUBSCRIBE },
	{ "unsubscribe", PLACE_LEAVE,     PLACE_UNSUBSCRIBE },
	{ "request",     PLACE_REQUEST,   PLACE_REQUEST },
	{ "confirm",     PLACE_REQUEST,   PLACE_CONFIRM },
	{ "bounces",     PLACE_BOUNCES,   PLACE_BOUNCES },
	{ "owner",       PLACE_OWNER,     PLACE_OWNER },
	/* clang-format on */
};

static bool
is_delimiter(const struct conf *c, char ch)
{
	return ch != '\0' && strchr(c->delimiter, ch) != NULL;
}

/* INC-2026-0042, INC-2026-0042.d2.TOKEN, q17.TOKEN and their halves. */
static void
read_reply(struct arena *mem, const char *rest, struct place_parts *p)
{
	size_t n = strcspn(rest, ".");
	const char *next = rest[n] == '.' ? rest + n + 1 : NULL;
	size_t m = next == NULL ? 0 : strcspn(next, ".");

	if (next != NULL && next[m] == '\0' &&
	    eventid_read_object(rest, n, &p->object)) {
		p->token = next;
		p->reply = true;
		return;
	}
	p->event = arena_copy(mem, rest, n);
	if (next == NULL)
		return;
	(void)eventid_read_object(next, m, &p->object);
	if (next[m] == '.') {
		p->token = next + m + 1;
		p->reply = true;
	}
}

/* What follows the delimiter is no event. */
static bool
has_token_only(enum place p)
{
	return p == PLACE_ROBOT || p == PLACE_PROVIDER ||
	       p == PLACE_PAGE_BOUNCES || p == PLACE_SELFTEST;
}

static bool
find_base(struct arena *mem, const struct conf *c, const char *local,
    struct place_parts *p)
{
	for (size_t i = 0; i < COUNT(bases); i++) {
		const struct base *b = &bases[i];
		size_t n = strlen(b->name);

		if (!text_istarts(local, b->name))
			continue;
		if (local[n] == '\0' && !b->must) {
			p->place = b->place;
			return true;
		}
		if (!b->plus || !is_delimiter(c, local[n]) ||
		    (local[n + 1] == '\0' && b->must))
			continue;
		p->place = b->place;
		if (local[n + 1] == '\0')
			return true;
		if (has_token_only(b->place))
			p->token = local + n + 1;
		else
			read_reply(mem, local + n + 1, p);
		return true;
	}
	return false;
}

static bool
find_list_word(const struct conf *c, const struct list *l, const char *rest,
    struct place_parts *p)
{
	for (size_t i = 0; i < COUNT(list_words); i++) {
		const struct list_word *w = &list_words[i];
		size_t n = strlen(w->word);

		if (!text_istarts(rest, w->word) ||
		    (rest[n] != '\0' && !is_delimiter(c, rest[n])))
			continue;
		p->list = l->slug;
		p->word = w->word;
		p->token = rest[n] == '\0' || rest[n + 1] == '\0'
			       ? NULL
			       : rest + n + 1;
		p->place = p->token == NULL ? w->plain : w->with_token;
		return true;
	}
	return false;
}

static bool
find_list(const struct conf *c, const char *local, struct place_parts *p)
{
	for (size_t i = 0; i < c->n_lists; i++) {
		const struct list *l = &c->lists[i];
		size_t n = strlen(l->slug);

		if (text_istarts(local, l->slug) && local[n] == '-' &&
		    find_list_word(c, l, local + n + 1, p))
			return true;
	}
	return false;
}

/* p.TOKEN: the short reply address of a page. */
static bool
find_page(const char *local, struct place_parts *p)
{
	static const char alphabet[] =
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

	if (!text_istarts(local, "p.") || strlen(local) != PAGE_TOKEN + 2 ||
	    strspn(local + 2, alphabet) != PAGE_TOKEN)
		return false;
	p->place = PLACE_PAGE;
	p->token = local + 2;
	p->reply = true;
	return true;
}

/* Mail to an address that our mails come From goes to the owner. */
static bool
find_from(const struct conf *c, const char *recipient, struct place_parts *p)
{
	for (size_t i = 0; i < c->n_lists; i++)
		if (text_ieq(c->lists[i].from_address, recipient)) {
			p->place = PLACE_OWNER;
			p->list = c->lists[i].slug;
			return true;
		}
	if (!text_ieq(c->status_address, recipient))
		return false;
	p->place = PLACE_OWNER;
	return true;
}

void
place_parse(struct arena *mem, const struct conf *c, const char *recipient,
    struct place_parts *out)
{
	struct place_parts p = { .place = PLACE_UNKNOWN };
	const char *at = strrchr(recipient, '@');
	char *local;

	*out = p;
	if (at == NULL) { /* RFC 5321, section 4.5.1 */
		if (text_ieq(recipient, "postmaster"))
			out->place = PLACE_OWNER;
		return;
	}
	if (!text_is_address(recipient))
		return;
	local = arena_copy(mem, recipient, (size_t)(at - recipient));
	if (!text_ieq(at + 1, c->domain)) {
		(void)find_from(c, recipient, &p);
		*out = p;
		return;
	}
	if (!find_base(mem, c, local, &p) && !find_list(c, local, &p) &&
	    !find_page(local, &p))
		(void)find_from(c, recipient, &p);
	*out = p;
}

bool
place_known(const struct conf *c, const char *recipient)
{
	struct arena *mem = arena_new();
	struct place_parts p;

	place_parse(mem, c, recipient, &p);
	arena_free(mem);
	return p.place != PLACE_UNKNOWN;
}
