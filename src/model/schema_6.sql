-- Version 6: what comes back from the lists.

-- A copy that came back for good; each copy once.
CREATE TABLE bounce (
	id INTEGER PRIMARY KEY,
	member_id INTEGER NOT NULL REFERENCES member,
	letter_id INTEGER NOT NULL REFERENCES letter,
	post_id INTEGER NOT NULL,        -- 0: of a probe
	message_id INTEGER NOT NULL REFERENCES message,
	at INTEGER NOT NULL,             -- receipt
	domain TEXT NOT NULL,            -- of the member, lower case
	class TEXT NOT NULL,             -- hard, soft
	reason TEXT NOT NULL,            -- text/bounce.c
	status TEXT NOT NULL,            -- 5.1.1, '' if none was given
	counts INTEGER NOT NULL,         -- 0: against nobody (any more)
	UNIQUE (member_id, letter_id)
) STRICT;
CREATE INDEX bounce_domain ON bounce(domain, at) WHERE class = 'hard';

-- Receiving domains that turned away too many at once.
CREATE TABLE brake (
	domain TEXT PRIMARY KEY,
	members INTEGER NOT NULL,        -- with an address there
	counted INTEGER NOT NULL,        -- when
	until INTEGER NOT NULL           -- nothing counts before; 0: not on
) STRICT;

-- Who bounced is tried again.
CREATE TABLE probe (
	member_id INTEGER PRIMARY KEY REFERENCES member,
	due INTEGER NOT NULL,            -- to send it, or to believe it
	letter_id INTEGER,               -- on its way
	tries INTEGER NOT NULL
) STRICT;
CREATE INDEX probe_due ON probe(due);
