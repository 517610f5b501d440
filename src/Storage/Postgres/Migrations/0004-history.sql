-- Readers from version 1 on.

-- How far a commit has come with its guest's events. None of the three ever falls from one commit to the next, so the
-- commits of an event are found by halving over the versions. Zero in commits of silos that do not know them.
ALTER TABLE journal
    ADD COLUMN accepted bigint NOT NULL DEFAULT 0,
    ADD COLUMN reached  bigint NOT NULL DEFAULT 0,
    ADD COLUMN settled  bigint NOT NULL DEFAULT 0;

-- Commits that came back to an event after it had left the line, as a redrive does: what halving does not find.
CREATE TABLE revisit (
    guest    uuid   NOT NULL,
    sequence bigint NOT NULL,
    version  bigint NOT NULL,
    at       bigint NOT NULL,
    PRIMARY KEY (guest, sequence, version)
);

CREATE INDEX revisit_at ON revisit (at);
