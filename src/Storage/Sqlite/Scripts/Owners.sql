-- Who owns which browser id, moved by compare-and-set on the generation.
CREATE TABLE owner (
    browser    BLOB    NOT NULL PRIMARY KEY,  -- keyed hash of tenant and browser id
    guest      BLOB    NOT NULL,              -- keyed hash of the owner
    name       TEXT    NOT NULL,              -- the owner's guest id
    generation INTEGER NOT NULL,              -- 1 for the first owner
    previous   BLOB                           -- the last owner that was another
) WITHOUT ROWID;

PRAGMA user_version = 5;
