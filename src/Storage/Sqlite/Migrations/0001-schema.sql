-- The tables of a data file. Hashes are keyed, 16 bytes, big-endian. Times are UTC in ticks of 100 ns since year 1.

-- The secret is the key of every hash below. It is created once.
CREATE TABLE store (
    id     INTEGER PRIMARY KEY CHECK (id = 1),
    secret BLOB NOT NULL,
    restored INTEGER NOT NULL DEFAULT 0  -- when it was restored from a backup; 0 if never
);

INSERT INTO store (id, secret) VALUES (1, randomblob(32));

-- One row per guest, never deleted. The version is the fence: a commit moves it from n - 1 to n or does not happen.
-- The columns from "undelivered" on are what the operator's lists show. Of them only "hot" is indexed, and it seldom
-- changes, so an ordinary commit touches no index for the lists.
CREATE TABLE head (
    id          INTEGER PRIMARY KEY,
    guest       BLOB    NOT NULL UNIQUE,
    tenant      TEXT    NOT NULL,
    name        TEXT    NOT NULL,         -- the guest id that the caller chose
    version     INTEGER NOT NULL,
    pending     INTEGER NOT NULL,         -- 1 while the guest has undelivered events
    undelivered INTEGER NOT NULL,
    since       INTEGER NOT NULL,         -- 0 while nothing waits
    block       TEXT    NOT NULL,
    hot         INTEGER NOT NULL,
    kept        BLOB    NOT NULL,         -- the last commits while no row of the journal has them; empty without any
    kept_at     INTEGER NOT NULL,         -- when the last of them was made; 0 without any
    kept_commit INTEGER NOT NULL,         -- the id of its transaction; 0 without any
    kept_format INTEGER NOT NULL,
    floor       INTEGER NOT NULL DEFAULT 0, -- nothing at or below this version exists: the guest was erased there
    erased      INTEGER NOT NULL DEFAULT 0  -- 1 while this head is a tombstone; then its name is ''
);

-- Recovery reads this index and nothing else.
CREATE INDEX head_pending ON head (guest, tenant) WHERE pending = 1;
CREATE INDEX head_hot ON head (guest, tenant) WHERE hot = 1;

-- The columns from "accepted" on are the position of the commit among its guest's events. None of the three ever decreases
-- from one commit to the next, so a binary search over the versions finds the commits of an event.
CREATE TABLE journal (
    id        INTEGER PRIMARY KEY,
    guest     BLOB    NOT NULL,
    version   INTEGER NOT NULL,
    commit_id INTEGER NOT NULL,           -- the same for every row of a transaction
    at        INTEGER NOT NULL,
    format    INTEGER NOT NULL,
    payload   BLOB    NOT NULL,           -- the commit's events
    accepted  INTEGER NOT NULL,
    reached   INTEGER NOT NULL,
    left_line INTEGER NOT NULL
);

CREATE UNIQUE INDEX journal_version ON journal (guest, version);

-- Retention finds the oldest commits by it. Commits arrive in time order, so the index only grows at its end.
CREATE INDEX journal_at ON journal (at);

-- Commits that change an event after it has left the line, as a redrive does: the binary search does not find them.
CREATE TABLE late_change (
    guest    BLOB    NOT NULL,
    sequence INTEGER NOT NULL,
    version  INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    PRIMARY KEY (guest, sequence, version)
) WITHOUT ROWID;

CREATE INDEX late_change_at ON late_change (at);

CREATE TABLE snapshot (
    id      INTEGER PRIMARY KEY,
    guest   BLOB    NOT NULL UNIQUE,
    version INTEGER NOT NULL,
    format  INTEGER NOT NULL,
    payload BLOB    NOT NULL
);

-- Keyed hash of tenant, kind and value → guest. The row is nothing but its key, so the key is the table.
CREATE TABLE term (
    hash  BLOB NOT NULL,
    guest BLOB NOT NULL,
    PRIMARY KEY (hash, guest)
) WITHOUT ROWID;

-- The owner of each browser id, moved by compare-and-set on the generation.
CREATE TABLE owner (
    browser    BLOB    NOT NULL PRIMARY KEY,  -- keyed hash of tenant and browser id
    guest      BLOB    NOT NULL,
    name       TEXT    NOT NULL,              -- the owner's guest id
    generation INTEGER NOT NULL,              -- 1 for the first owner
    previous   BLOB                           -- the last owner that was another guest
) WITHOUT ROWID;

-- Quarantined and in-doubt events: one row for each while it is set aside.
CREATE TABLE aside (
    guest    BLOB    NOT NULL,
    sequence INTEGER NOT NULL,
    tenant   TEXT    NOT NULL,
    in_doubt INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    event_id TEXT    NOT NULL,
    type     TEXT    NOT NULL,
    code     TEXT    NOT NULL,            -- '' where there is none
    warnings TEXT    NOT NULL,            -- of ingest, one line each: code, blank, path; '' where there are none
    PRIMARY KEY (guest, sequence)
) WITHOUT ROWID;

CREATE INDEX aside_listed ON aside (tenant, in_doubt, at, guest, sequence);
CREATE INDEX aside_event ON aside (tenant, event_id);

-- The acts of people. Rows are added and never changed; retention deletes old ones.
CREATE TABLE act (
    id       INTEGER PRIMARY KEY,
    tenant   TEXT    NOT NULL,
    at       INTEGER NOT NULL,
    by       TEXT    NOT NULL,
    kind     TEXT    NOT NULL,
    reason   TEXT    NOT NULL,            -- '' where there is none
    guest    BLOB    NOT NULL,            -- empty for an act on the tenant
    sequence INTEGER NOT NULL,            -- 0 for an act on the guest
    event_id TEXT    NOT NULL,            -- '' for an act on the guest or the tenant
    via      TEXT    NOT NULL,            -- '' for a call of the API
    field    TEXT    NOT NULL DEFAULT ''  -- the name of the value that was revealed
);

CREATE INDEX act_listed ON act (tenant, id);
CREATE INDEX act_of_guest ON act (guest, id);
CREATE INDEX act_revealed ON act (tenant, by, id) WHERE kind = 'value_revealed';

-- Long operations, which outlive the process that began them.
CREATE TABLE operation (
    id      TEXT    PRIMARY KEY,
    tenant  TEXT    NOT NULL,
    started INTEGER NOT NULL,
    ended   INTEGER NOT NULL,             -- 0 while it runs
    payload BLOB    NOT NULL              -- JSON in UTF-8
);

CREATE INDEX operation_ended ON operation (ended, id, tenant);
CREATE INDEX operation_listed ON operation (tenant, started, id);

-- What an operation did with each event. Retention deletes them with the operation.
CREATE TABLE operation_item (
    operation TEXT    NOT NULL,
    number    INTEGER NOT NULL,           -- from 0, in the order in which they were done
    guest     TEXT    NOT NULL,
    sequence  INTEGER NOT NULL,
    event_id  TEXT    NOT NULL,
    outcome   TEXT    NOT NULL,
    PRIMARY KEY (operation, number)
) WITHOUT ROWID;

-- Guests that are erased. Nothing here is a value of theirs: names are keyed hashes.
CREATE TABLE erasure (
    guest         BLOB    PRIMARY KEY,
    of            BLOB    NOT NULL,       -- the guest that this one was linked to, or itself
    operation     TEXT    NOT NULL,
    at            INTEGER NOT NULL,
    events        INTEGER NOT NULL,
    undelivered   INTEGER NOT NULL,
    aside         INTEGER NOT NULL,
    in_doubt      INTEGER NOT NULL,
    sent_sequence INTEGER NOT NULL,       -- of the event that was on its way; 0 for none
    sent_type     TEXT    NOT NULL,
    sent_attempt  INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX erasure_of ON erasure (of);

-- Identifiers and browser ids of erased guests, whose late events are rejected: the hashes of the search index.
CREATE TABLE erased_term (
    hash  BLOB NOT NULL,
    guest BLOB NOT NULL,
    PRIMARY KEY (hash, guest)
) WITHOUT ROWID;

-- Files that operations made for a person, in parts.
CREATE TABLE file (
    operation TEXT    NOT NULL,
    part      BLOB    NOT NULL,           -- the guest whose part it is; empty for a file of one part
    tenant    TEXT    NOT NULL,
    until     INTEGER NOT NULL,
    payload   BLOB    NOT NULL,
    PRIMARY KEY (operation, part)
) WITHOUT ROWID;

-- The delivery state of each tenant: one row, replaced as a whole.
CREATE TABLE tenant (
    name    TEXT    PRIMARY KEY,
    payload BLOB    NOT NULL              -- JSON in UTF-8
);

-- Rejected events without their values, found by the guest and the order that they named.
CREATE TABLE rejection (
    id        INTEGER PRIMARY KEY,
    tenant    TEXT    NOT NULL,
    at        INTEGER NOT NULL,
    code      TEXT    NOT NULL,
    guest     BLOB    NOT NULL,           -- zero where there is none
    order_ref BLOB    NOT NULL,           -- zero where there is none
    payload   BLOB    NOT NULL            -- JSON in UTF-8
);

CREATE INDEX rejection_listed ON rejection (tenant, id);

-- The type of each ext attribute, with which it was seen first.
CREATE TABLE ext_type (
    tenant     TEXT    NOT NULL,
    event_type TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    type       INTEGER NOT NULL,
    since      INTEGER NOT NULL,
    PRIMARY KEY (tenant, event_type, name)
) WITHOUT ROWID;
