DELETE FROM aside WHERE guest = $guest AND sequence = $sequence;
