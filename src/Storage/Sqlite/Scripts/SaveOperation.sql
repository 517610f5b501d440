INSERT INTO operation (id, tenant, ended, payload) VALUES ($id, $tenant, $ended, $payload)
ON CONFLICT (id) DO UPDATE SET ended = excluded.ended, payload = excluded.payload
WHERE operation.tenant = excluded.tenant;
