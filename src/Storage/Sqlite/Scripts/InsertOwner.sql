INSERT INTO owner (browser, guest, name, generation, previous)
VALUES ($browser, $guest, $name, 1, NULL)
ON CONFLICT DO NOTHING;
