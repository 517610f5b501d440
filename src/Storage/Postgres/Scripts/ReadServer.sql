SELECT current_setting('server_version_num')::int, current_setting('fsync') = 'on', pg_is_in_recovery();
