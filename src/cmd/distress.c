#include "cmd/distress.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/when.h"
#include "flow/courier.h"
#include "text/alarm.h"
#include "text/notice.h"
#include "text/wire.h"

enum { LINE = 32, STEP_MS = 250, MOST_MS = 30 * 1000 };

/* ---- who was told when ---- */

static char *
path_of(const struct world *w, struct job *j)
{
	return arena_printf(j->mem, "%s/distress", w->conf.state);
}

/* 0: nobody. */
static int64_t
read_told(const char *path)
{
	char line[LINE] = "";
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);

	if (fd < 0)
		return 0;
	if (read(fd, line, sizeof line - 1) < 0)
		line[0] = '\0';
	(void)close(fd);
	return strtoll(line, NULL, 10);
}

static bool
write_told(const char *path, int64_t now)
{
	char line[LINE];
	int n = snprintf(line, sizeof line, "%lld\n", (long long)now);
	int fd = open(path,
	    O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	bool good = fd >= 0 && write(fd, line, (size_t)n) == n;

	if (fd >= 0)
		(void)close(fd);
	return good;
}

/* A time that is yet to come was told by a clock that was ahead. */
static bool
lately(int64_t told, int64_t now)
{
	return told != 0 && told <= now && now - told < HOUR;
}

/* ---- the mail ---- */

static bool
carry(struct world *w, struct job *j, const struct mail *mail, char **reply)
{
	const struct courier_options with = { .relays = w->conf.relays,
		.n_relays = w->conf.n_relays,
		.helo = w->conf.host };
	const struct parcel p = { .mail = mail,
		.copy = { .to = w->conf.admin, .sender = "" },
		.relay = -1,
		.fall = true };
	int64_t end = when_steady() + MOST_MS;
	struct courier *c = NULL;
	struct outcome o;
	bool taken = false, over = false;

	if (courier_new(j, &with, &c) != ST_OK)
		return false;
	courier_add(c, &p);
	while (!over && when_steady() < end) {
		courier_step(c, j->now, STEP_MS);
		if ((over = courier_take(c, &o))) {
			taken = o.fate == FATE_TAKEN;
			*reply = arena_str(j->mem, o.reply);
		}
	}
	courier_free(c);
	return taken;
}

static bool
write_to_admin(struct world *w, struct job *j, const char *why)
{
	struct notice n = { .name = "distress",
		.kind = LETTER_MAIL,
		.recipient = w->conf.admin,
		.to = w->conf.admin };
	char *reply = arena_str(j->mem, "no relay answered");
	struct letter l;
	struct mail mail;
	struct alarm a;
	bool taken;

	alarm_store(j, &w->conf, why, &a);
	n.subject = a.subject;
	n.body = a.body;
	if (notice_write(j, &w->conf, &n, &l) != ST_OK)
		return false;
	wire_mail(j->mem, l.raw, l.n, &mail);
	taken = carry(w, j, &mail, &reply);
	log_warn("step=distress to=%s st=%s reply=%s", w->conf.admin,
	    taken ? "sent" : "failed", reply);
	return taken;
}

void
distress(struct world *w, struct job *j, int64_t *told)
{
	const char *path = path_of(w, j);
	const char *why = arena_str(j->mem, j->why);
	int64_t before = read_told(path);
	bool noted;

	if (lately(before, j->now) || (told != NULL && lately(*told, j->now)))
		return;
	noted = write_told(path, before);
	if (!noted && told == NULL && j->now / MINUTE % MINUTE != 0)
		return;
	if (!write_to_admin(w, j, why))
		return; /* at the next look */
	if (told != NULL)
		*told = j->now;
	if (noted && !write_told(path, j->now))
		log_warn("step=distress error=%s", strerror(errno));
}

void
distress_over(struct world *w, struct job *j)
{
	const char *path = path_of(w, j);

	if (unlink(path) == 0)
		log_note("step=distress st=over");
}
