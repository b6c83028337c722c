/*
 * Mail to the addresses of a list: LIST-subscribe, LIST-unsubscribe without a
 * token, LIST-request and LIST-confirm+TOKEN.  Gathers what flow/subscribe.h
 * answers with; within the caller's transaction.
 */
#ifndef CMD_LIST_MAIL_H
#define CMD_LIST_MAIL_H

#include "cmd/world.h"
#include "flow/subscribe.h"
#include "model/route.h"

struct list_letter {
	const struct letter_in *in;
	const struct message *message;
	const struct sender *sender;
	const char *list, *token; /* as routed */
	bool web;                 /* our web child wrote it */
	bool joins; /* of list_mail_carry(): it came to LIST-subscribe */
	const char *outcome; /* set here */
	/* Set by a confirmation: this message is to be read and carried out by
	 * list_mail_carry(); 0: none. */
	int64_t carry;
};

enum status list_mail(struct world *w, struct job *j, enum place place,
    struct list_letter *l) must_check;
/* The commands of p->carry, as read again, answered to its sender. */
enum status list_mail_carry(struct world *w, struct job *j,
    struct list_letter *l) must_check;

#endif
