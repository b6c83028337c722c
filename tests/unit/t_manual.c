/*
 * sitrep-mail(7) is the specification of the mail language: its examples are
 * read here, its words must be known and all known words must be in it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "flow/request.h"
#include "mail_sample.h"
#include "request_print.h"
#include "text/fields.h"
#include "text/moment.h"
#include "text/verbs.h"

#define PAGE "src/sitrep-mail.7"

struct page {
	struct job j;
	char *rest;    /* what is still to be read */
	char *section; /* the heading above it */
};

static void
page_open(struct page *p)
{
	struct buf text = BUF_INIT;
	int64_t now;

	memset(p, 0, sizeof *p);
	assert_true(when_read_rfc3339(SAMPLE_DATE, &now));
	job_begin(&p->j, "manual", now);
	assert_int_equal(file_read(&p->j, PAGE, 1024 * 1024, &text), ST_OK);
	p->rest = arena_copy(p->j.mem, text.data, text.len);
	p->section = arena_str(p->j.mem, "");
	buf_free(&text);
}

/* The next line, with those joined that end in a backslash. */
static char *
page_line(struct page *p)
{
	char *line = text_line(&p->rest);

	while (
	    line != NULL && *line != '\0' && line[strlen(line) - 1] == '\\') {
		char *more = text_line(&p->rest);

		line[strlen(line) - 1] = '\0';
		if (more != NULL)
			line = arena_printf(p->j.mem, "%s%s", line, more);
	}
	if (line != NULL && text_istarts(line, ".Sh "))
		p->section = line + 4;
	return line;
}

/* What a comment such as `.\" from: noc1` says; NULL: another line. */
static const char *
remark(const char *line, const char *name)
{
	static const char lead[] = ".\\\" ";
	size_t n = strlen(name);

	if (strncmp(line, lead, sizeof lead - 1) != 0)
		return NULL;
	line += sizeof lead - 1;
	if (strncmp(line, name, n) != 0 || line[n] != ':')
		return NULL;
	return line + n + 1 + strspn(line + n + 1, " ");
}

/* The text up to .Ed, without \& and with its hyphens plain. */
static void
literal(struct page *p, struct buf *out)
{
	char *line;

	while (
	    (line = text_line(&p->rest)) != NULL && strcmp(line, ".Ed") != 0) {
		for (; *line != '\0'; line++) {
			if (strncmp(line, "\\&", 2) == 0)
				line++;
			else if (strncmp(line, "\\-", 2) != 0)
				buf_char(out, *line);
		}
		buf_char(out, '\n');
	}
	assert_non_null(line);
}

static void
run(struct page *p, const char *name, const char *from, const char *gives,
    char *mail)
{
	const struct person *who = NULL;
	struct buf got = BUF_INIT;
	const char *subject = "";
	struct message m;
	struct request r;
	struct conf c;

	sample_conf(&c);
	for (size_t i = 0; i < c.n_persons; i++)
		if (strcmp(c.persons[i].slug, from) == 0)
			who = &c.persons[i];
	assert_non_null(who);
	if (text_istarts(mail, "Subject: ")) {
		subject = text_line(&mail) + 9;
		(void)text_line(&mail);
	}
	sample_message(subject, mail, &m);
	assert_int_equal(request_read(&p->j, &c, &m, who, &r), ST_OK);
	request_print(&r, p->j.mem, &got);
	/* In any order: each word of one must be in the other. */
	if (got.len != strlen(gives))
		fail_msg("%s gives\n%s\nnot\n%s", name, got.data, gives);
	for (const char *s = gives; *s != '\0';) {
		size_t n = 1 + strcspn(s + 1, " ");

		if (strstr(got.data, arena_copy(p->j.mem, s, n)) == NULL)
			fail_msg("%s gives\n%s\nnot\n%s", name, got.data,
			    gives);
		s += n;
	}
	buf_free(&got);
}

static void
test_examples(void **state)
{
	struct page p;
	const char *name = NULL, *from = NULL, *gives = "", *s;
	char *line;
	size_t n = 0;

	(void)state;
	page_open(&p);
	while ((line = page_line(&p)) != NULL) {
		struct buf mail = BUF_INIT;

		if ((s = remark(line, "example")) != NULL) {
			name = s;
			gives = "";
		} else if ((s = remark(line, "from")) != NULL)
			from = s;
		else if ((s = remark(line, "gives")) != NULL)
			gives = arena_printf(p.j.mem, "%s %s", gives, s);
		if (!text_istarts(line, ".Bd -literal") || name == NULL)
			continue;
		literal(&p, &mail);
		run(&p, name, from, gives, arena_str(p.j.mem, mail.data));
		buf_free(&mail);
		name = NULL;
		n++;
	}
	assert_true(n >= 10);
	job_end(&p.j);
}

/* The words behind Ic, but not those behind Op. */
static size_t
words_of(struct arena *mem, const char *line, const char **out, size_t max)
{
	struct buf word = BUF_INIT;
	const char *before = "";
	size_t n = 0;
	bool in = false;

	while (*line != '\0') {
		size_t len = strcspn(line, " ");
		const char *w = arena_copy(mem, line, len);
		bool ends = strcmp(w, ",") == 0 || strcmp(w, "Op") == 0 ||
			    strcmp(w, "Ar") == 0 || strcmp(w, "Ic") == 0;

		line += len + strspn(line + len, " ");
		if (in && !ends)
			buf_printf(&word, "%s%s", word.len == 0 ? "" : " ", w);
		if (in && (ends || *line == '\0') && n < max) {
			out[n++] = arena_str(mem, word.data);
			buf_clear(&word);
			in = false;
		}
		if (strcmp(w, "Ic") == 0 || strcmp(w, ".Ic") == 0)
			in = strcmp(before, "Op") != 0;
		before = w;
	}
	buf_free(&word);
	return n;
}

static void
test_words(void **state)
{
	bool keys[KEYS] = { false }, verbs[VERB_MAINTENANCE + 1] = { false };
	struct page p;
	char *line;

	(void)state;
	page_open(&p);
	while ((line = page_line(&p)) != NULL) {
		const char *words[16];
		size_t n;

		if (!text_istarts(line, ".It Ic") && !text_istarts(line, ".Ic"))
			continue;
		n = words_of(p.j.mem, line, words, 16);
		for (size_t i = 0; i < n; i++) {
			enum key key = field_key(words[i]);
			enum verb verb = verb_word(words[i]);
			bool field = strcmp(p.section, "FIELDS") == 0;

			if (field ? key == KEY_NONE : verb == VERB_NONE)
				fail_msg("\"%s\" isn't known", words[i]);
			if (field)
				keys[key] = true;
			else
				verbs[verb] = true;
		}
	}
	for (enum key k = KEY_NONE + 1; k < KEYS; k++)
		if (keys[k] == field_is_later(k))
			fail_msg("%s: built, but not in the page, or the "
				 "other way round",
			    field_name(k));
	for (enum verb v = VERB_NONE + 1; v <= VERB_MAINTENANCE; v++)
		if (verbs[v] != (v <= VERB_BUILT))
			fail_msg("%s: built, but not in the page, or the "
				 "other way round",
			    words_verb(v));
	job_end(&p.j);
}

static void
test_times(void **state)
{
	struct moment_frame f = { .house = "UTC", .use = MOMENT_PAST };
	struct page p;
	char *line;
	size_t n = 0;

	(void)state;
	page_open(&p);
	f.written = f.received = p.j.now;
	while ((line = page_line(&p)) != NULL) {
		struct moment m;
		struct moment_refusal no;

		if (strcmp(p.section, "TIMES") != 0 ||
		    !text_istarts(line, ".Li "))
			continue;
		if (line[4] == '+' || text_istarts(line + 4, "in "))
			continue;
		if (!moment_read(p.j.mem, &f, line + 4, &m, &no))
			fail_msg("%s isn't read: %s", line + 4, no.says);
		n++;
	}
	assert_true(n >= 10);
	job_end(&p.j);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_examples),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_times),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
