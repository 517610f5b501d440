-- Settings of connections, and queries about the server.

-- name: settings
-- Every connection has these settings, whatever the settings of the role or the database are. A commit is acknowledged
-- once it is on disk, and with a synchronous standby on its disk too. A server that waits for more keeps its own setting.
SELECT
    set_config('statement_timeout', @timeout, false),
    set_config('idle_in_transaction_session_timeout', @timeout, false),
    set_config('synchronous_commit', CASE current_setting('synchronous_commit')
        WHEN 'remote_apply' THEN 'remote_apply' ELSE 'on' END, false);

-- name: timeline
-- A promotion makes a new timeline, with a higher number. A standby has none of its own.
SELECT CASE WHEN pg_is_in_recovery() THEN 0
    ELSE ('x' || left(pg_walfile_name(pg_current_wal_insert_lsn()), 8))::bit(32)::int END;

-- name: waits-for-standby
SELECT current_setting('synchronous_standby_names') <> '' AND NOT pg_is_in_recovery();

-- name: confirm
-- Writes a record to the log, so that the commit waits until the standby has it, and with it everything before.
SELECT pg_logical_emit_message(true, 'guest-sessions', '');

-- name: by-key
-- For statements that touch few rows of large tables and must find them by key: they never read a whole table, even if
-- the planner believes that it is as empty as it was a minute ago, or that an index has as many rows as it had then. An index
-- scan also marks the dead rows that it meets, and no later one reads them; a bitmap of the index does not.
SELECT
    set_config('enable_bitmapscan', 'off', false),
    set_config('jit', 'off', false),
    set_config('enable_hashjoin', 'off', false),
    set_config('enable_mergejoin', 'off', false),
    set_config('enable_seqscan', 'off', false),
    set_config('max_parallel_workers_per_gather', '0', false);

-- name: server
SELECT current_setting('server_version_num')::int, current_setting('fsync') = 'on', pg_is_in_recovery();

-- name: takes-writes
SELECT NOT pg_is_in_recovery() AND current_setting('default_transaction_read_only') = 'off';

-- name: backend
SELECT pid, backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid();

-- name: end-backend
-- Waits until the server process is gone. It ends its transaction before it leaves the list. One whose commit waits for a
-- standby is left alone: its end would show the commit to everybody, although the standby does not have it.
SELECT wait_event IS DISTINCT FROM 'SyncRep' AND pg_terminate_backend(pid, @patience) FROM pg_stat_activity WHERE pid = @process AND backend_start = @started;
