/* What of a draft somebody should look at, above the rulers. */
#include "text/brief_in.h"

#include <string.h>

#include "base/text.h"
#include "text/lint.h"

static const char *const heads[] = {
	[LINT_ADVISE] = "To make it better",
	[LINT_ASK] = "To be looked at before a yes",
	[LINT_BLOCK] = "In the way",
};

bool
brief_is_blocked(const struct brief *b)
{
	const struct verdict *v = b->verdict;

	return b->preview != NULL && !v->has_post &&
	       (v->asks_attack ||
		   lint_worst(v->marks, v->n_marks) == LINT_BLOCK);
}

bool
brief_asks_look(const struct brief *b)
{
	const struct verdict *v = b->verdict;

	return b->preview != NULL && !v->has_post &&
	       lint_worst(v->marks, v->n_marks) == LINT_ASK;
}

/* "Text, line 3: mbx-b07.int", and what to do about it. */
static void
mark(struct job *j, struct buf *out, const struct lint_mark *m)
{
	bool asks = strchr(m->why, '?') != NULL;
	const char *indent =
	    m->line == 0 && m->words[0] == '\0' ? "  " : "    ";

	if (m->line != 0)
		buf_printf(out, "  %s, line %zu: %s\n", m->field, m->line,
		    m->words);
	else if (m->words[0] != '\0')
		buf_printf(out, "  %s\n", m->words);
	buf_str(out, indent);
	text_wrap(out, arena_printf(j->mem, "%s%s", m->why, asks ? "" : "."),
	    COLUMN - 4, indent);
	buf_char(out, '\n');
}

void
brief_marks(struct job *j, struct buf *out, const struct brief *b, int draft)
{
	const struct verdict *v = b->verdict;
	int class = -1;

	for (size_t i = 0; i < v->n_marks && !v->has_post; i++) {
		const struct lint_mark *m = &v->marks[i];

		if (class != (int)m->class) {
			class = (int)m->class;
			buf_printf(out, "\n%s, draft d%d:\n", heads[class],
			    draft);
		}
		mark(j, out, m);
	}
}
