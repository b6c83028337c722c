-- The store.  Times are seconds UTC, words are those of model/words.c.
-- "insert-only" tables are kept so by triggers at the end.
-- user_version goes forward only; see model/store.c.

-- A mail or another request as it came (insert-only).
CREATE TABLE message (
	id INTEGER PRIMARY KEY,
	received INTEGER NOT NULL,      -- when it became ours
	source TEXT NOT NULL,           -- lmtp, pipe, post, clock, command
	actor TEXT NOT NULL DEFAULT '', -- of post and command: the login name
	envelope_from TEXT NOT NULL,    -- '' is the null sender
	recipient TEXT NOT NULL,        -- the first of its recipients
	sha TEXT NOT NULL UNIQUE,       -- content, without the trace block
	size INTEGER NOT NULL,          -- as received
	cut INTEGER NOT NULL,           -- 1: raw is only the beginning
	raw BLOB NOT NULL               -- the bytes, exactly
) STRICT;

-- The same content again (insert-only).
CREATE TABLE repeat (
	id INTEGER PRIMARY KEY,
	message_id INTEGER NOT NULL REFERENCES message,
	received INTEGER NOT NULL,
	recipient TEXT NOT NULL
) STRICT;

-- Messages not handled yet; a row goes when `handled` gets one.
CREATE TABLE waiting (
	message_id INTEGER PRIMARY KEY REFERENCES message
) STRICT;

-- What became of a message (insert-only).
CREATE TABLE handled (
	message_id INTEGER PRIMARY KEY REFERENCES message,
	at INTEGER NOT NULL,
	verdict TEXT NOT NULL,  -- done, auto, loop, held, unparsed, ...
	trust TEXT NOT NULL,    -- A0, A0k, A1, A2, '' for our own
	person TEXT NOT NULL,   -- slug, '' if nobody we know
	address TEXT NOT NULL,  -- From
	mid TEXT NOT NULL,      -- Message-ID without <>
	subject TEXT NOT NULL,
	event_id INTEGER REFERENCES event,
	result TEXT NOT NULL,   -- ok or codes: E20;W41
	flags TEXT NOT NULL     -- same-mid, late, skew, ... with blanks
) STRICT;
CREATE INDEX handled_mid ON handled(mid) WHERE mid != '';
CREATE INDEX handled_event ON handled(event_id);
CREATE INDEX handled_address ON handled(address, at);

-- The next number of a kind and year; never goes back.
CREATE TABLE counter (
	kind TEXT NOT NULL,
	year INTEGER NOT NULL,
	next INTEGER NOT NULL,
	PRIMARY KEY (kind, year)
) STRICT;

CREATE TABLE event (
	id INTEGER PRIMARY KEY,
	kind TEXT NOT NULL,              -- incident
	year INTEGER NOT NULL,
	number INTEGER NOT NULL,
	opened INTEGER NOT NULL,         -- receipt of the first mail
	began INTEGER NOT NULL,          -- T0 of its timers
	source TEXT NOT NULL,            -- noc, comms, support, robot
	reporter TEXT NOT NULL,          -- person
	subject TEXT NOT NULL,           -- of the first mail; internal
	title TEXT NOT NULL,             -- public; '' is the default title
	phase TEXT NOT NULL,
	state TEXT NOT NULL,             -- public
	noc_state TEXT NOT NULL,         -- what NOC says it is
	severity INTEGER NOT NULL,       -- 1 to 5
	impact TEXT NOT NULL,            -- override, or unset
	disclosure TEXT NOT NULL,
	owner TEXT NOT NULL,             -- person, '' if none
	started INTEGER NOT NULL,        -- 0: not given
	detected INTEGER NOT NULL,       -- 0: not given
	ended INTEGER NOT NULL,          -- 0: not given
	handed_off INTEGER NOT NULL,     -- when; 0: not yet
	acked INTEGER NOT NULL,          -- when; 0: not yet
	closed INTEGER NOT NULL,         -- when; 0: open
	changed INTEGER NOT NULL,        -- last change of state, draft, post
	next_update INTEGER NOT NULL,    -- promised; 0: none
	related INTEGER REFERENCES event,
	UNIQUE (kind, year, number)
) STRICT;
CREATE INDEX event_open ON event(phase) WHERE closed = 0;

-- Components of an event as known inside.
CREATE TABLE touches (
	event_id INTEGER NOT NULL REFERENCES event,
	slug TEXT NOT NULL,
	level TEXT NOT NULL,
	given INTEGER NOT NULL,          -- 0: from the severity
	position INTEGER NOT NULL,
	PRIMARY KEY (event_id, slug)
) STRICT;

-- Internal text (insert-only).
CREATE TABLE note (
	id INTEGER PRIMARY KEY,
	event_id INTEGER NOT NULL REFERENCES event,
	n INTEGER NOT NULL,
	at INTEGER NOT NULL,             -- the mail's time
	received INTEGER NOT NULL,
	author TEXT NOT NULL,            -- person, or the source
	late INTEGER NOT NULL,
	unverified INTEGER NOT NULL,
	text TEXT NOT NULL,
	message_id INTEGER REFERENCES message,
	UNIQUE (event_id, n)
) STRICT;

CREATE TABLE draft (
	id INTEGER PRIMARY KEY,
	event_id INTEGER NOT NULL REFERENCES event,
	n INTEGER NOT NULL,
	created INTEGER NOT NULL,
	author TEXT NOT NULL,            -- person, '' for the program
	status TEXT NOT NULL,            -- pending, held, approved, stale,
	                                 -- superseded, discarded
	status_at INTEGER NOT NULL,
	status_by TEXT NOT NULL,
	kind TEXT NOT NULL,              -- update, same
	stock INTEGER NOT NULL,          -- 1: stock text only
	proposal INTEGER NOT NULL,       -- 1: by one who may not approve
	state TEXT NOT NULL,
	title TEXT NOT NULL,
	text TEXT NOT NULL,              -- Markdown
	lang TEXT NOT NULL,
	impact TEXT NOT NULL,            -- override, or unset
	impact_text TEXT NOT NULL,
	reseller_impact TEXT NOT NULL,
	enduser_impact TEXT NOT NULL,
	workaround TEXT NOT NULL,
	lasting TEXT NOT NULL,
	components TEXT NOT NULL,        -- slug=level,slug=level
	lists TEXT NOT NULL,             -- slugs with commas, '' for all
	started INTEGER NOT NULL,
	ended INTEGER NOT NULL,
	promise TEXT NOT NULL,           -- after, at, none
	promise_value INTEGER NOT NULL,
	notify INTEGER NOT NULL,
	correct INTEGER NOT NULL,        -- u of a correction, 0
	typo INTEGER NOT NULL,
	reason TEXT NOT NULL,
	facts TEXT NOT NULL,             -- state, components, severity and
	                                 -- disclosure when it was shown
	hash TEXT NOT NULL,              -- what an approval binds to
	UNIQUE (event_id, n)
) STRICT;

-- What was published, and corrections of it (insert-only).
CREATE TABLE post (
	id INTEGER PRIMARY KEY,
	event_id INTEGER NOT NULL REFERENCES event,
	u INTEGER NOT NULL,
	r INTEGER NOT NULL,
	posted INTEGER NOT NULL,
	kind TEXT NOT NULL,              -- update, same, auto
	state TEXT NOT NULL,
	title TEXT NOT NULL,
	text TEXT NOT NULL,              -- Markdown
	lang TEXT NOT NULL,
	impact TEXT NOT NULL,            -- shown
	impact_text TEXT NOT NULL,
	reseller_impact TEXT NOT NULL,
	enduser_impact TEXT NOT NULL,
	workaround TEXT NOT NULL,
	lasting TEXT NOT NULL,
	components TEXT NOT NULL,        -- slug=level,slug=level
	names TEXT NOT NULL,             -- slug=name, a line each, as shown
	lists TEXT NOT NULL,
	started INTEGER NOT NULL,
	ended INTEGER NOT NULL,
	next_update INTEGER NOT NULL,    -- 0: none
	limited INTEGER NOT NULL,
	backfill INTEGER NOT NULL,
	notify INTEGER NOT NULL,
	typo INTEGER NOT NULL,
	reason TEXT NOT NULL,            -- of a correction
	author TEXT NOT NULL,            -- person; internal
	approver TEXT NOT NULL,          -- person; internal
	draft INTEGER NOT NULL,          -- its n
	hash TEXT NOT NULL,              -- of the chain: sha256(prev || form)
	UNIQUE (event_id, u, r)
) STRICT;
CREATE INDEX post_posted ON post(posted);

CREATE TABLE timer (
	id INTEGER PRIMARY KEY,
	event_id INTEGER NOT NULL REFERENCES event,
	kind INTEGER NOT NULL,           -- N of TN
	step INTEGER NOT NULL,
	round INTEGER NOT NULL,          -- of a timer that is armed again
	since INTEGER NOT NULL,          -- what due_at was counted from
	due_at INTEGER NOT NULL,
	fired_at INTEGER,
	cancelled_at INTEGER,
	reason TEXT NOT NULL,            -- of the cancellation
	UNIQUE (event_id, kind, step, round)
) STRICT;
CREATE INDEX timer_due ON timer(due_at)
	WHERE fired_at IS NULL AND cancelled_at IS NULL;

-- A question to one person whose yes carries a message out.
CREATE TABLE question (
	id INTEGER PRIMARY KEY,          -- N of qN without an event
	event_id INTEGER REFERENCES event,
	n INTEGER NOT NULL,
	kind TEXT NOT NULL,              -- parked, late, held, swap
	person TEXT NOT NULL,            -- '' : any of those asked (held)
	message_id INTEGER NOT NULL REFERENCES message,
	asked INTEGER NOT NULL,
	answered INTEGER,
	answer TEXT NOT NULL
) STRICT;

-- The outgoing queue: one row a mail, or a whole broadcast.
CREATE TABLE letter (
	id INTEGER PRIMARY KEY,
	kind TEXT NOT NULL,              -- mail, page, command, forward,
	                                 -- broadcast
	event_id INTEGER REFERENCES event,
	post_id INTEGER REFERENCES post, -- of a broadcast, or told of
	list TEXT NOT NULL,              -- of a broadcast
	person TEXT NOT NULL,            -- of a mail; '' if none
	recipient TEXT NOT NULL,         -- address, or the command
	sender TEXT NOT NULL,            -- envelope sender, '' is null
	mid TEXT NOT NULL,               -- Message-ID without <>
	raw BLOB,                        -- the message; none of a broadcast
	message_id INTEGER REFERENCES message, -- of a forward: the bytes
	high INTEGER NOT NULL,           -- of a broadcast: the last member
	created INTEGER NOT NULL,
	due INTEGER NOT NULL,            -- when to try next
	tries INTEGER NOT NULL,
	first_failed INTEGER NOT NULL,   -- 0: not yet
	status TEXT NOT NULL,            -- waiting, sent, failed, dropped
	reply TEXT NOT NULL,             -- the server's last words
	done INTEGER,                    -- when it was tried last
	UNIQUE (kind, mid, recipient)
) STRICT;
CREATE INDEX letter_due ON letter(due) WHERE status = 'waiting';
CREATE INDEX letter_mid ON letter(mid);
CREATE INDEX letter_event ON letter(event_id);

CREATE TABLE member (
	id INTEGER PRIMARY KEY AUTOINCREMENT, -- never used again
	list TEXT NOT NULL,
	address TEXT NOT NULL,           -- as given
	folded TEXT NOT NULL,            -- lower case: equal addresses
	status TEXT NOT NULL,            -- active, nomail, left, bounced,
	                                 -- complained, removed
	joined INTEGER NOT NULL,
	changed INTEGER NOT NULL,
	lang TEXT NOT NULL,              -- '' : the list's
	zone TEXT NOT NULL,              -- '' : the list's
	format TEXT NOT NULL,            -- both, text, html
	delivery TEXT NOT NULL,          -- each, digest, first-last
	UNIQUE (list, folded)
) STRICT;
CREATE INDEX member_walk ON member(list, id) WHERE status = 'active';

-- Who was told what lately: automatic answers to strangers, held mail.
CREATE TABLE told (
	id INTEGER PRIMARY KEY,
	what TEXT NOT NULL,              -- stranger, held, reply, gap
	address TEXT NOT NULL,
	at INTEGER NOT NULL
) STRICT;
CREATE INDEX told_at ON told(what, address, at);

CREATE TRIGGER message_kept BEFORE UPDATE ON message
	BEGIN SELECT raise(ABORT, 'message is insert-only'); END;
CREATE TRIGGER message_stays BEFORE DELETE ON message
	BEGIN SELECT raise(ABORT, 'message is insert-only'); END;
CREATE TRIGGER handled_kept BEFORE UPDATE ON handled
	BEGIN SELECT raise(ABORT, 'handled is insert-only'); END;
CREATE TRIGGER handled_stays BEFORE DELETE ON handled
	BEGIN SELECT raise(ABORT, 'handled is insert-only'); END;
CREATE TRIGGER repeat_kept BEFORE UPDATE ON repeat
	BEGIN SELECT raise(ABORT, 'repeat is insert-only'); END;
CREATE TRIGGER repeat_stays BEFORE DELETE ON repeat
	BEGIN SELECT raise(ABORT, 'repeat is insert-only'); END;
CREATE TRIGGER note_kept BEFORE UPDATE ON note
	BEGIN SELECT raise(ABORT, 'note is insert-only'); END;
CREATE TRIGGER note_stays BEFORE DELETE ON note
	BEGIN SELECT raise(ABORT, 'note is insert-only'); END;
CREATE TRIGGER post_kept BEFORE UPDATE ON post
	BEGIN SELECT raise(ABORT, 'post is insert-only'); END;
CREATE TRIGGER post_stays BEFORE DELETE ON post
	BEGIN SELECT raise(ABORT, 'post is insert-only'); END;
