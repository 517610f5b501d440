-- The owner of each browser id.

-- name: insert
INSERT INTO owner (browser, guest, name, generation, previous)
VALUES (@browser, @guest, @name, 1, NULL)
ON CONFLICT DO NOTHING;

-- name: move
UPDATE owner SET
    previous = CASE WHEN guest = @guest THEN previous ELSE guest END,
    guest = @guest, name = @name, generation = @after + 1
WHERE browser = @browser AND generation = @after;

-- name: read
SELECT guest, name, generation, previous FROM owner WHERE browser = @browser;
