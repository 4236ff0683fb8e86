-- The second lock between organisations. Every connection says whose rows it may see in the
-- setting azukari.scope: '*' for the portal's own work, else a list of ids with commas: the
-- member's organisation, the principals whose registers name it, and the member's own person; with
-- the word 'accounts' for public pages, on which people prove who they are. A connection that says
-- nothing sees nothing. The setting is read once a statement (a scalar subquery), not once a row.

-- The ids of the scope as an SQL expression; NULL when nothing was said.
CREATE FUNCTION azukari_lock(locked regclass) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    said CONSTANT text := '(SELECT string_to_array(current_setting(''azukari.scope'', true), '',''))::text[]';
    everything CONSTANT text := '(SELECT current_setting(''azukari.scope'', true)) = ''*''';
    accounts CONSTANT text := format('(SELECT ''accounts'' = ANY (%s))', said);
    -- What public pages read and change: who somebody is, and what opens and closes the way in.
    entrances CONSTANT text[] := ARRAY['organisation', 'person', 'session', 'membership', 'invitation',
        'access_rules', 'ledger_head', 'job', 'identity_provider', 'identity_domain', 'identity'];
    -- What they add to without reading it.
    boxes CONSTANT text[] := ARRAY['ledger_entry', 'mail', 'refusal'];
    name CONSTANT text := (SELECT relname FROM pg_class WHERE oid = locked);
    has CONSTANT text[] := (SELECT array_agg(attname::text) FROM pg_attribute
        WHERE attrelid = locked AND attnum > 0 AND NOT attisdropped);
    rules text[] := ARRAY[everything];
BEGIN
    IF 'tenant_id' = ANY (has) THEN
        rules := rules || format('tenant_id = ANY (%s)', said);
    ELSIF name IN ('organisation', 'person') THEN
        rules := rules || format('id = ANY (%s)', said);
    END IF;
    IF name IN ('session', 'membership') OR ('person_id' = ANY (has) AND NOT 'tenant_id' = ANY (has)) THEN
        rules := rules || format('person_id = ANY (%s)', said);
    END IF;
    IF name = ANY (entrances) OR ('person_id' = ANY (has) AND NOT 'tenant_id' = ANY (has)) THEN
        rules := rules || accounts;
    END IF;
    IF 'person_id' = ANY (has) AND NOT 'tenant_id' = ANY (has) THEN
        -- The people of an organisation in the scope: membership shows those.
        rules := rules || format('EXISTS (SELECT 1 FROM membership m WHERE m.person_id = %s.person_id)', locked);
    END IF;
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', locked);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', locked);
    EXECUTE format('CREATE POLICY azukari_scope ON %s USING (%s) WITH CHECK (%2$s)', locked, array_to_string(rules, ' OR '));
    IF name = ANY (boxes) THEN
        EXECUTE format('CREATE POLICY azukari_added ON %s FOR INSERT WITH CHECK (%s OR (tenant_id IS NULL AND %s IS NOT NULL))',
            locked, accounts, said);
    END IF;
    -- A principal writes to its contractors' people, and both see each other's names.
    IF name = 'membership' THEN
        CREATE POLICY azukari_seen ON membership FOR SELECT
            USING (EXISTS (SELECT 1 FROM contractor c WHERE c.organisation_id = membership.tenant_id));
    ELSIF name = 'organisation' THEN
        CREATE POLICY azukari_seen ON organisation FOR SELECT
            USING (EXISTS (SELECT 1 FROM contractor c WHERE c.organisation_id = organisation.id));
    ELSIF name = 'person' THEN
        CREATE POLICY azukari_seen ON person FOR SELECT
            USING (EXISTS (SELECT 1 FROM membership m WHERE m.person_id = person.id));
    END IF;
END $$;

-- Every table that belongs to an organisation or to a person. A later migration that makes such a
-- table calls azukari_lock for it; a test over the catalogue finds the one that doesn't.
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
