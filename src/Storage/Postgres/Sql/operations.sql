-- Long-running operations.

-- name: save
-- One statement is one transaction. Of another tenant's operation nothing is written.
WITH saved AS (
    INSERT INTO operation (id, tenant, started, ended, payload) VALUES (@id, @tenant, @started, @ended, @payload)
    ON CONFLICT (id) DO UPDATE SET started = excluded.started, ended = excluded.ended, payload = excluded.payload
    WHERE operation.tenant = excluded.tenant
    RETURNING id
),
deleted AS (
    DELETE FROM operation_item
    WHERE operation IN (SELECT id FROM saved) AND number >= @before + @count
)
INSERT INTO operation_item (operation, number, guest, sequence, event_id, outcome)
SELECT saved.id, @before + item.number - 1, item.guest, item.sequence, item.event_id, item.outcome
FROM saved, unnest(@guests::text[], @sequences::bigint[], @event_ids::text[], @outcomes::text[])
    WITH ORDINALITY AS item (guest, sequence, event_id, outcome, number)
ON CONFLICT (operation, number) DO UPDATE
SET guest = excluded.guest, sequence = excluded.sequence, event_id = excluded.event_id, outcome = excluded.outcome;

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

-- name: delete-ended
WITH gone AS (
    DELETE FROM operation WHERE ended > 0 AND ended < @before RETURNING id
)
DELETE FROM operation_item WHERE operation IN (SELECT id FROM gone);
