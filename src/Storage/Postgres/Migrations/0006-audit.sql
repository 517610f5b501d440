-- Readers from version 1 on.

-- The audit names events by the ids that callers chose.
ALTER TABLE act
    ADD COLUMN event_id text COLLATE "C" NOT NULL DEFAULT '';    -- '' where it is about none, or was not kept yet
