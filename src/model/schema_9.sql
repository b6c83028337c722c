-- Version 9: digests.

-- An issue of a list's digest (insert-only).  It tells of what was posted from
-- from_at on and before until_at; nothing of that is kept here.
CREATE TABLE issue (
	id INTEGER PRIMARY KEY,
	list TEXT NOT NULL,
	period TEXT NOT NULL,            -- daily, weekly
	name TEXT NOT NULL,              -- 2026-03-04, 2026-W10
	volume INTEGER NOT NULL,         -- the year of the name
	number INTEGER NOT NULL,         -- of the list, period and volume
	from_at INTEGER NOT NULL,
	until_at INTEGER NOT NULL,
	made INTEGER NOT NULL,
	front INTEGER NOT NULL,          -- 1: its page is that of the name
	mid TEXT NOT NULL UNIQUE,        -- Message-ID without <>
	UNIQUE (list, period, name)
) STRICT;
CREATE UNIQUE INDEX issue_front ON issue(period, name) WHERE front = 1;
CREATE INDEX issue_made ON issue(made) WHERE front = 1;

-- What it is about: open when it begins or ends, or with a post between.
CREATE TABLE issue_event (
	issue_id INTEGER NOT NULL REFERENCES issue,
	event_id INTEGER NOT NULL REFERENCES event,
	PRIMARY KEY (issue_id, event_id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER issue_kept BEFORE UPDATE ON issue
	BEGIN SELECT raise(ABORT, 'issue is insert-only'); END;
CREATE TRIGGER issue_stays BEFORE DELETE ON issue
	BEGIN SELECT raise(ABORT, 'issue is insert-only'); END;
CREATE TRIGGER issue_event_kept BEFORE UPDATE ON issue_event
	BEGIN SELECT raise(ABORT, 'issue_event is insert-only'); END;
CREATE TRIGGER issue_event_stays BEFORE DELETE ON issue_event
	BEGIN SELECT raise(ABORT, 'issue_event is insert-only'); END;
CREATE TRIGGER issue_no_drill BEFORE INSERT ON issue_event
	WHEN (SELECT kind FROM event WHERE id = new.event_id) = 'drill'
	BEGIN SELECT raise(ABORT, 'a drill is never published'); END;
