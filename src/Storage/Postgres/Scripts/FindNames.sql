SELECT head.name FROM term
JOIN head ON head.guest = term.guest
WHERE term.hash = $1 AND head.name > $2
ORDER BY head.name
LIMIT $3;
