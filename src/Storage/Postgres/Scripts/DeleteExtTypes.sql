DELETE FROM ext_type WHERE tenant = $1 AND ($2 OR event_type = $3) AND ($4 OR name = $5);
