#include "text/sections.h"

#include "model/tongue.h"

static bool
counts(const struct section *s)
{
	return s->public && s->text[0] != '\0';
}

/* The one without a language is the draft's own, else the first. */
static const struct section *
own(const struct request *r)
{
	const struct section *first = NULL;

	for (size_t i = 0; i < r->n_sections; i++) {
		const struct section *s = &r->sections[i];

		if (counts(s) && s->lang == NULL)
			return s;
		if (counts(s) && first == NULL)
			first = s;
	}
	return first;
}

const char *
sections_lang(const struct request *r)
{
	const struct section *s = own(r);

	if (r->lang != NULL)
		return r->lang;
	return s == NULL || s->lang == NULL ? "en" : s->lang;
}

const char *
sections_public(struct arena *mem, const struct request *r)
{
	const struct section *first = own(r);
	struct tongue *all = arena_array(mem, r->n_sections + 1, sizeof *all);
	size_t n = 0;

	if (first == NULL)
		return "";
	all[n++] =
	    (struct tongue){ .lang = sections_lang(r), .text = first->text };
	for (size_t i = 0; i < r->n_sections; i++) {
		const struct section *s = &r->sections[i];

		if (s != first && counts(s))
			all[n++] = (struct tongue){
				.lang = s->lang == NULL ? all[0].lang : s->lang,
				.text = s->text,
			};
	}
	return tongue_join(mem, all, n);
}
