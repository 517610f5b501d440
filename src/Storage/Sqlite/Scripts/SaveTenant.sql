INSERT INTO tenant (name, payload) VALUES ($name, $payload)
ON CONFLICT (name) DO UPDATE SET payload = excluded.payload;
