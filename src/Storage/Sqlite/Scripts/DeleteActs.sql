-- In the order in which they came: a bounded number is looked at, however many there are.
DELETE FROM act WHERE id IN (
    SELECT id FROM (SELECT id, at FROM act ORDER BY id LIMIT $limit) WHERE at < $before
);
