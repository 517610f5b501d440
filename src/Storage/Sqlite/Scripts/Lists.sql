-- What the operator's lists show of a guest, moved with its head. None of it but "hot" is indexed, and that changes
-- seldom: a commit in the ordinary course touches no index for it.
ALTER TABLE head ADD COLUMN undelivered INTEGER NOT NULL DEFAULT 0;
ALTER TABLE head ADD COLUMN since INTEGER NOT NULL DEFAULT 0;   -- ticks; 0 when nothing waits
ALTER TABLE head ADD COLUMN block TEXT NOT NULL DEFAULT '';
ALTER TABLE head ADD COLUMN hot INTEGER NOT NULL DEFAULT 0;

CREATE INDEX head_hot ON head (guest, tenant) WHERE hot = 1;

-- Quarantined and in-doubt events: one row each, as long as they are.
CREATE TABLE aside (
    guest    BLOB    NOT NULL,
    sequence INTEGER NOT NULL,
    tenant   TEXT    NOT NULL,
    in_doubt INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    event_id TEXT    NOT NULL,
    type     TEXT    NOT NULL,
    code     TEXT    NOT NULL,         -- '' where there is none
    PRIMARY KEY (guest, sequence)
) WITHOUT ROWID;

CREATE INDEX aside_listed ON aside (tenant, in_doubt, at, guest, sequence);

-- What people did. Rows are only ever added.
CREATE TABLE act (
    id       INTEGER PRIMARY KEY,
    tenant   TEXT    NOT NULL,
    at       INTEGER NOT NULL,
    by       TEXT    NOT NULL,
    kind     TEXT    NOT NULL,
    reason   TEXT    NOT NULL,         -- '' where there is none
    guest    BLOB    NOT NULL,         -- empty for an act on the tenant
    sequence INTEGER NOT NULL          -- 0 for an act on the guest
);

CREATE INDEX act_listed ON act (tenant, id);
CREATE INDEX act_of_guest ON act (guest, id);

-- Long work, so that it outlives the process that began it.
CREATE TABLE operation (
    id      TEXT    PRIMARY KEY,
    tenant  TEXT    NOT NULL,
    ended   INTEGER NOT NULL,          -- ticks; 0 while it runs
    payload BLOB    NOT NULL           -- JSON in UTF-8
);

CREATE INDEX operation_ended ON operation (ended, id, tenant);

PRAGMA user_version = 3;
