-- Long-running operations.

-- name: save
INSERT INTO operation (id, tenant, started, ended, payload) VALUES (@id, @tenant, @started, @ended, @payload)
ON CONFLICT (id) DO UPDATE SET started = excluded.started, ended = excluded.ended, payload = excluded.payload
WHERE operation.tenant = excluded.tenant;

-- name: delete-items
DELETE FROM operation_item WHERE operation = @id AND number >= @before;

-- name: save-item
INSERT INTO operation_item (operation, number, guest, sequence, event_id, outcome)
VALUES (@id, @number, @guest, @sequence, @event_id, @outcome);

-- name: read
SELECT tenant, started, ended, payload FROM operation WHERE id = @id;

-- name: latest
SELECT id, started, ended, payload FROM operation
WHERE tenant = @tenant AND (started, id) < (@before_started, @before_id)
ORDER BY started DESC, id DESC
LIMIT @limit;

-- name: items
SELECT guest, sequence, event_id, outcome FROM operation_item
WHERE operation = @id AND number >= @after
  AND EXISTS (SELECT 1 FROM operation WHERE operation.id = @id AND operation.tenant = @tenant)
ORDER BY number
LIMIT @limit;

-- name: running
SELECT tenant, id FROM operation WHERE ended = 0 ORDER BY id LIMIT @limit;

-- name: delete-items-of-ended
DELETE FROM operation_item WHERE operation IN (SELECT id FROM operation WHERE ended > 0 AND ended < @before);

-- name: delete-ended
DELETE FROM operation WHERE ended > 0 AND ended < @before;
