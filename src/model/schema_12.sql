-- Version 10: what commands are told of public posts (on_publish).

-- How far each command is; it is told of what comes after that.
CREATE TABLE hearer (
	command TEXT PRIMARY KEY,
	seen INTEGER NOT NULL            -- the last post that was looked at
) STRICT;

-- A public post to be told to a command; the text is made when it goes.
CREATE TABLE publication (
	id INTEGER PRIMARY KEY,
	event_id INTEGER NOT NULL REFERENCES event,
	post_id INTEGER NOT NULL REFERENCES post,
	command TEXT NOT NULL REFERENCES hearer,
	created INTEGER NOT NULL,
	due INTEGER NOT NULL,            -- when to try next
	tries INTEGER NOT NULL,
	first_failed INTEGER NOT NULL,   -- 0: not yet
	status TEXT NOT NULL,            -- waiting, done, failed, dropped
	reply TEXT NOT NULL,             -- why it failed, or was dropped
	remote TEXT NOT NULL,            -- what the command calls it there
	UNIQUE (post_id, command)
) STRICT;
CREATE INDEX publication_waiting ON publication(command, id)
	WHERE status = 'waiting';
CREATE INDEX publication_event ON publication(event_id);
