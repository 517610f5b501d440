SELECT id, payload FROM rejection
WHERE tenant = $tenant AND id < $before AND at >= $since
  AND ($code = '' OR code = $code)
  AND ($any_guest = 1 OR guest = $guest)
  AND ($any_order = 1 OR order_ref = $order)
ORDER BY id DESC
LIMIT $limit;
