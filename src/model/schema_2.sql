-- Version 2: the clock.  A new store is made of schema.sql and this; a store
-- of version 1 gets this alone.

-- Who was comms on call at the hand-off, who was first to take it and when
-- (owner and acked are of the present owner); how high it has been carried;
-- the cadence of long-running, seconds, 0: that of the severity.
ALTER TABLE event ADD COLUMN on_call TEXT NOT NULL DEFAULT '';
ALTER TABLE event ADD COLUMN first_owner TEXT NOT NULL DEFAULT '';
ALTER TABLE event ADD COLUMN first_acked INTEGER NOT NULL DEFAULT 0;
ALTER TABLE event ADD COLUMN reached INTEGER NOT NULL DEFAULT 0;
ALTER TABLE event ADD COLUMN cadence INTEGER NOT NULL DEFAULT 0;

-- The cadence of long-running that begins when this is posted, seconds; 0.
ALTER TABLE draft ADD COLUMN cadence INTEGER NOT NULL DEFAULT 0;
-- Of a postmortem, '' of all others: what its sections say.
ALTER TABLE draft ADD COLUMN cause TEXT NOT NULL DEFAULT '';
ALTER TABLE draft ADD COLUMN fix TEXT NOT NULL DEFAULT '';
ALTER TABLE draft ADD COLUMN prevention TEXT NOT NULL DEFAULT '';
ALTER TABLE draft ADD COLUMN problem TEXT NOT NULL DEFAULT '';
ALTER TABLE post ADD COLUMN cause TEXT NOT NULL DEFAULT '';
ALTER TABLE post ADD COLUMN fix TEXT NOT NULL DEFAULT '';
ALTER TABLE post ADD COLUMN prevention TEXT NOT NULL DEFAULT '';
ALTER TABLE post ADD COLUMN problem TEXT NOT NULL DEFAULT '';

-- '', or sitrep, minute: what a note is besides one.
ALTER TABLE note ADD COLUMN kind TEXT NOT NULL DEFAULT '';

-- A level that was called (what was called is insert-only).
CREATE TABLE climb (
	id INTEGER PRIMARY KEY,
	event_id INTEGER NOT NULL REFERENCES event,
	at INTEGER NOT NULL,
	level INTEGER NOT NULL,          -- 1 to 4
	kind INTEGER NOT NULL,           -- N of TN; 0: somebody's word
	step INTEGER NOT NULL,
	persons TEXT NOT NULL,           -- slugs with commas
	by_person TEXT NOT NULL,         -- whose word; '' the clock
	reason TEXT NOT NULL,
	acked INTEGER NOT NULL DEFAULT 0, -- when somebody of it answered
	acked_by TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX climb_event ON climb(event_id);

-- A war room: proposed to level 2, open, or closed.  At most one is open on an
-- event; the newest row is the one that counts.
CREATE TABLE room (
	id INTEGER PRIMARY KEY,
	event_id INTEGER NOT NULL REFERENCES event,
	rule TEXT NOT NULL,              -- why it was proposed: request, sev1,
	                                 -- sev2, loss, missed; '' it wasn't
	proposed INTEGER NOT NULL,       -- when; 0: it wasn't
	proposed_by TEXT NOT NULL,       -- person; '' the clock
	asked INTEGER NOT NULL,          -- when level 2 was; 0: not yet
	refused INTEGER NOT NULL,        -- when level 2 said no; 0: it didn't
	refused_by TEXT NOT NULL,
	opened INTEGER NOT NULL,         -- 0: it never was
	opened_by TEXT NOT NULL,         -- person
	chair TEXT NOT NULL,             -- persons, '' if none
	scribe TEXT NOT NULL,
	comms_lead TEXT NOT NULL,
	noc_lead TEXT NOT NULL,
	bridge TEXT NOT NULL,
	closed INTEGER NOT NULL,         -- 0: open
	closed_by TEXT NOT NULL,
	review_by TEXT NOT NULL          -- who owes the postmortem
) STRICT;
CREATE INDEX room_event ON room(event_id);

CREATE TABLE room_member (
	room_id INTEGER NOT NULL REFERENCES room,
	person TEXT NOT NULL,
	joined INTEGER NOT NULL,         -- 0: named, and not heard of yet
	PRIMARY KEY (room_id, person)
) STRICT;

-- "Action: text @owner by date" of a room's mails.
CREATE TABLE action (
	id INTEGER PRIMARY KEY,
	room_id INTEGER NOT NULL REFERENCES room,
	at INTEGER NOT NULL,
	text TEXT NOT NULL,              -- all of it, as written
	owner TEXT NOT NULL,             -- as written, '' if none
	due TEXT NOT NULL                -- as written, '' if none
) STRICT;

-- "swap with NAME until TIME": in force once both have said yes.
CREATE TABLE swap (
	id INTEGER PRIMARY KEY,
	message_id INTEGER NOT NULL REFERENCES message, -- that asked for it
	asked INTEGER NOT NULL,
	role TEXT NOT NULL,
	level INTEGER NOT NULL,
	giver TEXT NOT NULL,             -- persons
	taker TEXT NOT NULL,
	from_at INTEGER NOT NULL,        -- when it came into force; 0: not yet
	until_at INTEGER NOT NULL,
	giver_yes INTEGER NOT NULL,      -- when; 0: not yet
	taker_yes INTEGER NOT NULL,
	refused INTEGER NOT NULL         -- when; 0: not
) STRICT;
CREATE INDEX swap_message ON swap(message_id);
CREATE INDEX swap_until ON swap(until_at);

-- Our own mail through the whole loop: T14.
CREATE TABLE heartbeat (
	id INTEGER PRIMARY KEY,
	sent INTEGER NOT NULL,
	back INTEGER NOT NULL            -- when it came; 0: not yet
) STRICT;

-- What the clock does for the house and not for an event: T13, T14, the
-- monthly report.
CREATE TABLE watch (
	what TEXT PRIMARY KEY,           -- rota, silence, selftest, report
	due INTEGER NOT NULL,            -- when to look next; of silence:
	                                 -- since when it is counted
	told INTEGER NOT NULL            -- when somebody was told; 0: never
) STRICT;

-- The posts of a drill.  A table of their own: what makes public output
-- reads `post` and can't meet them.  Columns as there.
CREATE TABLE rehearsal (
	id INTEGER PRIMARY KEY,
	event_id INTEGER NOT NULL REFERENCES event,
	u INTEGER NOT NULL,
	r INTEGER NOT NULL,
	posted INTEGER NOT NULL,
	kind TEXT NOT NULL,
	state TEXT NOT NULL,
	title TEXT NOT NULL,
	text TEXT NOT NULL,
	lang TEXT NOT NULL,
	impact TEXT NOT NULL,
	impact_text TEXT NOT NULL,
	reseller_impact TEXT NOT NULL,
	enduser_impact TEXT NOT NULL,
	workaround TEXT NOT NULL,
	lasting TEXT NOT NULL,
	components TEXT NOT NULL,
	names TEXT NOT NULL,
	lists TEXT NOT NULL,
	started INTEGER NOT NULL,
	ended INTEGER NOT NULL,
	next_update INTEGER NOT NULL,
	limited INTEGER NOT NULL,
	backfill INTEGER NOT NULL,
	notify INTEGER NOT NULL,
	typo INTEGER NOT NULL,
	reason TEXT NOT NULL,
	author TEXT NOT NULL,
	approver TEXT NOT NULL,
	draft INTEGER NOT NULL,
	hash TEXT NOT NULL,
	cause TEXT NOT NULL,
	fix TEXT NOT NULL,
	prevention TEXT NOT NULL,
	problem TEXT NOT NULL,
	UNIQUE (event_id, u, r)
) STRICT;

CREATE TRIGGER climb_kept BEFORE UPDATE OF event_id, at, level, kind, step,
	persons, by_person, reason ON climb
	BEGIN SELECT raise(ABORT, 'climb is insert-only'); END;
CREATE TRIGGER climb_stays BEFORE DELETE ON climb
	BEGIN SELECT raise(ABORT, 'climb is insert-only'); END;
CREATE TRIGGER rehearsal_kept BEFORE UPDATE ON rehearsal
	BEGIN SELECT raise(ABORT, 'rehearsal is insert-only'); END;
CREATE TRIGGER rehearsal_stays BEFORE DELETE ON rehearsal
	BEGIN SELECT raise(ABORT, 'rehearsal is insert-only'); END;

-- A drill is never published, and what an event is never changes.
CREATE TRIGGER post_no_drill BEFORE INSERT ON post
	WHEN (SELECT kind FROM event WHERE id = new.event_id) = 'drill'
	BEGIN SELECT raise(ABORT, 'a drill is never published'); END;
CREATE TRIGGER letter_no_drill BEFORE INSERT ON letter
	WHEN new.kind = 'broadcast' AND
	(SELECT kind FROM event WHERE id = new.event_id) = 'drill'
	BEGIN SELECT raise(ABORT, 'a drill is never published'); END;
CREATE TRIGGER letter_stays_its BEFORE UPDATE OF kind, event_id, post_id
	ON letter
	BEGIN SELECT raise(ABORT, 'a letter stays what it is'); END;
CREATE TRIGGER event_stays_its BEFORE UPDATE OF kind, year, number ON event
	BEGIN SELECT raise(ABORT, 'an event stays what it is'); END;
CREATE TRIGGER rehearsal_of_drill BEFORE INSERT ON rehearsal
	WHEN (SELECT kind FROM event WHERE id = new.event_id) IS NOT 'drill'
	BEGIN SELECT raise(ABORT, 'only a drill is rehearsed'); END;
