UPDATE owner SET
    previous = CASE WHEN guest = $guest THEN previous ELSE guest END,
    guest = $guest, name = $name, generation = $after + 1
WHERE browser = $browser AND generation = $after;
