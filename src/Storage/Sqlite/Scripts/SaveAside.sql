INSERT INTO aside (guest, sequence, tenant, in_doubt, at, event_id, type, code, warnings)
VALUES ($guest, $sequence, $tenant, $in_doubt, $at, $event_id, $type, $code, $warnings)
ON CONFLICT (guest, sequence) DO UPDATE
SET in_doubt = excluded.in_doubt, at = excluded.at, type = excluded.type, code = excluded.code,
    warnings = excluded.warnings;
