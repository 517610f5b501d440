-- Readers from version 1 on.

-- Who owns which browser id, moved by compare-and-set on the generation.
CREATE TABLE owner (
    browser    uuid   PRIMARY KEY,            -- keyed hash of tenant and browser id
    guest      uuid   NOT NULL,               -- keyed hash of the owner
    previous   uuid,                          -- the last owner that was another
    generation bigint NOT NULL,               -- 1 for the first owner
    name       text   COLLATE "C" NOT NULL    -- the owner's guest id
);
