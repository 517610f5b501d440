DELETE FROM rejection WHERE at < $1;
