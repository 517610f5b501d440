-- Readers from version 1 on.

-- What the store knows of itself. The secret keys every hash below and is made once: 32 bytes, of which the
-- server's strong source of chance fills 244 bits.
CREATE TABLE store (
    id     int PRIMARY KEY CHECK (id = 1),
    secret bytea NOT NULL
);

INSERT INTO store (id, secret)
VALUES (1, uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));

-- One row a guest, never deleted. Its version is the fence: a commit moves it from n - 1 to n or does not
-- happen. Room is left in its pages, so that a move stays within one and touches no index.
CREATE TABLE head (
    guest   uuid    PRIMARY KEY,              -- keyed hash, big-endian
    version bigint  NOT NULL,
    pending boolean NOT NULL,                 -- while the guest has undelivered events
    tenant  text    COLLATE "C" NOT NULL,
    name    text    COLLATE "C" NOT NULL      -- the guest id as the caller chose it
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);

-- Recovery reads this index and nothing else.
CREATE INDEX head_pending ON head (guest) INCLUDE (tenant) WHERE pending;

-- Parted by the day on which the server took the commit in, by its clock alone: a silo whose clock is wrong
-- can neither miss a partition nor keep one alive. There is no default partition; rows in one would forbid
-- making the partition that they belong to.
CREATE TABLE journal (
    version   bigint NOT NULL,
    commit_id bigint NOT NULL,                -- the same for every row of a batch
    at        bigint NOT NULL,                -- UTC by the silo's clock, in ticks of 100 ns since year 1
    day       date   NOT NULL,                -- UTC by the server's clock
    format    int    NOT NULL,
    guest     uuid   NOT NULL,
    payload   bytea  NOT NULL,                -- the commit's events, as JSON in UTF-8
    PRIMARY KEY (guest, version, day)
) PARTITION BY RANGE (day);

-- Commits that claim to be older than the day they came in: they expire by their claim, which no partition's
-- bounds tell. A few after midnight, and those of a clock that is wrong.
CREATE INDEX journal_misdated ON journal (guest, version, at)
    WHERE at < (day - DATE '0001-01-01')::bigint * 864000000000;

-- The partitions of the journal; no two share a day.
CREATE TABLE journal_partition (
    name     text PRIMARY KEY,
    from_day date NOT NULL UNIQUE,
    to_day   date NOT NULL UNIQUE,            -- the day after its last
    CHECK (from_day < to_day)
);

CREATE TABLE snapshot (
    guest   uuid   PRIMARY KEY,
    version bigint NOT NULL,
    since   date   NOT NULL,                  -- no commit after the version came in before this day
    format  int    NOT NULL,
    payload bytea  NOT NULL
);

-- Keyed hash of tenant, kind and value → guest.
CREATE TABLE term (
    hash  uuid NOT NULL,
    guest uuid NOT NULL,
    PRIMARY KEY (hash, guest)
);
