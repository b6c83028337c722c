/*
 * Between the readers of the rota: rota_read.c has the lines of the text form
 * and what both forms have in common, rota_ics.c the calendar.
 */
#ifndef MODEL_ROTA_IN_H
#define MODEL_ROTA_IN_H

#include "model/rota.h"

struct rota_reading {
	struct job *j;
	struct arena *mem;
	const struct conf *conf;
	struct rota *rota;
	unsigned line;
};

/* Always ST_PERM. */
enum status rota_wrong(struct rota_reading *r, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
const char *rota_shown(struct rota_reading *r, const char *s);
/* Who is to have it, of three words; the times are the caller's. */
enum status rota_who(struct rota_reading *r, const char *role,
    const char *level, const char *person, struct shift *out) must_check;
enum status rota_add(struct rota_reading *r, const struct shift *s) must_check;

enum status rota_calendar(struct rota_reading *r, const char *text,
    size_t n) must_check;

#endif
