-- Rejected events.

-- name: insert
INSERT INTO rejection (tenant, at, code, guest, order_ref, payload)
SELECT @tenant, at, code, guest, order_ref, payload
FROM unnest(@at::bigint[], @codes::text[], @guests::uuid[], @orders::uuid[], @payloads::bytea[])
    WITH ORDINALITY AS found (at, code, guest, order_ref, payload, place)
ORDER BY place;

-- name: trim
DELETE FROM rejection WHERE tenant = @tenant AND id <= (
    SELECT id FROM rejection WHERE tenant = @tenant ORDER BY id DESC LIMIT 1 OFFSET @most
);

-- name: read
SELECT id, payload FROM rejection
WHERE tenant = @tenant AND at >= @since AND id < @before
  AND (@code = '' OR code = @code)
  AND (@any_guest OR guest = @guest)
  AND (@any_order OR order_ref = @order)
ORDER BY id DESC
LIMIT @limit;

-- name: delete-old
DELETE FROM rejection WHERE at < @before;
