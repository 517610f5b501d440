-- The delivery state of each tenant.

-- name: read
SELECT payload FROM tenant WHERE name = @name;

-- name: save
INSERT INTO tenant (name, payload) VALUES (@name, @payload)
ON CONFLICT (name) DO UPDATE SET payload = excluded.payload;
