#include "flow/intake.h"

#include <string.h>

#include "base/limits.h"
#include "base/log.h"
#include "base/text.h"
#include "text/trace.h"

/* So many in a row that can't be stored: then it isn't for one of them, and to
 * wait for each would keep all of them waiting. */
enum { BAD_MOST = 2 };

/* Opens a mbox line, once. */
static const char mbox_line[] = "From ";

void
gather_begin(struct gather *g, size_t max)
{
	*g = (struct gather){ .raw = BUF_INIT,
		.max = max,
		.hash = crypto_hash_begin(),
		.at = GATHER_NAME,
		.first = true,
		.ended = true };
}

void
gather_drop(struct gather *g)
{
	struct arena *mem;

	if (g->hash != NULL) {
		mem = arena_new();
		(void)crypto_hash_end(g->hash, mem);
		arena_free(mem);
	}
	if (g->raw.data != NULL)
		buf_free(&g->raw);
	*g = (struct gather){ .raw = BUF_INIT };
}

/* What the name read so far may still become. */
static enum trace
guess(const struct gather *g)
{
	enum trace best = trace_guess(g->name, g->name_len, g->below);

	if (best > TRACE_MAYBE || !g->first ||
	    strncmp(g->name, mbox_line, g->name_len) != 0)
		return best;
	return mbox_line[g->name_len] == '\0' ? TRACE_YES : TRACE_MAYBE;
}

/* Bytes of content, up to the next line end and with it. */
static void
hash_lines(struct gather *g, const char *p, size_t n)
{
	static const char cr[] = "\r";

	for (size_t i = 0, start = 0; i < n; i = start) {
		while (i < n && p[i] != '\r' && p[i] != '\n')
			i++;
		if (i > start) {
			for (; g->crs != 0; g->crs--)
				crypto_hash_add(g->hash, cr, 1);
			crypto_hash_add(g->hash, p + start, i - start);
			g->ended = false;
		}
		if (i < n && p[i] == '\r')
			g->crs++;
		if (i < n && p[i] == '\n') {
			crypto_hash_add(g->hash, "\r\n", 2);
			g->crs = 0;
			g->ended = true;
		}
		start = i + 1;
	}
}

static void
count_all(struct gather *g)
{
	g->at = GATHER_BODY;
	hash_lines(g, g->name, g->name_len);
	g->name_len = 0;
}

/* One byte while the leading headers last. */
static void
lead(struct gather *g, char c)
{
	if (g->at == GATHER_SKIP) {
		if (c == '\n')
			g->at = GATHER_FOLD;
		return;
	}
	if (g->at == GATHER_FOLD) {
		bool folded = !g->first && (c == ' ' || c == '\t');

		g->at = folded ? GATHER_SKIP : GATHER_NAME;
		g->first = false;
		if (folded)
			return;
	}
	g->name[g->name_len++] = c;
	switch (guess(g)) {
	case TRACE_MAYBE: break;
	case TRACE_NO: count_all(g); break;
	case TRACE_HOP: g->below = true; /* fall through */
	case TRACE_YES:
		/* A mbox line isn't folded: `first` stays until its end. */
		if (c != ' ')
			g->first = false;
		g->at = GATHER_SKIP;
		g->name_len = 0;
		break;
	}
}

/* Which bytes stay doesn't depend on the pieces they came in. */
static void
keep(struct gather *g, const char *p, size_t n)
{
	struct buf first = BUF_INIT;

	if (g->size <= g->max || g->raw.len + n <= LIMIT_MAIL_KEPT)
		buf_add(&g->raw, p, n);
	else if (g->raw.len <= LIMIT_MAIL_KEPT)
		buf_add(&g->raw, p, LIMIT_MAIL_KEPT - g->raw.len);
	else {
		buf_add(&first, g->raw.data, LIMIT_MAIL_KEPT);
		buf_free(&g->raw);
		g->raw = first;
	}
}

void
gather_add(struct gather *g, const void *bytes, size_t n)
{
	const char *p = bytes;
	size_t i = 0;

	for (const char *s = p; (s = memchr(s, '\n', n - (size_t)(s - p))); s++)
		g->lines++;
	while (i < n && g->at != GATHER_BODY)
		lead(g, p[i++]);
	hash_lines(g, p + i, n - i);
	g->size += n;
	keep(g, p, n);
}

void
gather_end(struct gather *g, struct job *j, struct envelope *e)
{
	if (g->at != GATHER_BODY)
		count_all(g);
	if (!g->ended || g->crs != 0)
		hash_lines(g, "\n", 1);
	e->sha = crypto_hash_end(g->hash, j->mem);
	g->hash = NULL;
	e->size = g->size;
	e->cut = g->size > g->max;
	e->raw = g->raw.data;
	e->n = g->raw.len;
}

/* The store keeps text: an address may hold any byte. */
static const char *
clean(struct job *j, const char *s)
{
	struct buf b = BUF_INIT;
	char *out;

	if (s == NULL)
		return "";
	(void)text_repair(&b, s, strlen(s));
	out = arena_str(j->mem, b.data);
	buf_free(&b);
	return out;
}

static struct envelope
cleaned(struct job *j, const struct envelope *e)
{
	struct envelope mine = *e;

	mine.actor = clean(j, e->actor);
	mine.from = clean(j, e->from);
	mine.recipient = clean(j, e->recipient);
	return mine;
}

/* of: the name in the log; why: of a failure. */
static void
tell(const char *of, const struct envelope *e, int64_t message, enum status st,
    const char *why)
{
	if (st == ST_OK || st == ST_NONE)
		log_note("step=intake id=%s message=%lld source=%s size=%zu "
			 "sha=%.16s st=%s",
		    of, (long long)message, e->source, e->size, e->sha,
		    st == ST_OK ? "ok" : "repeat");
	else
		log_fail("step=intake id=%s source=%s size=%zu error=%s", of,
		    e->source, e->size, why);
}

/* false: none of them is stored. */
static bool
take_together(struct db *db, struct job *j, struct intake *all, size_t n)
{
	struct inbox_arrival arrivals[INTAKE_MOST];
	struct envelope mine[INTAKE_MOST];

	for (size_t i = 0; i < n; i++) {
		mine[i] = cleaned(j, all[i].envelope);
		arrivals[i] = (struct inbox_arrival){ &mine[i], 0, ST_TEMP };
	}
	if (inbox_take_all(db, j, arrivals, n) != ST_OK)
		return false;
	for (size_t i = 0; i < n; i++) {
		all[i].st = arrivals[i].st;
		tell(all[i].id, &mine[i], arrivals[i].id, all[i].st, "");
	}
	return true;
}

void
intake_take_all(struct db *db, struct job *j, struct intake *all, size_t n)
{
	size_t good = 0, bad = 0;

	if (n > 1 && take_together(db, j, all, n))
		return;
	for (size_t i = 0; i < n; i++) {
		struct envelope mine = cleaned(j, all[i].envelope);
		int64_t message = 0;

		all[i].st = ST_TEMP;
		if (bad >= BAD_MOST && good == 0)
			continue;
		job_forget(j);
		all[i].st = inbox_take(db, j, &mine, &message);
		tell(all[i].id, &mine, message, all[i].st, j->why);
		bad += all[i].st == ST_TEMP;
		good += all[i].st == ST_OK || all[i].st == ST_NONE;
	}
}

enum status
intake_take(struct db *db, struct job *j, const struct conf *c,
    struct envelope *e, int64_t *id)
{
	struct gather g = { .raw = BUF_INIT };
	struct envelope mine = *e;
	enum status st;

	if (mine.sha == NULL) {
		gather_begin(&g, (size_t)c->max_mail);
		gather_add(&g, e->raw, e->n);
		gather_end(&g, j, &mine);
	}
	mine = cleaned(j, &mine);
	st = inbox_take(db, j, &mine, id);
	if (st == ST_OK || st == ST_NONE)
		e->sha = mine.sha;
	tell(j->id, &mine, *id, st, j->why);
	gather_drop(&g);
	return st;
}
