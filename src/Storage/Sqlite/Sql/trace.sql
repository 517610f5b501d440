-- Where in a guest's commits its events are.

-- name: oldest
SELECT accepted FROM journal WHERE guest = @guest ORDER BY version LIMIT 1;

-- name: position
SELECT version, accepted, reached, left_line FROM journal
WHERE guest = @guest AND version >= @from AND version < @to AND accepted > 0
ORDER BY version
LIMIT 1;

-- name: late-changes
SELECT DISTINCT version FROM late_change
WHERE guest = @guest AND sequence BETWEEN @first AND @last
ORDER BY version;
