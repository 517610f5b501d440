INSERT INTO ext_type (tenant, event_type, name, type, since) VALUES ($tenant, $event_type, $name, $type, $since)
ON CONFLICT DO NOTHING;
