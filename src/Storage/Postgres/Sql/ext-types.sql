-- The types of ext attributes.

-- name: read
SELECT event_type, name, type, since FROM ext_type WHERE tenant = @tenant ORDER BY event_type, name;

-- name: insert
INSERT INTO ext_type (tenant, event_type, name, type, since)
SELECT @tenant, event_type, name, type, since
FROM unnest(@event_types::text[], @names::text[], @types::int[], @since::bigint[])
    AS found (event_type, name, type, since)
ON CONFLICT DO NOTHING;

-- name: delete
DELETE FROM ext_type
WHERE tenant = @tenant AND (@any_type OR event_type = @event_type) AND (@any_name OR name = @name);
