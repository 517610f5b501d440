-- Rejected events.

-- name: insert
INSERT INTO rejection (tenant, at, code, guest, order_ref, payload)
VALUES (@tenant, @at, @code, @guest, @order, @payload);

-- name: trim
DELETE FROM rejection WHERE tenant = @tenant AND id <= (
    SELECT id FROM rejection WHERE tenant = @tenant ORDER BY id DESC LIMIT 1 OFFSET @most
);

-- name: read
SELECT id, payload FROM rejection
WHERE tenant = @tenant AND id < @before AND at >= @since
  AND (@code = '' OR code = @code)
  AND (@any_guest = 1 OR guest = @guest)
  AND (@any_order = 1 OR order_ref = @order)
ORDER BY id DESC
LIMIT @limit;

-- name: delete-old
DELETE FROM rejection WHERE at < @before;
