/* The calendar of maintenances, of which the store knows none yet. */
#include "cmd/site.h"
#include "flow/calendar.h"

enum status
site_calendar(struct site *x, struct job *j)
{
	struct buf b = BUF_INIT;
	enum status st;

	calendar_write(j, &x->w->conf, NULL, 0, &b);
	st = site_save(x, j, "calendar.ics", &b);
	buf_free(&b);
	return st;
}
