-- Version 4: proof of the sender.

-- Keys that a person signs with, added on the command line; those of the
-- configuration stand there.  One key is one person's.
CREATE TABLE pin (
	fingerprint TEXT PRIMARY KEY,    -- of the whole key, upper case
	person TEXT NOT NULL,            -- slug
	added INTEGER NOT NULL,
	actor TEXT NOT NULL              -- the login name of who added it
) STRICT;
CREATE INDEX pin_person ON pin(person);

-- Signatures that counted (insert-only): none counts twice.
CREATE TABLE seal (
	id TEXT PRIMARY KEY,             -- of key, time and what is signed
	message_id INTEGER NOT NULL REFERENCES message,
	fingerprint TEXT NOT NULL,
	made INTEGER NOT NULL            -- when it says that it was made
) STRICT;
CREATE TRIGGER seal_kept BEFORE UPDATE ON seal
	BEGIN SELECT raise(ABORT, 'seal is insert-only'); END;
CREATE TRIGGER seal_stays BEFORE DELETE ON seal
	BEGIN SELECT raise(ABORT, 'seal is insert-only'); END;
