SELECT event_type, name, type, since FROM ext_type WHERE tenant = $1 ORDER BY event_type, name;
