-- Version 5: subscribing.

-- What a member chose of the list's posts.  '' is all of them.
ALTER TABLE member ADD COLUMN topics TEXT NOT NULL DEFAULT '';
	-- slugs and group:NAME with commas, see text/choice.h
ALTER TABLE member ADD COLUMN kind TEXT NOT NULL DEFAULT '';
	-- incidents, maintenance
ALTER TABLE member ADD COLUMN least TEXT NOT NULL DEFAULT '';
	-- minor, major, critical: the least impact
ALTER TABLE member ADD COLUMN paused INTEGER NOT NULL DEFAULT 0;
	-- nothing until then; 0: not
ALTER TABLE member ADD COLUMN consent INTEGER NOT NULL DEFAULT 0;
	-- the message that proved that the address wants it; 0: none did
CREATE INDEX member_choosy ON member(list) WHERE status = 'active' AND
	(topics != '' OR kind != '' OR least != '' OR delivery != 'each');

-- A request that waits for the word of the address it is about.
CREATE TABLE pending (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	list TEXT NOT NULL,
	what TEXT NOT NULL,              -- subscribe, unsubscribe, request
	address TEXT NOT NULL,           -- as given
	folded TEXT NOT NULL,            -- lower case
	domain TEXT NOT NULL,            -- of it
	delivery TEXT NOT NULL,          -- of subscribe: each, first-last
	message_id INTEGER NOT NULL REFERENCES message, -- that asked
	asked INTEGER NOT NULL,
	repeats INTEGER NOT NULL,        -- how often it was asked again
	done INTEGER NOT NULL            -- when it was confirmed; 0: not yet
) STRICT;
CREATE INDEX pending_address ON pending(folded, asked);
CREATE INDEX pending_asked ON pending(asked);
CREATE INDEX pending_domain ON pending(domain, asked);

-- Members who want all of one event, whatever they chose.
CREATE TABLE follow (
	member_id INTEGER NOT NULL REFERENCES member,
	event_id INTEGER NOT NULL REFERENCES event,
	PRIMARY KEY (member_id, event_id)
) STRICT, WITHOUT ROWID;
