INSERT INTO operation (id, tenant, ended, payload) VALUES ($1, $2, $3, $4)
ON CONFLICT (id) DO UPDATE SET ended = excluded.ended, payload = excluded.payload
WHERE operation.tenant = excluded.tenant;
