INSERT INTO owner (browser, guest, previous, generation, name)
SELECT browser, guest, NULL, 1, name
FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::bigint[]) AS claim (browser, guest, name, after)
WHERE after = 0
ON CONFLICT (browser) DO NOTHING;
