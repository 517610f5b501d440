INSERT INTO journal (guest, version, commit_id, at, format, payload)
VALUES ($guest, $version, $commit, $at, $format, $payload);
