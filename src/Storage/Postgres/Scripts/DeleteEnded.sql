DELETE FROM operation WHERE ended > 0 AND ended < $1;
