/*
 * Step: what people ask of a list by mail (specification, section 4.5): to be
 * put on it, to be taken off, other settings, what is open.  Each mail gets
 * one answer at most, to the address that it is about and to nobody else.
 *
 * Nothing changes but by proof of the mailbox (promise P9): our mail server
 * vouches for the sender, or the address itself confirmed what was asked, by
 * a reply or a button.  Subscribing is confirmed in any case.  How often an
 * address is asked is bounded (promise P8): see subscribe_ask().
 *
 * Runs in the caller's transaction.  *outcome is what the journal says of the
 * mail.  ST_PERM: a template is wrong.
 */
#ifndef FLOW_SUBSCRIBE_H
#define FLOW_SUBSCRIBE_H

#include "ext/db.h"
#include "model/inbox.h"
#include "model/keys.h"
#include "model/message.h"
#include "model/pending.h"
#include "model/sender.h"
#include "text/listcommand.h"

struct subscribing {
	const struct conf *conf;
	const struct keys *keys;
	const struct list *list;
	const struct letter_in *in; /* the mail that is answered */
	const struct message *message;
	const struct sender *sender;
	const char *address; /* that all of it is about */
	bool web;            /* our web child wrote it for somebody at a form */
	bool confirmed;      /* the address gave its word for this mail */
	const char *open;    /* the open events, for people */
	const char *outcome; /* set here */
	int64_t left;        /* set here: the member who left just now */
};

/* Our mail server vouches for the sender, or the address confirmed it. */
bool subscribe_proved(const struct subscribing *s);

/*
 * Asks the address by mail.  Nobody vouches for the sender: at most once in 24
 * hours and three times in 30 days, over all lists; else once in 24 hours for
 * the same request that waits, and five times in all.  confirm_rate is the
 * bound for everybody together in an hour, a quarter of it for one domain.
 * What is too much is counted and not answered.
 */
enum status subscribe_ask(struct db *db, struct job *j, struct subscribing *s,
    enum pending_what what, const char *delivery) must_check;
/* LIST-unsubscribe without a token: at once where it is proved. */
enum status subscribe_leave(struct db *db, struct job *j,
    struct subscribing *s) must_check;
/*
 * LIST-confirm+TOKEN.  out->what PENDING_REQUEST: the caller carries out the
 * commands of out->message, confirmed, by subscribe_do().  ST_NONE: a wrong,
 * old or used token, or a reply from elsewhere: nothing happens.
 */
enum status subscribe_confirm(struct db *db, struct job *j,
    struct subscribing *s, const char *token, struct pending *out) must_check;
/*
 * LIST-request, proved: carries out each command and answers all of them in
 * one mail, 50 times a day for one address.
 * Queries that need more than the store have their `answer` already.
 */
enum status subscribe_do(struct db *db, struct job *j, struct subscribing *s,
    struct list_commands *c) must_check;
/* Are the templates of these mails there and right? */
enum status subscribe_try(struct job *j, const struct conf *c,
    const struct list *l) must_check;

#endif
