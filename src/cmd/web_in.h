/*
 * What the files of the web child share: cmd/web.c, and web_form.c,
 * web_post.c, web_metrics.c beside it.  Nothing else includes it.
 */
#ifndef CMD_WEB_IN_H
#define CMD_WEB_IN_H

#include <poll.h>
#include <sys/types.h>

#include "cmd/child.h"
#include "cmd/submit.h"
#include "cmd/web.h"
#include "ext/http.h"

enum {
	WEB_SUBMITS = 64,
	WEB_NETWORKS = 512,
	WEB_PRESSES = 4096,
	WEB_WHO = 16,
	WEB_CLASSES = 6,
};

struct web_words { /* an answer: status, title and what is below it */
	int status;
	const char *title, *text;
};

struct web_pending { /* a POST that waits for our own LMTP door */
	struct submit submit;
	struct http_request *request; /* NULL: free */
	const char *what;
	const struct web_words *then; /* told once it got through */
	int64_t until;                /* ms of a clock that never jumps */
	unsigned char who[WEB_WHO];
	const struct web_pending *twin; /* the same, which goes; or NULL */
};

struct web_press { /* what got through lately */
	unsigned char who[WEB_WHO];
	int64_t at; /* ms, as above; 0: free */
};

struct web_counts {                   /* since this process began */
	int64_t answers[WEB_CLASSES]; /* by the first digit of the status */
	int64_t sent, repeated, refused, failed; /* POSTs as mails */
};

struct web_was { /* what stood at a path when we looked last */
	bool there;
	dev_t dev;
	ino_t ino;
};

struct web_network { /* who used the subscribe form lately */
	unsigned char network[16];
	unsigned n;
	int64_t since; /* seconds UTC */
};

struct web {
	const struct conf *conf;
	const struct house *house;
	struct http *http;
	struct keys keys;
	int tree; /* -1: not there yet */
	bool ending;
	struct web_was key_was, tree_was, side_was;
	struct web_pending pending[WEB_SUBMITS];
	struct web_press presses[WEB_PRESSES]; /* a ring */
	size_t next_press;
	int64_t full_at; /* ms: up to then the rate is used up */
	struct web_counts counts;
	struct db *search; /* NULL: not open */
	struct web_was search_was;
	int64_t search_full_at; /* as full_at, of what is searched */
	struct web_network networks[WEB_NETWORKS];
};

enum web_purpose { WEB_LEAVE, WEB_CONFIRM };

struct web_request {      /* as the mail that it stands for */
	const char *what; /* subscribe, unsubscribe, confirm */
	const char *to, *letter;
	const struct web_words *then;
	unsigned char who[WEB_WHO]; /* the same again has the same */
	bool first; /* goes before others, and whatever the rate: it is proved
		     */
};

void web_answer(struct web *web, struct http_request *r,
    const struct http_answer *a);
void web_tell(struct web *web, struct job *j, struct http_request *r,
    const struct web_words *w);
/* Not now, but in so many seconds. */
void web_tell_again(struct web *web, struct job *j, struct http_request *r,
    const struct web_words *w, int seconds);
void web_put(struct web *web, struct http_request *r, int status,
    const char *type, const struct buf *b, const char *retry_after);
/* tried: a token was looked at; else as much work as that is done now. */
void web_tell_missing(struct web *web, struct job *j, struct http_request *r,
    bool tried);
bool web_load_key(struct web *web);
struct web_was web_was(const char *path);
/* Ends us, to be started anew, where another thing stands there now. */
void web_look_for(struct web *web, const struct web_was *before,
    const char *path);

/*
 * The mail of a POST, and its answer when it is ours.  What got through in
 * the past minute, or is on its way, is answered alike without a mail; all
 * together are held to a rate, beyond which 503 says when to come again.
 */
void web_submit(struct web *web, struct job *j, struct http_request *r,
    const struct web_request *q);
/* What makes two requests the same. */
void web_who(struct web_request *q, struct job *j, const char *what,
    const char *list, const char *whose);
void web_post_fds(const struct web *web, struct pollfd p[WEB_SUBMITS]);
void web_post_step(struct web *web, const struct pollfd p[WEB_SUBMITS]);
void web_post_end(struct web *web);

/* /search */
void web_search(struct web *web, struct job *j, struct http_request *r);
void web_search_end(struct web *web);
/* What the writer left for us, and our own. */
void web_metrics(struct web *web, struct job *j, struct buf *out);

/*
 * The list of a token; every list is tried in any case, so that a forged one
 * takes as long as a good one.  NULL: of none.  row: of the member, or of
 * the question.
 */
const struct list *web_find_list(const struct web *web, const char *token,
    enum web_purpose purpose, int64_t *row);
/* /u/TOKEN, /c/TOKEN and /subscribe; false: none of them. */
bool web_form(struct web *web, struct job *j, struct http_request *r,
    const char *path);

#endif
