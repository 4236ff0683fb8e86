-- What happened to the safety of data: who signed in, was refused, took something out, changed who may.
CREATE TABLE security_event (
    id TEXT PRIMARY KEY NOT NULL,
    at TIMESTAMP NOT NULL,
    tenant_id TEXT REFERENCES organisation (id),
    kind TEXT NOT NULL,
    category TEXT NOT NULL,
    outcome TEXT NOT NULL,
    person_id TEXT,
    person_name TEXT NOT NULL,
    organisation_name TEXT NOT NULL,
    session TEXT NOT NULL,
    account TEXT NOT NULL,
    address TEXT NOT NULL,
    device TEXT NOT NULL,
    route TEXT NOT NULL,
    request TEXT NOT NULL,
    act TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    subject_name TEXT NOT NULL,
    reason TEXT NOT NULL,
    details TEXT NOT NULL,
    words TEXT NOT NULL
);
CREATE INDEX security_event_of_tenant ON security_event (tenant_id, at, id);
CREATE INDEX security_event_of_kind ON security_event (tenant_id, kind, at, id);
CREATE INDEX security_event_of_category ON security_event (tenant_id, category, at, id);
CREATE INDEX security_event_of_outcome ON security_event (tenant_id, outcome, at, id);
CREATE INDEX security_event_of_person ON security_event (tenant_id, person_id, at, id);

-- Refused attempts were a table of their own.
INSERT INTO security_event
SELECT id, at, tenant_id, 'refused', 'refusal', 'refused', actor_id, '', '', '', '', '', '', '', '', act, 'path', subject, '', reason, '{}', ''
  FROM refusal;
DROP TABLE refusal;

-- What was seen stays seen: the database itself refuses.
CREATE TRIGGER security_event_no_update BEFORE UPDATE ON security_event
    FOR EACH ROW EXECUTE FUNCTION azukari_refuse();
CREATE TRIGGER security_event_no_delete BEFORE DELETE ON security_event
    FOR EACH ROW EXECUTE FUNCTION azukari_refuse();
CREATE TRIGGER security_event_no_truncate BEFORE TRUNCATE ON security_event
    FOR EACH STATEMENT EXECUTE FUNCTION azukari_refuse();
