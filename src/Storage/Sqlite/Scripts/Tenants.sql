-- What is kept of a tenant's delivery: one row a tenant, replaced whole.
CREATE TABLE tenant (
    name    TEXT    PRIMARY KEY,
    payload BLOB    NOT NULL          -- JSON in UTF-8
);

PRAGMA user_version = 2;
