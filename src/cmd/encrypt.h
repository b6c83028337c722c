/*
 * Mail to a person with a key, encrypted as it goes (encrypt = "internal").
 * The store keeps it readable: the queue, show and a second try need it.
 */
#ifndef CMD_ENCRYPT_H
#define CMD_ENCRYPT_H

#include "cmd/world.h"
#include "model/letter.h"

struct letter_bytes {
	const char *p;
	size_t n;
};

/*
 * What goes over the wire for this letter: its own bytes, or them encrypted.
 * Where a key is there and can't be used the body doesn't go at all; a word of
 * ours says so.  ST_TEMP: gpg couldn't be started, try again.
 */
enum status encrypt_letter(struct world *w, struct job *j,
    const struct letter *l, struct letter_bytes *out) must_check;

#endif
