-- How far a commit has come with its guest's events. None of the three ever falls from one commit to the next, so the
-- commits of an event are found by halving over the versions. Zero in commits from before they were kept.
ALTER TABLE journal ADD COLUMN accepted INTEGER NOT NULL DEFAULT 0;
ALTER TABLE journal ADD COLUMN reached INTEGER NOT NULL DEFAULT 0;
ALTER TABLE journal ADD COLUMN settled INTEGER NOT NULL DEFAULT 0;

-- Commits that came back to an event after it had left the line, as a redrive does: what halving does not find.
CREATE TABLE revisit (
    guest    BLOB    NOT NULL,
    sequence INTEGER NOT NULL,
    version  INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    PRIMARY KEY (guest, sequence, version)
) WITHOUT ROWID;

CREATE INDEX revisit_at ON revisit (at);

PRAGMA user_version = 4;
