/*
 * What the sender needs of other parts, weak: a program that links the whole
 * library gets the real ones.  Tokens cost what the real ones cost.
 */
#ifndef TESTS_STANDIN_H
#define TESTS_STANDIN_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "cmd/issue_letter.h"
#include "cmd/world.h"
#include "ext/crypto.h"
#include "flow/compose.h"
#include "model/post.h"
#include "model/post_find.h"

#define WEAK __attribute__((weak))

int64_t WEAK
world_now(const struct world *w)
{
	return (int64_t)time(NULL) + w->clock_offset;
}

const struct list *WEAK
conf_list(const struct conf *c, const char *slug)
{
	for (size_t i = 0; i < c->n_lists; i++)
		if (strcmp(c->lists[i].slug, slug) == 0)
			return &c->lists[i];
	return NULL;
}

static inline void
standin_token(const struct keys *k, const char *what, size_t n, char *out)
{
	unsigned char mac[CRYPTO_SHA256];
	static const char digit[] = "abcdefghijklmnopqrstuvwxyz234567";

	crypto_hmac(k->list.generation[0], KEY_SIZE, what, strlen(what), mac);
	for (size_t i = 0; i < n; i++)
		out[i] = digit[mac[i] % 32];
	out[n] = '\0';
}

void WEAK
keys_unsubscribe(const struct keys *k, const char *list, int64_t member,
    char *out)
{
	char what[128];

	(void)snprintf(what, sizeof what, "u %s %lld", list, (long long)member);
	standin_token(k, what, TOKEN_LIST, out);
}

void WEAK
keys_bounce(const struct keys *k, const char *list, int64_t member,
    int64_t letter, char *out)
{
	char what[128];

	(void)snprintf(what, sizeof what, "b %s %lld %lld", list,
	    (long long)member, (long long)letter);
	standin_token(k, what, TOKEN_BOUNCE, out);
}

enum status WEAK
post_where(struct db *db, struct job *j, int64_t post_id, int64_t *event_id,
    int *u, int *r)
{
	(void)db;
	(void)j;
	*event_id = post_id;
	*u = *r = 1;
	return ST_OK;
}

enum status WEAK
post_public_event(struct db *db, struct job *j, const struct conf *c,
    int64_t event, struct public_event *out)
{
	(void)db;
	(void)c;
	(void)event;
	*out =
	    (struct public_event){ .event = "INC-2026-0042", .n_updates = 1 };
	out->updates = arena_array(j->mem, 1, sizeof *out->updates);
	out->updates[0].u = out->updates[0].r = 1;
	out->updates[0].text = "";
	return ST_OK;
}

/* Digests, of which these tests send none. */
enum status WEAK
issue_letter_open(struct world *w, struct job *j, const char *mid,
    struct issue_letter *out)
{
	(void)w, (void)out;
	return job_fail(j, ST_PERM, "no digest is expected: %s", mid);
}

enum status WEAK
issue_letter_compose(struct world *w, struct job *j, const struct list *l,
    const struct issue_letter *x, const struct variant *v, struct mail *out)
{
	(void)w, (void)l, (void)x, (void)v, (void)out;
	return job_fail(j, ST_PERM, "no digest is expected");
}

bool WEAK
issue_letter_wanted(struct world *w, const struct issue_letter *x,
    const struct member *m, int64_t now)
{
	(void)w, (void)x, (void)m, (void)now;
	return false;
}

/* STANDIN_SIZE bytes of header and text, with the holes of a real one. */
enum status WEAK
compose_public(struct job *j, const struct conf *c, const struct list *l,
    const struct public_event *e, size_t update, const struct variant *v,
    struct mail *out)
{
	const char *want = getenv("STANDIN_SIZE");
	size_t size = want == NULL ? 4096 : strtoull(want, NULL, 10);
	struct buf text = BUF_INIT;
	struct piece *p = arena_array(j->mem, 5, sizeof *p);

	(void)e;
	(void)update;
	buf_printf(&text,
	    ">\r\nMessage-ID: <inc-2026-0042.u1.r1.%s@%s>\r\n"
	    "Subject: [Investigating] Email Cluster B [INC-2026-0042]\r\n"
	    "Content-Language: %s\r\nX-Zone: %s\r\n"
	    "List-Unsubscribe: <https://%s/u/",
	    l->slug, c->host, v->lang, v->zone, c->host);
	p[0] = (struct piece){ HOLE_NONE, "To: <", 5 };
	p[1] = (struct piece){ HOLE_TO, NULL, 0 };
	p[2] = (struct piece){ HOLE_NONE,
		arena_copy(j->mem, text.data, text.len), text.len };
	p[3] = (struct piece){ HOLE_UNSUBSCRIBE, NULL, 0 };
	buf_clear(&text);
	buf_str(&text, ">\r\n\r\n");
	while (p[2].len + text.len + 80 < size)
		buf_str(&text, "We are investigating a problem with logins to "
			       "mailboxes on Cluster B.\r\n..\r\n");
	buf_str(&text, "Bye.\r\n");
	p[4] = (struct piece){ HOLE_NONE,
		arena_copy(j->mem, text.data, text.len), text.len };
	buf_free(&text);
	*out = (struct mail){ .pieces = p,
		.n_pieces = 5,
		.size = p[0].len + p[2].len + p[4].len };
	return ST_OK;
}

#endif
