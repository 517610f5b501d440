-- Files that operations made for a person.

-- name: save
INSERT INTO file (operation, part, tenant, until, payload) VALUES (@operation, @part, @tenant, @until, @payload)
ON CONFLICT (operation, part) DO UPDATE SET until = excluded.until, payload = excluded.payload
WHERE file.tenant = excluded.tenant;

-- name: take
WITH gone AS (
    DELETE FROM file WHERE operation = @operation AND tenant = @tenant RETURNING part, until, payload
)
SELECT payload FROM gone WHERE until > @now ORDER BY part;

-- name: delete
DELETE FROM file WHERE operation = @operation AND tenant = @tenant;

-- name: delete-expired
DELETE FROM file WHERE until <= @now;
