#include "cmd/held.h"

#include "base/log.h"
#include "base/when.h"
#include "cmd/collect.h"
#include "ext/json.h"
#include "flow/read.h"
#include "model/held.h"
#include "model/inbox.h"
#include "model/question.h"
#include "text/circle.h"
#include "text/digest_held.h"
#include "text/notice.h"

enum {
	SOON = 5 * 60,
	APART = 15 * 60,
	SHOWN = 20, /* in a digest; the rest is counted */
	LISTED = 50 /* by show */
};

static const char what[] = "held.digest";

enum status
held_due(struct world *w, struct job *j, int64_t *due)
{
	int64_t since = 0, last = 0;
	enum status st = held_since(w->db, j, &since);

	if (st != ST_OK)
		return st;
	st = told_last(w->db, j, what, "", &last);
	*due = since + SOON;
	if (st == ST_OK && *due < last + APART)
		*due = last + APART;
	if (since > j->now) /* the clock was ahead */
		*due = j->now;
	return st == ST_NONE ? ST_OK : st;
}

/* What a mail says; "" where that can't be read. */
static const char *
text_of(struct world *w, struct job *j, const struct held *h)
{
	struct letter_in in;
	struct message m;

	if (inbox_get(w->db, j, h->message, &in) != ST_OK ||
	    read_message(j, &w->conf, in.envelope.raw, in.envelope.n,
		in.envelope.cut, &m) != ST_OK) {
		job_forget(j);
		return "";
	}
	return m.reply == NULL ? "" : m.reply;
}

static struct held_entry *
read_all(struct world *w, struct job *j, const struct held *mails, size_t n)
{
	struct held_entry *all = arena_array(j->mem, n + 1, sizeof *all);

	for (size_t i = 0; i < n; i++)
		all[i] = (struct held_entry){ .mail = &mails[i],
			.text = text_of(w, j, &mails[i]) };
	return all;
}

/* ---- the digest ---- */

struct digest {
	struct held_entry *entries;
	size_t n, all;
};

static char *
question_of(struct world *w, struct job *j, int n, const struct person *p)
{
	char *object = arena_printf(j->mem, "q%d", n);

	return arena_printf(j->mem, "incident%c%s.%s@%s", w->conf.delimiter[0],
	    object, keys_reply(j, &w->keys, "", object, p->slug),
	    w->conf.domain);
}

/* A list of the NOC's has no person and so no word in it. */
static enum status
write_to(struct world *w, struct job *j, const struct digest *d,
    const struct mailing *to)
{
	const struct person *p = to->person;
	struct letter l;
	struct notice n = { .name = "held",
		.kind = LETTER_MAIL,
		.recipient = p == NULL ? to->address : p->addresses[0],
		.subject = digest_held_subject(j, d->all) };
	enum status st;

	for (size_t i = 0; i < d->n; i++)
		d->entries[i].accept =
		    p == NULL ? NULL
			      : question_of(w, j, d->entries[i].mail->n, p);
	n.to = n.recipient;
	n.reply = d->entries[0].accept;
	n.body = digest_held_body(j, &w->conf, d->entries, d->n, d->all);
	if ((st = notice_write(j, &w->conf, &n, &l)) != ST_OK)
		return st;
	l.person = p == NULL ? "" : p->slug;
	return letter_add(w->db, j, &l);
}

/* To those whom the first one was passed on to. */
static enum status
tell(struct world *w, struct job *j, const struct digest *d)
{
	struct verdict v = { .did = DID_HELD_MAIL };
	struct matter m = { 0 };
	enum status st = collect(w, j, 0, &m);

	if (st != ST_OK)
		return st;
	circle_draw(j, &m, &v);
	for (size_t i = 0; i < v.n_mailings && st == ST_OK; i++)
		st = write_to(w, j, d, &v.mailings[i]);
	if (st == ST_OK)
		st = told_add(w->db, j, what, "");
	log_note("step=clock held=%zu st=told", d->all);
	return st;
}

enum status
held_look(struct world *w, struct job *j)
{
	struct held *mails;
	struct digest d = { 0 };
	int64_t last = 0;
	enum status st = held_last(w->db, j, &last);

	if (st == ST_OK)
		st = held_queued(w->db, j, SHOWN, &mails, &d.n, &d.all);
	if (st != ST_OK)
		return st;
	d.entries = read_all(w, j, mails, d.n); /* in no transaction */
	if ((st = db_begin(w->db, j)) != ST_OK)
		return st;
	if (d.n != 0)
		st = tell(w, j, &d);
	if (st == ST_OK)
		st = held_shown(w->db, j, last);
	if (st == ST_OK)
		st = db_commit(w->db, j);
	db_rollback(w->db);
	return st;
}

/* ---- show ---- */

static enum status
show_one(struct world *w, struct job *j, int n, struct buf *out)
{
	struct held h;
	struct held_entry e = { .mail = &h };
	enum status st = held_get(w->db, j, n, &h);

	if (st != ST_OK)
		return st;
	e.text = text_of(w, j, &h);
	digest_held_mail(j, &w->conf, &e, SIZE_MAX, out);
	return ST_OK;
}

enum status
held_show(struct world *w, struct job *j, int n, struct buf *out)
{
	struct held_entry *all;
	struct held *mails;
	size_t k = 0;
	enum status st;

	if (n != 0)
		return show_one(w, j, n, out);
	if ((st = held_open(w->db, j, LISTED, &mails, &k)) != ST_OK)
		return st;
	all = read_all(w, j, mails, k);
	for (size_t i = 0; i < k; i++) {
		digest_held_mail(j, &w->conf, &all[i], 1, out);
		buf_char(out, '\n');
	}
	if (k == 0)
		buf_str(out, "No held mail waits for an answer.\n");
	return ST_OK;
}

enum status
held_json(struct world *w, struct job *j, struct json *root)
{
	struct json *list = json_new_array();
	struct held *mails;
	size_t n = 0;
	enum status st = held_open(w->db, j, LISTED, &mails, &n);

	for (size_t i = 0; i < n && st == ST_OK; i++) {
		struct json *o = json_new_object();

		json_put_int(o, "question", mails[i].n);
		json_put_int(o, "message", mails[i].message);
		json_put_time(o, "at", mails[i].asked);
		json_put_str(o, "from", mails[i].address);
		json_put_str(o, "subject", mails[i].subject);
		json_add(list, o);
	}
	json_put(root, "held", list);
	return st;
}
