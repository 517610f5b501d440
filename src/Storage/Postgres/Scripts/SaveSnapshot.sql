-- Nobody waits for a snapshot to reach the disk: retention's deletes come after it in the log, so none of them can
-- outlive it.
INSERT INTO snapshot (guest, version, format, payload)
SELECT $1, $2, $3, $4 FROM (SELECT set_config('synchronous_commit', 'off', true)) AS unhurried
ON CONFLICT (guest) DO UPDATE
SET version = excluded.version, format = excluded.format, payload = excluded.payload
WHERE excluded.version > snapshot.version;
