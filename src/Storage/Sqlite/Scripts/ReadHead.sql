SELECT
    coalesce((SELECT version FROM head WHERE guest = $guest), 0),
    coalesce((SELECT version FROM snapshot WHERE guest = $guest), 0);
