#include "text/talk_in.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/line.h"
#include "base/log.h"
#include "base/text.h"

enum {
	GREETING_MS = 30 * 1000,
	REPLY_MS = 40 * 1000,
	DOT_MS = 40 * 1000,
	QUIT_MS = 1000,
	OUT_MAX = 128 * 1024,
	COMMAND_WORDS = TALK_COMMAND - 2, /* without its CRLF, with a NUL */
};

/* Of the room for a reply most is never used. */
static void
put_reply(char to[TALK_REPLY], const char *reply)
{
	if (memccpy(to, reply, '\0', TALK_REPLY) == NULL)
		to[TALK_REPLY - 1] = '\0';
}

void
talk_tell(struct talk *t, enum talk_kind kind, uint32_t tag, int code,
    const char *reply, enum refused_at at)
{
	struct talk_event *e;

	if (t->n_events == EVENTS)
		die("smtp: nobody takes the events");
	e = &t->events[(t->first_event + t->n_events++) % EVENTS];
	e->kind = kind;
	e->tag = tag;
	e->code = code;
	e->at = at;
	put_reply(e->reply, reply);
}

static void
end_envelope(struct talk *t, const char *why)
{
	struct message_open *o = &t->envelope;

	if (!o->used)
		return;
	if (o->refused != 0)
		talk_tell(t, TALK_DONE, o->tag, o->refused, o->reply, o->at);
	else
		talk_tell(t, o->texting ? TALK_LOST : TALK_BACK, o->tag, 0, why,
		    AT_NOTHING);
	o->used = false;
}

void
talk_end(struct talk *t, const char *why)
{
	if (t->stage == OVER)
		return;
	t->stage = OVER;
	t->n_expected = 0;
	if (t->text.used)
		talk_tell(t, TALK_LOST, t->text.tag, 0, why, AT_NOTHING);
	t->text.used = false;
	end_envelope(t, why);
	talk_tell(t, TALK_OVER, 0, 0, why, AT_NOTHING);
}

struct talk *
talk_new(const char *helo)
{
	struct talk *t = calloc(1, sizeof *t);
	bool fit = *helo != '\0' && strlen(helo) < sizeof t->helo &&
		   text_is_line(helo) && strchr(helo, ' ') == NULL;

	if (t == NULL)
		die("out of memory for a session");
	t->out = (struct buf)BUF_INIT;
	(void)snprintf(t->helo, sizeof t->helo, "%s", fit ? helo : "localhost");
	t->expected[t->n_expected++] = X_GREETING;
	return t;
}

void
talk_free(struct talk *t)
{
	if (t == NULL)
		return;
	buf_free(&t->out);
	free(t);
}

bool
talk_ready(const struct talk *t)
{
	return t->stage == READY;
}

bool
talk_over(const struct talk *t)
{
	return t->stage == OVER;
}

uint64_t
talk_replies(const struct talk *t)
{
	return t->replies;
}

int64_t
talk_patience(const struct talk *t)
{
	if (t->stage == OVER)
		return 0;
	if (t->n_expected == 0)
		return t->written < t->out.len ? REPLY_MS : 0;
	switch (t->expected[t->first]) {
	case X_GREETING:
	case X_EHLO:
	case X_HELO: return GREETING_MS;
	case X_DOT: return DOT_MS;
	case X_QUIT: return QUIT_MS;
	default: return REPLY_MS;
	}
}

bool
talk_event(struct talk *t, struct talk_event *out)
{
	const struct talk_event *e;

	if (t->n_events == 0)
		return false;
	e = &t->events[t->first_event];
	memcpy(out, e, offsetof(struct talk_event, reply));
	put_reply(out->reply, e->reply);
	t->first_event = (t->first_event + 1) % EVENTS;
	t->n_events--;
	return true;
}

const char *
talk_out(const struct talk *t, size_t *n)
{
	*n = t->stage == OVER ? 0 : t->out.len - t->written;
	return t->out.data + t->written;
}

void
talk_wrote(struct talk *t, size_t n)
{
	t->written += n;
	if (t->written == t->out.len) {
		buf_clear(&t->out);
		t->written = 0;
		return;
	}
	if (t->written < OUT_MAX / 2)
		return;
	memmove(t->out.data, t->out.data + t->written, t->out.len - t->written);
	buf_cut(&t->out, t->out.len - t->written);
	t->written = 0;
}

/* ---- what we say ---- */

void
talk_say(struct talk *t, enum expect x, const char *line)
{
	buf_str(&t->out, line);
	buf_add(&t->out, "\r\n", 2);
	if (t->n_expected == EXPECTED)
		die("smtp: too many commands at once");
	t->expected[(t->first + t->n_expected++) % EXPECTED] = x;
}

bool
talk_hungry(const struct talk *t)
{
	if (t->stage != READY || t->envelope.used || t->n_events != 0)
		return false;
	return !t->text.used || (t->offers & OFFER_PIPELINING) != 0;
}

static bool
is_ascii(const char *s)
{
	for (; *s != '\0'; s++)
		if ((unsigned char)*s >= 0x80)
			return false;
	return true;
}

/* A report can come back, and the server is to be told what for. */
static bool
reports(const struct talk *t, const struct talk_envelope *e)
{
	return (t->offers & OFFER_DSN) != 0 && e->name != NULL &&
	       *e->from != '\0';
}

/* Why this server can't have the message, or NULL. */
static const char *
objection(const struct talk *t, const struct talk_envelope *e)
{
	if (!text_is_address(e->to) ||
	    (*e->from != '\0' && !text_is_address(e->from)))
		return "5.1.3 not an address that may be written to SMTP";
	if (t->max_size != 0 && e->size > t->max_size)
		return "5.3.4 the server takes no message of this size";
	if ((t->offers & OFFER_SMTPUTF8) == 0 &&
	    (!is_ascii(e->to) || !is_ascii(e->from)))
		return "5.6.7 the relay offers no SMTPUTF8, which this "
		       "address needs";
	return NULL;
}

/* Without what only asks for better reports, if that makes it too long. */
static bool
mail_line(const struct talk *t, const struct talk_envelope *e, char *line)
{
	bool eight = (t->offers & OFFER_8BITMIME) != 0 && e->eight_bit;
	bool utf8 = (t->offers & OFFER_SMTPUTF8) != 0 &&
		    (e->utf8 || !is_ascii(e->to) || !is_ascii(e->from));
	struct line l;
	size_t bare;

	line_begin(&l, line, COMMAND_WORDS);
	line_str(&l, "MAIL FROM:<");
	line_str(&l, e->from);
	line_str(&l, ">");
	if ((t->offers & OFFER_SIZE) != 0 && e->size != 0) {
		line_str(&l, " SIZE=");
		line_int(&l, (int64_t)e->size);
	}
	line_str(&l, eight ? " BODY=8BITMIME" : "");
	line_str(&l, utf8 ? " SMTPUTF8" : "");
	if (!line_fits(&l) || !reports(t, e))
		return line_fits(&l);
	bare = l.len;
	line_str(&l, " RET=HDRS ENVID=");
	line_str(&l, e->name);
	if (!line_fits(&l))
		line_cut(&l, bare);
	return true;
}

static bool
rcpt_line(const struct talk *t, const struct talk_envelope *e, char *line)
{
	struct line l;

	line_begin(&l, line, COMMAND_WORDS);
	line_str(&l, "RCPT TO:<");
	line_str(&l, e->to);
	line_str(&l, reports(t, e) ? "> NOTIFY=FAILURE,DELAY" : ">");
	return line_fits(&l);
}

void
talk_envelope(struct talk *t, const struct talk_envelope *e)
{
	const char *why = objection(t, e);
	struct message_open *o = &t->envelope;
	char line[TALK_COMMAND];

	if (!talk_hungry(t))
		die("smtp: an envelope too many");
	if (why == NULL && !(mail_line(t, e, line) && rcpt_line(t, e, o->rcpt)))
		why = "5.1.3 the command would be too long";
	if (why != NULL) {
		talk_tell(t, TALK_DONE, e->tag, 553, why, AT_NOTHING);
		return;
	}
	o->used = true;
	o->texting = false;
	o->tag = e->tag;
	o->refused = 0;
	o->at = AT_NOTHING;
	if (t->reset)
		talk_say(t, X_RSET, "RSET");
	t->reset = false;
	talk_say(t, X_MAIL, line);
	if ((t->offers & OFFER_PIPELINING) == 0)
		return;
	talk_say(t, X_RCPT, o->rcpt);
	talk_say(t, X_DATA, "DATA");
}

size_t
talk_room(const struct talk *t)
{
	size_t held = t->out.len - t->written;

	if (!t->envelope.used || !t->envelope.texting || held >= OUT_MAX)
		return 0;
	return OUT_MAX - held;
}

void
talk_text(struct talk *t, const void *p, size_t n)
{
	buf_add(&t->out, p, n);
}

void
talk_text_end(struct talk *t)
{
	if (t->stage == OVER)
		return;
	talk_say(t, X_DOT, ".");
	t->text.used = true;
	t->text.tag = t->envelope.tag;
	t->envelope.used = false;
}

void
talk_quit(struct talk *t)
{
	if (t->stage == READY && t->n_expected == 0 && !t->envelope.used) {
		t->stage = QUITTING;
		talk_say(t, X_QUIT, "QUIT");
	} else
		talk_end(t, "closed by us");
}
