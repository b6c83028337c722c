/*
 * What can be asked for on the web: leaving (/u/TOKEN, also RFC 8058),
 * confirming (/c/TOKEN) and subscribing (/subscribe).  GET shows a button;
 * only a POST does anything, and that is a mail to ourselves.  No cookie, no
 * redirect; the same POST again is the same again; the answer doesn't depend
 * on what is known of an address.
 */
#include <string.h>

#include "base/code.h"
#include "base/escape.h"
#include "base/text.h"
#include "base/when.h"
#include "cmd/web_in.h"
#include "ext/crypto.h"
#include "text/form.h"
#include "text/listhead.h"

enum { NETWORK_MOST = 20 };

static const struct web_words
    say_leave = { 200, "Unsubscribe",
	    "<form method=\"post\">\n"
	    "<p>Stop these mails to your address?</p>\n"
	    "<p><input type=\"hidden\" name=\"List-Unsubscribe\" "
	    "value=\"One-Click\">"
	    "<button type=\"submit\">Unsubscribe</button></p>\n"
	    "</form>" },
    say_left = { 200, "Unsubscribed",
	    "<p>You are unsubscribed: no more of these mails come to your "
	    "address.</p>" },
    say_confirm = { 200, "Confirm",
	    "<form method=\"post\">\n"
	    "<p>Confirm what the mail asked you?</p>\n"
	    "<p><button type=\"submit\">Confirm</button></p>\n"
	    "</form>" },
    say_confirmed = { 200, "Confirmed",
	    "<p>If the request was still waiting, it is carried out now, and "
	    "a mail says so.</p>" },
    say_asked = { 200, "Look into your mail",
	    "<p>A mail is on its way to that address, if it could be asked: "
	    "answer it to get these mails.</p>" },
    say_wrong = { 400, "That is no address",
	    "<p>Write one like name@example.net. "
	    "<a href=\"/subscribe\">Back</a></p>" },
    say_which = { 400, "That is no list",
	    "<p>Choose one of the lists. "
	    "<a href=\"/subscribe\">Back</a></p>" },
    say_often = { 429, "Too many requests",
	    "<p>Too many requests came from your network. Try again in an "
	    "hour, or write a mail to the list's subscribe address.</p>" };

const struct list *
web_find_list(const struct web *web, const char *token,
    enum web_purpose purpose, int64_t *row)
{
	const struct list *found = NULL;

	for (size_t i = 0; i < web->conf->n_lists; i++) {
		const char *slug = web->conf->lists[i].slug;
		int64_t n = 0;

		if (purpose == WEB_LEAVE
			? !keys_unsubscribe_ok(&web->keys, slug, token, &n)
			: !keys_confirm_ok(&web->keys, slug, token, &n))
			continue;
		found = &web->conf->lists[i];
		*row = n;
	}
	return found;
}

/* ---- letters ---- */

/* Folded by nobody: what isn't the same again (web_who()) is two mails. */
static const char *
write_letter(const struct web *web, struct job *j, const char *from,
    const char *to, const char *what)
{
	const struct conf *c = web->conf;
	unsigned char id[12];
	char *mid;

	crypto_random(id, sizeof id);
	mid = arena_printf(j->mem, "web.%s@%s", code_hex(j->mem, id, sizeof id),
	    c->host);
	return arena_printf(j->mem,
	    "From: <%s>\r\n"
	    "To: <%s>\r\n"
	    "Subject: %s\r\n"
	    "Date: %s\r\n"
	    "Message-ID: <%s>\r\n"
	    "Auto-Submitted: auto-generated\r\n"
	    "Sitrep-Self: %s\r\n"
	    "MIME-Version: 1.0\r\n"
	    "Content-Type: text/plain; charset=us-ascii\r\n"
	    "\r\n"
	    "%s\r\n",
	    from, to, what, when_rfc5322(j->mem, j->now), mid,
	    keys_self(j, &web->keys,
		arena_printf(j->mem, "%s %s", text_lower(j->mem, to), mid)),
	    what);
}

static void
submit(struct web *web, struct job *j, struct http_request *r, const char *from,
    const struct web_request *q)
{
	struct web_request with = *q;

	with.letter = write_letter(web, j, from, q->to, q->what);
	web_submit(web, j, r, &with);
}

static const char *
ourselves(const struct web *web, struct job *j)
{
	return arena_printf(j->mem, "postmaster@%s", web->conf->domain);
}

/* ---- tokens ---- */

static const struct {
	const char *path, *word;
	const struct web_words *ask, *done;
} tokens[] = {
	[WEB_LEAVE] = { "u/", "unsubscribe", &say_leave, &say_left },
	[WEB_CONFIRM] = { "c/", "confirm", &say_confirm, &say_confirmed },
};

static bool
is_post(const struct http_request *r)
{
	return strcmp(r->method, "POST") == 0;
}

static void
answer_token(struct web *web, struct job *j, struct http_request *r,
    const char *token, enum web_purpose p)
{
	int64_t row = 0;
	const struct list *list =
	    web_load_key(web) ? web_find_list(web, token, p, &row) : NULL;
	struct web_request q = { .what = tokens[p].word,
		.then = tokens[p].done,
		.first = p == WEB_LEAVE };

	if (list == NULL) {
		web_tell_missing(web, j, r, true);
		return;
	}
	if (!is_post(r)) {
		web_tell(web, j, r, tokens[p].ask);
		return;
	}
	q.to = listhead_address(j->mem, web->conf, list, q.what, token);
	web_who(&q, j, q.what, list->slug,
	    arena_printf(j->mem, "%lld", (long long)row));
	submit(web, j, r, ourselves(web, j), &q);
}

/* ---- the form ---- */

/* The lists that anybody may join. */
static size_t
open_lists(const struct conf *c, const struct list **first)
{
	size_t n = 0;

	for (size_t i = c->n_lists; i-- != 0;)
		if (c->lists[i].kind == LIST_OPEN) {
			*first = &c->lists[i];
			n++;
		}
	return n;
}

static void
put_choice(struct buf *b, const struct conf *c)
{
	buf_str(b, "<p><label>List <select name=\"list\">\n");
	for (size_t i = 0; i < c->n_lists; i++) {
		if (c->lists[i].kind != LIST_OPEN)
			continue;
		buf_printf(b, "<option value=\"%s\">", c->lists[i].slug);
		escape_html(b, c->lists[i].description);
		buf_str(b, "</option>\n");
	}
	buf_str(b, "</select></label></p>\n");
}

static void
show_form(struct web *web, struct job *j, struct http_request *r, size_t n)
{
	struct web_words w = { 200, "Subscribe", NULL };
	struct buf b = BUF_INIT;

	buf_str(&b, "<form method=\"post\" action=\"/subscribe\">\n");
	if (n > 1)
		put_choice(&b, web->conf);
	buf_str(&b,
	    "<p><label>Mail address <input type=\"email\" name=\"address\" "
	    "autocomplete=\"email\" maxlength=\"254\" required></label></p>\n"
	    "<p><button type=\"submit\">Subscribe</button></p>\n"
	    "<p>A mail asks that address whether it wants this.</p>\n"
	    "</form>");
	w.text = b.data;
	web_tell(web, j, r, &w);
	buf_free(&b);
}

/* false: its network has asked too often.  The oldest entry makes room. */
static bool
count(struct web *web, const struct http_request *r, int64_t now)
{
	struct web_network *at = &web->networks[0];

	if (r->near) /* a proxy, which has limits of its own */
		return true;
	for (size_t i = 0; i < WEB_NETWORKS; i++) {
		struct web_network *x = &web->networks[i];

		if (x->n != 0 &&
		    memcmp(x->network, r->network, sizeof x->network) == 0) {
			at = x;
			break;
		}
		if (x->since < at->since)
			at = x;
	}
	if (memcmp(at->network, r->network, sizeof at->network) != 0 ||
	    now - at->since >= HOUR) {
		memcpy(at->network, r->network, sizeof at->network);
		at->since = now;
		at->n = 0;
	}
	return at->n++ < NETWORK_MOST;
}

static const struct list *
chosen(struct web *web, struct job *j, const struct http_request *r,
    const struct list *first, size_t n)
{
	const char *slug =
	    form_value(j->mem, r->type, r->body, r->n_body, "list");
	const struct list *l = slug == NULL ? NULL : conf_list(web->conf, slug);

	if (slug == NULL && n == 1)
		return first;
	return l != NULL && l->kind == LIST_OPEN ? l : NULL;
}

static void
take_form(struct web *web, struct job *j, struct http_request *r,
    const struct list *first, size_t n)
{
	const struct list *list = chosen(web, j, r, first, n);
	const char *address =
	    form_value(j->mem, r->type, r->body, r->n_body, "address");
	struct web_request q = { .what = "subscribe", .then = &say_asked };

	address = address == NULL ? "" : text_trim(j->mem, address);
	if (list == NULL)
		web_tell(web, j, r, &say_which);
	else if (!text_is_address(address))
		web_tell(web, j, r, &say_wrong);
	else if (!count(web, r, j->now))
		web_tell(web, j, r, &say_often);
	else {
		q.to = listhead_address(j->mem, web->conf, list, q.what, "");
		web_who(&q, j, q.what, list->slug, text_lower(j->mem, address));
		submit(web, j, r, address, &q);
	}
}

bool
web_form(struct web *web, struct job *j, struct http_request *r,
    const char *path)
{
	const struct list *first = NULL;
	size_t n;

	for (size_t i = 0; i < sizeof tokens / sizeof *tokens; i++)
		if (strncmp(path, tokens[i].path, 2) == 0) {
			answer_token(web, j, r, path + 2, (enum web_purpose)i);
			return true;
		}
	if (strcmp(path, "subscribe") != 0)
		return false;
	n = open_lists(web->conf, &first);
	if (n == 0 || !web_load_key(web))
		web_tell_missing(web, j, r, false);
	else if (is_post(r))
		take_form(web, j, r, first, n);
	else
		show_form(web, j, r, n);
	return true;
}
