/* Templates: Mustache's rules, and that nothing gets in unescaped. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/tmpl.h"

static struct tmpl_map *
values(struct arena *mem)
{
	struct tmpl_map *m = tmpl_map(mem), *i;

	tmpl_str(m, "name", "<b>&\"'`\x01\xe2\x80\xae");
	tmpl_str(m, "empty", "");
	tmpl_str(m, "js", "javascript:alert(1)");
	tmpl_str(m, "url", "https://a.example/?a=1&b='x\"");
	tmpl_str(m, "lines", "a\nb\r\nBcc: x");
	tmpl_flag(m, "yes", true);
	tmpl_flag(m, "no", false);
	tmpl_list(m, "none");
	tmpl_html(m, "raw", (struct html){ "<p>ok</p>" });
	tmpl_hole(m, "hole", 1, 3);
	for (int k = 1; k <= 2; k++) {
		i = tmpl_item(m, "list");
		tmpl_int(i, "n", k);
	}
	return m;
}

static enum status
run(const char *source, enum tmpl_kind kind, char *out, size_t n)
{
	struct buf b = BUF_INIT;
	struct tmpl *t;
	struct job j;
	enum status st;

	job_begin(&j, "t", 0);
	st = tmpl_read(&j, NULL, "t", source, kind, &t);
	if (st == ST_OK)
		st = tmpl_render(&j, t, values(j.mem), &b);
	(void)snprintf(out, n, "%s", st == ST_OK ? b.data : j.why);
	buf_free(&b);
	job_end(&j);
	return st;
}

static void
same(const char *source, enum tmpl_kind kind, const char *want)
{
	char got[2048];

	(void)run(source, kind, got, sizeof got);
	assert_string_equal(got, want);
}

static void
refused(const char *source, enum tmpl_kind kind)
{
	char got[2048];

	assert_int_equal(run(source, kind, got, sizeof got), ST_PERM);
	assert_ptr_equal(strstr(got, "t:"), got); /* names file and line */
}

static void
mustache(void **state)
{
	(void)state;
	same("a{{empty}}b", TMPL_TEXT, "ab");
	same("{{#yes}}y{{/yes}}{{^yes}}n{{/yes}}", TMPL_TEXT, "y");
	same("{{#no}}y{{/no}}{{^no}}n{{/no}}", TMPL_TEXT, "n");
	same("{{#list}}{{n}},{{/list}}", TMPL_TEXT, "1,2,");
	same("{{^none}}none{{/none}}", TMPL_TEXT, "none");
	same("{{#empty}}x{{/empty}}", TMPL_TEXT, "");
	same("a\n  {{! gone }}\nb\n", TMPL_TEXT, "a\nb\n");
	same("{{#list}}\n {{ n }}\n{{/list}}\n", TMPL_TEXT, " 1\n 2\n");
	same("x {{#yes}}\ny{{/yes}}\n", TMPL_TEXT, "x \ny\n");
	same("{{#yes}}\r\nq\r\n{{/yes}}\r\n", TMPL_TEXT, "q\r\n");
	same("{{#yes}}", TMPL_TEXT, "t:1: a section isn't closed: yes");
}

static void
escapes(void **state)
{
	(void)state;
	same("{{name}}", TMPL_TEXT, "<b>&\"'`");
	same("<p>{{name}}", TMPL_HTML, "<p>&lt;b&gt;&amp;&quot;&#39;&#96;");
	same("<p title=\"{{name}}\">", TMPL_HTML,
	    "<p title=\"&lt;b&gt;&amp;&quot;&#39;&#96;\">");
	same("<a href=\"{{js}}\">", TMPL_HTML, "<a href=\"#\">");
	same("<a href='{{url}}'>", TMPL_HTML,
	    "<a href='https://a.example/?a=1&amp;b=%27x%22'>");
	same("<a href=\"x{{js}}\">", TMPL_HTML,
	    "<a href=\"xjavascript%3Aalert%281%29\">");
	same("<a href=\"{{#no}}x{{/no}}{{js}}\">", TMPL_HTML, "<a href=\"#\">");
	same("Subject: {{lines}}", TMPL_HEADER, "Subject: a b Bcc: x");
	same("\"{{name}}\"", TMPL_JSON, "\"\\u003cb\\u003e\\u0026\\\"'`\"");
	same("<p>{{raw}}", TMPL_HTML, "<p><p>ok</p>");
	same("{{hole}}|", TMPL_HTML, "\x01\x01\x01|");
}

static void
no_way_in(void **state)
{
	(void)state;
	refused("{{{name}}}", TMPL_HTML);
	refused("{{&name}}", TMPL_TEXT);
	refused("{{=<% %>=}}", TMPL_TEXT);
	refused("<{{name}}>", TMPL_HTML);
	refused("<p {{name}}>", TMPL_HTML);
	refused("<p class={{name}}>", TMPL_HTML);
	refused("<p onclick=\"{{name}}\">", TMPL_HTML);
	refused("<p ONCLICK=\"{{name}}\">", TMPL_HTML);
	refused("<p style=\"{{name}}\">", TMPL_HTML);
	refused("<iframe srcdoc=\"{{name}}\">", TMPL_HTML);
	refused("<style>{{name}}</style>", TMPL_HTML);
	refused("<script>{{name}}</script>", TMPL_HTML);
	refused("<STYLE\n>a</b>{{name}}</style>", TMPL_HTML);
	refused("<!-- {{name}} -->", TMPL_HTML);
	refused("<!-- - -- > {{name}} -->", TMPL_HTML);
	refused("<!doctype {{name}}>", TMPL_HTML);
	refused("<p title=\"{{raw}}\">", TMPL_HTML);
	refused("{{raw}}", TMPL_TEXT);
	refused("{{#yes}}<p title=\"{{/yes}}x", TMPL_HTML);
	refused("<p title=\"", TMPL_HTML);
	refused("{{missing}}", TMPL_TEXT);
	refused("{{list}}", TMPL_TEXT);
	refused("{{#a}}{{/b}}", TMPL_TEXT);
	refused("{{/a}}", TMPL_TEXT);
	refused("{{name", TMPL_TEXT);
	refused("{{> ../../etc/passwd}}", TMPL_TEXT);
	same("<style>a</style>{{empty}}<!-- x --->{{empty}}", TMPL_HTML,
	    "<style>a</style><!-- x --->");
}

static void
lines(void **state)
{
	(void)state;
	same("a\nb\n{{#yes}}\n{{oops}}\n{{/yes}}\n", TMPL_TEXT,
	    "t:4: oops: there is no such value");
	same("a\n{{! two\nlines }}\n{{oops}}", TMPL_TEXT,
	    "t:4: oops: there is no such value");
}

static void
depth(void **state)
{
	char deep[4096] = "", out[256];

	(void)state;
	for (int i = 0; i < 200; i++)
		strcat(deep, "{{#yes}}");
	assert_int_equal(run(deep, TMPL_TEXT, out, sizeof out), ST_PERM);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mustache),
		cmocka_unit_test(escapes),
		cmocka_unit_test(no_way_in),
		cmocka_unit_test(lines),
		cmocka_unit_test(depth),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
