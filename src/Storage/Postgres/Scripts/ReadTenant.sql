SELECT payload FROM tenant WHERE name = $1;
