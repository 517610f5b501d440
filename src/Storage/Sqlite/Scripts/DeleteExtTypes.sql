DELETE FROM ext_type
WHERE tenant = $tenant AND ($any_type = 1 OR event_type = $event_type) AND ($any_name = 1 OR name = $name);
