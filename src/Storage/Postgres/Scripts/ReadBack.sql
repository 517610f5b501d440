-- Which rows are on disk under this commit id. The commit was tried a moment ago, at most a midnight.
SELECT EXISTS (
    SELECT 1 FROM journal
    WHERE journal.guest = line.guest AND journal.version = line.version AND journal.commit_id = $3
      AND journal.day >= (now() AT TIME ZONE 'UTC')::date - 1)
FROM unnest($1::uuid[], $2::bigint[]) WITH ORDINALITY AS line (guest, version, place)
ORDER BY place;
