-- Nobody waits for a snapshot to reach the disk: retention's deletes come after it in the log, so none of
-- them can outlive it. It was taken a moment ago, at most a midnight.
INSERT INTO snapshot (guest, version, since, format, payload)
SELECT guest, version, (now() AT TIME ZONE 'UTC')::date - 1, format, payload
FROM unnest($1::uuid[], $2::bigint[], $3::int[], $4::bytea[]) AS saved (guest, version, format, payload),
    (SELECT set_config('synchronous_commit', 'off', true)) AS unhurried
ON CONFLICT (guest) DO UPDATE
SET version = excluded.version, since = excluded.since, format = excluded.format, payload = excluded.payload
WHERE excluded.version > snapshot.version;
