-- The audit names events by the ids that callers chose.
ALTER TABLE act ADD COLUMN event_id TEXT NOT NULL DEFAULT '';   -- '' where it is about none, or was not kept yet

PRAGMA user_version = 6;
