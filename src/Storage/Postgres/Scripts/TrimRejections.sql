DELETE FROM rejection WHERE tenant = $1 AND id <= (
    SELECT id FROM rejection WHERE tenant = $1 ORDER BY id DESC LIMIT 1 OFFSET $2
);
