INSERT INTO act (tenant, at, by, kind, reason, sequence) VALUES ($1, $2, $3, $4, $5, $6);
