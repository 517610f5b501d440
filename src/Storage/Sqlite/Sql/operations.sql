-- Long-running operations.

-- name: save
INSERT INTO operation (id, tenant, ended, payload) VALUES (@id, @tenant, @ended, @payload)
ON CONFLICT (id) DO UPDATE SET ended = excluded.ended, payload = excluded.payload
WHERE operation.tenant = excluded.tenant;

-- name: read
SELECT tenant, ended, payload FROM operation WHERE id = @id;

-- name: running
SELECT tenant, id FROM operation WHERE ended = 0 ORDER BY id LIMIT @limit;

-- name: delete-ended
DELETE FROM operation WHERE ended > 0 AND ended < @before;
