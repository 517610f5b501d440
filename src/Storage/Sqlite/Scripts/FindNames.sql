SELECT head.name FROM term
JOIN head ON head.guest = term.guest
WHERE term.hash = $hash AND head.name > $after
ORDER BY head.name
LIMIT $limit;
