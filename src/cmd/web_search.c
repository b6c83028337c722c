/*
 * /search?q=WORDS over what is public: reads STATE/web/search.db, which holds
 * nothing that isn't on a page, and writes nothing.  What it finds stands in a
 * page of the tree, between two marks.  What is asked for in a second is
 * bounded, as this process serves the pages too.
 */
#include <string.h>

#include "base/escape.h"
#include "base/file.h"
#include "base/log.h"
#include "base/text.h"
#include "base/when.h"
#include "cmd/side.h"
#include "cmd/web_in.h"
#include "model/search.h"
#include "text/form.h"
#include "text/query.h"

enum { HITS = 50, EACH_MS = 50, BURST_MS = 2000, FRAME = 64 * 1024 };

static const char after[] = "5"; /* seconds */
static const char opens[] = "<!-- found -->", closes[] = "<!-- /found -->";

static const struct web_words say_read = { 405, "Not allowed",
	"<p>Pages can only be read.</p>" };
static const char
    say_many[] = "<p>Many look for something at once. Please try again in a "
		 "few seconds.</p>\n",
    say_none[] = "<p>Nothing can be searched just now. Please try again in a "
		 "few seconds, or look into the <a href=\"/history/\">"
		 "history</a>.</p>\n",
    say_nothing[] =
	"<div class=\"card\">\n<p>No post has all of these words.</p>\n"
	"<p>Try fewer of them, or only the beginning of one; names of "
	"services and numbers of incidents are found as well. Or look into "
	"the <a href=\"/history/\">history</a>, month by month.</p>\n"
	"</div>\n";

static bool
take_turn(struct web *web)
{
	int64_t now = when_steady();

	if (web->search_full_at < now)
		web->search_full_at = now;
	if (web->search_full_at - now > BURST_MS - EACH_MS)
		return false;
	web->search_full_at += EACH_MS;
	return true;
}

/* Two files take turns there: one that we have open is written next. */
static struct db *
current(struct web *web, struct job *j)
{
	const char *path = side_search(j->mem, web->conf);
	struct web_was now = web_was(path);

	if (web->search != NULL && now.there &&
	    now.dev == web->search_was.dev && now.ino == web->search_was.ino)
		return web->search;
	web_search_end(web);
	if (now.there && search_open(j, path, &web->search) > ST_NONE) {
		log_warn("step=web search error=%s", j->why);
		web_look_for(web, &web->side_was,
		    side_folder(j->mem, web->conf));
		job_forget(j);
	}
	web->search_was = now;
	return web->search;
}

void
web_search_end(struct web *web)
{
	db_close(web->search);
	web->search = NULL;
}

/* ---- the page ---- */

static void
put_form(struct buf *b, const char *words)
{
	buf_str(b, "<form class=\"find\" action=\"/search\" "
		   "role=\"search\">\n<label for=\"words\">Words of any "
		   "post</label>\n<div><input id=\"words\" type=\"search\" "
		   "name=\"q\" maxlength=\"200\" value=\"");
	escape_html(b, words);
	buf_str(b, "\"> <button type=\"submit\">Search</button></div>\n"
		   "</form>\n");
}

/* What was found stands between two bytes that no text has. */
static void
put_around(struct buf *b, const struct job *j, const char *s)
{
	while (*s != '\0') {
		size_t n = strcspn(s, "\x02\x03");

		escape_html(b, arena_copy(j->mem, s, n));
		s += n;
		if (*s == '\0')
			break;
		buf_str(b, *s++ == '\x02' ? "<mark>" : "</mark>");
	}
}

static void
put_hit(struct buf *b, struct job *j, const struct search_hit *h)
{
	buf_str(b, "<li class=\"card\">\n<h2><a href=\"/");
	escape_html(b, h->path);
	buf_str(b, "\"><bdi>");
	escape_html(b, h->title);
	buf_printf(b, "</bdi></a></h2>\n<p class=\"which\">%s, %s %s UTC, ",
	    h->tag, when_day(j->mem, h->posted), when_clock(j->mem, h->posted));
	escape_html(b, h->name);
	buf_str(b, "</p>\n<p>");
	put_around(b, j, h->around);
	buf_str(b, "</p>\n</li>\n");
}

static void
put_hits(struct buf *b, struct job *j, const struct search_hit *list, size_t n)
{
	if (n == 0) {
		buf_str(b, say_nothing);
		return;
	}
	if (n == HITS)
		buf_printf(b,
		    "<p class=\"meta\">The newest %d posts; more words find "
		    "less.</p>\n",
		    HITS);
	else
		buf_printf(b,
		    "<p class=\"meta\">%zu post%s, the newest "
		    "first.</p>\n",
		    n, n == 1 ? "" : "s");
	buf_str(b, "<ol class=\"hits\">\n");
	for (size_t i = 0; i < n; i++)
		put_hit(b, j, &list[i]);
	buf_str(b, "</ol>\n");
}

/* Puts a page of the tree around it; false: there is none yet. */
static bool
put_frame(struct web *web, struct job *j, const struct buf *inside,
    struct buf *out)
{
	const char *path = arena_printf(j->mem, "%s/public/search/index.html",
	    web->conf->state);
	const char *from, *until = NULL;
	struct buf b = BUF_INIT;

	if (file_read(j, path, FRAME, &b) != ST_OK)
		job_forget(j);
	if ((from = strstr(b.data, opens)) != NULL)
		until = strstr(from, closes);
	if (until != NULL) {
		buf_add(out, b.data, (size_t)(from - b.data));
		buf_str(out, inside->data);
		buf_str(out, until + strlen(closes));
	}
	buf_free(&b);
	return until != NULL;
}

/* The form again, and what is to be said below it. */
static void
show(struct web *web, struct job *j, struct http_request *r, int status,
    const char *words, const struct buf *below)
{
	struct web_words bare = { status, "Search", NULL };
	struct buf inside = BUF_INIT, b = BUF_INIT;

	put_form(&inside, words);
	buf_str(&inside, below->data);
	bare.text = inside.data;
	if (put_frame(web, j, &inside, &b))
		web_put(web, r, status, "text/html; charset=utf-8", &b,
		    status == 503 ? after : NULL);
	else
		web_tell(web, j, r, &bare);
	buf_free(&inside);
	buf_free(&b);
}

static const char *
words_of(struct job *j, const struct http_request *r)
{
	const char *s;

	if (r->words == NULL)
		return "";
	s = arena_printf(j->mem, "q=%s", r->words);
	s = form_value(j->mem, NULL, s, strlen(s), "q");
	return s == NULL ? "" : text_one_line(j->mem, s, QUERY_LENGTH);
}

/* The status that goes with what is put into b. */
static int
look_for(struct web *web, struct job *j, const char *query, struct buf *b)
{
	struct search_hit *list = NULL;
	struct db *db;
	size_t n = 0;

	if (!take_turn(web)) {
		buf_str(b, say_many);
		return 503;
	}
	if ((db = current(web, j)) == NULL ||
	    search_find(db, j, query, HITS, &list, &n) != ST_OK) {
		web_search_end(web);
		buf_str(b, say_none);
		return 503;
	}
	put_hits(b, j, list, n);
	return 200;
}

void
web_search(struct web *web, struct job *j, struct http_request *r)
{
	const char *words = words_of(j, r), *query = query_of(j->mem, words);
	struct buf b = BUF_INIT;
	int status = 200;

	if (strcmp(r->method, "POST") == 0) {
		web_tell(web, j, r, &say_read);
		return;
	}
	if (query != NULL)
		status = look_for(web, j, query, &b);
	else if (words[0] != '\0')
		buf_str(&b, say_nothing);
	show(web, j, r, status, words, &b);
	buf_free(&b);
}
