-- The batch is small and the head large, or will be soon: it is found by its key, guest by guest, and never read as
-- a whole, whatever the planner believed of an empty table.
SELECT
    set_config('enable_hashjoin', 'off', false),
    set_config('enable_mergejoin', 'off', false),
    set_config('enable_seqscan', 'off', false);
