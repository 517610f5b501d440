DELETE FROM journal USING (
    SELECT misdated.guest, misdated.version, misdated.day FROM journal AS misdated
    WHERE misdated.at < (misdated.day - DATE '0001-01-01')::bigint * 864000000000 AND misdated.at < $1
      AND EXISTS (
        SELECT 1 FROM snapshot
        WHERE snapshot.guest = misdated.guest AND snapshot.version >= misdated.version)
    LIMIT $2) AS expired
WHERE journal.guest = expired.guest AND journal.version = expired.version AND journal.day = expired.day;
