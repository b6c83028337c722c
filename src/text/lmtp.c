#include "text/lmtp.h"

#include <string.h>

#include "base/limits.h"
#include "base/text.h"

enum { WRONG_MAX = 20, SIZE_DIGITS = 15 };

static void
reply(struct lmtp *l, const char *text)
{
	buf_str(&l->out, text);
	buf_str(&l->out, "\r\n");
}

static void
refuse(struct lmtp *l, const char *text)
{
	reply(l, text);
	l->wrong++;
}

static void
forget(struct lmtp *l)
{
	l->mail = false;
	l->recipients = 0;
	buf_clear(&l->from);
	buf_clear(&l->to);
	buf_clear(&l->path);
}

void
lmtp_begin(struct lmtp *l, const char *host, size_t max, size_t max_rcpt,
    bool strict)
{
	*l = (struct lmtp){ .host = host,
		.max = max,
		.max_rcpt = max_rcpt,
		.strict = strict,
		.out = BUF_INIT,
		.from = BUF_INIT,
		.to = BUF_INIT,
		.path = BUF_INIT,
		.line = BUF_INIT,
		.state = LMTP_COMMAND };
	buf_printf(&l->out, "220 %s LMTP sitrep\r\n", host);
}

void
lmtp_free(struct lmtp *l)
{
	buf_free(&l->out);
	buf_free(&l->from);
	buf_free(&l->to);
	buf_free(&l->path);
	buf_free(&l->line);
}

void
lmtp_feed(struct lmtp *l, const void *p, size_t n)
{
	l->in = p;
	l->in_len = n;
}

void
lmtp_bye(struct lmtp *l, const char *why)
{
	buf_printf(&l->out, "421 %s\r\n", why);
	l->state = LMTP_OVER;
}

bool
lmtp_in_message(const struct lmtp *l)
{
	return l->state >= LMTP_LINE && l->state <= LMTP_DOT_CR;
}

/* The path between < and >; *rest is what follows.  false: none. */
static bool
read_path(const char *s, struct buf *path, const char **rest)
{
	bool quoted = false;

	buf_clear(path);
	while (*s == ' ')
		s++;
	if (*s++ != '<')
		return false;
	if (*s == '@') { /* a source route means nothing any more */
		const char *colon = strpbrk(s, ":>");

		if (colon != NULL && *colon == ':')
			s = colon + 1;
	}
	for (; *s != '\0' && (quoted || *s != '>'); s++) {
		if (*s == '"')
			quoted = !quoted;
		else if (*s == '\\' && quoted && s[1] != '\0')
			buf_char(path, *s++);
		buf_char(path, *s);
	}
	if (*s != '>')
		return false;
	*rest = s + 1;
	return **rest == '\0' || **rest == ' ';
}

/* NULL: fine, else the refusal. */
static const char *
check_size(const struct lmtp *l, const char *digits)
{
	size_t n = 0, used = strspn(digits, "0123456789");

	if (used == 0 || digits[used] != '\0')
		return "501 5.5.4 SIZE= takes a number of octets";
	if (used > SIZE_DIGITS)
		return "552 5.3.4 the message is too big";
	for (; *digits != '\0'; digits++)
		n = n * 10 + (size_t)(*digits - '0');
	return n > l->max ? "552 5.3.4 the message is too big" : NULL;
}

static const char *
check_parameter(const struct lmtp *l, const char *p)
{
	if (text_istarts(p, "SIZE="))
		return check_size(l, p + strlen("SIZE="));
	if (text_ieq(p, "BODY=7BIT") || text_ieq(p, "BODY=8BITMIME") ||
	    text_ieq(p, "SMTPUTF8"))
		return NULL;
	return "555 5.5.4 this parameter isn't offered";
}

/* Cuts the parameters at their blanks. */
static const char *
check_parameters(const struct lmtp *l, char *s)
{
	const char *bad = NULL;
	char *save = NULL;

	for (char *p = strtok_r(s, " ", &save); p != NULL && bad == NULL;
	     p = strtok_r(NULL, " ", &save))
		bad = check_parameter(l, p);
	return bad;
}

static void
say_lhlo(struct lmtp *l, char *arg)
{
	if (*arg == '\0') {
		refuse(l, "501 5.5.4 LHLO takes a name");
		return;
	}
	forget(l);
	l->greeted = true;
	buf_printf(&l->out,
	    "250-%s\r\n250-PIPELINING\r\n250-ENHANCEDSTATUSCODES\r\n"
	    "250-8BITMIME\r\n250-SMTPUTF8\r\n250 SIZE %zu\r\n",
	    l->host, l->max);
}

static void
say_mail(struct lmtp *l, char *arg)
{
	const char *rest, *bad;

	if (l->mail) {
		refuse(l, "503 5.5.1 there is a sender already");
		return;
	}
	if (!text_istarts(arg, "FROM:") ||
	    !read_path(arg + strlen("FROM:"), &l->from, &rest)) {
		refuse(l, "501 5.5.4 MAIL takes FROM:<address>");
		return;
	}
	bad = check_parameters(l, arg + (rest - arg));
	if (bad != NULL) {
		refuse(l, bad);
		return;
	}
	l->mail = true;
	reply(l, "250 2.1.0 go on");
}

static void
say_rcpt(struct lmtp *l, char *arg)
{
	const char *rest;

	if (!l->mail)
		refuse(l, "503 5.5.1 MAIL comes first");
	else if (!text_istarts(arg, "TO:") ||
		 !read_path(arg + strlen("TO:"), &l->path, &rest) ||
		 l->path.len == 0)
		refuse(l, "501 5.5.4 RCPT takes TO:<address>");
	else if (!text_blank(rest))
		refuse(l, "555 5.5.4 this parameter isn't offered");
	else if (l->recipients >= l->max_rcpt)
		reply(l, "452 4.5.3 too many recipients, send the rest apart");
	else
		l->state = LMTP_ASKED;
}

void
lmtp_rcpt(struct lmtp *l, bool ours)
{
	l->state = LMTP_COMMAND;
	if (!ours) {
		reply(l, "550 5.1.1 there is no such address here");
		return;
	}
	if (l->recipients++ == 0)
		buf_add(&l->to, l->path.data, l->path.len);
	reply(l, "250 2.1.5 go on");
}

static void
say_data(struct lmtp *l, char *arg)
{
	if (*arg != '\0') {
		refuse(l, "501 5.5.4 DATA takes nothing");
		return;
	}
	if (l->recipients == 0) {
		refuse(l, "503 5.5.1 there is no recipient");
		return;
	}
	reply(l, "354 end with a dot on a line of its own");
	l->state = LMTP_LINE;
}

void
lmtp_done(struct lmtp *l, bool taken)
{
	for (size_t i = 0; i < l->recipients; i++)
		reply(l,
		    taken ? "250 2.0.0 taken" : "451 4.3.0 try again later");
	forget(l);
	l->state = LMTP_COMMAND;
}

static void
say_rset(struct lmtp *l, char *arg)
{
	(void)arg;
	forget(l);
	reply(l, "250 2.0.0 forgotten");
}

static void
say_noop(struct lmtp *l, char *arg)
{
	(void)arg;
	reply(l, "250 2.0.0 here");
}

static void
say_vrfy(struct lmtp *l, char *arg)
{
	(void)arg;
	reply(l, "252 2.0.0 send a mail and see");
}

static void
say_quit(struct lmtp *l, char *arg)
{
	(void)arg;
	reply(l, "221 2.0.0 bye");
	l->state = LMTP_OVER;
}

static const struct command {
	const char *name;
	bool after_lhlo;
	void (*say)(struct lmtp *l, char *arg);
} commands[] = {
	/* clang-format off */
	{ "LHLO", false, say_lhlo },
	{ "MAIL", true,  say_mail },
	{ "RCPT", true,  say_rcpt },
	{ "DATA", true,  say_data },
	{ "RSET", false, say_rset },
	{ "NOOP", false, say_noop },
	{ "VRFY", true,  say_vrfy },
	{ "QUIT", false, say_quit },
	/* clang-format on */
};

static void
obey(struct lmtp *l, char *name)
{
	size_t n = strcspn(name, " ");
	char *arg = name + n;

	if (*arg == ' ')
		*arg++ = '\0';
	for (size_t k = strlen(arg); k != 0 && arg[k - 1] == ' '; k--)
		arg[k - 1] = '\0';
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
		const struct command *c = &commands[i];

		if (!text_ieq(name, c->name))
			continue;
		if (c->after_lhlo && !l->greeted) {
			refuse(l, "503 5.5.1 LHLO comes first");
			return;
		}
		c->say(l, arg);
		return;
	}
	refuse(l, "500 5.5.1 there is no such command here");
}

/* A line without its CRLF. */
static void
take_line(struct lmtp *l)
{
	unsigned wrong = l->wrong;

	if (!text_is_line(l->line.data) || strlen(l->line.data) != l->line.len)
		refuse(l, "500 5.5.2 a command is one line of text");
	else
		obey(l, l->line.data);
	buf_clear(&l->line);
	if (l->wrong == wrong)
		l->wrong = 0;
	else if (l->wrong >= WRONG_MAX)
		lmtp_bye(l, "4.7.0 too many errors");
}

/* A line that grows over the limit keeps what may be half its end. */
static void
add_to_line(struct lmtp *l, const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (l->line.len >= LIMIT_LMTP_LINE) {
			bool cr = l->line.data[l->line.len - 1] == '\r';

			l->state = LMTP_LONG;
			buf_clear(&l->line);
			buf_str(&l->line, cr ? "\r" : "");
		}
		buf_char(&l->line, p[i]);
	}
}

static void
end_line(struct lmtp *l)
{
	if (l->state == LMTP_LONG) {
		buf_clear(&l->line);
		buf_char(&l->line, '\n'); /* refused like any bad line */
		l->state = LMTP_COMMAND;
	} else
		buf_cut(&l->line, l->line.len - 2);
	take_line(l);
}

/* Lines up to CRLF, which may stand half in the piece before. */
static void
read_commands(struct lmtp *l)
{
	while (l->in_len != 0 && l->state <= LMTP_LONG) {
		const char *lf = memchr(l->in, '\n', l->in_len);
		size_t n = lf == NULL ? l->in_len : (size_t)(lf - l->in) + 1;

		add_to_line(l, l->in, n);
		l->in += n;
		l->in_len -= n;
		if (l->line.len >= 2 &&
		    memcmp(l->line.data + l->line.len - 2, "\r\n", 2) == 0)
			end_line(l);
	}
}

static enum lmtp_event
give(struct lmtp *l, const char *p, size_t n)
{
	l->piece = p;
	l->piece_len = n;
	return LMTP_BYTES;
}

static enum lmtp_event
take(struct lmtp *l, size_t n)
{
	const char *p = l->in;

	l->in += n;
	l->in_len -= n;
	return give(l, p, n);
}

static enum lmtp_event
stray(struct lmtp *l)
{
	reply(l, "521 5.5.2 a line ends with CR and LF");
	l->state = LMTP_OVER;
	return LMTP_CLOSE;
}

/* As many bytes as end in one and the same state. */
static enum lmtp_event
read_run(struct lmtp *l)
{
	const char *p = l->in;
	size_t n = 0;

	if (l->state == LMTP_CR && *p == '\n') {
		l->state = LMTP_LINE;
		return take(l, 1);
	}
	if (l->state == LMTP_CR && l->strict)
		return stray(l);
	l->state = LMTP_MID;
	while (n < l->in_len && p[n] != '\r') {
		if (p[n] == '\n' && l->strict)
			return stray(l);
		n++;
	}
	if (n < l->in_len) {
		n++;
		l->state = LMTP_CR;
	}
	return take(l, n);
}

/*
 * A dot that began a line is held back until it is known what it was: the
 * end, or a stuffed one that goes away.
 */
static enum lmtp_event
read_message(struct lmtp *l)
{
	char c = *l->in;

	switch (l->state) {
	case LMTP_LINE:
		if (c != '.')
			return read_run(l);
		l->state = LMTP_DOT;
		(void)take(l, 1);
		return give(l, "", 0);
	case LMTP_DOT:
		if (c != '\r') {
			l->state = LMTP_MID;
			return read_run(l);
		}
		l->state = LMTP_DOT_CR;
		(void)take(l, 1);
		return give(l, "", 0);
	case LMTP_DOT_CR:
		if (c != '\n') { /* it was a line that began with CR */
			l->state = LMTP_CR;
			return give(l, "\r", 1);
		}
		(void)take(l, 1);
		l->state = LMTP_ASKED;
		return LMTP_END;
	default: return read_run(l);
	}
}

enum lmtp_event
lmtp_next(struct lmtp *l)
{
	enum lmtp_event ev;

	if (l->state <= LMTP_LONG)
		read_commands(l);
	if (l->state == LMTP_ASKED)
		return LMTP_RCPT;
	if (l->state == LMTP_OVER)
		return LMTP_CLOSE;
	while (l->in_len != 0 && lmtp_in_message(l)) {
		ev = read_message(l);
		if (ev != LMTP_BYTES || l->piece_len != 0)
			return ev;
	}
	return LMTP_WANT;
}
