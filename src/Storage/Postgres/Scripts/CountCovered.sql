-- How many commits of the days hold nothing that a snapshot does not cover; NULL when one of them does.
SELECT CASE WHEN NOT EXISTS (
    SELECT 1 FROM journal
    WHERE day >= $1 AND day < $2 AND NOT EXISTS (
        SELECT 1 FROM snapshot WHERE snapshot.guest = journal.guest AND snapshot.version >= journal.version)
) THEN (SELECT count(*) FROM journal WHERE day >= $1 AND day < $2) END;
