#include "text/phrases.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "text/wording.h"

enum { LONG_WORD = 5, LEGAL_LENGTH = 24 };

/* 1. Folding. */

static uint32_t
fold_letter(uint32_t c)
{
	if ((c >= 'A' && c <= 'Z') || (c >= 0xc0 && c <= 0xde && c != 0xd7) ||
	    (c >= 0x391 && c <= 0x3a9) || (c >= 0x410 && c <= 0x42f))
		return c + 32;
	if (c >= 0x400 && c <= 0x40f)
		return c + 80;
	if (c == 0x130)
		return 'i';
	if (c == 0x178)
		return 0xff;
	if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17e))
		return c + (c & 1);
	if ((c >= 0x100 && c <= 0x177) || (c >= 0x1ea0 && c <= 0x1ef9) ||
	    (c >= 0x48a && c <= 0x4bf) || (c >= 0x218 && c <= 0x21b))
		return c | 1;
	return c;
}

static uint32_t
fold_mark(uint32_t c)
{
	switch (c) {
	case 0xa0:
	case 0x202f:
	case 0x3000: return ' ';
	case '*':
	case 0xad:
	case 0x1427: /* left by a read tracker */
	case 0x200b:
	case 0x200c:
	case 0x200d:
	case 0x200e:
	case 0x200f:
	case 0x202a:
	case 0x202b:
	case 0x202c:
	case 0x202d:
	case 0x202e:
	case 0x2060: /* and the invisible marks of mathematics */
	case 0x2061:
	case 0x2062:
	case 0x2063:
	case 0x2064:
	case 0x2066:
	case 0x2067:
	case 0x2068:
	case 0x2069:
	case 0xfe0f:
	case 0xfeff: return 0;
	case 0x2018:
	case 0x2019: return '\'';
	case 0x201c:
	case 0x201d: return '"';
	case 0xff1a: return ':';
	case 0x60c:
	case 0x3001:
	case 0xff0c: return ',';
	case 0x61f: return '?';
	case 0x3002: return '.';
	case 0xff01: return '!';
	default: break;
	}
	return c == '\t' || (c >= 0x2000 && c <= 0x200a) ? ' ' : c;
}

char *
phrase_fold(struct arena *mem, const char *s)
{
	struct buf b = BUF_INIT;
	bool gap = false;
	uint32_t c;
	char *p;

	while ((c = text_next(&s)) != 0) {
		c = fold_letter(fold_mark(c));
		if (c == 0)
			continue;
		if (c == ' ') {
			gap = b.len != 0;
			continue;
		}
		if (gap)
			buf_char(&b, ' ');
		gap = false;
		text_put(&b, c);
	}
	p = arena_copy(mem, b.data, b.len);
	buf_free(&b);
	return p;
}

/* 2. Looking up. */

static bool
begins(const char *s, const char *word)
{
	return strncmp(s, word, strlen(word)) == 0;
}

static bool
begins_any(const char *s, const char *const *words)
{
	for (size_t i = 0; words[i] != NULL; i++)
		if (begins(s, words[i]))
			return true;
	return false;
}

static bool
has_any(const char *s, const char *const *words)
{
	for (size_t i = 0; words[i] != NULL; i++)
		if (strstr(s, words[i]) != NULL)
			return true;
	return false;
}

bool
phrase_ends(const char *fold, const char *const *words)
{
	size_t n = strlen(fold);

	for (; *words != NULL; words++) {
		size_t len = strlen(*words);

		if (n >= len && strcmp(fold + n - len, *words) == 0)
			return true;
	}
	return false;
}

/* A letter or digit, of any script. */
static bool
in_word(char c)
{
	return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

/* s is one of the words but for punctuation behind it. */
static bool
is_any(const char *s, const char *const *words)
{
	for (size_t i = 0; words[i] != NULL; i++) {
		size_t len = strlen(words[i]);

		if (strncmp(s, words[i], len) == 0 &&
		    s[len + strspn(s + len, " ,.!;:-~")] == '\0')
			return true;
	}
	return false;
}

enum phrase_label
phrase_label(const char *fold)
{
	size_t n;

	fold += strspn(fold, "_"); /* "_From:_", slanted */
	n = strcspn(fold, ":");
	while (n != 0 && fold[n] == ':' && fold[n - 1] == ' ')
		n--;
	if (n == 0 || n > 30 || fold[n] == '\0')
		return LABEL_NONE;
	for (size_t i = 0; wording_labels[i].word != NULL; i++)
		if (strlen(wording_labels[i].word) == n &&
		    memcmp(wording_labels[i].word, fold, n) == 0)
			return wording_labels[i].kind;
	return LABEL_NONE;
}

/* East Asian verbs have no spaces around them. */
static bool
stands_alone(const char *s, const char *at, size_t len)
{
	if ((unsigned char)at[0] >= 0xe3)
		return true;
	return (at == s || !in_word(at[-1])) && !in_word(at[len]);
}

bool
phrase_wrote(const char *s, size_t n, bool *last, bool *colon)
{
	bool found = false;

	*last = *colon = false;
	for (size_t i = 0; wording_verbs[i] != NULL; i++) {
		size_t len = strlen(wording_verbs[i]);

		for (const char *p = s;
		     (p = strstr(p, wording_verbs[i])) != NULL; p++) {
			if ((size_t)(p - s) + len > n)
				break;
			if (!stands_alone(s, p, len))
				continue;
			found = true;
			if ((size_t)(p - s) + len == n)
				*last = true;
			if (p[len] == ':')
				*colon = true;
		}
	}
	return found;
}

bool
phrase_attribution_start(const char *s)
{
	if (isdigit((unsigned char)*s))
		return true;
	for (size_t i = 0; wording_starts[i] != NULL; i++) {
		size_t n = strlen(wording_starts[i]);

		if (!begins(s, wording_starts[i]))
			continue;
		if ((unsigned char)s[0] >= 0xe3 || s[n] == ' ' || s[n] == ',' ||
		    s[n] == '.')
			return true;
	}
	return false;
}

bool
phrase_original(const char *s)
{
	return is_any(s, wording_originals);
}

bool
phrase_forwarded(const char *s)
{
	return is_any(s, wording_forwards) || begins(s, "forwarded by ");
}

bool
phrase_reply_marker(const char *fold)
{
	return strlen(fold) < 120 && has_any(fold, wording_markers);
}

/* No letter follows; what is written without spaces needs no end. */
static bool
ends(const char *s)
{
	return !in_word(*s) || (unsigned char)*s >= 0xe2 || s[-1] == '.';
}

/* The longest of the words that s begins with, as words of their own. */
static size_t
longest(const char *s, const char *const *words)
{
	size_t best = 0;

	for (size_t i = 0; words[i] != NULL; i++) {
		size_t n = strlen(words[i]);

		if (n > best && strncmp(s, words[i], n) == 0 && ends(s + n))
			best = n;
	}
	return best;
}

/* Marks between two closings, and a word that joins them. */
static size_t
joint(const char *s)
{
	static const char *const words[] = { "and", "und", "et", "y", "e", "en",
		"och", "og", "ja", "i", "a", "и", NULL };
	size_t n = strspn(s, " ,.!;:-~/|&+"), word;

	word = longest(s + n, words);
	if (word != 0 && s[n + word] == ' ')
		n += word + 1;
	return n;
}

enum phrase_closing
phrase_closing(const char *fold, const char **rest)
{
	enum phrase_closing kind = CLOSING_NONE;
	const char *s = fold;

	*rest = fold;
	for (;;) {
		size_t formal = longest(s, wording_closings);
		size_t thanks = longest(s, wording_thanks);

		if (formal == 0 && thanks == 0)
			return kind;
		if (formal >= thanks)
			kind = CLOSING_FORMAL;
		else if (kind == CLOSING_NONE)
			kind = CLOSING_THANKS;
		s += formal >= thanks ? formal : thanks;
		*rest = s + strspn(s, " ,.!;:-~/|");
		s += joint(s);
	}
}

/* Brackets and links taken off: "Get [Outlook](https://...)". */
static char *
without_links(struct arena *mem, const char *s)
{
	struct buf b = BUF_INIT;
	char *p;

	while (*s != '\0') {
		if (begins(s, "http://") || begins(s, "https://"))
			s += strcspn(s, " >)");
		else if (strchr("<>()[]_", *s) == NULL)
			buf_char(&b, *s++);
		else
			s++;
	}
	p = text_trim(mem, b.data);
	buf_free(&b);
	return p;
}

static size_t
words_in(const char *s)
{
	size_t n = 0;

	while (*s != '\0') {
		s += strspn(s, " ");
		n += *s != '\0';
		s += strcspn(s, " ");
	}
	return n;
}

/* Up to a mark with a space behind it: "web.de" has none. */
static size_t
clause_length(const char *s)
{
	size_t n = strcspn(s, ",.;");

	while (s[n] != '\0' && s[n + 1] != ' ' && s[n + 1] != '\0')
		n += 1 + strcspn(s + n + 1, ",.;");
	return n;
}

static bool
is_sentence(const char *s)
{
	size_t n = strlen(s);

	return n != 0 && strchr(".!?", s[n - 1]) != NULL;
}

/*
 * A word begins so: "mobil" is in "mobilgerät"; a short one is all of it, or
 * "mails" would be "mail".
 */
static bool
names_device(const char *s)
{
	for (size_t i = 0; wording_device_words[i] != NULL; i++) {
		const char *word = wording_device_words[i], *p = s;
		size_t len = strlen(word);

		for (; (p = strstr(p, word)) != NULL; p++)
			if (stands_alone(s, p, len) ||
			    (len >= LONG_WORD && (p == s || !in_word(p[-1]))))
				return true;
	}
	return false;
}

bool
phrase_device(struct arena *mem, const char *fold)
{
	char *s, *clause;

	if (strlen(fold) > 240)
		return false;
	s = without_links(mem, fold);
	if (strlen(s) > 120)
		return false;
	if (phrase_ends(s, wording_device_ends) && words_in(s) <= 12 &&
	    has_any(s, wording_device_words))
		return true;
	if (begins_any(s, wording_device_bare))
		return words_in(s) <= 5 && !is_sentence(s);
	if (begins_any(s, wording_device_excuses))
		return words_in(s) <= 10 &&
		       words_in(arena_copy(mem, s, clause_length(s))) <= 5;
	if (!begins_any(s, wording_devices))
		return false;
	clause = arena_copy(mem, s, clause_length(s));
	if (begins(s, "sent from my ") && words_in(clause) <= 8 &&
	    strlen(clause) == strlen(s))
		return true;
	if (words_in(s) <= 5 && !is_sentence(s) &&
	    !begins_any(s, wording_device_weak))
		return true;
	return names_device(clause);
}

/* Behind pictures, brackets and the like in front of the words. */
static const char *
without_marks(const char *s)
{
	const char *p = s;
	uint32_t c;

	while ((c = text_next(&p)) != 0) {
		bool mark = c < 0x80 ? !isalnum((int)c)
			    : c < 0xc0
				? true
				: (c >= 0x2000 && c <= 0x3030) || c >= 0x1f000;

		if (!mark)
			break;
		s = p;
	}
	return s;
}

static unsigned
legal_topics(const char *s)
{
	unsigned found = 0;

	for (size_t i = 0; wording_legal[i].stem != NULL; i++)
		if (strstr(s, wording_legal[i].stem) != NULL)
			found |= wording_legal[i].topic;
	return found;
}

bool
phrase_disclaimer(const char *fold)
{
	const unsigned least = LEGAL_SECRET | LEGAL_ADDRESSEE | LEGAL_PRINT;
	unsigned topics;

	fold = without_marks(fold);
	/* "Confidential: no" is somebody's answer. */
	if (begins_any(fold, wording_disclaimers) &&
	    strlen(fold) >= LEGAL_LENGTH)
		return (legal_topics(fold) & least) != 0;
	if (!has_any(fold, wording_this_mail))
		return false;
	topics = legal_topics(fold) & ~(unsigned)LEGAL_PRINT;
	return (topics & (topics - 1)) != 0;
}

static bool
has_link(const char *s)
{
	return strstr(s, "http") != NULL || strstr(s, "www.") != NULL ||
	       strchr(s, '@') != NULL;
}

bool
phrase_footer(const char *fold)
{
	fold = without_marks(fold);
	return begins_any(fold, wording_feet) ||
	       (begins_any(fold, wording_feet_weak) && has_link(fold)) ||
	       (begins_any(fold, wording_scans) &&
		   has_any(fold, wording_scanners));
}

bool
phrase_legal_title(const char *fold)
{
	return is_any(without_marks(fold), wording_legal_titles);
}

/* s without an alarm word such as "caution" and the marks behind it. */
static const char *
without_alert(const char *s)
{
	size_t n = longest(s, wording_alerts);

	return n == 0 ? s : without_marks(s + n);
}

/* Behind a tag such as "external e-mail"; NULL: there is none. */
static const char *
behind_tag(const char *fold)
{
	const char *s = without_alert(without_marks(fold));
	size_t n = longest(s, wording_banner_tags);

	return n == 0 ? NULL : s + n;
}

static bool
warns(const char *s)
{
	const char *words = without_alert(s);
	bool strong = has_any(words, wording_outside);

	if (begins_any(s, wording_banners) ||
	    begins_any(words, wording_banners))
		return true;
	if (!strong && !has_any(words, wording_outer))
		return false;
	if (begins_any(words, wording_this_mail) ||
	    has_any(words, wording_cautions))
		return true;
	return strong && words != s && has_any(words, wording_mail);
}

enum phrase_banner
phrase_banner(const char *fold)
{
	const char *s = without_marks(fold), *rest = behind_tag(fold);

	if (rest != NULL && *without_marks(rest) == '\0')
		return BANNER_TAG;
	if (warns(s))
		return BANNER_SENTENCE;
	if (rest == NULL)
		return BANNER_NONE;
	if (*fold == '[' && rest[strspn(rest, " -")] == ']')
		return phrase_caution(rest) ? BANNER_SENTENCE : BANNER_PREFIX;
	return without_alert(s) != s && strchr(".!", *rest) != NULL
		   ? BANNER_SENTENCE
		   : BANNER_NONE;
}

bool
phrase_caution(const char *fold)
{
	return has_any(fold, wording_cautions);
}

bool
phrase_picture(const char *fold)
{
	return has_any(fold, wording_pictures);
}

bool
phrase_imprint(const char *fold)
{
	if (begins_any(without_marks(fold), wording_socials))
		return true;
	return strpbrk(fold, "0123456789") != NULL &&
	       has_any(fold, wording_imprints);
}

/* Nothing but names of networks and marks between them, at least two. */
bool
phrase_networks(const char *fold)
{
	size_t n, names = 0;

	for (fold = without_marks(fold);
	     (n = longest(fold, wording_networks)) != 0; names++)
		fold = without_marks(fold + n);
	return *fold == '\0' && names > 1;
}

bool
phrase_forward_subject(const char *subject)
{
	return begins_any(subject, wording_forward_subjects);
}

bool
phrase_greeting(const char *fold)
{
	size_t n = strlen(fold);

	if (n < 3 || n > 60 || strcspn(fold, ".?") < n - 1)
		return false;
	for (size_t i = 0; wording_greetings[i] != NULL; i++) {
		size_t len = strlen(wording_greetings[i]);

		if (begins(fold, wording_greetings[i]) && !in_word(fold[len]))
			return true;
	}
	return fold[n - 1] == ',' && words_in(fold) <= 2;
}
