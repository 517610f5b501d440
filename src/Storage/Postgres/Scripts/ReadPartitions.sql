SELECT from_day, to_day, (now() AT TIME ZONE 'UTC')::date
FROM (VALUES (1)) AS always LEFT JOIN journal_partition ON true
ORDER BY from_day;
