-- What every connection holds to, whatever the role or the database prefers. A commit is acknowledged once
-- it is on disk, and with a synchronous standby on its disk too; a server that asks for more keeps it.
SELECT
    set_config('statement_timeout', $1, false),
    set_config('idle_in_transaction_session_timeout', $1, false),
    set_config('synchronous_commit', CASE current_setting('synchronous_commit')
        WHEN 'remote_apply' THEN 'remote_apply' ELSE 'on' END, false);
