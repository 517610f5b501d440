INSERT INTO ext_type (tenant, event_type, name, type, since)
SELECT $1, event_type, name, type, since
FROM unnest($2::text[], $3::text[], $4::int[], $5::bigint[]) AS found (event_type, name, type, since)
ON CONFLICT DO NOTHING;
