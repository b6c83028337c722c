#include "text/html_tag.h"

#include <ctype.h>
#include <string.h>

/* clang-format off */
static const struct element {
	const char *name;
	unsigned flags;
} elements[] = {
	{ "p", TAG_BLOCK | TAG_PARAGRAPH | TAG_SELF },
	{ "div", TAG_BLOCK }, { "br", TAG_VOID | TAG_BREAK },
	{ "b", TAG_BOLD }, { "strong", TAG_BOLD },
	{ "blockquote", TAG_BLOCK | TAG_QUOTE },
	{ "li", TAG_BLOCK | TAG_ITEM | TAG_SELF },
	{ "tr", TAG_BLOCK | TAG_SELF },
	{ "td", TAG_CELL | TAG_SELF }, { "th", TAG_CELL | TAG_SELF },
	{ "table", TAG_BLOCK }, { "tbody", TAG_BLOCK }, { "thead", TAG_BLOCK },
	{ "ul", TAG_BLOCK }, { "ol", TAG_BLOCK }, { "dl", TAG_BLOCK },
	{ "dt", TAG_BLOCK | TAG_SELF }, { "dd", TAG_BLOCK | TAG_SELF },
	{ "pre", TAG_BLOCK | TAG_PRE },
	{ "h1", TAG_BLOCK | TAG_PARAGRAPH }, { "h2", TAG_BLOCK | TAG_PARAGRAPH },
	{ "h3", TAG_BLOCK | TAG_PARAGRAPH }, { "h4", TAG_BLOCK | TAG_PARAGRAPH },
	{ "h5", TAG_BLOCK | TAG_PARAGRAPH }, { "h6", TAG_BLOCK | TAG_PARAGRAPH },
	{ "hr", TAG_BLOCK | TAG_VOID }, { "address", TAG_BLOCK },
	{ "article", TAG_BLOCK }, { "section", TAG_BLOCK },
	{ "header", TAG_BLOCK }, { "footer", TAG_BLOCK }, { "main", TAG_BLOCK },
	{ "center", TAG_BLOCK }, { "form", TAG_BLOCK }, { "body", TAG_BLOCK },
	{ "html", 0 }, { "head", 0 }, { "title", TAG_RAW },
	{ "script", TAG_RAW }, { "style", TAG_RAW }, { "textarea", TAG_RAW },
	{ "noframes", TAG_RAW }, { "xmp", TAG_RAW }, { "iframe", TAG_RAW },
	/* Struck out is taken back. */
	{ "del", TAG_HIDDEN }, { "s", TAG_HIDDEN }, { "strike", TAG_HIDDEN },
	{ "template", TAG_HIDDEN }, { "select", TAG_HIDDEN },
	{ "svg", TAG_HIDDEN }, { "math", TAG_HIDDEN }, { "object", TAG_HIDDEN },
	{ "xml", TAG_HIDDEN }, { "video", TAG_HIDDEN }, { "audio", TAG_HIDDEN },
	{ "img", TAG_VOID }, { "meta", TAG_VOID }, { "link", TAG_VOID },
	{ "base", TAG_VOID }, { "input", TAG_VOID }, { "area", TAG_VOID },
	{ "col", TAG_VOID }, { "wbr", TAG_VOID }, { "embed", TAG_VOID },
	{ "source", TAG_VOID }, { "track", TAG_VOID }, { "param", TAG_VOID },
};

/* Classes, ids and names by which mail programs mark what they add; an "x_"
 * in front is Outlook's, when it quotes another mail. */
static const struct mark {
	const char *word;
	bool prefix; /* more may follow */
	unsigned flags;
} marks[] = {
	{ "gmail_quote", true, TAG_QUOTE | TAG_HOLDER }, { "gmail_attr", false, TAG_QUOTE },
	{ "gmail_extra", false, 0 }, { "quote", false, TAG_QUOTE },
	{ "moz-email-headers-table", false, TAG_QUOTE }, { "yahoo_quoted", true, TAG_QUOTE },
	{ "ymail_android_signature", true, TAG_SIGNATURE },
	{ "moz-cite-prefix", false, TAG_QUOTE },
	{ "moz-forward-container", false, TAG_QUOTE },
	{ "protonmail_quote", false, TAG_QUOTE },
	{ "tutanota_quote", false, TAG_QUOTE },
	{ "missive_quote", false, TAG_QUOTE },
	{ "hs_reply", false, TAG_QUOTE },
	{ "aqm-original", false, TAG_QUOTE },
	{ "mail-app-auto-quote", false, TAG_QUOTE },
	{ "__headers__", false, TAG_QUOTE },
	{ "__quoted_text__", false, TAG_QUOTE },
	{ "zmail_extra", true, TAG_QUOTE },
	{ "outlookmessageheader", false, TAG_QUOTE_REST },
	{ "divrplyfwdmsg", false, TAG_QUOTE_REST },
	{ "appendonsend", false, TAG_QUOTE_REST },
	{ "mail-editor-reference-message-container", false, TAG_QUOTE },
	{ "ms-outlook-mobile-reference-message", false, TAG_QUOTE },
	{ "messagereplysection", false, TAG_QUOTE },
	{ "isreplycontent", false, TAG_QUOTE },
	{ "isforwardcontent", false, TAG_QUOTE },
	{ "reply-intro", false, TAG_QUOTE },
	{ "cloudmagic-smart-beacon", false, TAG_HIDDEN },
	{ "gmail_signature", true, TAG_SIGNATURE },
	{ "moz-signature", false, TAG_SIGNATURE },
	{ "ms-outlook-mobile-signature", false, TAG_SIGNATURE },
	{ "applemailsignature", false, TAG_SIGNATURE },
	{ "messagesignaturesection", false, TAG_SIGNATURE },
	{ "k9mail-signature", false, TAG_SIGNATURE },
	{ "front-signature", false, TAG_SIGNATURE },
	{ "sh-signature", false, TAG_SIGNATURE },
	{ "missive_signature", false, TAG_SIGNATURE },
	{ "protonmail_signature_block", true, TAG_SIGNATURE },
	{ "fairemail_signature", false, TAG_SIGNATURE },
	{ "composer_signature", false, TAG_SIGNATURE },
	{ "hs_signature", false, TAG_SIGNATURE },
	{ "aqm-signature", false, TAG_SIGNATURE },
	{ "__sig_pre__", false, TAG_SIGNATURE },
	{ "__sig_post__", false, TAG_SIGNATURE },
	{ "signature", false, TAG_SIGNATURE },
};

/* In a style, spaces left out. */
static const struct mark styles[] = {
	{ "display:none", true, TAG_HIDDEN },
	{ "visibility:hidden", true, TAG_HIDDEN },
	{ "mso-hide:all", true, TAG_HIDDEN },
	{ "font-size:0;", true, TAG_HIDDEN },
	{ "font-size:0px", true, TAG_HIDDEN },
	{ "max-height:0", true, TAG_HIDDEN },
	{ "opacity:0;", true, TAG_HIDDEN },
	{ "text-decoration:line-through", true, TAG_HIDDEN },
	{ "text-decoration-line:line-through", true, TAG_HIDDEN },
	{ "white-space:pre", true, TAG_PRE },
};
/* clang-format on */

struct attribute {
	char name[TAG_NAME];
	char value[TAG_VALUE]; /* lower case */
};

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static bool
space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Keeps what fits. */
static void
keep(char *to, size_t size, const char *p, size_t n)
{
	size_t i;

	for (i = 0; i < n && i + 1 < size; i++)
		to[i] = lower(p[i]);
	to[i] = '\0';
}

static size_t
read_value(const char *s, size_t n, struct attribute *a)
{
	char quote = n != 0 && (*s == '"' || *s == '\'') ? *s : '\0';
	size_t i = quote != '\0' ? 1 : 0, start = i;

	if (quote != '\0') {
		const char *end = memchr(s + 1, quote, n - 1);

		i = end == NULL ? n : (size_t)(end - s);
		keep(a->value, sizeof a->value, s + start, i - start);
		return end == NULL ? n : i + 1;
	}
	while (i < n && !space(s[i]) && s[i] != '>')
		i++;
	keep(a->value, sizeof a->value, s, i);
	return i;
}

/* Returns its length; a->name is "" where the tag ends. */
static size_t
read_attribute(const char *s, size_t n, struct attribute *a)
{
	size_t i = 0, name;

	a->name[0] = a->value[0] = '\0';
	while (i < n && (space(s[i]) || s[i] == '/'))
		i++;
	name = i;
	while (
	    i < n && !space(s[i]) && s[i] != '=' && s[i] != '>' && s[i] != '/')
		i++;
	if (i == name && i < n && s[i] == '=')
		i++; /* junk, not the end */
	keep(a->name, sizeof a->name, s + name, i - name);
	while (i < n && space(s[i]))
		i++;
	if (i == n || s[i] != '=')
		return i;
	i++;
	while (i < n && space(s[i]))
		i++;
	return i + read_value(s + i, n - i, a);
}

static unsigned
find_mark(const char *word, size_t n)
{
	if (n > 2 && memcmp(word, "x_", 2) == 0) {
		word += 2;
		n -= 2;
	}
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		size_t len = strlen(marks[i].word);

		if (n < len || memcmp(word, marks[i].word, len) != 0)
			continue;
		if (n == len || marks[i].prefix)
			return marks[i].flags;
	}
	return 0;
}

/* Outlook sets paragraphs without a margin; so do many by a style. */
static void
read_words(const struct attribute *a, struct tag *t)
{
	const char *s = a->value;

	while (*s != '\0') {
		size_t n;

		s += strspn(s, " \t\r\n\f");
		n = strcspn(s, " \t\r\n\f");
		t->flags |= find_mark(s, n);
		if (strncmp(s, "mso", 3) == 0 || strncmp(s, "x_mso", 5) == 0)
			t->flags &= ~(unsigned)TAG_PARAGRAPH;
		s += n;
	}
}

static void
read_style(const struct attribute *a, struct tag *t)
{
	char s[TAG_VALUE + 1];
	size_t n = 0;

	for (const char *p = a->value; *p != '\0'; p++)
		if (!space(*p))
			s[n++] = *p;
	s[n++] = ';';
	s[n < sizeof s ? n : n - 1] = '\0';
	for (size_t i = 0; i < sizeof styles / sizeof *styles; i++)
		if (strstr(s, styles[i].word) != NULL)
			t->flags |= styles[i].flags;
	if (strstr(s, "margin:0") != NULL || strstr(s, "margin-top:0") != NULL)
		t->flags &= ~(unsigned)TAG_PARAGRAPH;
	/* The line that Outlook draws above the headers of what it quotes. */
	if (strcmp(t->name, "div") == 0 && strstr(s, "border-top:") != NULL &&
	    (strstr(s, "padding:3.0pt") || strstr(s, "padding:3pt0")))
		t->flags |= TAG_QUOTE_REST;
	/* Gmail indents by a blockquote without a border. */
	if (strcmp(t->name, "blockquote") == 0 && strstr(s, "padding:0") &&
	    (strstr(s, "border:none") || strstr(s, "border:0")) &&
	    strstr(s, "margin:0") != NULL)
		t->flags &= ~(unsigned)TAG_QUOTE;
}

static void
apply(const struct attribute *a, struct tag *t)
{
	if (strcmp(a->name, "class") == 0 || strcmp(a->name, "id") == 0 ||
	    strcmp(a->name, "name") == 0 || strcmp(a->name, "data-marker") == 0)
		read_words(a, t);
	else if (strcmp(a->name, "style") == 0)
		read_style(a, t);
	else if (strcmp(a->name, "hidden") == 0)
		t->flags |= TAG_HIDDEN;
	else if (strcmp(a->name, "data-signatureblo") == 0)
		t->flags |= TAG_SIGNATURE;
}

static void
look_up(struct tag *t)
{
	t->flags = 0;
	for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
		if (strcmp(elements[i].name, t->name) == 0)
			t->flags = elements[i].flags;
}

size_t
tag_read(const char *s, size_t n, struct tag *out)
{
	struct attribute a;
	size_t i = 1, name;

	out->closing = n > 1 && s[1] == '/';
	if (out->closing)
		i++;
	if (i >= n || !isalpha((unsigned char)s[i]))
		return 0;
	name = i;
	while (i < n && !space(s[i]) && s[i] != '>' && s[i] != '/')
		i++;
	keep(out->name, sizeof out->name, s + name, i - name);
	look_up(out);
	while (i < n && s[i] != '>') {
		size_t len = read_attribute(s + i, n - i, &a);

		if (len == 0)
			break;
		if (!out->closing)
			apply(&a, out);
		i += len;
	}
	return i < n ? i + 1 : n;
}
