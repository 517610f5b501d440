INSERT INTO snapshot (guest, version, format, payload)
VALUES ($guest, $version, $format, $payload)
ON CONFLICT (guest) DO UPDATE
SET version = excluded.version, format = excluded.format, payload = excluded.payload
WHERE excluded.version > snapshot.version;
