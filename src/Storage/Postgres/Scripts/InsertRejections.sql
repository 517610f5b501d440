INSERT INTO rejection (tenant, at, code, guest, order_ref, payload)
SELECT $1, at, code, guest, order_ref, payload
FROM unnest($2::bigint[], $3::text[], $4::uuid[], $5::uuid[], $6::bytea[])
    WITH ORDINALITY AS found (at, code, guest, order_ref, payload, place)
ORDER BY place;
