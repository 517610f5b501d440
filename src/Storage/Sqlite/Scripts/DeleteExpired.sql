DELETE FROM journal WHERE id IN (
    SELECT expired.id FROM journal AS expired
    CROSS JOIN snapshot ON snapshot.guest = expired.guest AND snapshot.version >= expired.version
    WHERE expired.at < $before
    ORDER BY expired.at
    LIMIT $limit);
