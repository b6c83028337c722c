-- Version 12: the text for social networks in somebody's own words.

-- Instead of the one that is made of title and text; '' where that is told.
ALTER TABLE draft ADD COLUMN social TEXT NOT NULL DEFAULT '';
ALTER TABLE post ADD COLUMN social TEXT NOT NULL DEFAULT '';
ALTER TABLE rehearsal ADD COLUMN social TEXT NOT NULL DEFAULT '';
