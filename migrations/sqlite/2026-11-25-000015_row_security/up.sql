-- Row-level security is PostgreSQL's alone. On SQLite the composite keys and the portal's own
-- filters hold organisations apart; there is nothing to do.
SELECT 1;
