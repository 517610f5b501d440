-- The version of the schema.

-- name: create-versions
CREATE TABLE IF NOT EXISTS schema_version (
    version        int         PRIMARY KEY,
    minimum_reader int         NOT NULL,      -- the lowest version that a binary must know to work on this schema
    applied_at     timestamptz NOT NULL DEFAULT now()
);

-- name: version
SELECT coalesce(max(version), 0), coalesce(max(minimum_reader), 0) FROM schema_version;

-- name: add-version
INSERT INTO schema_version (version, minimum_reader) VALUES (@version, @minimum_reader);

-- name: lock
SELECT pg_advisory_xact_lock(@lock);

-- name: secret
SELECT secret FROM store;

-- name: restore-moment
SELECT restored FROM store;

-- name: mark-restore
UPDATE store SET restored = @at;
