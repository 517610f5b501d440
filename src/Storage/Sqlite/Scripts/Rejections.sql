-- The warnings that an event got at ingest: a line each: code, blank, path; '' where there are none.
ALTER TABLE aside ADD COLUMN warnings TEXT NOT NULL DEFAULT '';

-- Rejected events, without their values: found by the guest and the order that they named.
CREATE TABLE rejection (
    id        INTEGER PRIMARY KEY,
    tenant    TEXT    NOT NULL,
    at        INTEGER NOT NULL,
    code      TEXT    NOT NULL,
    guest     BLOB    NOT NULL,        -- keyed hash; zero where there is none
    order_ref BLOB    NOT NULL,        -- keyed hash; zero where there is none
    payload   BLOB    NOT NULL         -- JSON in UTF-8
);

CREATE INDEX rejection_listed ON rejection (tenant, id);

-- The types of ext attributes as they were seen first.
CREATE TABLE ext_type (
    tenant     TEXT    NOT NULL,
    event_type TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    type       INTEGER NOT NULL,
    since      INTEGER NOT NULL,
    PRIMARY KEY (tenant, event_type, name)
) WITHOUT ROWID;

PRAGMA user_version = 7;
