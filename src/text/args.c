#include "text/args.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "text/length.h"
#include "text/polite.h"
#include "text/roomword.h"
#include "text/values.h"

enum { NAME_WORDS = 3, TIME_WORDS = 3 };

static const char *
spaces(const char *s)
{
	while (*s == ' ')
		s++;
	return s;
}

size_t
args_words(const char *s)
{
	size_t n = 0;

	for (s = spaces(s); *s != '\0'; s = spaces(s + strcspn(s, " ")))
		n++;
	return n;
}

/* The next word of *s, "" at the end. */
const char *
args_cut(struct arena *mem, const char **s)
{
	const char *start = spaces(*s);
	size_t n = strcspn(start, " ");

	*s = spaces(start + n);
	return arena_copy(mem, start, n);
}

/* Without the full stops, commas and exclamation marks at its end. */
const char *
args_bare(struct arena *mem, const char *s)
{
	char *p = arena_str(mem, spaces(s));
	size_t n = strlen(p);

	while (n != 0 && strchr(" .,!;:", p[n - 1]) != NULL)
		p[--n] = '\0';
	return p;
}

/* The reason in ", because ..." or " - because"; NULL: none of the kind. */
static const char *
aside(struct arena *mem, const char *rest)
{
	const char *s = spaces(rest);

	if (strchr(",.;:!", *rest) == NULL && strncmp(s, "- ", 2) != 0 &&
	    strncmp(s, "\xe2\x80\x93 ", 4) != 0 &&
	    strncmp(s, "\xe2\x80\x94 ", 4) != 0)
		return NULL;
	while (*s != '\0' &&
	       (strchr(" ,.;:!-", *s) != NULL || (unsigned char)*s == 0xe2)) {
		if ((unsigned char)*s == 0xe2 &&
		    strncmp(s, "\xe2\x80\x93", 3) != 0 &&
		    strncmp(s, "\xe2\x80\x94", 3) != 0)
			break;
		s += (unsigned char)*s == 0xe2 ? 3 : 1;
	}
	return arena_str(mem, s);
}

static bool
is_id(const char *s)
{
	if (text_istarts(s, "inc-") || text_istarts(s, "mnt-") ||
	    text_istarts(s, "drl-"))
		s += 4;
	else if (*s == '#')
		s++;
	if (!isdigit((unsigned char)*s))
		return false;
	for (; *s != '\0'; s++)
		if (!isdigit((unsigned char)*s) && *s != '-')
			return false;
	return true;
}

static enum verb_fit
misfit(struct verb_line *out, const char *code, const char *says,
    const char *copy)
{
	out->code = code;
	out->says = says;
	out->copy = copy;
	return VERB_MISFIT;
}

static enum verb_fit
fits(struct verb_line *out, const char *args)
{
	out->command.args = args;
	return VERB_FITS;
}

static enum verb_fit
read_none(struct arena *mem, const char *rest, struct verb_line *out)
{
	const char *again = aside(mem, rest);

	if (polite_only(NULL, rest))
		return fits(out, "");
	if (again != NULL && out->command.verb == VERB_ACK &&
	    verb_word(args_bare(mem, again)) == VERB_ACK)
		return fits(out, "");
	return VERB_NOT;
}

static enum verb_fit
read_id(struct arena *mem, const char *rest, bool needed, struct verb_line *out)
{
	const char *id = args_bare(mem, rest);

	if (is_id(id))
		return fits(out, id);
	return !needed && polite_only(NULL, rest) ? fits(out, "") : VERB_NOT;
}

/* Where " next ..." begins in the arguments of publish; NULL: nowhere. */
static const char *
next_part(const char *s)
{
	for (const char *p = s; (p = text_ifind(p, "next")) != NULL; p++)
		if ((p == s || p[-1] == ' ' || p[-1] == ',') &&
		    (p[4] == ' ' || p[4] == ':' || p[4] == '='))
			return p;
	return NULL;
}

static const char *
after_next(struct arena *mem, const char *s)
{
	s += 4;
	while (*s == ' ' || *s == ':' || *s == '=')
		s++;
	if (text_istarts(s, "update "))
		s = spaces(s + 7);
	if (text_istarts(s, "by "))
		s = spaces(s + 3);
	return args_bare(mem, s);
}

/* "as resolved", "now": words that change nothing. */
static const char *
state_words(struct arena *mem, const char *s)
{
	s = args_bare(mem, s);
	while (*s == ':' || *s == ',')
		s = spaces(s + 1);
	if (text_istarts(s, "as "))
		s = spaces(s + 3);
	if (text_key_eq(s, "now") || text_key_eq(s, "update") ||
	    text_key_eq(s, "same") || text_key_eq(s, "no change") ||
	    polite_only(NULL, s))
		return "";
	return s;
}

static enum verb_fit
read_state(struct arena *mem, const char *rest, struct verb_line *out)
{
	const char *next = next_part(rest), *word, *near, *verb;

	verb = words_verb(out->command.verb);
	if (next != NULL) {
		out->next = after_next(mem, next);
		rest = arena_copy(mem, rest, (size_t)(next - rest));
	}
	word = state_words(mem, rest);
	out->command.state = value_state(word);
	if (*word == '\0' || out->command.state != STATE_NONE)
		return fits(out, word);
	if ((near = value_near_state(word)) != NULL)
		return misfit(out, "E21",
		    "There is no such state, nothing was drafted. Did you "
		    "mean this?",
		    next == NULL ? arena_printf(mem, "%s %s", verb, near)
				 : arena_printf(mem, "%s %s next %s", verb,
				       near, out->next));
	if (value_is_maintenance(word))
		return misfit(out, "E21",
		    "This is a state of maintenance, which isn't built yet; "
		    "nothing was drafted. For an incident write:",
		    arena_printf(mem, "%s investigating", verb));
	if ((args_words(word) > 1 || text_key_eq(word, "it") ||
		text_key_eq(word, "this") || text_key_eq(word, "that")) &&
	    next == NULL)
		return VERB_NOT;
	return misfit(out, "E21",
	    "The states are investigating, identified, monitoring and "
	    "resolved; nothing was drafted. Write one of them:",
	    arena_printf(mem, "%s investigating", verb));
}

static enum verb_fit
read_level(struct arena *mem, const char *rest, struct verb_line *out)
{
	const char *s = rest + strspn(rest, " :=-"), *word;

	word = args_bare(mem, args_cut(mem, &s));
	if (text_key_eq(word, "to"))
		word = args_bare(mem, args_cut(mem, &s));
	out->command.number = value_severity(word);
	if (out->command.number > 0) {
		s += strspn(s, ",;:.- ");
		return fits(out, polite_only(NULL, s) ? "" : s);
	}
	if (out->command.number == 0 && args_words(rest) > 1)
		return VERB_NOT;
	out->command.number = 0;
	return misfit(out, "E24",
	    "A severity is 1 to 5, 1 the worst; it wasn't changed. Write one:",
	    "severity 2");
}

static enum verb_fit
read_name(struct arena *mem, const char *rest, struct verb_line *out)
{
	const char *s = args_bare(mem, rest);

	if (*s == ':')
		s = spaces(s + 1);
	if (text_istarts(s, "to "))
		s = spaces(s + 3);
	if (text_key_eq(s, "now") || polite_only(NULL, s))
		return fits(out, "");
	if (args_words(s) > NAME_WORDS || strpbrk(s, ",;?!") != NULL)
		return VERB_NOT;
	out->name = s;
	return fits(out, s);
}

/* "3", "u3": the number; 0: something else. */
static int
update_number(const char *s)
{
	int n = 0, digits = 0;

	if (*s == 'u' || *s == 'U')
		s++;
	for (; isdigit((unsigned char)*s) && digits < 6; digits++)
		n = n * 10 + (*s++ - '0');
	while (*s == ',' || *s == ':' || *s == '.')
		s++;
	return digits != 0 && *s == '\0' ? n : 0;
}

static enum verb_fit
read_update(struct arena *mem, const char *rest, struct verb_line *out)
{
	const char *s = rest, *word, *reason;

	if (polite_only(NULL, rest))
		return fits(out, "");
	if (*s == ':')
		s++;
	word = args_cut(mem, &s);
	out->whole = out->command.verb == VERB_RETRACT &&
		     text_key_eq(args_bare(mem, word), "all");
	if (out->whole)
		return fits(out, s);
	if (text_key_eq(word, "update"))
		word = args_cut(mem, &s);
	out->command.number = update_number(word);
	reason = out->command.number == 0 ? rest : s;
	word = args_bare(mem, args_cut(mem, &s));
	if (out->command.number == 0)
		return text_key_eq(args_bare(mem, rest), "typo")
			   ? (out->typo = true, fits(out, ""))
			   : VERB_NOT;
	out->typo = text_key_eq(word, "typo");
	return fits(out, out->typo ? s : reason);
}

static enum verb_fit
read_length(struct arena *mem, const char *rest, struct verb_line *out)
{
	const char *reason = aside(mem, rest);

	if (polite_only(NULL, rest))
		return fits(out, "");
	if (length_read(args_bare(mem, rest), &out->command.seconds))
		return fits(out, args_bare(mem, rest));
	if (reason == NULL)
		return VERB_NOT;
	(void)length_read(args_bare(mem, reason), &out->command.seconds);
	return fits(out, reason);
}

/* "30m", and also what was meant as a length: "-30m", "+x", "0m". */
static bool
like_length(const char *word)
{
	size_t n = strspn(word, "+-0123456789.");

	return n != 0 && strspn(word + n, "abcdefghijklmnopqrstuvwxyz") ==
			     strlen(word + n);
}

/* A length in one word, and why: else it is a sentence of a report. */
static enum verb_fit
read_delay(struct arena *mem, const char *rest, struct verb_line *out)
{
	const char *s = rest, *word = args_bare(mem, args_cut(mem, &s));

	if (length_read(word, &out->command.seconds))
		return fits(out, args_bare(mem, s + strspn(s, ",;:.- ")));
	if (*word != '\0' &&
	    (!like_length(word) ||
		isdigit((unsigned char)word[strlen(word) - 1])))
		return VERB_NOT;
	return misfit(out, "E24",
	    "It takes how much later the next update will come, and why; "
	    "nothing was drafted. As in:",
	    "delay 30m a spare part is on its way");
}

static enum verb_fit
read_until(struct arena *mem, const char *rest, struct verb_line *out)
{
	const char *s = spaces(rest);

	if (polite_only(NULL, rest))
		return fits(out, "");
	return text_istarts(s, "until ") ? fits(out, arena_str(mem, s))
					 : VERB_NOT;
}

static enum verb_fit
read_time(struct arena *mem, const char *rest, struct verb_line *out)
{
	const char *s = spaces(rest);
	bool time = isdigit((unsigned char)*s) || *s == '+' ||
		    text_istarts(s, "to ") || text_istarts(s, "until ") ||
		    text_istarts(s, "by ");

	if (polite_only(NULL, rest))
		return fits(out, "");
	return time && args_words(s) <= TIME_WORDS
		   ? fits(out, arena_str(mem, s))
		   : VERB_NOT;
}

static enum verb_fit
read_aside(struct arena *mem, const char *rest, struct verb_line *out)
{
	const char *reason = aside(mem, rest);

	if (polite_only(NULL, rest))
		return fits(out, "");
	return reason == NULL ? VERB_NOT : fits(out, reason);
}

/* Without a time it is a command all the same: it must open nothing. */
static enum verb_fit
read_swap(struct arena *mem, const char *rest, struct verb_line *out)
{
	const char *s = args_bare(mem, rest), *until = text_ifind(s, " until ");
	size_t n = until == NULL ? strlen(s) : (size_t)(until - s);

	out->name = text_trim(mem, arena_copy(mem, s, n));
	if (args_words(out->name) > NAME_WORDS)
		return VERB_NOT;
	if (until != NULL)
		out->until = spaces(until + 7);
	return fits(out, s);
}

/* "War room is full" is text; so is "war-room close to the lift". */
static enum verb_fit
read_room(struct arena *mem, const char *rest, struct verb_line *out)
{
	const char *s = args_bare(mem, rest + strspn(rest, " :")), *names;
	enum roomword is = roomword_read(mem, s, &names);
	const char *near;

	if (is == ROOMWORD_CLOSE && !polite_only(NULL, names))
		return VERB_NOT;
	if (is != ROOMWORD_NONE)
		return fits(out, s);
	near = roomword_near(args_cut(mem, &s));
	if (near != NULL)
		return misfit(out, "E21",
		    "There is no such thing to do with a war room; nothing was "
		    "done. Did you mean this?",
		    arena_printf(mem, "war-room %s%s%s", near,
			*s == '\0' ? "" : " ", s));
	if (*s != '\0')
		return VERB_NOT;
	return misfit(out, "E24",
	    "Say what is to happen to the war room: open, sitrep, join, chair, "
	    "scribe or close. Nothing was done.",
	    "war-room open");
}

enum verb_fit
args_read(struct arena *mem, enum args args, const char *rest,
    struct verb_line *out)
{
	switch (args) {
	case ARG_NONE: return read_none(mem, rest, out);
	case ARG_ID: return read_id(mem, rest, false, out);
	case ARG_EVENT: return read_id(mem, rest, true, out);
	case ARG_STATE: return read_state(mem, rest, out);
	case ARG_REASON:
		return fits(out, arena_str(mem, rest + strspn(rest, " ,:;.-")));
	case ARG_ASIDE: return read_aside(mem, rest, out);
	case ARG_LEVEL: return read_level(mem, rest, out);
	case ARG_NAME: return read_name(mem, rest, out);
	case ARG_UPDATE: return read_update(mem, rest, out);
	case ARG_LENGTH: return read_length(mem, rest, out);
	case ARG_DELAY: return read_delay(mem, rest, out);
	case ARG_UNTIL: return read_until(mem, rest, out);
	case ARG_TIME: return read_time(mem, rest, out);
	case ARG_SWAP: return read_swap(mem, rest, out);
	case ARG_ROOM: return read_room(mem, rest, out);
	}
	return VERB_NOT;
}
