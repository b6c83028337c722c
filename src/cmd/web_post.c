/*
 * POSTs on their way: each is handed to our own LMTP door as the mail that it
 * stands for.  The queue of mails is one for all, so what comes by the web is
 * bounded: the same again within a minute is no second mail, and all together
 * get RATE a second.  A proved click to leave is never refused for the rate.
 */
#include <poll.h>
#include <string.h>

#include "base/log.h"
#include "base/when.h"
#include "cmd/web_in.h"
#include "ext/crypto.h"

enum {
	SUBMIT_MS = 12 * 1000,
	SAME_MS = 60 * 1000,
	EACH_MS = 100,      /* ten a second */
	BURST_MS = 3000,    /* thirty at once */
	RESERVED = 32,      /* places kept for proved clicks */
	AFTER_TROUBLE = 60, /* seconds */
	AFTER_MANY = 5,
};

static const struct web_words say_later = { 503, "Try again later",
	"<p>That did not work just now. Please try again in a minute.</p>" },
			      say_many = { 503, "Too many at once",
				      "<p>Many requests came at once. Please "
				      "try again in a few "
				      "seconds.</p>" };

void
web_who(struct web_request *q, struct job *j, const char *what,
    const char *list, const char *whose)
{
	char *s = arena_printf(j->mem, "%s\n%s\n%s", what, list, whose);
	unsigned char sha[CRYPTO_SHA256];

	crypto_sha256(s, strlen(s), sha);
	memcpy(q->who, sha, sizeof q->who);
}

/* ---- the same again ---- */

static bool
got_through(const struct web *web, const unsigned char *who, int64_t now)
{
	for (size_t i = 0; i < WEB_PRESSES; i++) {
		const struct web_press *p = &web->presses[i];

		if (p->at != 0 && now - p->at < SAME_MS &&
		    memcmp(p->who, who, WEB_WHO) == 0)
			return true;
	}
	return false;
}

/* The oldest makes room: at worst it is one mail more. */
static void
remember(struct web *web, const unsigned char *who, int64_t now)
{
	struct web_press *p = &web->presses[web->next_press];

	memcpy(p->who, who, WEB_WHO);
	p->at = now;
	web->next_press = (web->next_press + 1) % WEB_PRESSES;
}

static const struct web_pending *
on_its_way(const struct web *web, const unsigned char *who)
{
	for (size_t i = 0; i < WEB_SUBMITS; i++) {
		const struct web_pending *p = &web->pending[i];

		if (p->request != NULL && p->twin == NULL &&
		    memcmp(p->who, who, WEB_WHO) == 0)
			return p;
	}
	return NULL;
}

/* ---- the rate ---- */

/* A proved click uses it up, and isn't asked. */
static bool
take_turn(struct web *web, bool first, int64_t now)
{
	if (web->full_at < now)
		web->full_at = now;
	if (!first && web->full_at - now > BURST_MS - EACH_MS)
		return false;
	if (web->full_at - now <= BURST_MS)
		web->full_at += EACH_MS;
	return true;
}

/* NULL: none beyond those that stay free. */
static struct web_pending *
free_place(struct web *web, size_t reserved)
{
	struct web_pending *found = NULL;
	size_t n = 0;

	for (size_t i = 0; i < WEB_SUBMITS; i++)
		if (web->pending[i].request == NULL) {
			found = &web->pending[i];
			n++;
		}
	return n > reserved ? found : NULL;
}

/* ---- there and back ---- */

static void
refuse(struct web *web, struct job *j, struct http_request *r, const char *why)
{
	log_warn("step=web st=refused reason=%s", why);
	web->counts.refused++;
	web_tell_again(web, j, r, &say_many, AFTER_MANY);
}

static void
begin(struct web *web, struct job *j, struct http_request *r,
    const struct web_request *q, int64_t now)
{
	struct web_pending *p = free_place(web, q->first ? 0 : RESERVED);

	if (p == NULL || !take_turn(web, q->first, now)) {
		refuse(web, j, r, p == NULL ? "many wait" : "rate");
		return;
	}
	if (submit_begin(&p->submit, j, web->conf->lmtp, q->to, q->letter) !=
	    ST_OK) {
		log_fail("step=web error=%s", j->why);
		web->counts.failed++;
		web_tell_again(web, j, r, &say_later, AFTER_TROUBLE);
		return;
	}
	p->request = r;
	p->what = q->what;
	p->then = q->then;
	p->until = now + SUBMIT_MS;
	p->twin = NULL;
	memcpy(p->who, q->who, WEB_WHO);
}

/* It gets the answer of the one that goes. */
static void
wait_with(struct web *web, struct job *j, struct http_request *r,
    const struct web_pending *twin)
{
	struct web_pending *p = free_place(web, RESERVED);

	if (p == NULL) {
		refuse(web, j, r, "many wait");
		return;
	}
	*p = *twin;
	p->submit = (struct submit){ .fd = -1 };
	p->request = r;
	p->twin = twin;
}

void
web_submit(struct web *web, struct job *j, struct http_request *r,
    const struct web_request *q)
{
	const struct web_pending *twin = on_its_way(web, q->who);
	int64_t now = when_steady();

	if (twin != NULL)
		wait_with(web, j, r, twin);
	else if (got_through(web, q->who, now)) {
		web->counts.repeated++;
		web_tell(web, j, r, q->then);
	} else
		begin(web, j, r, q, now);
}

static void
tell(struct web *web, struct job *j, struct web_pending *p, bool ours)
{
	struct http_request *r = p->request;

	p->request = NULL;
	if (ours)
		web_tell(web, j, r, p->then);
	else
		web_tell_again(web, j, r, &say_later, AFTER_TROUBLE);
}

static void
end(struct web *web, struct web_pending *p, bool ours)
{
	struct job j;

	job_begin(&j, "web", world_now(web->house->w));
	log_note("step=web what=%s st=%s", p->what, ours ? "ok" : "later");
	if (ours) {
		remember(web, p->who, when_steady());
		web->counts.sent++;
	} else
		web->counts.failed++;
	submit_end(&p->submit);
	for (size_t i = 0; i < WEB_SUBMITS; i++)
		if (web->pending[i].request != NULL &&
		    web->pending[i].twin == p) {
			web->counts.repeated++;
			tell(web, &j, &web->pending[i], ours);
		}
	tell(web, &j, p, ours);
	job_end(&j);
}

static bool
goes(const struct web_pending *p)
{
	return p->request != NULL && p->twin == NULL;
}

void
web_post_fds(const struct web *web, struct pollfd p[WEB_SUBMITS])
{
	for (size_t i = 0; i < WEB_SUBMITS; i++) {
		const struct web_pending *one = &web->pending[i];

		p[i] = goes(one) ? (struct pollfd){ one->submit.fd,
			submit_events(&one->submit), 0 }
				 : (struct pollfd){ -1, 0, 0 };
	}
}

void
web_post_step(struct web *web, const struct pollfd p[WEB_SUBMITS])
{
	int64_t now = when_steady();

	for (size_t i = 0; i < WEB_SUBMITS; i++) {
		struct web_pending *one = &web->pending[i];
		enum status st = ST_NONE;

		if (!goes(one))
			continue;
		if (p[i].fd == one->submit.fd && p[i].revents != 0)
			st = submit_step(&one->submit);
		if (st == ST_NONE && now >= one->until)
			st = ST_TEMP;
		if (st != ST_NONE)
			end(web, one, st == ST_OK);
	}
}

void
web_post_end(struct web *web)
{
	for (size_t i = 0; i < WEB_SUBMITS; i++)
		if (goes(&web->pending[i]))
			end(web, &web->pending[i], false);
}
