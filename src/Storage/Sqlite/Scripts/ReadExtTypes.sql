SELECT event_type, name, type, since FROM ext_type WHERE tenant = $tenant ORDER BY event_type, name;
