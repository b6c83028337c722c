/*
 * Rows of decisions, played and held against what they say: for the tests of
 * flow/decide.h.  Include it below scene.h.
 */
#ifndef TEST_TALES_H
#define TEST_TALES_H

#include "scene.h"

static inline bool
tale_same(const struct row *r, const char *what, const char *is,
    const char *wanted)
{
	if (wanted == NULL || strcmp(is, wanted) == 0)
		return true;
	print_error("%s: %s\n\t%s\nwanted\n\t%s\n", r->name, what, is, wanted);
	return false;
}

/* What is told, what comes of it, who gets mail. */
static inline bool
tale_words(const struct tale *t, struct scene *s)
{
	const struct verdict *v = &s->v;
	char codes[128] = "";
	bool good;

	for (size_t i = 0; i < v->n_findings; i++) {
		(void)strcat(codes, codes[0] == '\0' ? "" : " ");
		(void)strcat(codes, v->findings[i].code);
		assert_true(strlen(v->findings[i].says) > 0);
	}
	good = tale_same(&t->row, "codes", codes, t->row.codes);
	good = tale_same(&t->row, "comes", scene_write(s), t->comes) && good;
	return tale_same(&t->row, "mails", scene_mails(s), t->mails) && good;
}

/* Where the event stands, and at least what was done. */
static inline bool
tale_stands(const struct row *r, const struct scene *s)
{
	bool good = (s->v.did & r->did) == r->did;

	if (!good)
		print_error("%s: did %x, wanted %x\n", r->name, s->v.did,
		    r->did);
	return tale_same(r, "phase", words_phase(s->v.event.phase),
		   words_phase(r->after)) &&
	       good;
}

static inline bool
tale_holds(const struct tale *t)
{
	struct scene s;
	bool good;

	scene_set(&s, &t->row);
	if (t->tweak != NULL)
		t->tweak(&s);
	decide(&s.j, &s.m, &s.v);
	good = tale_words(t, &s);
	good = tale_stands(&t->row, &s) && good;
	job_end(&s.j);
	return good;
}

/* All of them, with what wasn't as one of them says. */
static inline void
tales_hold(bool (*holds)(const struct tale *), const struct tale *all, size_t n)
{
	size_t bad = 0;

	for (size_t i = 0; i < n; i++)
		bad += !holds(&all[i]);
	assert_int_equal(bad, 0);
}

#endif
