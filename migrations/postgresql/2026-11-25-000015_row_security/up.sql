-- The second lock between organisations. Every connection says whose rows it may see in the
-- setting azukari.scope: '*' for the portal's own work, else a list of ids with commas: the
-- member's organisation (always first), the member's own person, and the principals whose registers
-- name the organisation; with the word 'accounts' for public pages, on which people prove who they
-- are. A connection that says nothing sees nothing. The setting is read once a statement (a scalar
-- subquery), not once a row.
CREATE FUNCTION azukari_said() RETURNS text[] LANGUAGE sql STABLE AS
$$ SELECT string_to_array(current_setting('azukari.scope', true), ',') $$;

-- Locks a table: `SELECT azukari_lock('api_token')` at the end of the migration that makes it. What
-- its rows belong to is read from its columns: tenant_id, else person_id. A test over the catalogue
-- finds the table that was forgotten.
CREATE FUNCTION azukari_lock(locked regclass) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    said CONSTANT text := '(SELECT azukari_said())::text[]';
    everything CONSTANT text := '(SELECT azukari_said()) = ''{*}''';
    accounts CONSTANT text := '(SELECT ''accounts'' = ANY (azukari_said()))';
    own CONSTANT text := '(SELECT (azukari_said())[1])';
    name CONSTANT text := (SELECT relname FROM pg_class WHERE oid = locked);
    has CONSTANT text[] := (SELECT array_agg(attname::text) FROM pg_attribute
        WHERE attrelid = locked AND attnum > 0 AND NOT attisdropped);
    -- The people of the member's own organisation.
    staff CONSTANT text := format('EXISTS (SELECT 1 FROM membership m WHERE m.person_id = %I.%I AND m.tenant_id = %s)',
        name, CASE WHEN name = 'person' THEN 'id' ELSE 'person_id' END, own);
    -- By whom rows are seen and changed, seen beside that, and added beside that.
    keepers text[] := ARRAY[everything];
    readers text[] := ARRAY[]::text[];
    adders text[] := ARRAY[]::text[];
BEGIN
    -- What people prove themselves with is their own, and their organisation's to take away; what
    -- opens the way into an organisation is that organisation's. Public pages need both.
    CASE
    WHEN name = 'organisation' THEN
        keepers := keepers || format('id = %s', own) || accounts;
        readers := readers || format('id = ANY (%s)', said)
            || 'EXISTS (SELECT 1 FROM contractor c WHERE c.organisation_id = organisation.id)'::text;
    WHEN name = 'person' THEN
        keepers := keepers || format('id = ANY (%s)', said) || staff || accounts;
        readers := readers || 'EXISTS (SELECT 1 FROM membership m WHERE m.person_id = person.id)'::text;
    WHEN name = 'membership' THEN
        keepers := keepers || format('tenant_id = %s', own) || accounts;
        -- A principal writes to its contractors' people, and both see each other's names.
        readers := readers || format('tenant_id = ANY (%s)', said) || format('person_id = ANY (%s)', said)
            || 'EXISTS (SELECT 1 FROM contractor c WHERE c.organisation_id = membership.tenant_id)'::text;
    WHEN name = 'identity' THEN
        keepers := keepers || format('tenant_id = %s', own) || accounts;
        readers := readers || format('person_id = ANY (%s)', said);
    WHEN name IN ('session', 'sign_in') THEN
        keepers := keepers || format('tenant_id = %s', own) || format('person_id = ANY (%s)', said) || accounts;
    WHEN name IN ('access_rules', 'identity_provider', 'identity_domain') THEN
        keepers := keepers || format('tenant_id = %s', own) || accounts;
        readers := readers || format('tenant_id = ANY (%s)', said);
    WHEN name IN ('invitation', 'ledger_head', 'job') THEN
        keepers := keepers || format('tenant_id = ANY (%s)', said) || accounts;
    WHEN name = 'security_event' THEN
        -- What happens in an organisation its own people see; who works for another adds to it.
        keepers := keepers || format('tenant_id = %s', own);
        adders := adders || accounts || format('tenant_id = ANY (%s)', said)
            || format('(tenant_id IS NULL AND %s IS NOT NULL)', said);
    WHEN name IN ('ledger_entry', 'mail') THEN
        keepers := keepers || format('tenant_id = ANY (%s)', said);
        -- Public pages add to these and read none of them. What belongs to nobody (a stranger's
        -- guess, a mail about an account) anybody adds.
        adders := adders || accounts || format('(tenant_id IS NULL AND %s IS NOT NULL)', said);
    WHEN 'tenant_id' = ANY (has) THEN
        keepers := keepers || format('tenant_id = ANY (%s)', said);
    WHEN 'person_id' = ANY (has) THEN
        keepers := keepers || format('person_id = ANY (%s)', said) || staff || accounts;
    ELSE
        RAISE EXCEPTION '% has neither tenant_id nor person_id', locked;
    END CASE;
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', locked);
    -- The portal owns its tables: without FORCE the policies wouldn't hold it.
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', locked);
    EXECUTE format('CREATE POLICY azukari_kept ON %s USING (%s) WITH CHECK (%2$s)', locked, array_to_string(keepers, ' OR '));
    IF cardinality(readers) > 0 THEN
        EXECUTE format('CREATE POLICY azukari_seen ON %s FOR SELECT USING (%s)', locked, array_to_string(readers, ' OR '));
    END IF;
    IF cardinality(adders) > 0 THEN
        EXECUTE format('CREATE POLICY azukari_added ON %s FOR INSERT WITH CHECK (%s)', locked, array_to_string(adders, ' OR '));
    END IF;
END $$;

-- Every table so far that belongs to an organisation or to a person.
DO $$
DECLARE
    found regclass;
BEGIN
    FOR found IN
        SELECT c.oid FROM pg_class c
        WHERE c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::regnamespace
          AND (c.relname IN ('organisation', 'person') OR EXISTS (
              SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND NOT a.attisdropped
                 AND a.attname IN ('tenant_id', 'person_id')))
        ORDER BY c.relname
    LOOP
        PERFORM azukari_lock(found);
    END LOOP;
END $$;
