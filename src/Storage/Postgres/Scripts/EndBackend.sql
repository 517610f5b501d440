-- Waits until it is gone; a server process has ended its transaction before it leaves the list.
SELECT pg_terminate_backend(pid, $3) FROM pg_stat_activity WHERE pid = $1 AND backend_start = $2;
