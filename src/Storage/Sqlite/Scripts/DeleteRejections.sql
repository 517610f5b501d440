DELETE FROM rejection WHERE at < $before;
