-- Readers from version 1 on.

-- What the operator's lists show of a guest, moved with its head. None of it but "hot" is indexed, and that changes
-- seldom: a move in the ordinary course stays within its page.
ALTER TABLE head
    ADD COLUMN undelivered int     NOT NULL DEFAULT 0,
    ADD COLUMN since       bigint  NOT NULL DEFAULT 0,      -- ticks; 0 when nothing waits
    ADD COLUMN block       text    NOT NULL DEFAULT '',
    ADD COLUMN hot         boolean NOT NULL DEFAULT false;

CREATE INDEX head_hot ON head (guest) INCLUDE (tenant) WHERE hot;

-- Quarantined and in-doubt events: one row each, as long as they are.
CREATE TABLE aside (
    guest    uuid    NOT NULL,
    sequence bigint  NOT NULL,
    tenant   text    COLLATE "C" NOT NULL,
    in_doubt boolean NOT NULL,
    at       bigint  NOT NULL,
    event_id text    COLLATE "C" NOT NULL,
    type     text    COLLATE "C" NOT NULL,
    code     text    COLLATE "C" NOT NULL,                 -- '' where there is none
    PRIMARY KEY (guest, sequence)
);

CREATE INDEX aside_listed ON aside (tenant, in_doubt, at, guest, sequence);

-- What people did. Rows are only ever added.
CREATE TABLE act (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant   text   COLLATE "C" NOT NULL,
    at       bigint NOT NULL,
    by       text   NOT NULL,
    kind     text   NOT NULL,
    reason   text   NOT NULL,                              -- '' where there is none
    guest    uuid,                                         -- NULL for an act on the tenant
    sequence bigint NOT NULL                               -- 0 for an act on the guest
);

CREATE INDEX act_listed ON act (tenant, id);
CREATE INDEX act_of_guest ON act (guest, id);

-- Long work, so that it outlives the process that began it.
CREATE TABLE operation (
    id      text   COLLATE "C" PRIMARY KEY,
    tenant  text   COLLATE "C" NOT NULL,
    ended   bigint NOT NULL,                               -- ticks; 0 while it runs
    payload bytea  NOT NULL                                -- JSON in UTF-8
);

CREATE INDEX operation_ended ON operation (ended, id);
