SELECT id, payload FROM rejection
WHERE tenant = $1 AND at >= $2 AND id < $3
  AND ($4 = '' OR code = $4)
  AND ($5 OR guest = $6)
  AND ($7 OR order_ref = $8)
ORDER BY id DESC
LIMIT $9;
