DELETE FROM journal_partition WHERE name = $1;
