#include "model/removal.h"

#include <string.h>

#include "base/escape.h"
#include "base/limits.h"
#include "base/text.h"
#include "model/event.h"

enum { KIND, YEAR, NUMBER, U, R, TITLE, TEXT, BEFORE };

#define WHAT \
	"SELECT event.kind, event.year, event.number, later.u, later.r, " \
	"later.title, later.text, old.title, old.text, old.impact_text, " \
	"old.reseller_impact, old.enduser_impact, old.workaround, " \
	"old.lasting, old.cause, old.fix, old.prevention, old.problem, " \
	"old.reason, old.social FROM post AS later JOIN post AS old ON " \
	"old.event_id = later.event_id AND old.u = later.u AND " \
	"old.r < later.r JOIN event ON event.id = later.event_id " \
	"WHERE later.kind = 'redacted' AND old.kind != 'redacted' "

static const char *const sql_all = WHAT "ORDER BY later.id, old.id";
static const char *const sql_of =
    WHAT "AND later.event_id = ?1 ORDER BY later.id, old.id";

static void
columns(struct rows *r, struct job *j, struct removal *out)
{
	*out = (struct removal){
		.event = event_name_of(j->mem, db_str(r, KIND, j),
		    (int)db_int(r, YEAR), (int)db_int(r, NUMBER)),
		.u = (int)db_int(r, U),
		.r = (int)db_int(r, R),
		.title = db_str(r, TITLE, j),
		.text = db_str(r, TEXT, j),
	};
	for (int i = 0; i < REMOVAL_TEXTS; i++) {
		const char *s = db_str(r, BEFORE + i, j);
		bool stays =
		    strcmp(s, out->title) == 0 || strcmp(s, out->text) == 0;

		out->before[i] = stays ? "" : s;
	}
}

enum status
removal_list(struct db *db, struct job *j, int64_t event, struct removal **out,
    size_t *n)
{
	struct rows *r;
	enum status st = db_query(db, j, &r, event == 0 ? sql_all : sql_of,
	    event == 0 ? "" : "i", event);

	*out = NULL;
	*n = 0;
	if (st != ST_OK)
		return st;
	while ((st = db_next(r, j)) == ST_OK) {
		*out = arena_grow(j->mem, *out, *n, sizeof **out);
		columns(r, j, &(*out)[(*n)++]);
	}
	db_end(r);
	return st == ST_NONE ? ST_OK : st;
}

bool
removal_hits(const struct removal *x, const char *text)
{
	for (int i = 0; i < REMOVAL_TEXTS && text[0] != '\0'; i++)
		if (strcmp(x->before[i], text) == 0)
			return true;
	return false;
}

bool
removal_take_out(const struct removal *list, size_t n, struct post *p)
{
	const char **const texts[REMOVAL_TEXTS] = { &p->title, &p->text,
		&p->impact_text, &p->reseller_impact, &p->enduser_impact,
		&p->workaround, &p->lasting, &p->review.cause, &p->review.fix,
		&p->review.prevention, &p->review.problem, &p->reason,
		&p->social };
	bool any = false;

	for (size_t i = 0; i < n; i++)
		for (int k = 0; k < REMOVAL_TEXTS; k++) {
			if (!removal_hits(&list[i], *texts[k]))
				continue;
			*texts[k] = k == REMOVAL_TITLE  ? list[i].title
				    : k == REMOVAL_TEXT ? list[i].text
							: "";
			any = true;
		}
	return any;
}

/* As a report writes it (text/monthly.c). */
static const char *
marked(struct job *j, const char *title)
{
	struct buf b = BUF_INIT;
	const char *out;

	escape_markdown(&b, text_one_line(j->mem, title, LIMIT_TITLE));
	out = arena_copy(j->mem, b.data, b.len);
	buf_free(&b);
	return out;
}

static void
put_replaced(struct buf *out, const char *line, const char *old,
    const char *title)
{
	const char *at;

	while ((at = strstr(line, old)) != NULL) {
		buf_add(out, line, (size_t)(at - line));
		buf_str(out, title);
		line = at + strlen(old);
	}
	buf_str(out, line);
}

/* In the lines that name the event: anywhere else a short title is a word. */
static const char *
without(struct job *j, const struct removal *x, const char *text)
{
	const char *old = marked(j, x->before[REMOVAL_TITLE]), *line, *s;
	char *rest = arena_str(j->mem, text);
	struct buf b = BUF_INIT;

	if (old[0] == '\0' || strstr(text, old) == NULL)
		return text;
	while ((line = text_line(&rest)) != NULL) {
		if (strstr(line, x->event) != NULL)
			put_replaced(&b, line, old, marked(j, x->title));
		else
			buf_str(&b, line);
		buf_char(&b, '\n');
	}
	s = arena_copy(j->mem, b.data, b.len);
	buf_free(&b);
	return s;
}

const char *
removal_report(struct job *j, const struct removal *list, size_t n,
    const char *text)
{
	for (size_t i = 0; i < n; i++)
		text = without(j, &list[i], text);
	return text;
}
