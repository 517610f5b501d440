INSERT INTO journal_partition (name, from_day, to_day) VALUES ($1, $2, $3);
