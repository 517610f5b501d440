INSERT INTO head (guest, tenant, name, version, pending, undelivered, since, block, hot)
VALUES ($guest, $tenant, $name, 1, $pending, $undelivered, $since, $block, $hot)
ON CONFLICT (guest) DO NOTHING;
