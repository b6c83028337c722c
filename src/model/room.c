#include "model/room.h"

#include "base/text.h"

static const char *const sql_list =
    "SELECT id, event_id, rule, proposed, proposed_by, asked, refused, "
    "refused_by, opened, opened_by, chair, scribe, comms_lead, noc_lead, "
    "bridge, closed, closed_by, review_by, (SELECT count(*) FROM note WHERE "
    "note.event_id = room.event_id AND kind = 'sitrep' AND received >= opened "
    "AND (closed = 0 OR received <= closed)) FROM room WHERE event_id = ?1 "
    "ORDER BY id";
static const char *const sql_add =
    "INSERT INTO room (event_id, rule, proposed, proposed_by, asked, refused, "
    "refused_by, opened, opened_by, chair, scribe, comms_lead, noc_lead, "
    "bridge, closed, closed_by, review_by) VALUES (?1, '', 0, '', 0, 0, '', 0, "
    "'', '', '', '', '', '', 0, '', '')";
static const char *const sql_proposal =
    "UPDATE room SET rule = ?2, proposed = ?3, proposed_by = ?4, asked = ?5, "
    "refused = ?6, refused_by = ?7 WHERE id = ?1";
static const char *const sql_posts =
    "UPDATE room SET opened = ?2, opened_by = ?3, chair = ?4, scribe = ?5, "
    "comms_lead = ?6, noc_lead = ?7, bridge = ?8, closed = ?9, closed_by = "
    "?10, review_by = ?11 WHERE id = ?1";
static const char *const sql_members =
    "SELECT person, joined FROM room_member WHERE room_id = ?1 ORDER BY rowid";
static const char *const sql_join =
    "INSERT INTO room_member (room_id, person, joined) VALUES (?1, ?2, ?3) ON "
    "CONFLICT DO UPDATE SET joined = ?3";
static const char *const sql_actions =
    "SELECT at, text, owner, due FROM action WHERE room_id = ?1 ORDER BY id";
static const char *const sql_act =
    "INSERT INTO action (room_id, at, text, owner, due) VALUES (?1, ?2, ?3, "
    "?4, ?5)";

static const char *const rules[] = { "", "request", "sev1", "sev2", "loss",
	"missed" };

bool
room_is_open(const struct room *r)
{
	return r->opened != 0 && r->closed == 0;
}

bool
room_is_pending(const struct room *r)
{
	return r->opened == 0 && r->refused == 0;
}

const char *
room_rule_word(enum room_rule rule)
{
	return rules[rule];
}

static enum room_rule
read_rule(const char *word)
{
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
		if (text_ieq(rules[i], word))
			return (enum room_rule)i;
	return RULE_NONE;
}

static void
read_row(struct rows *q, struct job *j, struct room *r)
{
	*r = (struct room){
		.id = db_int(q, 0),
		.event = db_int(q, 1),
		.rule = read_rule(db_str(q, 2, j)),
		.proposed = db_int(q, 3),
		.proposed_by = db_str(q, 4, j),
		.asked = db_int(q, 5),
		.refused = db_int(q, 6),
		.refused_by = db_str(q, 7, j),
		.opened = db_int(q, 8),
		.opened_by = db_str(q, 9, j),
		.chair = db_str(q, 10, j),
		.scribe = db_str(q, 11, j),
		.comms_lead = db_str(q, 12, j),
		.noc_lead = db_str(q, 13, j),
		.bridge = db_str(q, 14, j),
		.closed = db_int(q, 15),
		.closed_by = db_str(q, 16, j),
		.review_by = db_str(q, 17, j),
		.sitreps = (int)db_int(q, 18),
	};
}

static enum status
members(struct db *db, struct job *j, struct room *r)
{
	struct rows *q;
	enum status st = db_query(db, j, &q, sql_members, "i", r->id);

	if (st != ST_OK)
		return st;
	while ((st = db_next(q, j)) == ST_OK) {
		r->members = arena_grow(j->mem, r->members, r->n_members,
		    sizeof *r->members);
		r->members[r->n_members++] = (struct room_member){
			.person = db_str(q, 0, j),
			.joined = db_int(q, 1),
		};
	}
	db_end(q);
	return st == ST_NONE ? ST_OK : st;
}

static enum status
actions(struct db *db, struct job *j, struct room *r)
{
	struct rows *q;
	enum status st = db_query(db, j, &q, sql_actions, "i", r->id);

	if (st != ST_OK)
		return st;
	while ((st = db_next(q, j)) == ST_OK) {
		r->actions = arena_grow(j->mem, r->actions, r->n_actions,
		    sizeof *r->actions);
		r->actions[r->n_actions++] = (struct action){
			.at = db_int(q, 0),
			.text = db_str(q, 1, j),
			.owner = db_str(q, 2, j),
			.due = db_str(q, 3, j),
		};
	}
	db_end(q);
	return st == ST_NONE ? ST_OK : st;
}

enum status
room_list(struct db *db, struct job *j, int64_t event, struct room **out,
    size_t *n)
{
	struct rows *q;
	enum status st = db_query(db, j, &q, sql_list, "i", event);

	*out = NULL;
	*n = 0;
	if (st != ST_OK)
		return st;
	while ((st = db_next(q, j)) == ST_OK) {
		*out = arena_grow(j->mem, *out, *n, sizeof **out);
		read_row(q, j, &(*out)[(*n)++]);
	}
	db_end(q);
	if (st == ST_NONE)
		st = ST_OK;
	for (size_t i = 0; i < *n && st == ST_OK; i++)
		if ((st = members(db, j, &(*out)[i])) == ST_OK)
			st = actions(db, j, &(*out)[i]);
	return st;
}

static enum status
add(struct db *db, struct job *j, struct room *r)
{
	enum status st = db_run(db, j, sql_add, "i", r->event);

	if (st == ST_OK)
		r->id = db_last_id(db);
	return st;
}

enum status
room_save(struct db *db, struct job *j, struct room *r)
{
	enum status st = r->id == 0 ? add(db, j, r) : ST_OK;

	if (st == ST_OK)
		st = db_run(db, j, sql_proposal, "isisiis", r->id,
		    rules[r->rule], r->proposed, r->proposed_by, r->asked,
		    r->refused, r->refused_by);
	if (st == ST_OK)
		st = db_run(db, j, sql_posts, "iissssssiss", r->id, r->opened,
		    r->opened_by, r->chair, r->scribe, r->comms_lead,
		    r->noc_lead, r->bridge, r->closed, r->closed_by,
		    r->review_by);
	for (size_t i = 0; i < r->n_members && st == ST_OK; i++)
		st = db_run(db, j, sql_join, "isi", r->id, r->members[i].person,
		    r->members[i].joined);
	return st;
}

enum status
room_act(struct db *db, struct job *j, int64_t room, const struct action *a)
{
	return db_run(db, j, sql_act, "iisss", room, a->at, a->text, a->owner,
	    a->due);
}
