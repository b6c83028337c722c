-- Version 11: order.

-- What was removed is looked for wherever texts are published.
CREATE INDEX post_redacted ON post(event_id) WHERE kind = 'redacted';

-- Of an event that was merged: into which, when, and what that was like.
ALTER TABLE event ADD COLUMN merged INTEGER REFERENCES event;
ALTER TABLE event ADD COLUMN merged_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE event ADD COLUMN before TEXT NOT NULL DEFAULT '';
