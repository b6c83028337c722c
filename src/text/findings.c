#include "text/findings.h"

#include "base/limits.h"
#include "base/text.h"

void
findings_add(struct findings *f, struct finding what)
{
	if (f->n == LIMIT_FINDINGS)
		return;
	if (what.written != NULL)
		what.written =
		    text_one_line(f->mem, what.written, LIMIT_SUBJECT);
	if (what.copy != NULL)
		what.copy = text_one_line(f->mem, what.copy, LIMIT_SUBJECT);
	f->at = arena_grow(f->mem, f->at, f->n, sizeof *f->at);
	f->at[f->n++] = what;
}
