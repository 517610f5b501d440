INSERT INTO term (hash, guest) VALUES ($hash, $guest) ON CONFLICT DO NOTHING;
