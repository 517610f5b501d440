INSERT INTO aside (guest, sequence, tenant, in_doubt, at, event_id, type, code)
VALUES ($guest, $sequence, $tenant, $in_doubt, $at, $event_id, $type, $code)
ON CONFLICT (guest, sequence) DO UPDATE
SET in_doubt = excluded.in_doubt, at = excluded.at, type = excluded.type, code = excluded.code;
