/*
 * The sender's part of a broadcast, with a real store:
 *	broadcast fill STATE N SIZE	a store with N members and a post
 *	broadcast send STATE RELAY	a new letter to them, handed over
 *	broadcast rest STATE RELAY	what of the letters is left to hand over
 *	broadcast compose STATE .	that letter composed once, by a new
 *					process as by the courier
 * SIZE is that of a copy, about; they get plain text.  `send` and `rest` print
 * seconds, CPU seconds and peak kilobytes, `compose` seconds.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>

#include "base/log.h"
#include "cmd/outbox.h"
#include "flow/compose.h"
#include "flow/texts.h"
#include "model/letter.h"
#include "model/member.h"
#include "model/post.h"
#include "model/store.h"

enum { HEAD = 2048 }; /* of a copy: its header and what surrounds the text */

#ifdef WITHOUT_DLOG
#include "flow/dlog.h"

enum status
dlog_open(struct job *j, const char *state, int64_t letter, struct dlog **out)
{
	(void)j;
	(void)state;
	(void)letter;
	*out = NULL;
	return ST_OK;
}

enum status
dlog_look(struct job *j, const char *state, const int64_t *letters, size_t n,
    struct dlog **out)
{
	(void)j;
	(void)state;
	(void)letters;
	(void)n;
	*out = NULL;
	return ST_OK;
}

void
dlog_close(struct dlog *d)
{
	(void)d;
}

bool
dlog_done(const struct dlog *d, int64_t member)
{
	(void)d;
	return member < 0;
}

int64_t
dlog_taken(const struct dlog *d)
{
	return d == NULL ? 0 : 1;
}

int64_t
dlog_refused(const struct dlog *d)
{
	return d == NULL ? 0 : 1;
}

enum status
dlog_reserve(struct job *j, struct dlog *d)
{
	(void)j;
	(void)d;
	return ST_OK;
}

void
dlog_add(struct dlog *d, const struct dlog_line *line)
{
	(void)d;
	(void)line;
}

enum status
dlog_write(struct job *j, struct dlog *d, bool sync)
{
	(void)j;
	(void)d;
	(void)sync;
	return ST_OK;
}
#endif

static const char *const sql_event =
    "INSERT OR IGNORE INTO event (id, kind, year, number, opened, began, "
    "source, reporter, subject, title, phase, state, noc_state, severity, "
    "impact, disclosure, owner, started, detected, ended, handed_off, acked, "
    "closed, changed, next_update, related, on_call, first_owner, "
    "first_acked, reached, cadence) VALUES (1, 'incident', 2026, 42, "
    "1, 1, 'noc', "
    "'noc1', 's', 'Email Cluster B', 'public', 'investigating', "
    "'investigating', 3, 'unset', 'full', '', 1, 0, 0, 1, 1, 0, 1, 0, NULL, "
    "'', '', 0, 0, 0)";
static const char *const sql_post =
    "INSERT OR IGNORE INTO post (id, event_id, u, r, posted, kind, state, "
    "title, text, lang, impact, impact_text, reseller_impact, "
    "enduser_impact, workaround, lasting, components, names, lists, started, "
    "ended, next_update, limited, backfill, notify, typo, reason, author, "
    "approver, draft, hash) VALUES (1, 1, 1, 1, 1772632000, 'update', "
    "'investigating', 'Email Cluster B', ?, 'en', 'major', '', '', '', '', "
    "'', 'email-b=partial_outage', 'email-b=Email Cluster B', '', 1772630000, "
    "0, 0, 0, 0, 1, 0, '', 'comms1', 'comms1', 1, '')";

static struct list list = { .slug = "example-status",
	.from = "Example Status <status@status.example>",
	.from_address = "status@status.example",
	.reply_to = "support@example.net",
	.description = "Example status",
	.language = "en",
	.prefix = "" };

static void
check(enum status st, struct job *j)
{
	if (st == ST_OK)
		return;
	(void)fprintf(stderr, "bench: %s\n", j->why);
	exit(1);
}

static void
add_post(struct world *w, struct job *j, size_t size)
{
	struct buf text = BUF_INIT;

	while (text.len + HEAD < size)
		buf_str(&text, "We look into logins that fail on Cluster B. ");
	check(db_run(w->db, j, sql_event, ""), j);
	check(db_run(w->db, j, sql_post, "s", text.data), j);
	buf_free(&text);
}

static void
fill(struct world *w, struct job *j, long n, size_t size)
{
	check(db_begin(w->db, j), j);
	add_post(w, j, size);
	for (long i = 0; i < n; i++) {
		char address[64];
		struct member m = { .list = list.slug,
			.address = address,
			.format = "text" };
		struct job k;

		(void)snprintf(address, sizeof address,
		    "reseller%07ld@customer.example", i);
		job_begin(&k, "fill", j->now);
		check(member_add(w->db, &k, &m), &k);
		job_end(&k);
	}
	check(db_commit(w->db, j), j);
}

static double
seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static void
add_letter(struct world *w, struct job *j)
{
	struct letter l = { .kind = LETTER_BROADCAST,
		.event = 1,
		.post = 1,
		.list = list.slug,
		.created = j->now };
	struct timespec a;

	(void)clock_gettime(CLOCK_MONOTONIC, &a);
	l.mid = arena_printf(j->mem, "%lld.%ld@bench", (long long)a.tv_sec,
	    a.tv_nsec);
	check(letter_add_broadcast(w->db, j, &l), j);
}

static void
hand_over(struct world *w, struct job *j)
{
	struct timespec a, b;
	struct rusage u, child; /* the reader */

	(void)clock_gettime(CLOCK_MONOTONIC, &a);
	check(outbox_send(w, j, NULL), j);
	(void)clock_gettime(CLOCK_MONOTONIC, &b);
	(void)getrusage(RUSAGE_SELF, &u);
	(void)getrusage(RUSAGE_CHILDREN, &child);
	(void)printf("%.4f %.4f %ld\n",
	    (double)(b.tv_sec - a.tv_sec) +
		(double)(b.tv_nsec - a.tv_nsec) / 1e9,
	    seconds(u.ru_utime) + seconds(u.ru_stime) +
		seconds(child.ru_utime) + seconds(child.ru_stime),
	    u.ru_maxrss);
}

static void
compose_once(struct world *w, struct job *j)
{
	const struct variant v = { "", "", "text" };
	struct public_event event, *e = &event;
	struct timespec a, b;
	struct mail m;

	(void)clock_gettime(CLOCK_MONOTONIC, &a);
	check(post_public_event(w->db, j, &w->conf, 1, e), j);
	check(texts_read(j, &w->conf.limits, &e, 1), j);
	check(compose_public(j, &w->conf, &list, e, 0, &v, &m), j);
	(void)clock_gettime(CLOCK_MONOTONIC, &b);
	(void)printf("%.6f\n", (double)(b.tv_sec - a.tv_sec) +
				   (double)(b.tv_nsec - a.tv_nsec) / 1e9);
}

int
main(int argc, char **argv)
{
	const char *relays[8];
	struct world w = { .keys.list.n = 1 };
	struct job j;

	if (argc < 4)
		return 64;
	log_open(getenv("BENCH_LOG") == NULL ? LOG_TO_NOWHERE : LOG_TO_STDERR,
	    "bench");
	job_begin(&j, "bench", (int64_t)time(NULL));
	w.conf = (struct conf){ .limits = LIMITS_DEFAULT,
		.state = argv[2],
		.domain = "in.status.example",
		.host = "status.example",
		.url = "https://status.example/",
		.templates = "templates",
		.timezone = "UTC",
		.delimiter = "+",
		.owner = "postmaster@example.net",
		.lists = &list,
		.n_lists = 1,
		.brand = { "default", "Example", "" },
		.relays = relays };
	for (int i = 3; i < argc && i < 8; i++)
		relays[w.conf.n_relays++] = argv[i];
	check(store_open(&j, argv[2], DB_CREATE, &w.db), &j);
	if (strcmp(argv[1], "fill") == 0)
		fill(&w, &j, atol(argv[3]),
		    argc > 4 ? strtoull(argv[4], NULL, 10) : 4096);
	else if (strcmp(argv[1], "compose") == 0)
		compose_once(&w, &j);
	else {
		if (strcmp(argv[1], "send") == 0)
			add_letter(&w, &j);
		hand_over(&w, &j);
	}
	db_close(w.db);
	job_end(&j);
	return 0;
}
