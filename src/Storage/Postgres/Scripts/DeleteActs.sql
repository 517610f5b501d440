-- In the order in which they came: a bounded number is looked at, however many there are.
WITH deleted AS (
    DELETE FROM act WHERE id IN (
        SELECT id FROM (SELECT id, at FROM act ORDER BY id LIMIT $2) AS oldest WHERE at < $1
    )
    RETURNING id
)
SELECT count(*)::int FROM deleted;
