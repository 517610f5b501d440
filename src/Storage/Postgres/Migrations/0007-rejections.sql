-- Readers from version 1 on.

-- The warnings that an event got at ingest: a line each: code, blank, path; '' where there are none.
ALTER TABLE aside ADD COLUMN warnings text COLLATE "C" NOT NULL DEFAULT '';

-- Rejected events, without their values: found by the guest and the order that they named.
CREATE TABLE rejection (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant    text   COLLATE "C" NOT NULL,
    at        bigint NOT NULL,
    code      text   COLLATE "C" NOT NULL,
    guest     uuid   NOT NULL,                             -- keyed hash; zero where there is none
    order_ref uuid   NOT NULL,                             -- keyed hash; zero where there is none
    payload   bytea  NOT NULL                              -- JSON in UTF-8
);

CREATE INDEX rejection_listed ON rejection (tenant, id);

-- The types of ext attributes as they were seen first.
CREATE TABLE ext_type (
    tenant     text   COLLATE "C" NOT NULL,
    event_type text   COLLATE "C" NOT NULL,
    name       text   COLLATE "C" NOT NULL,
    type       int    NOT NULL,
    since      bigint NOT NULL,
    PRIMARY KEY (tenant, event_type, name)
);
