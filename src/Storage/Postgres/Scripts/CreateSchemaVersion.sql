CREATE TABLE IF NOT EXISTS schema_version (
    version        int         PRIMARY KEY,
    minimum_reader int         NOT NULL,      -- the lowest version a binary may know and still work on this
    applied_at     timestamptz NOT NULL DEFAULT now()
);
