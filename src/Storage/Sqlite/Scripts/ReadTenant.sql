SELECT payload FROM tenant WHERE name = $name;
