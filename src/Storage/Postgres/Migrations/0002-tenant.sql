-- Readers from version 1 on.

-- What is kept of a tenant's delivery: one row a tenant, replaced whole.
CREATE TABLE tenant (
    name    text  COLLATE "C" PRIMARY KEY,
    payload bytea NOT NULL                    -- JSON in UTF-8
);
