-- Nobody waits for a snapshot to reach the disk: retention's deletes come after it in the log, so none of
-- them can outlive it. It was taken a moment ago, at most a midnight.
INSERT INTO snapshot (guest, version, since, format, payload)
SELECT $1, $2, (now() AT TIME ZONE 'UTC')::date - 1, $3, $4
FROM (SELECT set_config('synchronous_commit', 'off', true)) AS unhurried
ON CONFLICT (guest) DO UPDATE
SET version = excluded.version, since = excluded.since, format = excluded.format, payload = excluded.payload
WHERE excluded.version > snapshot.version;
