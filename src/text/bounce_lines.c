#include "text/bounce_lines.h"

#include <ctype.h>
#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "model/bounce.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

enum { LINES = 2000, LINE = 1000, ADDRESSES = 500, HEADS = 200 };

/* ---- addresses ---- */

static bool
in_local(unsigned char c)
{
	return isalnum(c) || c >= 0x80 ||
	       (c != '\0' && strchr(".!#$%&'*+/=?^_`{|}~-", c) != NULL);
}

static bool
in_domain(unsigned char c)
{
	return isalnum(c) || c >= 0x80 || c == '.' || c == '-' || c == '_';
}

/* The beginning of a quoted local part; else at. */
static const char *
quoted(const char *text, const char *at)
{
	const char *from = at - 1;

	while (from > text && strchr("\"\n", from[-1]) == NULL)
		from--;
	return from > text && from[-1] == '"' ? from - 1 : at;
}

/* Of a script that sets no blanks between words, or its punctuation. */
static bool
is_unspaced(char lead)
{
	return (unsigned char)lead >= 0xe2;
}

/* "地址：a@b.example不存在": text touches an address; in the local part it is
 * what stands before the last such character, if that isn't the last of all. */
static const char *
behind_text(const char *from, const char *at)
{
	const char *s = at;

	while (s > from) {
		const char *p = s - 1;

		while (p > from && ((unsigned char)*p & 0xc0) == 0x80)
			p--;
		if (is_unspaced(*p))
			break;
		s = p;
	}
	return s == at ? from : s;
}

static const char *
domain_end(const char *s)
{
	const char *to = s;

	while (in_domain((unsigned char)*to) &&
	       !(to > s && is_unspaced(*to) && isalnum((unsigned char)to[-1])))
		to++;
	return to;
}

/* at: its '@'.  NULL: there is no address around it. */
static char *
around(struct arena *mem, const char *text, const char *at, const char **end)
{
	const char *from = at, *to = at + 1;

	if (from > text && from[-1] == '"')
		from = quoted(text, at);
	else
		while (from > text && in_local((unsigned char)from[-1]))
			from--;
	from = behind_text(from, at);
	while (from < at && strchr("'./-*!`", *from) != NULL)
		from++;
	to = domain_end(to);
	*end = to;
	while (to > at + 1 && strchr(".-_", to[-1]) != NULL)
		to--;
	if (from == at || to == at + 1 || to - from > LIMIT_ADDRESS ||
	    !isalnum((unsigned char)at[1]) || *to == '@')
		return NULL;
	return arena_copy(mem, from, (size_t)(to - from));
}

char *
bounce_lines_address(struct arena *mem, const char **s)
{
	const char *text = *s, *at = *s, *end;
	char *found;

	while ((at = strchr(at, '@')) != NULL) {
		found = around(mem, text, at, &end);
		*s = end;
		if (found != NULL && text_is_utf8(found, strlen(found)))
			return found;
		at = end;
	}
	*s = text + strlen(text);
	return NULL;
}

/* ---- where the returned mail begins ---- */

static bool
is_rule(const char *s)
{
	size_t n = 0;

	s += strspn(s, " \t");
	while (*s != '\0' && strchr("-=*_+#>", *s) != NULL) {
		s++;
		n++;
	}
	return n >= 2;
}

/* "--- Below this line is a copy of the message." */
static bool
announces(const char *line)
{
	static const char *const ruled[] = { "original message", "copy of",
		"message follows", "returned message", "original mail",
		"message header", "forwarded message", "unsent message",
		"mensaje original", "message original", "header of",
		"headers of", "full message", "undelivered message",
		"message text", "source mail" };
	static const char *const bare[] = { "original message follows",
		"original message:", "old message:", "message headers follow",
		"below is a copy of", "below this line is a copy",
		"enclosed is a copy", "the header of the original",
		"a copy of your message", "your message reads",
		"the original message headers", "original mail as follows",
		"here is a copy of", "header information follows",
		"a summary of the undelivered message",
		"the attached file is the original mail", "the first 50 lines",
		"the unsent message" };

	for (size_t i = 0; i < COUNT(bare); i++)
		if (text_ifind(line, bare[i]) != NULL)
			return true;
	for (size_t i = 0; is_rule(line) && i < COUNT(ruled); i++)
		if (text_ifind(line, ruled[i]) != NULL)
			return true;
	return false;
}

/* What only stands in the headers of a mail. */
static bool
is_trace(const char *line)
{
	static const char *const names[] = { "Received: ", "Received:\t",
		"Return-Path: ", "Return-Path:<", "Received:from",
		"DKIM-Signature:", "X-Received: ", "ARC-Seal:", "Message-ID: <",
		"MIME-Version: 1" };

	for (size_t i = 0; i < COUNT(names); i++)
		if (text_istarts(line, names[i]))
			return true;
	return false;
}

static const char *
next_line(const char *s)
{
	s += strcspn(s, "\n");
	return *s == '\n' ? s + 1 : s;
}

char *
bounce_lines_above(struct arena *mem, const char *text)
{
	const char *s = text;

	for (int i = 0; *s != '\0' && i < LINES; i++, s = next_line(s)) {
		size_t n = strcspn(s, "\n");
		char *line = arena_copy(mem, s, n > LINE ? LINE : n);

		if (is_trace(line) || announces(line))
			break;
	}
	return arena_copy(mem, text, (size_t)(s - text));
}

/* ---- who failed ---- */

/* Behind these words stands somebody else. */
static bool
is_about_others(const char *before)
{
	static const char *const words[] = { "mail from", "from:", "from <",
		"sender", "contact", "reply-to", "return-path", "message-id",
		"assistance", "questions", "question", "help", "forward ",
		"email us", "generated from", "your return address",
		"received from", "sent by", "write to", "id <",
		" id:", "message from", "on behalf of", "abuse",
		"info:", "from your", "expanded from",
		"references:", "please send" };

	for (size_t i = 0; i < COUNT(words); i++)
		if (text_ifind(before, words[i]) != NULL)
			return true;
	return false;
}

/* "postmaster@x for assistance" */
static bool
is_for_help(const char *after)
{
	static const char *const words[] = { "for assistance", "for help",
		"for more", "for further", "for support", "if you" };
	size_t n = strspn(after, "> ,.\"'");

	for (size_t i = 0; i < COUNT(words); i++)
		if (text_istarts(after + n, words[i]))
			return true;
	return false;
}

static bool
is_said(const char *before, const char *after)
{
	static const char *const words[] = { "deliver", "rcpt to", "recipient",
		"undeliverable", "addressed to", "user", "failed", "not reach",
		"mailbox", "address", "account", "message to", "destinataire",
		"empf", "zustell", "generated by", "to:", "could not be sent",
		"unable to send" };
	static const char *const behind[] = { "could not be delivered",
		"couldn't be delivered", "wasn't found", "was not delivered",
		"has not been delivered", "not listed", "does not exist",
		"is not a member" };

	for (size_t i = 0; i < COUNT(words); i++)
		if (text_ifind(before, words[i]) != NULL)
			return true;
	for (size_t i = 0; i < COUNT(behind); i++)
		if (text_ifind(after, behind[i]) != NULL)
			return true;
	return false;
}

/* Only marks stand before it, or the reply code of a transcript. */
static bool
leads(const char *before)
{
	before += strspn(before, " \t*>-\"'<+&\xc2\xa0");
	if ((*before == '4' || *before == '5') && isdigit(before[1]) &&
	    isdigit(before[2]) && (before[3] == ' ' || before[3] == '-'))
		before += 4;
	before += strspn(before, " \t<\"'");
	return *before == '\0';
}

/* It stands where the sentence of the line above goes on. */
static bool
is_wrapped(const char *above, const char *before)
{
	size_t n = strlen(above);
	const char *first = above + strspn(above, " \t");

	return *before == '\0' && n != 0 &&
	       (isalnum((unsigned char)above[n - 1]) || above[n - 1] == ',') &&
	       memchr(first, '@', strcspn(first, " \t")) == NULL;
}

static bool
is_among(const char *const *all, const char *address)
{
	for (; all != NULL && *all != NULL; all++)
		if (text_ieq(*all, address))
			return true;
	return false;
}

static struct bounce_spot *
find(struct bounce_spots *s, const char *address)
{
	for (size_t i = 0; i < s->n; i++)
		if (text_ieq(s->at[i].address, address))
			return &s->at[i];
	return NULL;
}

static void
note(struct bounce_spots *out, const char *address, enum bounce_rank rank,
    const char *line)
{
	struct bounce_spot *x = find(out, address);

	if (x == NULL) {
		if (out->n == BOUNCE_MOST)
			return;
		x = &out->at[out->n++];
		*x = (struct bounce_spot){ rank, address, line };
	}
	if (rank > x->rank) {
		x->rank = rank;
		x->said = line;
	}
}

/* All lines that begin with an address. */
struct heads {
	struct {
		const char *line, *address;
	} at[HEADS];
	size_t n;
};

struct place {
	struct heads *heads;
	const char *above;   /* the line that says something above it */
	const char *next_to; /* the line above it */
	const char *line;
	const char *whole; /* the text from it on */
	int looked;        /* at so many addresses so far */
};

static enum bounce_rank
rank_of(const struct place *p, const char *before, const char *after)
{
	if (leads(before) && !is_wrapped(p->next_to, before))
		return RANK_LEADS;
	return is_said(before, after) || is_said(p->above, "") ? RANK_SAID
							       : RANK_ANY;
}

static void
add_head(struct heads *h, const char *line, const char *address)
{
	if (h->n == HEADS)
		return;
	h->at[h->n].line = line;
	h->at[h->n++].address = address;
}

static void
read_line(struct arena *mem, struct place *p, const char *const *but,
    struct bounce_spots *out)
{
	const char *s = p->line, *start;
	char *address;

	while (start = s,
	    p->looked++ < ADDRESSES &&
		(address = bounce_lines_address(mem, &s)) != NULL) {
		const char *at = strstr(start, address);
		char *before = arena_copy(mem, p->line, (size_t)(at - p->line));
		char *here = arena_copy(mem, start, (size_t)(at - start));
		enum bounce_rank rank = rank_of(p, before, s);

		if (is_among(but, address) || is_about_others(here) ||
		    is_for_help(s))
			continue;
		note(out, address, rank, p->whole);
		if (rank == RANK_LEADS)
			add_head(p->heads, p->whole, address);
	}
}

/* What is said about each goes to the line of the next, or to where another
 * one is named again. */
static void
divide(struct arena *mem, const struct heads *h, struct bounce_spots *out)
{
	const char *ends[BOUNCE_MOST];

	for (size_t i = 0; i < out->n; i++) {
		const char *s = out->at[i].said;

		ends[i] = s + strlen(s);
		for (size_t k = 0; k < out->n; k++)
			if (out->at[k].said > s && out->at[k].said < ends[i])
				ends[i] = out->at[k].said;
		for (size_t k = 0; k < h->n; k++)
			if (h->at[k].line > s && h->at[k].line < ends[i] &&
			    !text_ieq(h->at[k].address, out->at[i].address))
				ends[i] = h->at[k].line;
	}
	for (size_t i = 0; i < out->n; i++)
		out->at[i].said = arena_copy(mem, out->at[i].said,
		    (size_t)(ends[i] - out->at[i].said));
}

void
bounce_lines_spots(struct arena *mem, const char *text, const char *const *but,
    struct bounce_spots *out)
{
	struct place p = { arena_alloc(mem, sizeof(struct heads)), "", "", "",
		text, 0 };

	out->at = arena_array(mem, BOUNCE_MOST, sizeof *out->at);
	out->n = 0;
	for (int i = 0; *p.whole != '\0' && i < LINES; i++) {
		size_t n = strcspn(p.whole, "\n");

		p.line = arena_copy(mem, p.whole, n > LINE ? LINE : n);
		read_line(mem, &p, but, out);
		if (!text_blank(p.line))
			p.above = p.line;
		p.next_to = p.line;
		p.whole = next_line(p.whole);
	}
	divide(mem, p.heads, out);
}
