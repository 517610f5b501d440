INSERT INTO tenant (name, payload) VALUES ($1, $2)
ON CONFLICT (name) DO UPDATE SET payload = excluded.payload;
