DELETE FROM rejection WHERE tenant = $tenant AND id <= (
    SELECT id FROM rejection WHERE tenant = $tenant ORDER BY id DESC LIMIT 1 OFFSET $most
);
