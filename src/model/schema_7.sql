-- Version 7: the chain covers all of a post.

-- What the digests of its texts are salted with, so that the digest of a text
-- that was removed doesn't give it away; '': the form of versions before.
ALTER TABLE post ADD COLUMN salt TEXT NOT NULL DEFAULT '';
ALTER TABLE rehearsal ADD COLUMN salt TEXT NOT NULL DEFAULT '';
-- SHA-256 of the link of the message before, what is said of this one and the
-- SHA-256 of its bytes; '': it came to a version before.
ALTER TABLE message ADD COLUMN link TEXT NOT NULL DEFAULT '';
