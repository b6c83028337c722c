#include "text/verbs.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "text/args.h"
#include "text/values.h"

enum { PHRASE_WORDS = 4 };

/* The first word of each verb is the one to suggest. */
static const struct phrase {
	const char *word;
	enum verb verb;
	enum args args;
} phrases[] = {
	/* clang-format off */
	{ "ack", VERB_ACK, ARG_NONE },
	{ "acknowledge", VERB_ACK, ARG_NONE },
	{ "acknowledged", VERB_ACK, ARG_NONE },
	{ "got it", VERB_ACK, ARG_NONE },
	{ "I got it", VERB_ACK, ARG_NONE },
	{ "I have it", VERB_ACK, ARG_NONE },
	{ "on it", VERB_ACK, ARG_NONE },
	{ "I'm on it", VERB_ACK, ARG_NONE },
	{ "mine", VERB_ACK, ARG_NONE },
	{ "taking", VERB_ACK, ARG_NONE },
	{ "taking it", VERB_ACK, ARG_NONE },
	{ "I'll take it", VERB_ACK, ARG_NONE },
	{ "note", VERB_NOTE, ARG_ID },
	{ "draft", VERB_DRAFT, ARG_STATE },
	{ "propose", VERB_DRAFT, ARG_STATE },
	{ "preview", VERB_DRAFT, ARG_STATE },
	{ "publish", VERB_PUBLISH, ARG_STATE },
	{ "post", VERB_POST, ARG_NONE },
	{ "yes", VERB_YES, ARG_NONE },
	{ "y", VERB_YES, ARG_NONE },
	{ "ok", VERB_YES, ARG_NONE },
	{ "okay", VERB_YES, ARG_NONE },
	{ "approve", VERB_YES, ARG_NONE },
	{ "approved", VERB_YES, ARG_NONE },
	{ "go", VERB_YES, ARG_NONE },
	{ "1", VERB_YES, ARG_NONE },
	{ "+1", VERB_YES, ARG_NONE },
	{ "no", VERB_NO, ARG_ASIDE },
	{ "reject", VERB_NO, ARG_ASIDE },
	{ "nack", VERB_NO, ARG_ASIDE },
	{ "wrong", VERB_WRONG, ARG_ASIDE },
	{ "stop", VERB_STOP, ARG_ASIDE },
	{ "hold", VERB_HOLD, ARG_LENGTH },
	{ "wait", VERB_HOLD, ARG_LENGTH },
	{ "investigating", VERB_INVESTIGATING, ARG_NONE },
	{ "identified", VERB_IDENTIFIED, ARG_NONE },
	{ "monitoring", VERB_MONITORING, ARG_NONE },
	{ "fixed", VERB_MONITORING, ARG_NONE },
	{ "resolve", VERB_RESOLVE, ARG_NONE },
	{ "resolved", VERB_RESOLVE, ARG_NONE },
	{ "same", VERB_SAME, ARG_NONE },
	{ "no change", VERB_SAME, ARG_NONE },
	{ "severity", VERB_SEVERITY, ARG_LEVEL },
	{ "sev", VERB_SEVERITY, ARG_LEVEL },
	{ "handoff", VERB_HANDOFF, ARG_NAME },
	{ "assign", VERB_HANDOFF, ARG_NAME },
	{ "void", VERB_VOID, ARG_REASON },
	{ "false alarm", VERB_VOID, ARG_ASIDE },
	{ "correct", VERB_CORRECT, ARG_UPDATE },
	{ "new", VERB_NEW, ARG_NONE },
	{ "accept", VERB_ACCEPT, ARG_NONE },
	{ "swap with", VERB_SWAP, ARG_SWAP },
	{ "list", VERB_LIST, ARG_ID },
	{ "status", VERB_STATUS, ARG_ID },
	{ "show", VERB_SHOW, ARG_ID },
	{ "who", VERB_WHO, ARG_ID },
	{ "help", VERB_HELP, ARG_NONE },
	{ "escalate", VERB_ESCALATE, ARG_REASON },
	{ "war room", VERB_WAR_ROOM, ARG_ROOM },
	{ "merge", VERB_MERGE, ARG_EVENT },
	{ "split", VERB_SPLIT, ARG_EVENT },
	{ "link", VERB_LINK, ARG_EVENT },
	{ "quiet", VERB_QUIET, ARG_NONE },
	{ "not yet", VERB_NOT_YET, ARG_LENGTH },
	{ "delay", VERB_DELAY, ARG_DELAY },
	{ "retract", VERB_RETRACT, ARG_UPDATE },
	{ "redact", VERB_REDACT, ARG_UPDATE },
	{ "reopen", VERB_REOPEN, ARG_ID },
	{ "backfill", VERB_BACKFILL, ARG_ID },
	{ "limited", VERB_LIMITED, ARG_UNTIL },
	{ "embargo", VERB_EMBARGO, ARG_UNTIL },
	{ "full", VERB_FULL, ARG_UNTIL },
	{ "extend", VERB_MAINTENANCE, ARG_TIME },
	{ "reschedule", VERB_MAINTENANCE, ARG_TIME },
	{ "cancel", VERB_MAINTENANCE, ARG_TIME },
	{ "start", VERB_MAINTENANCE, ARG_TIME },
	{ "rollback", VERB_MAINTENANCE, ARG_TIME },
	{ "convert", VERB_MAINTENANCE, ARG_TIME },
	{ "postmortem", VERB_POSTMORTEM, ARG_NONE },
	{ "long running", VERB_LONG_RUNNING, ARG_LENGTH },
	/* clang-format on */
};

enum { PHRASES = sizeof phrases / sizeof *phrases };

/*
 * Words that people say in the place of a verb.  None is carried out: the
 * answer asks for the verb.  What agrees is known to text/polite.c.
 */
static const struct {
	const char *word, *verb;
} meant[] = {
	/* clang-format off */
	{ "nope", "no" }, { "nah", "no" }, { "nein", "no" }, { "non", "no" },
	{ "nee", "no" }, { "nie", "no" }, { "não", "no" }, { "nej", "no" },
	{ "discard", "no" }, { "discard it", "no" },
	{ "acked", "ack" }, { "roger", "ack" }, { "roger that", "ack" },
	{ "copy that", "ack" }, { "understood", "ack" },
	{ "verstanden", "ack" }, { "quittiert", "ack" }, { "compris", "ack" },
	{ "entendido", "ack" }, { "begrepen", "ack" },
	{ "erledigt", "resolve" }, { "gelöst", "resolve" },
	{ "résolu", "resolve" }, { "resuelto", "resolve" },
	{ "resolvido", "resolve" }, { "opgelost", "resolve" },
	{ "rozwiązane", "resolve" },
	{ "behoben", "fixed" }, { "réparé", "fixed" }, { "arreglado", "fixed" },
	{ "naprawione", "fixed" }, { "gefixt", "fixed" },
	{ "hold on", "hold" }, { "hang on", "hold" }, { "one moment", "hold" },
	{ "moment", "wait" }, { "warte", "wait" }, { "warten", "wait" },
	{ "attends", "wait" }, { "attendez", "wait" }, { "espera", "wait" },
	{ "wacht", "wait" }, { "czekaj", "wait" },
	{ "unchanged", "same" }, { "nothing new", "same" },
	{ "unverändert", "same" }, { "hand over", "handoff" },
	{ "hand over now", "handoff now" }, { "hand off", "handoff" },
	/* clang-format on */
};

static const char *
meaning(const char *line)
{
	for (size_t i = 0; i < sizeof meant / sizeof *meant; i++)
		if (text_key_eq(meant[i].word, line))
			return meant[i].verb;
	return NULL;
}

static const struct phrase *
phrase(const char *words)
{
	for (size_t i = 0; i < PHRASES; i++)
		if (text_key_eq(phrases[i].word, words))
			return &phrases[i];
	return NULL;
}

enum verb
verb_word(const char *word)
{
	const struct phrase *p = phrase(word);

	return p == NULL ? VERB_NONE : p->verb;
}

bool
verb_publishes(enum verb v)
{
	return v == VERB_DRAFT || v == VERB_PUBLISH || v == VERB_CORRECT ||
	       v == VERB_POSTMORTEM || v == VERB_REOPEN || v == VERB_BACKFILL ||
	       verb_state(v) != STATE_NONE || v == VERB_SAME ||
	       v == VERB_LONG_RUNNING;
}

enum state
verb_state(enum verb v)
{
	switch (v) {
	case VERB_INVESTIGATING: return STATE_INVESTIGATING;
	case VERB_IDENTIFIED: return STATE_IDENTIFIED;
	case VERB_MONITORING: return STATE_MONITORING;
	case VERB_RESOLVE: return STATE_RESOLVED;
	default: return STATE_NONE;
	}
}

/* The end of the first n words; punctuation ends the last. */
static size_t
words_end(const char *s, size_t n)
{
	size_t end = 0;

	while (n-- != 0) {
		end += strspn(s + end, " ");
		if (!isalnum((unsigned char)s[end]) && s[end] != '+')
			return 0;
		end += strcspn(s + end, n == 0 ? " ,.;:!?" : " ");
	}
	return end;
}

/* "sev2", "Severity-1": the digit belongs to the arguments. */
static size_t
joined_level(const char *s)
{
	size_t n = text_istarts(s, "severity") ? 8
		   : text_istarts(s, "sev")    ? 3
					       : 0;

	if (n == 0 || (s[n] == '-' && !isdigit((unsigned char)s[n + 1])))
		return 0;
	return s[n] == '-' || isdigit((unsigned char)s[n]) ? n : 0;
}

enum verb_fit
verb_read(struct arena *mem, const char *s, struct verb_line *out)
{
	const struct phrase *p = NULL;
	size_t end;

	memset(out, 0, sizeof *out);
	out->command.args = "";
	if (*s == '!' || *s == '/')
		s++;
	end = joined_level(s);
	if (end != 0)
		p = phrase("severity");
	for (size_t n = PHRASE_WORDS; p == NULL && n != 0; n--) {
		end = words_end(s, n);
		if (end != 0)
			p = phrase(arena_copy(mem, s, end));
	}
	if (p == NULL)
		return VERB_NOT;
	out->command.verb = p->verb;
	out->command.state = verb_state(p->verb);
	return args_read(mem, p->args, s + end, out);
}

static const char *
nearest(const char *s)
{
	const char *best = NULL;
	unsigned least = 0;

	for (size_t i = 0; i < PHRASES; i++) {
		unsigned d;

		if (!value_is_near(s, phrases[i].word))
			continue;
		d = text_distance(s, phrases[i].word);
		if (best != NULL && d >= least)
			continue;
		best = phrases[i].word;
		least = d;
	}
	return best;
}

const char *
verb_near(struct arena *mem, const char *s)
{
	const char *line = args_bare(mem, s), *rest, *near, *fixed;
	struct verb_line read;

	if (*line == '!' || *line == '/')
		line++;
	if (!isalpha((unsigned char)*line) || strchr(s, '?') != NULL)
		return NULL;
	if ((near = meaning(line)) != NULL)
		return near;
	if (args_words(line) <= 2 && (near = nearest(line)) != NULL)
		return near;
	rest = line;
	near = nearest(args_cut(mem, &rest));
	if (near == NULL || *rest == '\0')
		return NULL;
	fixed = arena_printf(mem, "%s %s", near, rest);
	if (verb_read(mem, fixed, &read) != VERB_FITS)
		return NULL;
	if (args_words(line) > 2 && !verb_publishes(read.command.verb))
		return NULL;
	return fixed;
}
