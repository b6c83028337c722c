#include "text/html.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/text.h"

static const struct {
	const char *html, *text;
} cases[] = {
	/* Lines. */
	{ "<div>Ack</div><div>draft investigating</div><div><br></div>"
	  "<div>We look.</div>",
	    "Ack\ndraft investigating\n\nWe look.\n" },
	{ "<p class=MsoNormal>Ack<o:p></o:p></p>\n"
	  "<p class=MsoNormal>Next: +2h</p>\n"
	  "<p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal>T</p>",
	    "Ack\nNext: +2h\n \nT\n" },
	{ "<p>one</p><p>two</p>", "one\n\ntwo\n" },
	{ "<p style='margin: 0'>one</p><p style='margin:0'>two</p>",
	    "one\ntwo\n" },
	{ "<style>p { margin: 0; }</style><p>one</p><p>two</p>", "one\ntwo\n" },
	{ "a<br>b<br/>c<BR />d", "a\nb\nc\nd\n" },
	{ "<table><tr><td>Since:</td><td>9:02</td></tr><tr><td>x</table>",
	    "Since: 9:02\nx\n" },
	{ "<ul><li>one<li>two</ul>", "- one\n- two\n" },
	{ "<pre>a  b\n c</pre>", "a  b\n c\n" },
	{ "  a \n b\t c ", "a b c\n" },
	/* Bold. */
	{ "<b>Sev:</b> 2", "**Sev:** 2\n" },
	{ "<b> </b>x<strong></strong>y", "xy\n" },
	{ "<b>one<br>two</b>", "**one**\n**two**\n" },
	/* What isn't shown. */
	{ "<head><title>t</title><style>s</style></head>x<script>a<b</script>y",
	    "xy\n" },
	{ "a<div style='display: none'>secret<p>more</p></div>b", "a\nb\n" },
	{ "a<span hidden>secret</span>b<!-- c --><!doctype html>", "ab\n" },
	{ "<img src=x onerror=alert(1)>a", "a\n" },
	/* Quotes. */
	{ "yes<blockquote>no<br>way</blockquote>", "yes\n> no\n> way\n" },
	{ "yes<div class='gmail_quote'><div>On x wrote:</div><blockquote>q"
	  "</blockquote></div>",
	    "yes\n> On x wrote:\n>> q\n" },
	{ "yes<div id=appendonsend></div><div>From: x</div><p>old</p>",
	    "yes\n> From: x\n>\n> old\n" },
	{ "yes<div id='x_divRplyFwdMsg'>From</div>old",
	    "yes\n> From\n> old\n" },
	{ "yes<div class=\"yahoo_quoted\">q</div>", "yes\n> q\n" },
	{ "<div class='moz-cite-prefix'>On x wrote:</div>yes",
	    "> On x wrote:\nyes\n" },
	{ "a<blockquote style='margin:0 0 0 40px;border:none;padding:0px'>b"
	  "</blockquote>",
	    "a\nb\n" },
	{ "yes<div class=gmail_signature>Ann</div>", "yes\n-- \nAnn\n" },
	/* Characters. */
	{ "&lt;b&gt; &amp; &#8211; &#x2014; &nope; &#0; a&b",
	    "<b> & – — &nope; \xef\xbf\xbd a&b\n" },
	{ "a < b and c > d", "a < b and c > d\n" },
	{ "", "" },
	{ "<", "<\n" },
	{ "<div", "" },
	{ "<a href='x", "" },
	{ "x<!-- open", "x\n" },
};

static void
test_cases(void **state)
{
	struct arena *mem = arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(html_text(mem, cases[i].html),
		    cases[i].text);
	arena_free(mem);
}

static const char *const floods[] = {
	"<div>",
	"<b>",
	"<blockquote>x",
	"</div>",
	"<p><div>",
	"<table><tr><td>",
	"<!--",
	"<style>",
	"&#",
	"&amp",
	"<a b='",
	"<a =",
	"<",
	"<br>",
	"<li>",
	"<div style='display:none'>",
};

static void
test_floods(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof floods / sizeof *floods; i++) {
		struct arena *mem = arena_new();
		struct buf b = BUF_INIT;
		clock_t start = clock();
		char *text;

		while (b.len < 2 * 1024 * 1024)
			buf_str(&b, floods[i]);
		text = html_text(mem, b.data);
		assert_true(text_is_utf8(text, strlen(text)));
		assert_true(strlen(text) < 4 * 1024 * 1024);
		assert_true(clock() - start < 2 * CLOCKS_PER_SEC);
		buf_free(&b);
		arena_free(mem);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_floods),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
