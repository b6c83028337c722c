#include "cmd/replay_members.h"

#include <string.h>

#include "base/text.h"
#include "flow/rebound.h"
#include "model/member.h"
#include "text/csv.h"
#include "text/roster.h"

static enum status
removes(struct db *db, struct job *j, const struct member *m)
{
	return member_set_status(db, j, m->id, m->list, "removed");
}

static enum status
goes(struct db *db, struct job *j, const struct member *m)
{
	return member_goes(db, j, m->id);
}

static enum status
has_account(struct db *db, struct job *j, const struct member *m)
{
	return member_set_account(db, j, m->id, m->account);
}

static enum status
returns(struct db *db, struct job *j, const struct member *m)
{
	enum status st = rebound_returns(db, j, m->id);

	return st == ST_OK ? has_account(db, j, m) : st;
}

static const struct {
	const char *word;
	bool is_new;
	enum status (
	    *make)(struct db *db, struct job *j, const struct member *m);
} changes[] = {
	{ "add", true, member_add },
	{ "remove", false, removes },
	{ "account", false, has_account },
	{ "back", false, returns },
	{ "gone", false, goes },
};

static enum status
make(struct db *db, struct job *j, const struct replay_change *c,
    struct member *m)
{
	struct member there;
	enum status st = ST_NONE;

	m->list = c->list;
	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		if (strcmp(c->change, changes[i].word) != 0)
			continue;
		if (!changes[i].is_new) {
			st = member_find(db, j, c->list, m->address, &there);
			m->id = there.id;
		}
		if (changes[i].is_new || st == ST_OK)
			st = changes[i].make(db, j, m);
	}
	if (st == ST_PERM)
		job_forget(j);
	return st == ST_TEMP ? st : ST_OK;
}

enum status
replay_members(struct world *w, struct job *j, const struct replay_change *c)
{
	static const char before[] = "address,language,timezone,format";
	char *values[ROSTER_FIELDS], *line;
	char *rest = arena_str(j->mem, c->lines);
	char *head =
	    arena_str(j->mem, c->columns[0] == '\0' ? before : c->columns);
	struct roster r = { 0 };
	enum status st = ST_OK;

	if (!roster_header(&r, values,
		csv_split(head, ',', values, ROSTER_FIELDS)))
		return job_fail(j, ST_PERM,
		    "a change of the list %s names no column of addresses",
		    c->list);
	while (st == ST_OK && (line = text_line(&rest)) != NULL) {
		struct member m = { 0 };
		size_t n = csv_split(line, ',', values, ROSTER_FIELDS);

		if (n != 0 &&
		    roster_read(j->mem, &w->conf, &r, values, n, &m) == NULL)
			st = make(w->db, j, c, &m);
	}
	return st;
}
