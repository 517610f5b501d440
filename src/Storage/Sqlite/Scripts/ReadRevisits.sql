SELECT DISTINCT version FROM revisit
WHERE guest = $guest AND sequence BETWEEN $first AND $last
ORDER BY version;
