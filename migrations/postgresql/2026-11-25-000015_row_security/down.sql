DO $$
DECLARE
    found record;
BEGIN
    FOR found IN
        SELECT p.polrelid::regclass AS locked, p.polname AS name FROM pg_policy p, pg_class c
        WHERE c.oid = p.polrelid AND c.relnamespace = current_schema()::regnamespace AND p.polname LIKE 'azukari\_%'
    LOOP
        EXECUTE format('DROP POLICY %I ON %s', found.name, found.locked);
        EXECUTE format('ALTER TABLE %s NO FORCE ROW LEVEL SECURITY', found.locked);
        EXECUTE format('ALTER TABLE %s DISABLE ROW LEVEL SECURITY', found.locked);
    END LOOP;
END $$;
DROP FUNCTION azukari_lock(regclass);
DROP FUNCTION azukari_said();
