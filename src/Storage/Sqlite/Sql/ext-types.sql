-- The types of ext attributes.

-- name: read
SELECT event_type, name, type, since FROM ext_type WHERE tenant = @tenant ORDER BY event_type, name;

-- name: insert
INSERT INTO ext_type (tenant, event_type, name, type, since) VALUES (@tenant, @event_type, @name, @type, @since)
ON CONFLICT DO NOTHING;

-- name: delete
DELETE FROM ext_type
WHERE tenant = @tenant AND (@any_type = 1 OR event_type = @event_type) AND (@any_name = 1 OR name = @name);
