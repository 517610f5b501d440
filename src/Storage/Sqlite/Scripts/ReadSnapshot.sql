SELECT version, format, payload FROM snapshot WHERE guest = $guest;
