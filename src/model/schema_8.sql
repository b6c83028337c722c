-- Version 9: kinds of list, and where members come from.

ALTER TABLE member ADD COLUMN account TEXT NOT NULL DEFAULT '';
	-- of the reseller, in the database that the list is kept from
ALTER TABLE member ADD COLUMN was TEXT NOT NULL DEFAULT '';
	-- of status 'gone' (that database doesn't have him any more): the one
	-- before, which he gets again if he comes back
ALTER TABLE member ADD COLUMN source TEXT NOT NULL DEFAULT '';
	-- how we know that the address wants it: 'confirmed', 'members.csv'
ALTER TABLE member ADD COLUMN consented INTEGER NOT NULL DEFAULT 0;
	-- since when; 0: not known
CREATE INDEX member_account ON member(list, account) WHERE account != '';

-- Who went from one status to another, for the weekly report; no names.
CREATE TABLE turn (
	id INTEGER PRIMARY KEY,
	list TEXT NOT NULL,
	at INTEGER NOT NULL,
	was TEXT NOT NULL,
	became TEXT NOT NULL
) STRICT;
CREATE INDEX turn_list ON turn(list, id);
CREATE TRIGGER member_turned AFTER UPDATE OF status ON member
	WHEN OLD.status != NEW.status BEGIN
	INSERT INTO turn (list, at, was, became)
	VALUES (NEW.list, NEW.changed, OLD.status, NEW.status); END;

-- What the weekly report counted last.
CREATE TABLE week (
	list TEXT PRIMARY KEY,
	at INTEGER NOT NULL,
	high INTEGER NOT NULL,           -- the newest turn then
	active INTEGER NOT NULL
) STRICT;
