-- Version 14: who comes by an import is told, once.

-- Of a broadcast to the members that an import brought: the first of them, its
-- high is the last.  0: of any other letter.
ALTER TABLE letter ADD COLUMN first INTEGER NOT NULL DEFAULT 0;
