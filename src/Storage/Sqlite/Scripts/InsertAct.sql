INSERT INTO act (tenant, at, by, kind, reason, guest, sequence)
VALUES ($tenant, $at, $by, $kind, $reason, $guest, $sequence);
