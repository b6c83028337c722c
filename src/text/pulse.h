/*
 * T14, mail silence: when no mail has come in for a while, self-tests go
 * through the whole loop, one a period; two lost in a row are an outage.  A
 * self-test that comes back isn't the mail that ends a silence.  Plain
 * arithmetic over what the store has: asked again it says the same, a clock
 * that jumps neither doubles a test nor puts it off by more than a period.
 */
#ifndef TEXT_PULSE_H
#define TEXT_PULSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/beat.h"

enum { PULSE_BEATS = 2 };

struct pulse_seen {
	int64_t now;
	int64_t silence, period; /* seconds; silence -1: never */
	int64_t last;            /* when the last mail came, or we began */
	int64_t next;            /* when the next self-test is due; 0: unset */
	int64_t alarmed; /* when the outage was told; 0: there is none */
	struct beat beats[PULSE_BEATS]; /* newest first */
	size_t n_beats;
};

struct pulse {
	bool send;    /* a self-test */
	bool alarm;   /* the outage begins */
	bool over;    /* it has ended: mail came in */
	bool moved;   /* the clock went back: next is to be kept */
	int64_t next; /* when to look again */
};

struct pulse pulse_decide(const struct pulse_seen *s);

#endif
