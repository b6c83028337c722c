/* `sitrep show queue`: what waits to be sent, how long already, and why. */
#ifndef CMD_SHOW_QUEUE_H
#define CMD_SHOW_QUEUE_H

#include "base/buf.h"
#include "cmd/world.h"
#include "ext/json.h"
#include "model/letter.h"

enum status show_queue(struct world *w, struct job *j,
    struct buf *out) must_check;
/* A letter as `show` has them in JSON. */
struct json *show_letter_json(const struct letter *l);
/* "letters" of the root. */
enum status show_queue_json(struct world *w, struct job *j,
    struct json *root) must_check;

#endif
