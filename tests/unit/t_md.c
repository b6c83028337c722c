/* Markdown by strangers: what comes out as HTML and as text for mail. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/limits.h"
#include "base/text.h"
#include "ext/md.h"
#include "text/prose.h"

static struct prose
render(struct arena *mem, const char *s)
{
	struct md_batch b = { &s, 1, LIMIT_MARKDOWN };
	struct buf marks = BUF_INIT;
	struct prose m;

	assert_null(md_load());
	assert_int_equal(md_read(&b, sizeof b, &marks), ST_OK);
	prose_all(mem, marks.data, marks.len, &s, 1, &m);
	buf_free(&marks);
	return m;
}

static const struct sample {
	const char *source, *html, *plain;
} samples[] = {
	/* clang-format off */
	{ "a **b** *c*\nd", "<p>a <strong>b</strong> <em>c</em>\nd</p>\n", "a b c d" },
	{ "# One\n\n###### Six", "<h3>One</h3>\n<h6>Six</h6>\n", "One\n\nSix" },
	{ "- a\n- b\n", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n", "- a\n- b" },
	{ "3. a\n4. b\n   c", "<ol start=\"3\">\n<li>a</li>\n<li>b\nc</li>\n</ol>\n", "3. a\n4. b c" },
	{ "- a\n\n- b\n", "<ul>\n<li><p>a</p>\n</li>\n<li><p>b</p>\n</li>\n</ul>\n", "- a\n\n- b" },
	{ "> q\n> r", "<blockquote>\n<p>q\nr</p>\n</blockquote>\n", "> q r" },
	{ "[t](https://x.example/?a=1&b=2)", "<p><a rel=\"nofollow noreferrer\" href=\"https://x.example/?a=1&amp;b=2\">t</a></p>\n", "t <https://x.example/?a=1&b=2>" },
	{ "<https://x.example/>", "<p><a rel=\"nofollow noreferrer\" href=\"https://x.example/\">https://x.example/</a></p>\n", "<https://x.example/>" },
	{ "![alt](https://x.example/t.png)", "<p><a rel=\"nofollow noreferrer\" href=\"https://x.example/t.png\">alt</a></p>\n", "alt <https://x.example/t.png>" },
	{ "![](https://x.example/t.png)", "<p><a rel=\"nofollow noreferrer\" href=\"https://x.example/t.png\">https://x.example/t.png</a></p>\n", "<https://x.example/t.png>" },
	{ "[x](javascript:alert(1))", "<p>x</p>\n", "x" },
	{ "[x](JaVaScRiPt:alert(1))", "<p>x</p>\n", "x" },
	{ "[x](data:text/html,y) [y](//evil.example) [z](/a)", "<p>x y z</p>\n", "x y z" },
	{ "[![i](https://a.example/i.png)](https://b.example/)", "<p><a rel=\"nofollow noreferrer\" href=\"https://b.example/\">i</a></p>\n", "i <https://b.example/>" },
	{ "a <script>x</script> <img src=x onerror=y>", "<p>a &lt;script&gt;x&lt;/script&gt; &lt;img src=x onerror=y&gt;</p>\n", "a <script>x</script> <img src=x onerror=y>" },
	{ "<div>\n<b>x</b>\n</div>", "<p>&lt;div&gt;<br>\n&lt;b&gt;x&lt;/b&gt;<br>\n&lt;/div&gt;</p>\n", "<div>\n<b>x</b>\n</div>" },
	{ "`a<b`\n\n    c < d\n", "<p><code>a&lt;b</code></p>\n<pre><code>c &lt; d\n</code></pre>\n", "a<b\n\n    c < d" },
	{ "a\n\n***\n\nb", "<p>a</p>\n<hr>\n<p>b</p>\n", "a\n\n* * *\n\nb" },
	{ "", "", "" },
	{ "&lt;script&gt;", "<p>&lt;script&gt;</p>\n", "<script>" },
	/* clang-format on */
};

static void
table(void **state)
{
	struct arena *mem = arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
		struct prose m = render(mem, samples[i].source);

		assert_string_equal(m.html.markup, samples[i].html);
		assert_string_equal(m.plain, samples[i].plain);
	}
	arena_free(mem);
}

static void
wraps(void **state)
{
	struct arena *mem = arena_new();
	char *s = arena_str(mem, ""), *line;
	struct prose m;

	(void)state;
	for (int i = 0; i < 100; i++)
		s = arena_printf(mem, "%sword%d 長い ", s, i);
	m = render(mem, arena_printf(mem, "- > %s", s));
	s = arena_str(mem, m.plain);
	for (bool first = true; (line = text_line(&s)) != NULL; first = false) {
		assert_true(text_columns(line) <= 76);
		assert_ptr_equal(strstr(line, first ? "- > " : "  > "), line);
	}
	arena_free(mem);
}

/* Whatever is repeated, the cost stays small and so does what comes out. */
static void
floods(void **state)
{
	static const char *const bits[] = { "![[]()", ">", "- ", "*a ", "[",
		"`", "<a ", "**a*", "1. ", "&", "![](a", "> a\n", ">\na\n",
		"* * ", "a\n", "_a__" };
	struct arena *mem = arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof bits / sizeof *bits; i++) {
		struct buf b = BUF_INIT;
		clock_t begin = clock();
		struct prose m;

		while (b.len + strlen(bits[i]) < LIMIT_MARKDOWN)
			buf_str(&b, bits[i]);
		m = render(mem, b.data);
		assert_true(strlen(m.html.markup) < 20u * LIMIT_MARKDOWN);
		assert_true(strlen(m.plain) < 40u * LIMIT_MARKDOWN);
		assert_true(clock() - begin < 2 * CLOCKS_PER_SEC);
		buf_free(&b);
	}
	arena_free(mem);
}

static void
too_long(void **state)
{
	struct arena *mem = arena_new();
	struct buf b = BUF_INIT;
	struct prose m;

	(void)state;
	buf_str(&b, "first\nline\n\n");
	while (b.len < 600000)
		buf_str(&b, "![[]()");
	m = render(mem, b.data);
	assert_ptr_equal(strstr(m.html.markup, "<p>first<br>\nline</p>\n"),
	    m.html.markup);
	assert_null(strstr(m.html.markup, "<a"));
	buf_free(&b);
	arena_free(mem);
}

/* Marks are taken for hostile: a broken list makes no markup of its own. */
static void
broken_marks(void **state)
{
	static const char *const bad[] = { "PTx", "PTx\0", "pZ", "LZ", "PpPZ",
		"IpZ", "UPpuZ", "H9hZ", "ppZ", "XZ", "PPppZ", "\xffZ", "{Z",
		"PLjavascript:\0TxZ" };
	struct arena *mem = arena_new();
	const char *source = "<i>me</i>";

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct prose m;

		prose_all(mem, bad[i], strlen(bad[i]) + 1, &source, 1, &m);
		assert_string_equal(m.html.markup,
		    "<p>&lt;i&gt;me&lt;/i&gt;</p>\n");
		assert_string_equal(m.plain, source);
	}
	arena_free(mem);
}

static void
several(void **state)
{
	const char *sources[] = { "a", "", "*b*" };
	struct md_batch b = { sources, 3, LIMIT_MARKDOWN };
	struct arena *mem = arena_new();
	struct buf marks = BUF_INIT;
	struct prose m[3];

	(void)state;
	assert_int_equal(md_read(&b, sizeof b, &marks), ST_OK);
	prose_all(mem, marks.data, marks.len, sources, 3, m);
	assert_string_equal(m[0].plain, "a");
	assert_string_equal(m[1].plain, "");
	assert_string_equal(m[2].html.markup, "<p><em>b</em></p>\n");
	buf_free(&marks);
	arena_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(table),
		cmocka_unit_test(wraps),
		cmocka_unit_test(floods),
		cmocka_unit_test(too_long),
		cmocka_unit_test(broken_marks),
		cmocka_unit_test(several),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
