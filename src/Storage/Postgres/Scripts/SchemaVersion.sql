SELECT coalesce(max(version), 0), coalesce(max(minimum_reader), 0) FROM schema_version;
