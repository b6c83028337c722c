/* What the chain publishes: /chain/, one file for each month and day. */
#include <string.h>
#include <unistd.h>

#include "base/when.h"
#include "cmd/checkpoint.h"
#include "cmd/outbox_list.h"
#include "flow/notary.h"
#include "model/chain.h"

static enum status
save_key(struct site *x, struct job *j)
{
	struct notary_keys keys;
	struct buf b = BUF_INIT;
	enum status st;

	notary_public(&x->w->keys, &keys);
	notary_write_keys(j, &keys, &b);
	st = site_save(x, j, "chain/key.txt", &b);
	buf_free(&b);
	return st;
}

static enum status
save_head(struct site *x, struct job *j, const struct chain_head *h)
{
	struct buf b = BUF_INIT;
	enum status st;

	checkpoint_write(x->w, j, "posted", h->posted, h, &b);
	st = site_save(x, j, "chain/head.txt", &b);
	buf_free(&b);
	return st;
}

static enum status
save_day(struct site *x, struct job *j, int64_t day, struct chain_head *h)
{
	struct buf b = BUF_INIT;
	const char *path;
	enum status st = chain_head_on(x->w->db, j, day, day + DAY, h);

	if (st == ST_OK) {
		path = checkpoint_write_day(x->w, j, day, h, &b);
		st = site_save(x, j, path, &b);
	}
	buf_free(&b);
	return st;
}

/* Days that are over; a checkpoint of one that isn't would be changed. */
static enum status
save_days(struct site *x, struct job *j, int64_t since)
{
	int64_t today = j->now - (j->now % DAY + DAY) % DAY, *days;
	struct chain_head h = { .posted = 0 };
	size_t n;
	enum status st =
	    since == 0 ? ST_NONE : chain_at(x->w->db, j, since, &h);

	if (st > ST_NONE)
		return st;
	st = chain_days(x->w->db, j, h.posted - h.posted % DAY, today, &days,
	    &n);
	if (st != ST_OK || n == 0)
		return st;
	h = (struct chain_head){ .number = 0 };
	st = chain_head(x->w->db, j, days[0], &h);
	for (size_t i = 0; i < n && st <= ST_NONE; i++)
		st = save_day(x, j, days[i], &h);
	return st;
}

enum status
tree_chain(struct site *x, struct job *j)
{
	struct chain_head h;
	enum status st = save_key(x, j);

	if (st > ST_NONE)
		return st;
	if ((st = chain_head(x->w->db, j, INT64_MAX, &h)) == ST_OK)
		st = save_head(x, j, &h);
	if (st > ST_NONE)
		return st;
	return save_days(x, j, x->since);
}

enum status
tree_chain_month(struct site *x, struct job *j, int64_t from, int64_t until)
{
	struct civil c = when_utc(from);
	struct buf b = BUF_INIT;
	enum status st = chain_records(x->w->db, j, from, until, &b);

	if (st == ST_OK)
		st = site_save(x, j,
		    arena_printf(j->mem, "chain/%04d-%02d.txt", c.year,
			c.month),
		    &b);
	buf_free(&b);
	return st;
}
