INSERT INTO journal (guest, version, commit_id, at, format, payload, accepted, reached, settled)
VALUES ($guest, $version, $commit, $at, $format, $payload, $accepted, $reached, $settled);
