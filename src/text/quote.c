#include "text/quote.h"

#include <ctype.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "text/phrases.h"

enum {
	ATTRIBUTION_LINES = 5,
	ATTRIBUTION_LENGTH = 500,
	HEADER_LINES = 16, /* of a block, continuations included */
	HEADER_GAP = 2,    /* lines of a header beside its first */
	UNDERSCORES = 28,
	SPLIT_LENGTH = 400,
	CITER = 12, /* letters in front of the '>' of a quoted line */
};

/* 1. Dates. */

static size_t
digits(const char *s)
{
	size_t n = 0;

	while (isdigit((unsigned char)s[n]))
		n++;
	return n;
}

struct evidence {
	bool year, day, time, address;
};

static void
look_at_number(const char *s, size_t n, struct evidence *e)
{
	const char *after = s + n;

	if (n == 4 && (memcmp(s, "19", 2) == 0 || memcmp(s, "20", 2) == 0))
		e->year = true;
	if (n > 2 && n != 4)
		return;
	if ((*after == '.' || *after == '/' || *after == '-') &&
	    digits(after + 1) >= 1 && digits(after + 1) <= 2 &&
	    strchr("./-", after[1 + digits(after + 1)]) != NULL &&
	    after[1 + digits(after + 1)] != '\0')
		e->day = true;
	if (n <= 2 && (*after == ':' || *after == '.' || *after == 'h') &&
	    digits(after + 1) == 2)
		e->time = true;
}

static struct evidence
look(const char *s)
{
	struct evidence e = { .year = false };

	for (; *s != '\0'; s++) {
		size_t n = digits(s);

		if (n != 0) {
			look_at_number(s, n, &e);
			s += n - 1;
		} else if (*s == '@')
			e.address = true;
	}
	return e;
}

/* 2. Attributions. */

/* Dashes and underscores around, and '>' of links, don't count. */
static const char *
inside(const char *s, size_t *n, bool *colon)
{
	const char *start = s + strspn(s, " -_~>|");
	size_t len = strlen(start);

	*colon = false;
	while (len != 0 && strchr(" -_~:>", start[len - 1]) != NULL) {
		if (start[len - 1] == ':')
			*colon = true;
		else if (start[len - 1] == '-')
			*colon = *colon || (len > 3 && start[len - 2] == '-');
		else if (start[len - 1] == '>' && !*colon)
			break;
		len--;
	}
	*n = len;
	return start;
}

/* "On Monday we wrote to the vendor:" introduces nobody else's words. */
static bool
speaks_of_itself(const char *s)
{
	static const char *const words[] = { " i wrote", " we wrote",
		" i write", " we write", " i have written", " we have written",
		" schrieb ich", " schrieben wir", " ich schrieb",
		" wir schrieben", " j'ai écrit", " nous avons écrit",
		" escribimos", " abbiamo scritto", " schreven we",
		" schreven wij" };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strstr(s, words[i]) != NULL)
			return true;
	return false;
}

/* "<a@b>" stands in it. */
static bool
has_mailbox(const char *s)
{
	const char *open = strchr(s, '<'), *at;

	if (open == NULL || (at = strchr(open, '@')) == NULL)
		return false;
	return strchr(open, ' ') == NULL || strchr(open, ' ') > at;
}

/* "Quoting A (2026-03-04 14:05)": some programs put no colon behind it. */
static bool
says_quoting(const char *s)
{
	static const char *const words[] = { "quoting ", "zitat von ",
		"citando ", "quotando ", "цитирую ", "lainaus ", "cytowanie ",
		"citat ", "citerar ", "citeren ", "citát ", "citace ",
		"citação de ", "cita de ", "mensaje citado por ", "idézet ",
		"alıntı ", "цитат ", "цитата ", "引用 ", "[quoting " };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strncmp(s, words[i], strlen(words[i])) == 0)
			return true;
	return false;
}

/*
 * s: folded, one or more lines joined.  quoted_next: a '>' line follows.
 */
static bool
is_attribution(const char *s, bool quoted_next)
{
	struct evidence e = look(s);
	bool colon, last, wrote, starts, says;
	size_t n;

	s = inside(s, &n, &colon);
	if (n < 6 || n > ATTRIBUTION_LENGTH)
		return false;
	starts = phrase_attribution_start(s);
	wrote = phrase_wrote(s, n, &last, &says);
	/* Any language, where the '>' below says what it is. */
	if (quoted_next && colon && e.address && (e.year || e.day || e.time))
		return true;
	if (quoted_next && colon && e.address && starts)
		return true; /* "Quoting A <a@b>:" */
	if (quoted_next && says_quoting(s) && (e.address || e.time))
		return true;
	/* The verb may stand anywhere: "A schreef op 4-3-2026 14:05:". */
	if (quoted_next && colon && wrote && e.time && (e.year || e.day))
		return true;
	if (colon && e.time && (e.year || e.day) && has_mailbox(s))
		return true;
	/* Its text may follow in the same line. */
	if (says && starts && e.time && (e.year || e.day) && has_mailbox(s))
		return true;
	if (!quoted_next && !e.address && speaks_of_itself(s))
		return false;
	if (wrote && last && (colon || e.address)) {
		if (starts && (e.year || e.day || e.time || e.address))
			return true;
		if (e.address || (e.year && e.time))
			return true;
		return colon && quoted_next;
	}
	if (wrote && colon && (starts || e.address))
		return e.year || e.day || e.time;
	/* No verb: "26.06.2014, 14:41, "A" <a@b>:". */
	if (!starts || !(e.year || e.day))
		return false;
	if (e.address && e.time && colon)
		return true;
	/* Gmail's old form has no colon either. */
	return (e.address && s[n - 1] == '>' && quoted_next &&
		   isdigit((unsigned char)*s)) ||
	       strstr(s, " gmt+") != NULL || strstr(s, " gmt-") != NULL;
}

bool
quote_cites(const char *s)
{
	size_t n = 0;

	s += strspn(s, " ");
	while (isalpha((unsigned char)s[n]))
		n++;
	return n >= 1 && n <= CITER && s[n] == '>';
}

size_t
quote_initials(const char *s)
{
	size_t n = 0;

	while (isupper((unsigned char)s[n]))
		n++;
	if (n == 0 || n > 2 || s[n] != '>' || strncmp(s, "PS", 2) == 0)
		return 0;
	return n + 1;
}

static bool
quote_follows(const struct lines *l, size_t i)
{
	while (i < l->n && l->line[i].blank)
		i++;
	return i < l->n && (l->line[i].quoted || l->line[i].fold[0] == '|' ||
			       quote_cites(l->line[i].s));
}

/* The line may be the first of an attribution. */
static bool
may_begin(const struct line *l)
{
	const char *s = l->fold + strspn(l->fold, " -_~>|");

	if (l->blank || strlen(l->fold) > ATTRIBUTION_LENGTH)
		return false;
	if (strpbrk(s, "0123456789@<") == NULL && strchr(s, ':') == NULL)
		return phrase_attribution_start(s);
	return true;
}

/* Some programs put an empty line before "<" of the address. */
static bool
bridges(const struct lines *l, size_t i)
{
	return l->line[i].blank && i + 1 < l->n &&
	       l->line[i + 1].fold[0] == '<';
}

/* How many lines from i on read as one attribution; 0: they don't. */
static size_t
joined(const struct lines *l, size_t i)
{
	bool quoted = l->line[i].quoted;
	struct buf b = BUF_INIT;
	size_t n = 0;

	if (!may_begin(&l->line[i]))
		return 0;
	for (size_t k = i; k < l->n && k < i + ATTRIBUTION_LINES; k++) {
		if (l->line[k].exact || (l->line[k].blank && !bridges(l, k)))
			break;
		if (l->line[k].quoted != quoted && l->line[k].fold[0] != '>')
			break;
		if (k != i && !l->line[k].blank)
			buf_char(&b, ' ');
		buf_str(&b, l->line[k].fold);
		if (b.len > ATTRIBUTION_LENGTH)
			break;
		/* A line of words alone belongs to the writer. */
		if (k > i && strpbrk(l->line[i].fold, "0123456789<@") == NULL)
			break;
		if (is_attribution(b.data, quote_follows(l, k + 1))) {
			n = k + 1 - i;
			break;
		}
	}
	buf_free(&b);
	return n;
}

static bool
begins_dated(const struct line *l)
{
	const char *s = l->fold + strspn(l->fold, " -_~>|");
	struct evidence e = look(s);

	return phrase_attribution_start(s) && (e.year || e.day || e.time);
}

/* "On 4 Mar 2026, at", wrapped: the time stands in the next line. */
static bool
hangs(const char *fold)
{
	static const char *const words[] = { ",", " at", " um", " à", " às",
		" a las", " alle ore", " om", " kl", " kl.", " klo", " kello",
		" o godz.", " v", " o", " u", " la", " в", " о", " στις",
		" pukul", " lúc", " saat", NULL };
	return phrase_ends(fold, words);
}

/* Line k, below line i, begins with the rest of line i's date. */
static bool
goes_on(const struct lines *l, size_t i, size_t k)
{
	return isdigit((unsigned char)l->line[k].fold[0]) &&
	       begins_dated(&l->line[i]) && hangs(l->line[i].fold);
}

/* No date, no address and no such beginning: it may be the writer's. */
static bool
is_bare(const struct line *l)
{
	struct evidence e = look(l->fold);

	return !e.year && !e.day && !e.time && !e.address &&
	       !phrase_attribution_start(l->fold);
}

/* The same; where a later line would begin it as well, that one does. */
static size_t
attribution(const struct lines *l, size_t i)
{
	size_t n = joined(l, i);

	for (size_t k = 1; k < n; k++)
		if (!goes_on(l, i, i + k) &&
		    (begins_dated(&l->line[i + k]) ||
			(is_bare(&l->line[i]) && !is_bare(&l->line[i + k]))) &&
		    joined(l, i + k) == n - k)
			return 0;
	return n;
}

size_t
quote_split(struct arena *mem, const char *s, size_t n)
{
	char *copy;

	if (s[n - 1] != ':' || n > SPLIT_LENGTH)
		return n;
	copy = phrase_fold(mem, arena_copy(mem, s, n));
	if (phrase_attribution_start(copy) && is_attribution(copy, true))
		return n; /* all of it is one */
	copy = arena_copy(mem, s, n);
	for (size_t i = 1; i + 12 < n; i++) {
		size_t own = i;

		if (s[i - 1] == '@')
			return n; /* somebody's address: not own words */
		if ((s[i - 1] != ' ' && s[i - 1] != '-') || s[i] == ' ')
			continue;
		if (!isupper((unsigned char)s[i]) || s[i + 1] == '\0')
			continue;
		if (!phrase_attribution_start(phrase_fold(mem, copy + i)) ||
		    !is_attribution(phrase_fold(mem, copy + i), false))
			continue;
		while (own != 0 && strchr(" -", s[own - 1]) != NULL)
			own--;
		return own == 0 ? n : own;
	}
	return n;
}

/* 3. Blocks of headers. */

static size_t
bits(unsigned x)
{
	size_t n = 0;

	for (; x != 0; x &= x - 1)
		n++;
	return n;
}

/* All of a block in one line: "From: A <a@b> Sent: ... To: ... Subject: ..." */
static bool
crushed(const char *fold)
{
	unsigned seen = phrase_label(fold), label;

	if (seen != LABEL_FROM || strchr(fold, '@') == NULL)
		return false;
	while ((fold = strchr(fold, ' ')) != NULL)
		if ((label = phrase_label(++fold)) != LABEL_OTHER)
			seen |= label;
	return (seen & LABEL_DATE) && bits(seen) >= 3;
}

/*
 * A block that begins with the recipient or the subject, as some do, must have
 * all that a header has: people write such lines, too.
 */
static bool
is_whole(unsigned seen, bool address)
{
	return (seen & LABEL_FROM) && (seen & LABEL_DATE) &&
	       bits(seen & ~(unsigned)LABEL_OTHER) >= (address ? 3 : 4);
}

static size_t
header_block(const struct lines *l, size_t i)
{
	unsigned seen = phrase_label(l->line[i].fold), label;
	bool address = strchr(l->line[i].fold, '@') != NULL;
	size_t end = i + 1, gap = 0;
	bool late = seen == LABEL_TO || seen == LABEL_SUBJECT;

	if (crushed(l->line[i].fold))
		return 1;
	if (seen != LABEL_FROM && seen != LABEL_DATE && !late)
		return 0;
	for (size_t k = i + 1; k < l->n && k < i + HEADER_LINES; k++) {
		const struct line *line = &l->line[k];

		label = phrase_label(line->fold);
		if (label == LABEL_NONE) {
			if (++gap > HEADER_GAP)
				break;
			continue;
		}
		if ((seen & label) && label != LABEL_OTHER)
			break;
		if (strchr(line->fold, '@') != NULL)
			address = true;
		seen |= label;
		gap = 0;
		end = k + 1;
	}
	if (late)
		return is_whole(seen, address) ? end - i : 0;
	if (!(seen & LABEL_FROM) && !((seen & LABEL_DATE) && address))
		return 0;
	if (bits(seen & ~(unsigned)LABEL_OTHER) >= 3)
		return end - i;
	return bits(seen) >= 2 && address && (seen & LABEL_DATE) ? end - i : 0;
}

/* 4. Lines that say so. */

/* Bytes of one mark that lines are drawn with, 0: none. */
static size_t
drawing(const char *s)
{
	static const char *const wide[] = { "\u2013", "\u2014", "\u2015",
		"\u2500", "\u2501", "\u2550" };

	if (*s != '\0' && strchr("-_=*~#+", *s) != NULL)
		return 1;
	for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
		if (strncmp(s, wide[i], 3) == 0)
			return 3;
	return 0;
}

bool
quote_is_rule(const char *s)
{
	size_t n = 0, len;

	for (s += strspn(s, " \t"); (len = drawing(s)) != 0; n++)
		s += len;
	return n >= 3 && *s == '\0';
}

/* "-------- Words --------", in a language that we don't know. */
bool
quote_is_title(const char *s)
{
	size_t lead, n;

	s += strspn(s, " \t");
	lead = strspn(s, "-_=");
	n = strlen(s);
	while (n != 0 && strchr(" \t", s[n - 1]) != NULL)
		n--;
	return lead >= 4 && n > lead + 4 && n < 80 && s[n - 1] == s[0] &&
	       s[n - 2] == s[0] && s[n - 3] == s[0] && s[n - 4] == s[0];
}

/* GroupWise: ">>> A <a@b> 4.3.2026 14:05 >>>". */
static bool
is_arrows(const char *fold)
{
	struct evidence e = look(fold);
	size_t n = strlen(fold);

	return n > 8 && strncmp(fold, ">>>", 3) == 0 &&
	       strcmp(fold + n - 3, ">>>") == 0 && (e.year || e.day);
}

static bool
is_underscores(const char *s)
{
	size_t n;

	s += strspn(s, " \t");
	n = strspn(s, "_");
	return n >= UNDERSCORES && s[n] == '\0';
}

/* "-----Original Message-----", "> Begin forwarded message:" */
static enum quote_kind
separator(struct arena *mem, const char *fold)
{
	size_t lead = strspn(fold, "-_=> "), n;
	bool drawn = strspn(fold + strspn(fold, "> "), "-_=") >= 2;
	char *words;

	n = strlen(fold + lead);
	if (n < 5 || n > 80)
		return QUOTE_NONE;
	while (n != 0 && strchr("-_=: ", fold[lead + n - 1]) != NULL)
		n--;
	words = arena_copy(mem, fold + lead, n);
	if (phrase_forwarded(words) && (drawn || fold[lead + n] == ':'))
		return QUOTE_FORWARD;
	return drawn && phrase_original(words) ? QUOTE_REST : QUOTE_NONE;
}

enum quote_kind
quote_at(struct arena *mem, const struct lines *l, size_t i, size_t *len)
{
	const struct line *line = &l->line[i];
	enum quote_kind kind;

	*len = 1;
	if (line->blank)
		return QUOTE_NONE;
	if (strstr(line->s, QUOTE_MARKER) != NULL)
		return line->quoted ? QUOTE_ATTRIBUTION : QUOTE_REST;
	if (is_arrows(line->fold) ||
	    (!line->quoted && phrase_reply_marker(line->fold)))
		return QUOTE_REST;
	kind = separator(mem, line->fold);
	if (kind != QUOTE_NONE)
		return kind;
	if (line->quoted)
		return QUOTE_NONE;
	if (is_underscores(line->s))
		return QUOTE_REST;
	if ((*len = header_block(l, i)) != 0)
		return QUOTE_REST;
	*len = attribution(l, i);
	return *len == 0 ? QUOTE_NONE : QUOTE_ATTRIBUTION;
}
