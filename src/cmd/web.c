/*
 * The web child: the public tree as plain files, and one-click unsubscribes
 * (RFC 8058), each turned into the mail that it stands for.  It never opens
 * the store: while everything else is broken the last tree is still served.
 * Nothing changes but by POST.
 */
#include "cmd/web_in.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "base/when.h"
#include "cmd/child.h"
#include "cmd/side.h"
#include "ext/confine.h"
#include "ext/landlock.h"

enum { STOP_AT = 0, HTTP_AT = 1, POSTS_AT = HTTP_AT + HTTP_FDS };

static const char page[] =
    "<!DOCTYPE html>\n"
    "<html lang=\"en\">\n"
    "<head>\n"
    "<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width\">\n"
    "<link rel=\"stylesheet\" href=\"/style.css\">\n"
    "<title>%s</title>\n"
    "</head>\n"
    "<body>\n"
    "<main>\n"
    "<h1>%s</h1>\n"
    "%s\n"
    "</main>\n"
    "</body>\n"
    "</html>\n";

static const struct web_words say_missing = { 404, "Not found",
	"<p>There is no such page. <a href=\"/\">Current status</a></p>" },
			      say_bad = { 400, "Bad request",
				      "<p>That is no address of a page.</p>" },
			      say_method = { 405, "Not allowed",
				      "<p>Pages can only be read.</p>" };

void
web_answer(struct web *web, struct http_request *r, const struct http_answer *a)
{
	web->counts.answers[a->status / 100 % WEB_CLASSES]++;
	http_answer(web->http, r, a);
}

void
web_tell_again(struct web *web, struct job *j, struct http_request *r,
    const struct web_words *w, int seconds)
{
	char *html = arena_printf(j->mem, page, w->title, w->title, w->text);
	struct http_answer a = { .status = w->status,
		.type = "text/html; charset=utf-8",
		.cache = "no-store",
		.allow = w->status == 405 ? "GET, HEAD" : NULL,
		.retry_after =
		    seconds == 0 ? NULL : arena_printf(j->mem, "%d", seconds),
		.body = html,
		.n = strlen(html),
		.fd = -1 };

	web_answer(web, r, &a);
}

void
web_tell(struct web *web, struct job *j, struct http_request *r,
    const struct web_words *w)
{
	web_tell_again(web, j, r, w, 0);
}

/* An unknown path costs what a forged token costs. */
void
web_tell_missing(struct web *web, struct job *j, struct http_request *r,
    bool tried)
{
	static const char none[] = "aaaaaaaaaaaaaaaaaaaaaaaaaa";
	int64_t row;

	if (!tried)
		(void)web_find_list(web, none, WEB_LEAVE, &row);
	web_tell(web, j, r, &say_missing);
}

static char *
tree_path(struct job *j, const struct conf *c)
{
	return arena_printf(j->mem, "%s/public", c->state);
}

static char *
key_path(struct job *j, const struct conf *c)
{
	return arena_printf(j->mem, "%s/keys/list", c->state);
}

struct web_was
web_was(const char *path)
{
	struct stat sb;

	if (stat(path, &sb) != 0)
		return (struct web_was){ .there = false };
	return (struct web_was){ true, sb.st_dev, sb.st_ino };
}

/*
 * What came, or came anew, after we were confined can't be read: we end, and
 * serve starts us afresh.
 */
void
web_look_for(struct web *web, const struct web_was *before, const char *path)
{
	struct web_was now = web_was(path);

	if (now.there && (!before->there || now.dev != before->dev ||
			     now.ino != before->ino))
		web->ending = true;
}

bool
web_load_key(struct web *web)
{
	struct job j;

	if (web->keys.list.n != 0)
		return true;
	job_begin(&j, "web", world_now(web->house->w));
	if (keys_load_list(&j, web->conf->state, &web->keys) != ST_OK) {
		log_warn("step=web error=%s", j.why);
		web_look_for(web, &web->key_was, key_path(&j, web->conf));
	}
	job_end(&j);
	return web->keys.list.n != 0;
}

/* The header lists the tags that the reader has; W/ doesn't matter. */
static bool
has_it(const struct http_request *r, const struct web_file *f)
{
	int64_t since;
	int offset;
	bool zoned;

	if (r->if_none_match != NULL)
		return strcmp(r->if_none_match, "*") == 0 ||
		       strstr(r->if_none_match, f->etag) != NULL;
	return r->if_modified_since != NULL &&
	       when_read_rfc5322(r->if_modified_since, &since, &offset,
		   &zoned) &&
	       f->changed <= since;
}

static void
show(struct web *web, struct http_request *r, const char *path,
    const struct web_file *f)
{
	/* Pages elsewhere may read these: aggregators, a reseller's own. */
	bool open = strncmp(path, "api/", 4) == 0;
	struct http_answer a = { .status = 200,
		.type = f->type,
		.cache = "public, max-age=30",
		.etag = f->etag,
		.modified = f->modified,
		.disposition = f->download ? "attachment" : NULL,
		.origin = open ? "*" : NULL,
		.n = f->size,
		.fd = f->fd };

	if (has_it(r, f)) {
		(void)close(f->fd);
		a.status = 304;
		a.type = a.disposition = NULL;
		a.body = "";
		a.n = 0;
		a.fd = -1;
	}
	web_answer(web, r, &a);
}

/* The tree may come, go and come again while we run. */
static int
tree_of(struct web *web, struct job *j)
{
	struct stat sb;

	if (web->tree >= 0 && fstat(web->tree, &sb) == 0 && sb.st_nlink != 0)
		return web->tree;
	if (web->tree >= 0)
		(void)close(web->tree);
	web->tree =
	    open(tree_path(j, web->conf), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (web->tree < 0)
		web_look_for(web, &web->tree_was, tree_path(j, web->conf));
	return web->tree;
}

static void
redirect(struct web *web, struct job *j, struct http_request *r,
    const char *path)
{
	struct http_answer a = { .status = 301,
		.type = "text/plain; charset=utf-8",
		.location = arena_printf(j->mem, "/%s/", path),
		.body = "",
		.fd = -1 };

	web_answer(web, r, &a);
}

static void
answer_file(struct web *web, struct job *j, struct http_request *r,
    const char *path, bool tried)
{
	bool reads =
	    strcmp(r->method, "GET") == 0 || strcmp(r->method, "HEAD") == 0;
	struct web_file f = { .fd = -1 };
	enum web_found found = web_open(j, tree_of(web, j), path, &f);

	if (found == WEB_NOTHING) {
		web_tell_missing(web, j, r, tried);
		return;
	}
	if (!reads) {
		if (f.fd >= 0)
			(void)close(f.fd);
		web_tell(web, j, r, &say_method);
		return;
	}
	if (found == WEB_FOLDER)
		redirect(web, j, r, path);
	else
		show(web, r, path, &f);
}

void
web_put(struct web *web, struct http_request *r, int status, const char *type,
    const struct buf *b, const char *retry_after)
{
	struct http_answer a = { .status = status,
		.type = type,
		.cache = "no-store",
		.retry_after = retry_after,
		.body = b->data,
		.n = b->len,
		.fd = -1 };

	web_answer(web, r, &a);
}

/* Without a front page there is nothing to serve: ask another host. */
static void
answer_health(struct web *web, struct job *j, struct http_request *r)
{
	struct web_file f = { .fd = -1 };
	bool well = web_open(j, tree_of(web, j), ".", &f) == WEB_FILE;
	struct buf b = BUF_INIT;

	if (f.fd >= 0)
		(void)close(f.fd);
	buf_str(&b, well ? "ok\n" : "no front page: run sitrep page\n");
	web_put(web, r, well ? 200 : 503, "text/plain; charset=utf-8", &b,
	    NULL);
	buf_free(&b);
}

/* For a monitor on this machine; elsewhere there is no such page. */
static void
answer_metrics(struct web *web, struct job *j, struct http_request *r)
{
	struct buf b = BUF_INIT;

	if (!r->near || r->passed_on) {
		web_tell_missing(web, j, r, false);
		return;
	}
	if (strcmp(r->method, "POST") == 0) {
		web_tell(web, j, r, &say_method);
		return;
	}
	web_metrics(web, j, &b);
	web_put(web, r, 200, "text/plain; version=0.0.4; charset=utf-8", &b,
	    NULL);
	buf_free(&b);
}

static bool
known_method(const char *method)
{
	return strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0 ||
	       strcmp(method, "POST") == 0;
}

static void
answer(struct web *web, struct job *j, struct http_request *r)
{
	const char *path;

	if (web_path(j, r->path, &path) != ST_OK)
		web_tell(web, j, r, &say_bad);
	else if (!known_method(r->method))
		web_tell(web, j, r, &say_method);
	else if (path == NULL)
		web_tell_missing(web, j, r, false);
	else if (strcmp(path, "healthz") == 0)
		answer_health(web, j, r);
	else if (strcmp(path, "metrics") == 0)
		answer_metrics(web, j, r);
	else if (strcmp(path, "search") == 0 || strcmp(path, "search/") == 0)
		web_search(web, j, r);
	else if (!web_form(web, j, r, path))
		answer_file(web, j, r, path, false);
}

static void
answer_all(struct web *web)
{
	struct http_request *r;

	while ((r = http_next(web->http)) != NULL) {
		struct job j;

		job_begin(&j, "web", world_now(web->house->w));
		answer(web, &j, r);
		job_end(&j);
	}
}

/* Whoever takes this process over finds little to use. */
enum status
web_confine(struct job *j, const struct conf *c)
{
	const char *const paths[] = { tree_path(j, c), key_path(j, c),
		side_folder(j->mem, c) };
	enum status st;

	(void)umask(0777);
	if ((st = confine_limits(j)) != ST_OK || !confine_is_built())
		return st;
	/* A kernel without it still has the rest. */
	st = landlock_read_only(j, paths, sizeof paths / sizeof *paths);
	if (st != ST_OK && st != ST_NONE)
		return st;
	return confine_server(j, c->lmtp[0] != '/');
}

static void
run(struct web *web, int stop)
{
	struct pollfd p[POSTS_AT + WEB_SUBMITS];

	while (!web->ending) {
		p[STOP_AT] = (struct pollfd){ stop, POLLIN, 0 };
		http_fds(web->http, p + HTTP_AT);
		web_post_fds(web, p + POSTS_AT);
		if (poll(p, POSTS_AT + WEB_SUBMITS, http_wait(web->http)) < 0 &&
		    errno != EINTR)
			die("poll: %s", strerror(errno));
		if (p[STOP_AT].revents != 0)
			return;
		web_post_step(web, p + POSTS_AT);
		answer_all(web);
	}
}

int
child_web(const struct house *h)
{
	struct web *web = calloc(1, sizeof *web);
	int stop = child_stop_fd();
	struct job j;

	if (web == NULL)
		die("out of memory for the web server");
	web->conf = &h->w->conf;
	web->house = h;
	web->tree = -1;
	job_begin(&j, "web", world_now(h->w));
	(void)mkdir(tree_path(&j, web->conf), 0755);
	(void)mkdir(side_folder(j.mem, web->conf), 0750);
	web->tree_was = web_was(tree_path(&j, web->conf));
	web->side_was = web_was(side_folder(j.mem, web->conf));
	web->key_was = web_was(key_path(&j, web->conf));
	(void)web_load_key(web);
	if (http_open(&j, h->http, &web->http) != ST_OK ||
	    web_confine(&j, web->conf) != ST_OK)
		die("%s", j.why);
	job_end(&j);
	run(web, stop);
	web_post_end(web);
	web_search_end(web);
	http_close(web->http);
	free(web);
	return EX_DONE;
}
