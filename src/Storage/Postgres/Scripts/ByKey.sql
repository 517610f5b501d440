-- For statements that are small beside their tables, which stand or fall with finding rows by key: they
-- never read a table as a whole, whatever the planner believes of one that was empty a minute ago.
SELECT
    set_config('enable_hashjoin', 'off', false),
    set_config('enable_mergejoin', 'off', false),
    set_config('enable_seqscan', 'off', false),
    set_config('max_parallel_workers_per_gather', '0', false);
