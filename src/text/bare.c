#include "text/bare.h"

#include "base/buf.h"

struct field {
	const char *name, *value;
};

/* Those that are there, "Workaround: ..." a paragraph. */
static void
fields(struct buf *out, const struct field *all, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (all[i].value != NULL && *all[i].value != '\0')
			buf_printf(out, "\n\n%s: %s", all[i].name,
			    all[i].value);
}

char *
bare_words(struct arena *mem, const struct public_update *u)
{
	const struct field own[] = {
		{ "Impact", u->impact_text },
		{ "Reseller-Impact", u->reseller_impact },
		{ "End-User-Impact", u->enduser_impact },
		{ "Workaround", u->workaround },
		{ "Lasting-Effects", u->lasting },
		{ "Social", u->social },
		{ "Cause", u->review.cause },
		{ "Fix", u->review.fix },
		{ "Prevention", u->review.prevention },
		{ "Problem", u->review.problem },
		{ "Reason", u->reason },
	};
	struct buf b = BUF_INIT;
	char *s;

	buf_str(&b, u->text);
	fields(&b, own, sizeof own / sizeof *own);
	for (size_t i = 0; i < u->n_others; i++) {
		const struct tongue *t = &u->others[i];

		buf_printf(&b, "\n\n--- public: %s ---\n%s", t->lang, t->text);
	}
	s = arena_copy(mem, b.data, b.len);
	buf_free(&b);
	return s;
}
