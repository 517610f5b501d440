-- Readers from version 1 on.

-- A tenant's list reads the tenant's guests alone, however many of another one's wait: with the key alone first, a page of
-- 50 beside 150,000 of another tenant took half a second. Recovery, over all tenants, keeps head_pending.
CREATE INDEX head_waiting ON head (tenant, guest) WHERE pending;
DROP INDEX head_hot;
CREATE INDEX head_hot ON head (tenant, guest) WHERE hot;

-- The audit names events by the ids that callers chose.
ALTER TABLE act
    ADD COLUMN event_id text COLLATE "C" NOT NULL DEFAULT '';    -- '' where it is about none, or was not kept yet
