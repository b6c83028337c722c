#include "cmd/world.h"

#include <stdio.h>
#include <sys/stat.h>
#include <time.h>

#include "model/store.h"
#include "text/stock.h"

static int64_t
machine_clock(void)
{
	return (int64_t)time(NULL);
}

int64_t
world_now(const struct world *w)
{
	if (w->options.clock_set && !w->options.clock_runs)
		return w->options.clock;
	if (w->pace.rate != 0)
		return pace_now(&w->pace);
	if (w->options.clock_shared != NULL)
		return machine_clock() + *w->options.clock_shared;
	return machine_clock() + w->clock_offset;
}

/* Before serve has begun it there is no pace to keep. */
static enum status
keep_pace(struct job *j, struct world *w)
{
	enum status st;

	if (w->conf.clock_rate <= 1)
		return ST_OK;
	st = pace_read(j, w->conf.state, &w->pace);
	if (st == ST_OK)
		j->now = world_now(w);
	return st == ST_NONE ? ST_OK : st;
}

enum status
world_clock(struct job *j, struct world *w)
{
	if (!w->options.clock_set)
		return keep_pace(j, w);
	if (!w->conf.allow_clock)
		return job_fail(j, ST_PERM, "-t needs allow_clock = true in %s",
		    w->conf.path);
	w->clock_offset = w->options.clock - machine_clock();
	j->now = w->options.clock;
	return ST_OK;
}

static enum status
open_conf(struct job *j, struct world *w)
{
	enum status st = conf_load(j, w->mem, w->options.conf_path, &w->conf);

	if (st == ST_NONE)
		st = job_fail(j, ST_PERM,
		    "%s is missing: name the configuration with -c FILE",
		    w->options.conf_path);
	if (st == ST_OK) /* before the rota, which repeats from then on */
		st = world_clock(j, w);
	if (st == ST_OK)
		st = rota_load(j, w->mem, &w->conf, &w->rota);
	if (st == ST_NONE)
		st = ST_OK;
	if (st == ST_OK)
		st = stock_load(j, w->mem, w->conf.templates, &w->stock);
	return st;
}

enum status
world_fetch(struct job *j, struct world *w, unsigned needs)
{
	enum db_mode mode = needs & NEED_MAKE ? DB_CREATE : DB_WRITE;
	enum status st = ST_OK;

	if (needs & NEED_MAKE) /* a store has its keys before */
		st = keys_load(j, w->conf.state, &w->keys);
	if (st == ST_OK && needs & (NEED_STORE | NEED_MAKE))
		st = store_open(j, w->conf.state, mode, &w->db);
	if (st == ST_OK && (needs & (NEED_MAKE | NEED_KEYS)) == NEED_KEYS)
		st = keys_load(j, w->conf.state, &w->keys);
	return st;
}

enum status
world_open(struct job *j, const struct options *o, unsigned needs,
    struct world *out)
{
	enum status st = ST_OK;

	*out = (struct world){ .options = *o, .mem = arena_new() };
	if (needs & (NEED_CONF | NEED_STORE | NEED_MAKE | NEED_KEYS))
		st = open_conf(j, out);
	return st == ST_OK ? world_fetch(j, out, needs) : st;
}

enum status
world_join(struct job *j, const struct world *of, struct world *out)
{
	*out = *of;
	out->mem = NULL;
	out->db = NULL;
	return world_fetch(j, out, NEED_MAKE);
}

void
world_close(struct world *w)
{
	confine_drop(&w->ahead);
	db_close(w->db);
	arena_free(w->mem);
	*w = (struct world){ 0 };
}
