-- Format of the file: PRAGMA user_version, set with the tables in one transaction.

-- What the store knows of itself. The secret keys every hash below and is made once.
CREATE TABLE meta (
    id     INTEGER PRIMARY KEY CHECK (id = 1),
    secret BLOB NOT NULL
);

-- One row a guest, never deleted. Its version is the fence: a commit moves it from n - 1 to n or does not
-- happen.
CREATE TABLE head (
    id      INTEGER PRIMARY KEY,
    guest   BLOB    NOT NULL UNIQUE,  -- keyed hash, 16 bytes, big-endian
    tenant  TEXT    NOT NULL,
    name    TEXT    NOT NULL,         -- the guest id as the caller chose it
    version INTEGER NOT NULL,
    pending INTEGER NOT NULL          -- 1 while the guest has undelivered events
);

-- Recovery reads this index and nothing else.
CREATE INDEX head_pending ON head (guest, tenant) WHERE pending = 1;

CREATE TABLE journal (
    id        INTEGER PRIMARY KEY,
    guest     BLOB    NOT NULL,
    version   INTEGER NOT NULL,
    commit_id INTEGER NOT NULL,       -- the same for every row of a transaction
    at        INTEGER NOT NULL,       -- UTC, in ticks of 100 ns since year 1
    format    INTEGER NOT NULL,
    payload   BLOB    NOT NULL        -- the commit's events, as JSON in UTF-8
);

CREATE UNIQUE INDEX journal_version ON journal (guest, version);

-- Retention finds the oldest commits by it. Commits come in the order of time, so it only grows at its end.
CREATE INDEX journal_at ON journal (at);

CREATE TABLE snapshot (
    id      INTEGER PRIMARY KEY,
    guest   BLOB    NOT NULL UNIQUE,
    version INTEGER NOT NULL,
    format  INTEGER NOT NULL,
    payload BLOB    NOT NULL
);

-- Keyed hash of tenant, kind and value → guest. Nothing but its key, so the key is the table.
CREATE TABLE term (
    hash  BLOB NOT NULL,
    guest BLOB NOT NULL,
    PRIMARY KEY (hash, guest)
) WITHOUT ROWID;

INSERT INTO meta (id, secret) VALUES (1, randomblob(32));

PRAGMA user_version = 1;
