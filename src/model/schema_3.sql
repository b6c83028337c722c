-- Version 3: what grows for ever is found by what is open, waiting or recent,
-- never by looking at all of it.
CREATE INDEX letter_waiting ON letter(id, due) WHERE status = 'waiting';
DROP INDEX letter_due;
CREATE INDEX letter_failed ON letter(done) WHERE status = 'failed';
CREATE INDEX event_closed ON event(closed);
DROP INDEX event_open;
CREATE INDEX question_event ON question(event_id, n);
-- What its preview showed to be looked at, a line each: a yes is for these.
ALTER TABLE draft ADD COLUMN marks TEXT NOT NULL DEFAULT '';
-- Somebody said how much may be told (0: nobody has).
ALTER TABLE event ADD COLUMN disclosed INTEGER NOT NULL DEFAULT 0;
CREATE INDEX handled_held ON handled(at) WHERE verdict = 'held';
CREATE INDEX action_room ON action(room_id);
CREATE INDEX repeat_message ON repeat(message_id);
