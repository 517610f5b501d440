-- Settings of every connection to the data file.

-- name: settings
-- An acknowledged commit survives a power cut: in WAL mode only FULL syncs every commit, and on macOS only fullfsync
-- reaches the disk itself.
PRAGMA synchronous = FULL;
PRAGMA fullfsync = ON;
PRAGMA checkpoint_fullfsync = ON;

-- One process owns the file and has one writer: only a checkpoint makes another connection wait.
PRAGMA busy_timeout = 5000;

-- 16 MB of log between checkpoints: a page that changes often is copied into the file once for many commits, and a
-- checkpoint stays short. After a burst the log shrinks back.
PRAGMA wal_autocheckpoint = 4096;
PRAGMA journal_size_limit = 67108864;

-- Overwrites deleted data, so that nobody can read it from the file.
PRAGMA secure_delete = ON;

PRAGMA cache_size = -65536;
PRAGMA temp_store = MEMORY;

-- name: secret
SELECT secret FROM store;

-- name: restore-moment
SELECT restored FROM store;

-- name: mark-restore
UPDATE store SET restored = @at;
