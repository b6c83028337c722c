-- Version 13: what comes back in masses.

-- Of a domain: so many more members may turn before they are counted again.
ALTER TABLE brake ADD COLUMN spare INTEGER NOT NULL DEFAULT 0;
