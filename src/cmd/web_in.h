/*
 * What cmd/web.c and cmd/web_form.c share.  Nothing else includes it.
 */
#ifndef CMD_WEB_IN_H
#define CMD_WEB_IN_H

#include <sys/types.h>
#include <time.h>

#include "cmd/child.h"
#include "cmd/submit.h"
#include "cmd/web.h"
#include "ext/http.h"

enum { WEB_SUBMITS = 32, WEB_NETWORKS = 512 };

struct web_words { /* an answer: status, title and what is below it */
	int status;
	const char *title, *text;
};

struct web_pending { /* a POST that waits for our own LMTP door */
	struct submit submit;
	struct http_request *request; /* NULL: free */
	const char *what;
	const struct web_words *then; /* told once it got through */
	time_t until;                 /* monotonic */
};

struct web_was { /* what stood at a path as we were confined */
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
	struct web_was key_was, tree_was;
	struct web_pending pending[WEB_SUBMITS];
	struct web_network networks[WEB_NETWORKS];
};

enum web_purpose { WEB_LEAVE, WEB_CONFIRM };

struct web_request {      /* as the mail that it stands for */
	const char *what; /* subscribe, unsubscribe, confirm */
	const char *to, *letter;
	const struct web_words *then;
};

void web_tell(struct web *web, struct job *j, struct http_request *r,
    const struct web_words *w);
/* tried: a token was looked at; else as much work as that is done now. */
void web_tell_missing(struct web *web, struct job *j, struct http_request *r,
    bool tried);
bool web_load_key(struct web *web);
void web_submit(struct web *web, struct job *j, struct http_request *r,
    const struct web_request *q);

/*
 * The list of a token; every list is tried in any case, so that a forged one
 * takes as long as a good one.  NULL: of none.
 */
const struct list *web_find_list(const struct web *web, const char *token,
    enum web_purpose purpose);
/* /u/TOKEN, /c/TOKEN and /subscribe; false: none of them. */
bool web_form(struct web *web, struct job *j, struct http_request *r,
    const char *path);

#endif
