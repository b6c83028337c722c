/*
 * /search?q=WORDS over what is public: reads STATE/web/search.db, which holds
 * nothing that isn't on a page, and writes nothing.  What is asked for in a
 * second is bounded, as this process serves the pages too.
 */
#include <string.h>

#include "base/escape.h"
#include "base/log.h"
#include "base/text.h"
#include "base/when.h"
#include "cmd/side.h"
#include "cmd/web_in.h"
#include "model/search.h"
#include "text/form.h"
#include "text/query.h"

enum { HITS = 50, EACH_MS = 50, BURST_MS = 2000, AFTER = 5 };

static const struct web_words
    say_read = { 405, "Not allowed", "<p>Pages can only be read.</p>" },
    say_many = { 503, "Too many at once",
	    "<p>Many look for something at once. Please try again in a few "
	    "seconds.</p>" },
    say_none = { 503, "Not ready yet",
	    "<p>Nothing can be searched just now. Please try again in a few "
	    "seconds, or look into the <a href=\"/history/\">history</a>."
	    "</p>" };

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
	buf_str(b, "<form action=\"/search\">\n"
		   "<p><label>Words <input type=\"search\" name=\"q\" "
		   "maxlength=\"200\" value=\"");
	escape_html(b, words);
	buf_str(b, "\"></label> <button type=\"submit\">Search</button></p>\n"
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
	buf_str(b, "<li><p><a href=\"/");
	escape_html(b, h->path);
	buf_str(b, "\"><bdi>");
	escape_html(b, h->title);
	buf_printf(b, "</bdi></a> <span class=\"meta\">%s, %s %s UTC, ", h->tag,
	    when_day(j->mem, h->posted), when_clock(j->mem, h->posted));
	escape_html(b, h->name);
	buf_str(b, "</span></p>\n<p>");
	put_around(b, j, h->around);
	buf_str(b, "</p></li>\n");
}

static void
put_hits(struct buf *b, struct job *j, const struct search_hit *list, size_t n)
{
	if (n == 0) {
		buf_str(b, "<p>No update has all of these words.</p>\n");
		return;
	}
	if (n == HITS)
		buf_printf(b, "<p>The newest %d; more words find less.</p>\n",
		    HITS);
	buf_str(b, "<ol>\n");
	for (size_t i = 0; i < n; i++)
		put_hit(b, j, &list[i]);
	buf_str(b, "</ol>\n");
}

static void
show(struct web *web, struct job *j, struct http_request *r, const char *words,
    const struct search_hit *list, size_t n)
{
	struct web_words w = { 200, "Search", NULL };
	struct buf b = BUF_INIT;

	put_form(&b, words);
	if (words[0] != '\0')
		put_hits(&b, j, list, n);
	buf_str(&b, "<p><a href=\"/\">Current status</a> "
		    "<a href=\"/history/\">History</a></p>");
	w.text = b.data;
	web_tell(web, j, r, &w);
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

void
web_search(struct web *web, struct job *j, struct http_request *r)
{
	const char *words = words_of(j, r), *query = query_of(j->mem, words);
	struct search_hit *list = NULL;
	struct db *db;
	size_t n = 0;

	if (strcmp(r->method, "POST") == 0) {
		web_tell(web, j, r, &say_read);
		return;
	}
	if (query == NULL) {
		show(web, j, r, words, NULL, 0);
		return;
	}
	if (!take_turn(web)) {
		web_tell_again(web, j, r, &say_many, AFTER);
		return;
	}
	if ((db = current(web, j)) == NULL ||
	    search_find(db, j, query, HITS, &list, &n) != ST_OK) {
		web_search_end(web);
		web_tell_again(web, j, r, &say_none, AFTER);
		return;
	}
	show(web, j, r, words, list, n);
}
