INSERT INTO schema_version (version, minimum_reader) VALUES ($1, $2);
