INSERT INTO head (guest, tenant, name, version, pending)
VALUES ($guest, $tenant, $name, 1, $pending)
ON CONFLICT (guest) DO NOTHING;
