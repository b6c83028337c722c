#include "text/bounce_words.h"

#include <ctype.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "text/bounce_status.h"
#include "text/bounce_tongues.h"
#include "text/bounce_wordings.h"
#include "text/phrases.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

enum { LOOKED_AT = 16 * 1024, SOON = 200, CLAUSE = 60 };

/* Reply and status codes, which servers repeat in the midst of a sentence. */
static bool
is_code(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!isdigit((unsigned char)s[i]) &&
		    strchr(".-#", s[i]) == NULL)
			return false;
	return n != 0;
}

/* mx.example.net, with or without brackets and a full stop. */
static bool
is_host(const char *s, size_t n)
{
	size_t label = 0;

	while (n > 0 && strchr(".,;:)]>\"", s[n - 1]) != NULL)
		n--;
	while (label < n && isalpha((unsigned char)s[n - label - 1]))
		label++;
	if (label < 2 || label >= n || s[n - label - 1] != '.')
		return false;
	for (size_t i = 0; i < n; i++)
		if (!isalnum((unsigned char)s[i]) &&
		    strchr(".-_[(<\"", s[i]) == NULL)
			return false;
	return islower((unsigned char)s[n - 1]) && label < 11;
}

/* But for those that show a list of bad senders. */
static bool
is_link(const char *s, size_t n)
{
	const char *at = memmem(s, n, "://", 3);

	if (at == NULL && strncmp(s, "www.", 4) != 0)
		return false;
	return memmem(s, n, "spam", 4) == NULL &&
	       memmem(s, n, "block", 5) == NULL &&
	       memmem(s, n, "bl?", 3) == NULL && memmem(s, n, "bl-", 3) == NULL;
}

/* Names may hold any word, and so are left out. */
static bool
is_noise(const char *s, size_t n)
{
	return memchr(s, '@', n) != NULL || is_code(s, n) || is_host(s, n) ||
	       is_link(s, n);
}

/* "地址：a@b.example不存在": without the address. */
static void
add_unspaced(struct buf *b, const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)s[i] >= 0x80)
			buf_char(b, s[i]);
		else if (b->len != 0 && b->data[b->len - 1] != ' ')
			buf_char(b, ' ');
}

/* One line in lower case, single blanks, none of the noise. */
static char *
smooth(struct arena *mem, const char *text)
{
	struct buf b = BUF_INIT;
	char *out;

	while (*text != '\0' && b.len < LOOKED_AT) {
		size_t n;

		text += strspn(text, " \t\r\n");
		n = strcspn(text, " \t\r\n");
		if (n != 0)
			buf_char(&b, ' ');
		if (!is_noise(text, n))
			buf_add(&b, text, n);
		else if (memchr(text, '@', n) != NULL)
			add_unspaced(&b, text, n);
		text += n;
	}
	buf_char(&b, ' ');
	out = phrase_fold(mem, b.data);
	buf_free(&b);
	return arena_printf(mem, " %s ", out);
}

/* "The sender's domain ... not found": in front of it, in the same clause. */
static bool
is_of_sender(const char *s, const char *at)
{
	static const char *const words[] = { "sender", "from domain",
		"from address", "return path", "return-path", "your domain",
		"mail from", "mailfrom", "envelope", "helo", "your host",
		"your server" };
	const char *from = at;

	while (
	    from > s && at - from < CLAUSE && strchr(",;.", from[-1]) == NULL)
		from--;
	for (size_t i = 0; i < COUNT(words); i++)
		if (memmem(from, (size_t)(at - from), words[i],
			strlen(words[i])) != NULL)
			return true;
	return false;
}

static enum bounce_reason
look_up(struct arena *mem, const char *text, const struct wording *all)
{
	const char *s, *at;

	if (*text == '\0')
		return REASON_UNSAID;
	s = smooth(mem, text);
	for (; all->words != NULL; all++)
		if ((at = strstr(s, all->words)) != NULL)
			return (all->reason == REASON_NO_USER ||
				   all->reason == REASON_NO_HOST) &&
				       is_of_sender(s, at)
				   ? REASON_POLICY
				   : all->reason;
	return REASON_UNSAID;
}

enum bounce_reason
bounce_words_plain(struct arena *mem, const char *text)
{
	enum bounce_reason r = look_up(mem, text, bounce_plain);

	if (r != REASON_UNSAID || *text == '\0')
		return r;
	return bounce_tongues_reason(smooth(mem, text));
}

enum bounce_reason
bounce_words_vague(struct arena *mem, const char *text)
{
	return look_up(mem, text, bounce_vague);
}

static const struct {
	enum bounce_stage stage;
	const char *words;
} stages[] = {
	/* clang-format off */
	{ STAGE_DATA, "in reply to end of data" },
	{ STAGE_DATA, "in reply to data" },
	{ STAGE_DATA, "after end of data" },
	{ STAGE_DATA, "after pipelined data" },
	{ STAGE_DATA, "after data" },
	{ STAGE_DATA, "failed after i sent the message" },
	{ STAGE_DATA, "did not like our data" },
	{ STAGE_DATA, "did not like our final data" },
	{ STAGE_DATA, "smtp command\ndata" },
	{ STAGE_SENDER, "in reply to mail from" },
	{ STAGE_SENDER, "after mail from" },
	{ STAGE_SENDER, "after pipelined mail from" },
	{ STAGE_SENDER, "in reply to helo" },
	{ STAGE_SENDER, "in reply to ehlo" },
	{ STAGE_SENDER, "after helo" },
	{ STAGE_SENDER, "after ehlo" },
	{ STAGE_SENDER, "after initial connection" },
	{ STAGE_SENDER, "but sender was rejected" },
	{ STAGE_SENDER, "did not like our mail from" },
	{ STAGE_RCPT, "in reply to rcpt to" },
	{ STAGE_RCPT, "after rcpt to" },
	{ STAGE_RCPT, "does not like recipient" },
	{ STAGE_RCPT, "[rcpt_to]" },
	/* clang-format on */
};

/*
 * ">>> RCPT To:<...>", "<<< 550 ...": the command before the first refusal.
 * DATA says nothing: where commands are sent ahead (RFC 2920) it stands there
 * before the reply to RCPT.
 */
static enum bounce_stage
of_transcript(const char *text)
{
	const char *no = text, *at;

	while (
	    (no = strstr(no, "<<< ")) != NULL && (no[4] != '5' && no[4] != '4'))
		no += 4;
	if (no == NULL)
		return STAGE_UNSAID;
	for (at = no; at > text; at--)
		if (strncmp(at, ">>> ", 4) == 0) {
			if (text_istarts(at + 4, "DATA") || at[4] == '.')
				return STAGE_UNSAID;
			return text_istarts(at + 4, "RCPT") ? STAGE_RCPT
							    : STAGE_SENDER;
		}
	return STAGE_UNSAID;
}

/* "RCPT TO:<...>", and soon after it the first reply that says no. */
static enum bounce_stage
of_command(struct arena *mem, const char *text)
{
	const char *at = text_ifind(text, "rcpt to"), *next;

	if (at == NULL ||
	    bounce_status_replied(arena_copy(mem, text, (size_t)(at - text))))
		return STAGE_UNSAID;
	while (
	    (next = text_ifind(at + 1, "rcpt to")) != NULL && next - at < SOON)
		at = next;
	return bounce_status_replied(arena_copy(mem, at, strnlen(at, SOON)))
		   ? STAGE_RCPT
		   : STAGE_UNSAID;
}

enum bounce_stage
bounce_words_stage(struct arena *mem, const char *text)
{
	enum bounce_stage at;

	for (size_t i = 0; i < COUNT(stages); i++)
		if (text_ifind(text, stages[i].words) != NULL)
			return stages[i].stage;
	at = of_transcript(text);
	return at != STAGE_UNSAID ? at : of_command(mem, text);
}

static bool
says_any(struct arena *mem, const char *text, const char *const *words,
    size_t n)
{
	const char *s = smooth(mem, text);

	for (size_t i = 0; i < n; i++)
		if (strstr(s, words[i]) != NULL)
			return true;
	return false;
}

bool
bounce_words_final(struct arena *mem, const char *text)
{
	static const char *const words[] = { "permanent", "unable to deliver",
		"undeliverable", "failed", "not be delivered",
		"not been delivered", "not delivered", "could not deliver",
		"cannot be delivered", "couldn't be delivered",
		"wasn't delivered", "delivery failure", "nicht zugestellt",
		"non remis", "no pudo ser entregado", "доставлено" };

	return says_any(mem, text, words, COUNT(words));
}

bool
bounce_words_waits(struct arena *mem, const char *text)
{
	static const char *const words[] = { "will be retried", "will retry",
		"has been delayed", "is delayed", "still awaiting delivery",
		"do not need to resend", "don't need to resend",
		"warning message only", "not yet been delivered",
		"delivery attempts will continue", "will continue to be tried",
		"will keep trying", "still trying",
		"could not send mail for past", "delivery incomplete",
		"not yet received", "verzögert", "noch nicht zugestellt",
		"retardé", "pas encore été", "retrasad",
		"se seguirá intentando", "in ritardo", "è stato ritardat",
		"atrasad", "vertraagd", "opóźni", "задерж", "försenad",
		"forsinket", "viivästy", "zpožděn", "késik", "întârzi", "gecik",
		"καθυστ", "延迟", "延遲", "遅延", "遅れて", "지연" };

	return says_any(mem, text, words, COUNT(words));
}
