INSERT INTO act (tenant, at, by, kind, reason, guest, sequence, event_id)
VALUES ($tenant, $at, $by, $kind, $reason, $guest, $sequence, $event_id);
