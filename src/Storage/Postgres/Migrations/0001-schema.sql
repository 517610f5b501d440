-- Readers from version 1 on.

-- Hashes are keyed and stored as uuid: 16 bytes, big-endian. Times are UTC in ticks of 100 ns since year 1, by the silo's
-- clock; days are UTC by the server's clock.

-- The secret is the key of every hash below. It is created once: 32 bytes, of which the server's strong random source
-- fills 244 bits.
CREATE TABLE store (
    id     int PRIMARY KEY CHECK (id = 1),
    secret bytea NOT NULL,
    restored bigint NOT NULL DEFAULT 0  -- when it was restored from a backup; 0 if never
);

INSERT INTO store (id, secret)
VALUES (1, uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));

-- One row per guest, never deleted. The version is the fence: a commit moves it from n - 1 to n or does not happen. Its
-- pages keep free space, so that a move stays within one page and touches no index; with more free space the server would
-- look for dead rows at every move. What changes with each commit stands together, because the server's log holds everything
-- from the first changed byte to the last. "pending" changes twice for an event, so no index has it: "maybe_pending" is set
-- with it, and stays set until a sweep finds that nothing was pending for a while.
CREATE TABLE head (
    guest       uuid    PRIMARY KEY,
    opened      date    NOT NULL,             -- the day of its first commit: none is in an earlier partition
    kept_format int     NOT NULL,
    version     bigint  NOT NULL,
    since       bigint  NOT NULL,             -- 0 while nothing waits
    kept_at     bigint  NOT NULL,             -- when the last kept commit was made; 0 without any
    kept_commit bigint  NOT NULL,             -- the id of its batch; 0 without any
    undelivered int     NOT NULL,
    pending     boolean NOT NULL,             -- while the guest has undelivered events
    maybe_pending boolean NOT NULL,           -- whether it is in the indexes of pending guests
    hot         boolean NOT NULL,
    kept        bytea   NOT NULL,             -- the last commits while no row of the journal has them; empty without any
    block       text    NOT NULL,
    tenant      text    COLLATE "C" NOT NULL,
    name        text    COLLATE "C" NOT NULL, -- the guest id that the caller chose
    floor       bigint  NOT NULL DEFAULT 0,   -- nothing at or below this version exists: the guest was erased there
    erased      boolean NOT NULL DEFAULT false -- while this head is a tombstone; then its name is ''
) WITH (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.05);

-- How many guests are pending changes within seconds, and what the server counted a while ago would make it read all heads instead of
-- the indexes below. Without such counts it takes few to be pending.
ALTER TABLE head ALTER COLUMN pending SET STATISTICS 0, ALTER COLUMN maybe_pending SET STATISTICS 0;

-- Recovery, over all tenants, reads this index and the heads in it.
CREATE INDEX head_pending ON head (guest) INCLUDE (tenant) WHERE maybe_pending;

-- A tenant's list reads the guests of this tenant alone, however many guests of others wait: with the guest first in the
-- index, a page of 50 beside 150,000 guests of another tenant took half a second.
CREATE INDEX head_waiting ON head (tenant, guest) WHERE maybe_pending;
CREATE INDEX head_hot ON head (tenant, guest) WHERE hot;

-- Partitioned by the day on which the commit arrived, by the server's clock alone: a silo whose clock is wrong can neither
-- miss a partition nor keep one from expiring. There is no default partition: rows in it would forbid creating the
-- partition that they belong to. The columns from "accepted" on are the position of the commit among its guest's events.
-- None of the three ever decreases from one commit to the next, so a binary search over the versions finds the commits of an
-- event.
CREATE TABLE journal (
    version   bigint NOT NULL,
    commit_id bigint NOT NULL,                -- the same for every row of a batch
    at        bigint NOT NULL,
    accepted  bigint NOT NULL,
    reached   bigint NOT NULL,
    left_line bigint NOT NULL,
    day       date   NOT NULL,
    format    int    NOT NULL,
    guest     uuid   NOT NULL,
    payload   bytea  NOT NULL,                -- the commit's events
    PRIMARY KEY (guest, version, day)
) PARTITION BY RANGE (day);

-- Commits whose own time is before the day on which they arrived: a few around midnight, and those of a silo whose clock is
-- wrong. They expire by their own time, which the bounds of their partition do not show.
CREATE INDEX journal_misdated ON journal (guest, version, at)
    WHERE at < (day - DATE '0001-01-01')::bigint * 864000000000;

-- The partitions of the journal; no two share a day.
CREATE TABLE journal_partition (
    name     text PRIMARY KEY,
    from_day date NOT NULL UNIQUE,
    to_day   date NOT NULL UNIQUE,            -- the day after its last
    CHECK (from_day < to_day)
);

-- Commits that change an event after it has left the line, as a redrive does: the binary search does not find them.
CREATE TABLE late_change (
    guest    uuid   NOT NULL,
    sequence bigint NOT NULL,
    version  bigint NOT NULL,
    at       bigint NOT NULL,
    PRIMARY KEY (guest, sequence, version)
);

CREATE INDEX late_change_at ON late_change (at);

CREATE TABLE snapshot (
    guest   uuid   PRIMARY KEY,
    version bigint NOT NULL,
    since   date   NOT NULL,                  -- no commit after the version arrived before this day
    format  int    NOT NULL,
    payload bytea  NOT NULL
);

-- Keyed hash of tenant, kind and value → guest.
CREATE TABLE term (
    hash  uuid NOT NULL,
    guest uuid NOT NULL,
    PRIMARY KEY (hash, guest)
);

-- The owner of each browser id, moved by compare-and-set on the generation.
CREATE TABLE owner (
    browser    uuid   PRIMARY KEY,            -- keyed hash of tenant and browser id
    guest      uuid   NOT NULL,
    previous   uuid,                          -- the last owner that was another guest
    generation bigint NOT NULL,               -- 1 for the first owner
    name       text   COLLATE "C" NOT NULL    -- the owner's guest id
);

-- Quarantined and in-doubt events: one row for each while it is set aside.
CREATE TABLE aside (
    guest    uuid    NOT NULL,
    sequence bigint  NOT NULL,
    tenant   text    COLLATE "C" NOT NULL,
    in_doubt boolean NOT NULL,
    at       bigint  NOT NULL,
    event_id text    COLLATE "C" NOT NULL,
    type     text    COLLATE "C" NOT NULL,
    code     text    COLLATE "C" NOT NULL,    -- '' where there is none
    warnings text    COLLATE "C" NOT NULL,    -- of ingest, one line each: code, blank, path; '' where there are none
    PRIMARY KEY (guest, sequence)
);

CREATE INDEX aside_listed ON aside (tenant, in_doubt, at, guest, sequence);
CREATE INDEX aside_event ON aside (tenant, event_id);

-- The acts of people. Rows are added and never changed; retention deletes old ones.
CREATE TABLE act (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant   text   COLLATE "C" NOT NULL,
    at       bigint NOT NULL,
    by       text   NOT NULL,
    kind     text   NOT NULL,
    reason   text   NOT NULL,                 -- '' where there is none
    guest    uuid,                            -- NULL for an act on the tenant
    sequence bigint NOT NULL,                 -- 0 for an act on the guest
    event_id text   COLLATE "C" NOT NULL,     -- '' for an act on the guest or the tenant
    via      text   NOT NULL,                 -- '' for a call of the API
    field    text   NOT NULL DEFAULT ''       -- the name of the value that was revealed
);

CREATE INDEX act_listed ON act (tenant, id);
CREATE INDEX act_of_guest ON act (guest, id);
CREATE INDEX act_revealed ON act (tenant, by, id) WHERE kind = 'value_revealed';

-- Long operations, which outlive the process that began them.
CREATE TABLE operation (
    id      text   COLLATE "C" PRIMARY KEY,
    tenant  text   COLLATE "C" NOT NULL,
    started bigint NOT NULL,
    ended   bigint NOT NULL,                  -- 0 while it runs
    payload bytea  NOT NULL                   -- JSON in UTF-8
);

CREATE INDEX operation_ended ON operation (ended, id);
CREATE INDEX operation_listed ON operation (tenant, started, id);

-- What an operation did with each event. Retention deletes them with the operation.
CREATE TABLE operation_item (
    operation text   COLLATE "C" NOT NULL,
    number    bigint NOT NULL,                -- from 0, in the order in which they were done
    guest     text   NOT NULL,
    sequence  bigint NOT NULL,
    event_id  text   NOT NULL,
    outcome   text   NOT NULL,
    PRIMARY KEY (operation, number)
);

-- Guests that are erased. Nothing here is a value of theirs: names are keyed hashes.
CREATE TABLE erasure (
    guest         uuid   PRIMARY KEY,
    of            uuid   NOT NULL,            -- the guest that this one was linked to, or itself
    operation     text   COLLATE "C" NOT NULL,
    at            bigint NOT NULL,
    events        bigint NOT NULL,
    undelivered   int    NOT NULL,
    aside         int    NOT NULL,
    in_doubt      int    NOT NULL,
    sent_sequence bigint NOT NULL,            -- of the event that was on its way; 0 for none
    sent_type     text   NOT NULL,
    sent_attempt  int    NOT NULL
);

CREATE INDEX erasure_of ON erasure (of);

-- Identifiers and browser ids of erased guests, whose late events are rejected: the hashes of the search index.
CREATE TABLE erased_term (
    hash  uuid NOT NULL,
    guest uuid NOT NULL,
    PRIMARY KEY (hash, guest)
);

-- Files that operations made for a person, in parts.
CREATE TABLE file (
    operation text   COLLATE "C" NOT NULL,
    part      uuid   NOT NULL,                -- the guest whose part it is; zero for a file of one part
    tenant    text   COLLATE "C" NOT NULL,
    until     bigint NOT NULL,
    payload   bytea  NOT NULL,
    PRIMARY KEY (operation, part)
);

-- The delivery state of each tenant: one row, replaced as a whole.
CREATE TABLE tenant (
    name    text  COLLATE "C" PRIMARY KEY,
    payload bytea NOT NULL                    -- JSON in UTF-8
);

-- Rejected events without their values, found by the guest and the order that they named.
CREATE TABLE rejection (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant    text   COLLATE "C" NOT NULL,
    at        bigint NOT NULL,
    code      text   COLLATE "C" NOT NULL,
    guest     uuid   NOT NULL,                -- zero where there is none
    order_ref uuid   NOT NULL,                -- zero where there is none
    payload   bytea  NOT NULL                 -- JSON in UTF-8
);

CREATE INDEX rejection_listed ON rejection (tenant, id);

-- The type of each ext attribute, with which it was seen first.
CREATE TABLE ext_type (
    tenant     text   COLLATE "C" NOT NULL,
    event_type text   COLLATE "C" NOT NULL,
    name       text   COLLATE "C" NOT NULL,
    type       int    NOT NULL,
    since      bigint NOT NULL,
    PRIMARY KEY (tenant, event_type, name)
);
