/*
 * What a command stands in: configuration, rota, keys, store and clock,
 * opened as the command's needs say (cmd/main.c) and closed by main.
 */
#ifndef CMD_WORLD_H
#define CMD_WORLD_H

#include <stdbool.h>
#include <stdint.h>

#include "cmd/pace.h"
#include "ext/confine.h"
#include "ext/db.h"
#include "model/conf.h"
#include "model/keys.h"
#include "model/matter.h"
#include "model/rota.h"

enum need {
	NEED_CONF = 1 << 0,
	NEED_STORE = 1 << 1, /* an existing one */
	NEED_MAKE = 1 << 2,  /* makes store and keys if missing */
	NEED_KEYS = 1 << 3,
};

struct options { /* before the command */
	const char *conf_path;
	bool conf_named; /* by -c or $SITREP_CONF: it must be there */
	bool clock_set;
	int64_t clock;   /* -t: the time at start */
	bool clock_runs; /* ... and from there on it goes: serve */
	bool verbose;
	/* Seconds that our time is ahead, set by another process; or NULL. */
	const int64_t *clock_shared;
};

struct world {
	struct arena *mem; /* of the configuration */
	struct options options;
	struct conf conf;
	struct rota rota;
	struct keys keys;
	struct db *db;
	struct stock stock;
	int64_t clock_offset; /* our time minus the machine's */
	struct pace pace;     /* of clock_rate; else its rate is 0 */
	/* A message that is read while something else is waited for. */
	struct confined ahead;
	int64_t ahead_of;
	struct tree_list *list;    /* of the tree that is written; or NULL */
	struct texts_shelf *texts; /* that it has read; or NULL */
	/* How much receiving domains take (text/domains.h), for as long as the
	 * process sends; NULL: for one outbox_send(). */
	struct domains *domains;
	bool progress; /* sending shows how far it is, on standard error */
};

/*
 * ST_PERM: the configuration has a mistake or -t isn't allowed; ST_TEMP: the
 * store can't be opened.  The reason is in the job.
 */
enum status world_open(struct job *j, const struct options *o, unsigned needs,
    struct world *out) must_check;
/* The same for what is needed later: NEED_STORE, NEED_MAKE, NEED_KEYS. */
enum status world_fetch(struct job *j, struct world *w,
    unsigned needs) must_check;
/*
 * Configuration, rota and clock of another world, which must outlive this
 * one, with a store and keys of its own, made if they are missing.
 */
enum status world_join(struct job *j, const struct world *of,
    struct world *out) must_check;
void world_close(struct world *w);
/* What clock_rate and -t make of the time; world_open() does it too. */
enum status world_clock(struct job *j, struct world *w) must_check;
/* Seconds UTC; the only reader of the machine's clock. */
int64_t world_now(const struct world *w);

/* A command: argv[0] is its name; the exit status. */
typedef int command_fn(struct world *w, struct job *j, int argc, char **argv);

enum { EX_DONE = 0, EX_FAILED = 1, EX_WRONG_USAGE = 64, EX_AGAIN = 75 };

command_fn cmd_deliver, cmd_serve, cmd_tick, cmd_send, cmd_page, cmd_explain,
    cmd_show, cmd_list, cmd_post, cmd_check, cmd_demo, cmd_report, cmd_key,
    cmd_verify, cmd_replay, cmd_import;

#endif
