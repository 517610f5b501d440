SELECT tenant, id FROM operation WHERE ended = 0 ORDER BY id LIMIT $limit;
