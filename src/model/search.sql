-- Public updates to be searched: STATE/web/search.db.  All of it follows from
-- the store and can be made again; it holds nothing that isn't on a page.

CREATE TABLE number (
	name TEXT PRIMARY KEY,           -- post: the newest that was seen
	value INTEGER NOT NULL
) STRICT;

-- The revision of each update that counts; rowid: event * 4096 + u.
CREATE VIRTUAL TABLE entry USING fts5(
	event, title, text, path UNINDEXED, tag UNINDEXED, posted UNINDEXED,
	tokenize = "unicode61 remove_diacritics 2"
);
