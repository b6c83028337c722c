#include "text/bounce_signs.h"

#include <string.h>

#include "base/text.h"
#include "text/bounce_status.h"
#include "text/bounce_tongues.h"
#include "text/headers.h"
#include "text/machine.h"
#include "text/phrases.h"

enum { LONGEST = 16 * 1024 };

#define COUNT(a) (sizeof(a) / sizeof *(a))

static bool
has_any(const char *s, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (text_ifind(s, words[i]) != NULL)
			return true;
	return false;
}

static bool
from_nobody(const struct message *m)
{
	const char *path = headers_first(m, "Return-Path");

	return path != NULL && strcmp(path, "<>") == 0;
}

bool
bounce_signs_server(const struct message *m)
{
	static const char *const words[] = { "mailer-daemon", "postmaster",
		"mail delivery", "mail-daemon", "maildaemon", "mailerdaemon",
		"mailer daemon", "mail deliver", "mail administrator",
		"mail.delivery", "delivery subsystem", "mdaemon", "mail system",
		"mailsystem", "system administrator", "delivery-status",
		"<bounce@", "<bounces@", "post_master", "post-master",
		"mail-delivery", "maildelivery" };
	const char *from = headers_first(m, "From");

	if (from == NULL)
		return from_nobody(m);
	if (strstr(from, "<>") != NULL || text_ieq(from, "mailer-daemon") ||
	    text_istarts(from, "bounce@") || text_istarts(from, "bounces@"))
		return true;
	return has_any(from, words, COUNT(words));
}

/* What a person answered begins so; so do few bounces. */
static bool
is_reply(const char *subject)
{
	static const char *const marks[] = { "re:", "aw:", "sv:", "antw:",
		"fwd:", "fw:", "wg:", "tr:", "rif:", "odp:", "回复:", "答复:" };

	for (size_t i = 0; i < COUNT(marks); i++)
		if (text_istarts(subject, marks[i]))
			return true;
	return phrase_forward_subject(subject);
}

bool
bounce_signs_person(const struct message *m)
{
	return is_reply(m->subject) && !bounce_signs_server(m) &&
	       !from_nobody(m);
}

static bool
subject_tells(struct arena *mem, const char *subject)
{
	static const char *const words[] = { "undeliver", "undelivrable",
		"delivery status", "delivery fail", "delivery has failed",
		"delivery report", "delivery notification", "delivery problem",
		"delivery error", "delivery delay", "delayed", "failure notice",
		"failed mail", "failure notification", "returned mail",
		"returned to sender", "returning message", "mail delivery",
		"message delivery", "mail failure", "mail error",
		"mail system error", "non-delivery", "nondeliverable",
		"non delivery", "not delivered", "could not be delivered",
		"could not deliver", "could not send", "unable to deliver",
		"non remis", "non distribu", "unzustellbar", "nicht zustellbar",
		"nicht zugestellt", "no se pudo entregar", "no entregado",
		"mancato recapito", "não entregue", "não foi entregue",
		"недоставлен", "не доставлен", "не может быть доставлен",
		"配信不能", "配信エラー", "送信できません", "配信できません",
		"メールエラー", "エラー通知", "無法", "退信",
		"error sending your mail", "rejected message",
		"message you sent blocked", "considered unsolicited",
		"postmaster notify", "nameserver error report",
		"delivery attempt", "dsn", "ndn", "warning: message",
		"rejected posting", "mail failed", "returning to sender" };
	const char *fold = phrase_fold(mem, subject);

	return has_any(fold, words, COUNT(words)) ||
	       bounce_tongues_undelivered(fold);
}

/* Lines that somebody quoted don't count, transcripts (">>> ") do. */
static char *
unquoted(struct arena *mem, const char *text)
{
	struct buf b = BUF_INIT;
	char *out;

	while (*text != '\0' && b.len < LONGEST) {
		size_t n = strcspn(text, "\n");

		if (text[0] != '>' || strncmp(text, ">>> ", 4) == 0) {
			buf_add(&b, text, n);
			buf_char(&b, ' ');
		}
		text += n + (text[n] == '\n');
	}
	out = text_one_line(mem, b.data, LONGEST);
	buf_free(&b);
	return out;
}

static bool
text_tells(struct arena *mem, const char *text)
{
	static const char *const words[] = { "not be delivered",
		"not been delivered", "was not delivered", "wasn't delivered",
		"not delivered to", "couldn't be delivered",
		"cannot be delivered", "can't be delivered",
		"could not deliver", "couldn't deliver", "unable to deliver",
		"not able to deliver", "wasn't able to deliver",
		"undeliverable", "delivery failed", "delivery has failed",
		"delevery to", "delivery to the following", "delivery failure",
		"failed to deliver", "error delivering", "trouble delivering",
		"delivery problems", "delivery errors", "delivery incomplete",
		"permanent error", "permanent fatal errors", "fatal errors",
		"did not reach", "returned to sender", "transcript of session",
		"message delayed", "delivery status notification",
		"delivery has been delayed", "has been delayed",
		"failure reasons", "non-delivery report", "not a member of",
		"unknown user:", "invalid final delivery",
		"delivery failed:", "requested action not taken",
		"error message below", "undelivered", "attempting to deliver",
		"not have been sent", "could not be sent", "unknown local-part",
		"mailbox is full", "returned mail", "your mail message to",
		"blocked by", "unsolicited bulk", "pas pu etre d",
		"n'a pas pu être", "konnte nicht zugestellt",
		"no pudo ser entregado", "nao pode ser enviada",
		"impossibile recapitare", "не может быть доставлено",
		"送信できませんでした", "配信できませんでした", "送信に失敗",
		"送達できません", "无法投递", "無法傳遞",
		"not authorized to send" };
	const char *fold = phrase_fold(mem, unquoted(mem, text));

	return has_any(fold, words, COUNT(words)) ||
	       bounce_tongues_undelivered(fold);
}

/* It says so itself. */
static bool
says_answer(const struct message *m)
{
	const char *v = headers_first(m, "Auto-Submitted");

	if (machine_is_away(m))
		return true;
	if (bounce_signs_server(m)) /* what it says isn't understood */
		return false;
	if (v != NULL)
		return text_istarts(v, "auto-replied");
	if (headers_first(m, "List-Id") != NULL)
		return false;
	v = headers_first(m, "Precedence");
	return headers_first(m, "X-Autoreply") != NULL ||
	       headers_first(m, "X-Auto-Reply") != NULL ||
	       headers_first(m, "X-Autorespond") != NULL ||
	       headers_first(m, "X-Autoresponder") != NULL ||
	       headers_first(m, "X-Vacation") != NULL ||
	       (v != NULL && text_istarts(v, "auto_reply"));
}

/* In whatever language: it shows a server's reply. */
static bool
shows_reply(struct arena *mem, const char *text)
{
	return bounce_status_replied(text) &&
	       bounce_status_find(mem, text)[0] != '\0';
}

bool
bounce_signs_failure(struct arena *mem, const struct message *m,
    const char *text, bool shown)
{
	bool server = bounce_signs_server(m), nobody = from_nobody(m);
	bool subject = subject_tells(mem, m->subject);
	bool list = headers_first(m, "List-Id") != NULL ||
		    headers_first(m, "List-Post") != NULL;

	if (headers_first(m, "X-Failed-Recipients") != NULL)
		return server || subject || nobody;
	if (server && nobody && shows_reply(mem, text))
		return true;
	if (server || (nobody && !list && !says_answer(m)))
		return subject || text_tells(mem, text);
	return subject && shown && !is_reply(m->subject) &&
	       text_tells(mem, text);
}

bool
bounce_signs_complaint(const struct message *m, const char *original)
{
	static const char *const subjects[] = { "complaint about message",
		"abuse report", "spam complaint", "feedback report",
		"feedback loop", "complaint report" };
	static const char *const writers[] = { "complaints@", "abuse@",
		"feedbackloop@", "fbl@", "staff@", "scomp@", "feedback@" };
	const char *from = headers_first(m, "From");

	return *original != '\0' && from != NULL && !is_reply(m->subject) &&
	       (has_any(m->subject, subjects, COUNT(subjects)) &&
		   has_any(from, writers, COUNT(writers)));
}

bool
bounce_signs_answer(const struct message *m)
{
	const char *type = headers_first(m, "Content-Type");

	if (type != NULL && text_ifind(type, "disposition-notification"))
		return false; /* a receipt, RFC 8098 */
	if (says_answer(m))
		return true;
	/* Who isn't a server and wants no answer, answers (RFC 3834, 3.3). */
	return from_nobody(m) && !bounce_signs_server(m) &&
	       !machine_is_role(m->from_address) &&
	       headers_first(m, "List-Id") == NULL &&
	       (type == NULL || !text_istarts(type, "multipart/report"));
}
