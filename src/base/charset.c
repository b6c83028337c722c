#include "base/charset.h"

#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/log.h"
#include "base/text.h"

enum { NAME_MAX_LEN = 40, REPLACEMENT = 0xfffd };

enum builtin { BY_ICONV, ASCII, UTF8, WINDOWS };

/* clang-format off */
static const struct charset {
	const char *name; /* in mail */
	const char *iconv;
	enum builtin builtin;
} table[] = {
	{ "us-ascii", "", ASCII }, { "ascii", "", ASCII },
	{ "ansi_x3.4-1968", "", ASCII }, { "iso646-us", "", ASCII },
	{ "utf-8", "", UTF8 }, { "utf8", "", UTF8 },
	{ "unicode-1-1-utf-8", "", UTF8 }, { "utf-8-mac", "", UTF8 },
	/* The C1 range of 8859-1 is never meant. */
	{ "iso-8859-1", "", WINDOWS }, { "iso8859-1", "", WINDOWS },
	{ "latin1", "", WINDOWS }, { "iso_8859-1", "", WINDOWS },
	{ "windows-1252", "", WINDOWS }, { "cp1252", "", WINDOWS },
	{ "cp-1252", "", WINDOWS }, { "x-ansi", "", WINDOWS },
	{ "iso-8859-2", "ISO-8859-2", BY_ICONV },
	{ "latin2", "ISO-8859-2", BY_ICONV },
	{ "iso-8859-3", "ISO-8859-3", BY_ICONV },
	{ "iso-8859-4", "ISO-8859-4", BY_ICONV },
	{ "iso-8859-5", "ISO-8859-5", BY_ICONV },
	{ "iso-8859-6", "ISO-8859-6", BY_ICONV },
	{ "iso-8859-7", "ISO-8859-7", BY_ICONV },
	{ "iso-8859-8", "ISO-8859-8", BY_ICONV },
	{ "iso-8859-8-i", "ISO-8859-8", BY_ICONV },
	{ "iso-8859-9", "CP1254", BY_ICONV },
	{ "iso-8859-10", "ISO-8859-10", BY_ICONV },
	{ "iso-8859-11", "ISO-8859-11", BY_ICONV },
	{ "tis-620", "ISO-8859-11", BY_ICONV },
	{ "iso-8859-13", "ISO-8859-13", BY_ICONV },
	{ "iso-8859-14", "ISO-8859-14", BY_ICONV },
	{ "iso-8859-15", "ISO-8859-15", BY_ICONV },
	{ "latin9", "ISO-8859-15", BY_ICONV },
	{ "iso-8859-16", "ISO-8859-16", BY_ICONV },
	{ "windows-1250", "CP1250", BY_ICONV },
	{ "windows-1251", "CP1251", BY_ICONV },
	{ "windows-1253", "CP1253", BY_ICONV },
	{ "windows-1254", "CP1254", BY_ICONV },
	{ "windows-1255", "CP1255", BY_ICONV },
	{ "windows-1256", "CP1256", BY_ICONV },
	{ "windows-1257", "CP1257", BY_ICONV },
	{ "windows-1258", "CP1258", BY_ICONV },
	{ "cp1250", "CP1250", BY_ICONV }, { "cp1251", "CP1251", BY_ICONV },
	{ "cp1253", "CP1253", BY_ICONV }, { "cp1254", "CP1254", BY_ICONV },
	{ "cp1255", "CP1255", BY_ICONV }, { "cp1256", "CP1256", BY_ICONV },
	{ "cp1257", "CP1257", BY_ICONV }, { "cp1258", "CP1258", BY_ICONV },
	{ "koi8-r", "KOI8-R", BY_ICONV }, { "koi8-u", "KOI8-U", BY_ICONV },
	{ "shift_jis", "CP932", BY_ICONV }, { "shift-jis", "CP932", BY_ICONV },
	{ "sjis", "CP932", BY_ICONV }, { "x-sjis", "CP932", BY_ICONV },
	{ "windows-31j", "CP932", BY_ICONV }, { "cp932", "CP932", BY_ICONV },
	{ "iso-2022-jp", "ISO-2022-JP", BY_ICONV },
	{ "euc-jp", "EUC-JP", BY_ICONV }, { "euc-kr", "EUC-KR", BY_ICONV },
	{ "ks_c_5601-1987", "EUC-KR", BY_ICONV },
	{ "euc-tw", "EUC-TW", BY_ICONV },
	{ "gb18030", "GB18030", BY_ICONV }, { "gbk", "GB18030", BY_ICONV },
	{ "gb2312", "GB18030", BY_ICONV }, { "euc-cn", "GB18030", BY_ICONV },
	{ "cp936", "GB18030", BY_ICONV },
	{ "big5", "BIG5", BY_ICONV }, { "big5-hkscs", "BIG5-HKSCS", BY_ICONV },
	{ "cn-big5", "BIG5", BY_ICONV },
	{ "utf-16", "UTF-16", BY_ICONV }, { "unicode", "UTF-16", BY_ICONV },
	{ "utf-16le", "UTF-16LE", BY_ICONV },
	{ "utf-16be", "UTF-16BE", BY_ICONV },
	{ "windows-874", "CP874", BY_ICONV }, { "cp874", "CP874", BY_ICONV },
	{ "macintosh", "MACINTOSH", BY_ICONV },
	{ "x-mac-roman", "MACINTOSH", BY_ICONV },
	{ "ibm850", "CP850", BY_ICONV }, { "cp850", "CP850", BY_ICONV },
	{ "ibm437", "CP437", BY_ICONV }, { "cp437", "CP437", BY_ICONV },
	{ "iso-2022-kr", "ISO-2022-KR", BY_ICONV },
	{ "x-gbk", "GB18030", BY_ICONV },
};

static const uint16_t windows[32] = {
	0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
	0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0xfffd, 0x017d, 0xfffd,
	0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
	0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0xfffd, 0x017e, 0x0178,
};
/* clang-format on */

enum { CHARSETS = sizeof table / sizeof *table };

struct charsets {
	iconv_t cd[CHARSETS];
	bool open[CHARSETS];
};

static const struct charset *
find(const char *name, size_t n)
{
	for (size_t i = 0; i < CHARSETS; i++)
		if (strlen(table[i].name) == n &&
		    strncasecmp(table[i].name, name, n) == 0)
			return &table[i];
	return NULL;
}

static void
open_named(struct charsets *cs, const char *p, const char *end)
{
	size_t n = 0;
	const struct charset *c;

	while (p + n < end && n < NAME_MAX_LEN &&
	       strchr("\"';?* >\r\n\t", p[n]) == NULL)
		n++;
	c = find(p, n);
	if (c == NULL || c->builtin != BY_ICONV || cs->open[c - table])
		return;
	cs->cd[c - table] = iconv_open("UTF-8", c->iconv);
	/* NOLINTNEXTLINE(performance-no-int-to-ptr): iconv's own way */
	cs->open[c - table] = cs->cd[c - table] != (iconv_t)-1;
}

/* charset=NAME, charset="NAME", charset=3DNAME; p: behind the '='. */
static void
after_charset(struct charsets *cs, const char *p, const char *end)
{
	if (end - p > 2 && strncasecmp(p, "3d", 2) == 0)
		p += 2;
	while (p < end && (*p == '"' || *p == '\'' || *p == ' '))
		p++;
	open_named(cs, p, end);
}

struct charsets *
charsets_open(const void *raw, size_t n)
{
	struct charsets *cs = calloc(1, sizeof *cs);
	const char *start = raw, *end = start + n, *p = start;

	if (cs == NULL)
		die("out of memory for charsets");
	while (p < end && (p = memchr(p, '=', (size_t)(end - p))) != NULL) {
		const char *word = p++;

		if (p < end && *p == '?') /* =?NAME?Q?...?= */
			open_named(cs, p + 1, end);
		if (word > start && word[-1] == '*') /* name*=NAME''... */
			open_named(cs, p, end);
		while (word > start && (word[-1] == ' ' || word[-1] == '*'))
			word--;
		if (word - start >= 7 &&
		    strncasecmp(word - 7, "charset", 7) == 0)
			after_charset(cs, p, end);
	}
	return cs;
}

void
charsets_close(struct charsets *cs)
{
	if (cs == NULL)
		return;
	for (size_t i = 0; i < CHARSETS; i++)
		if (cs->open[i])
			(void)iconv_close(cs->cd[i]);
	free(cs);
}

static bool
decode_windows(const char *p, size_t n, struct buf *out)
{
	bool mended = false;

	for (size_t i = 0; i < n; i++) {
		uint32_t c = (unsigned char)p[i];

		if (c >= 0x80 && c < 0xa0)
			c = windows[c - 0x80];
		if (c == 0)
			c = REPLACEMENT;
		mended = mended || c == REPLACEMENT;
		text_put(out, c);
	}
	return mended;
}

/* Some charsets compose: the last character waits for the next. */
static void
flush(iconv_t cd, struct buf *raw)
{
	size_t room = 64;
	char *to;

	buf_reserve(raw, room);
	to = raw->data + raw->len;
	(void)iconv(cd, NULL, NULL, &to, &room);
	raw->len = (size_t)(to - raw->data);
}

static bool
decode_iconv(iconv_t cd, const char *p, size_t n, struct buf *out)
{
	union {
		const char *in;
		char *iconv; /* whose prototype lacks const */
	} at = { .in = p };
	struct buf raw = BUF_INIT;
	bool mended = false;

	(void)iconv(cd, NULL, NULL, NULL, NULL);
	while (n != 0) {
		char *to;
		size_t room = n + 64;

		buf_reserve(&raw, room);
		to = raw.data + raw.len;
		if (iconv(cd, &at.iconv, &n, &to, &room) == (size_t)-1 &&
		    errno != E2BIG && n != 0) {
			*to = '\xff'; /* becomes U+FFFD below */
			raw.len = (size_t)(to - raw.data) + 1;
			at.in++;
			n--;
			continue;
		}
		raw.len = (size_t)(to - raw.data);
	}
	flush(cd, &raw);
	mended = text_repair(out, raw.data, raw.len);
	buf_free(&raw);
	return mended;
}

static bool
has_8bit(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)p[i] >= 0x80)
			return true;
	return false;
}

bool
charset_decode(struct charsets *cs, const char *name, const char *p, size_t n,
    struct buf *out)
{
	const struct charset *c = &table[0];

	if (name != NULL && name[0] != '\0')
		c = find(name, strlen(name));
	if (c == NULL)
		return text_repair(out, p, n) || has_8bit(p, n);
	switch (c->builtin) {
	case ASCII:
		if (text_is_utf8(p, n) || !has_8bit(p, n))
			return text_repair(out, p, n);
		(void)decode_windows(p, n, out);
		return true;
	case UTF8: return text_repair(out, p, n);
	case WINDOWS: return decode_windows(p, n, out);
	case BY_ICONV: break;
	}
	if (!cs->open[c - table])
		return text_repair(out, p, n) || has_8bit(p, n);
	return decode_iconv(cs->cd[c - table], p, n, out);
}
