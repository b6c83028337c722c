-- What the public tree was made of: STATE/tree.db.  All of it follows from the
-- store and can be made again (page --all); it is here so that one post costs
-- the same however many there were.

CREATE TABLE number (
	name TEXT PRIMARY KEY,           -- post: the newest that was seen; day
	value INTEGER NOT NULL
) STRICT;

-- Intervals in which an event says that a service isn't well; those of the
-- past months of a service stand side by side.
CREATE TABLE claim (
	event_id INTEGER NOT NULL,
	event TEXT NOT NULL,             -- its name
	slug TEXT NOT NULL,
	level TEXT NOT NULL,
	since INTEGER NOT NULL,
	until INTEGER NOT NULL,
	PRIMARY KEY (slug, until, since, event_id, level)
) STRICT, WITHOUT ROWID;
CREATE INDEX claim_event ON claim(event_id);

-- What claims amount to in months that are over: kept until one of them comes
-- or goes.
CREATE TABLE uptime (
	slug TEXT NOT NULL,
	since INTEGER NOT NULL,
	until INTEGER NOT NULL,
	born INTEGER NOT NULL,           -- when the service was
	observed INTEGER NOT NULL,       -- seconds, like those at each level
	maintenance INTEGER NOT NULL,
	degraded INTEGER NOT NULL,
	partial INTEGER NOT NULL,
	major INTEGER NOT NULL,
	worst TEXT NOT NULL,
	event TEXT NOT NULL,             -- what the worst is of; '': none
	PRIMARY KEY (slug, since)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER claim_comes AFTER INSERT ON claim BEGIN
	DELETE FROM uptime WHERE slug = new.slug AND until > new.since
		AND since < new.until;
END;
CREATE TRIGGER claim_goes AFTER DELETE ON claim BEGIN
	DELETE FROM uptime WHERE slug = old.slug AND until > old.since
		AND since < old.until;
END;

-- What is listed, numbered from 1 in each list in the order of posting.
CREATE TABLE entry (
	list TEXT NOT NULL,              -- updates, events, or of a service
	n INTEGER NOT NULL,
	event_id INTEGER NOT NULL,
	u INTEGER NOT NULL,              -- 0: the event as a whole
	PRIMARY KEY (list, n),
	UNIQUE (list, event_id, u)
) STRICT, WITHOUT ROWID;

-- Events with a post in a month (year * 12 + month - 1).
CREATE TABLE listed (
	month INTEGER NOT NULL,
	event_id INTEGER NOT NULL,
	PRIMARY KEY (month, event_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX listed_event ON listed(event_id);

-- Public files as they were written, to notice what somebody else changed.
CREATE TABLE file (
	path TEXT PRIMARY KEY,           -- below the public folder
	sha TEXT NOT NULL
) STRICT, WITHOUT ROWID;
