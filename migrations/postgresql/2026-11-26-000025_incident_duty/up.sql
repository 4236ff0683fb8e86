-- The duties that were computed for an incident, each with the facts of its time. Append-only.
CREATE TABLE incident_assessment (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    incident_id TEXT NOT NULL,
    -- Its number in the incident, from 1.
    position INTEGER NOT NULL,
    assessed_at TIMESTAMP NOT NULL,
    by_name TEXT NOT NULL,
    -- What it was computed for: the first report, a correction, the facts.
    cause TEXT NOT NULL,
    -- The facts and the duties, as JSON.
    facts TEXT NOT NULL,
    result TEXT NOT NULL,
    -- The first day of the rules that were applied; none for what became known before there were any.
    rules_from DATE,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, incident_id) REFERENCES incident (tenant_id, id)
);
CREATE UNIQUE INDEX incident_assessment_of_incident ON incident_assessment (tenant_id, incident_id, position);

-- What people decided about a side's duty; the latest of a side counts. Append-only.
CREATE TABLE incident_decision (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    incident_id TEXT NOT NULL,
    -- Its number in the incident, from 1.
    position INTEGER NOT NULL,
    side TEXT NOT NULL,
    step TEXT NOT NULL,
    -- To report, or not to; and what was computed then.
    verdict TEXT NOT NULL,
    computed TEXT NOT NULL,
    -- The number of the computation on which it rests; 0 where none was kept.
    assessment INTEGER NOT NULL,
    reason TEXT NOT NULL,
    -- What the approver said to it.
    note TEXT NOT NULL,
    by_name TEXT NOT NULL,
    decided_at TIMESTAMP NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, incident_id) REFERENCES incident (tenant_id, id)
);
CREATE UNIQUE INDEX incident_decision_of_incident ON incident_decision (tenant_id, incident_id, position);
CREATE INDEX incident_decision_by_side ON incident_decision (tenant_id, incident_id, side, position);
-- What was computed and decided stays: the database itself refuses.
CREATE TRIGGER incident_assessment_no_update BEFORE UPDATE ON incident_assessment
    FOR EACH ROW EXECUTE FUNCTION azukari_refuse();
CREATE TRIGGER incident_assessment_no_delete BEFORE DELETE ON incident_assessment
    FOR EACH ROW EXECUTE FUNCTION azukari_refuse();
CREATE TRIGGER incident_assessment_no_truncate BEFORE TRUNCATE ON incident_assessment
    FOR EACH STATEMENT EXECUTE FUNCTION azukari_refuse();
CREATE TRIGGER incident_decision_no_update BEFORE UPDATE ON incident_decision
    FOR EACH ROW EXECUTE FUNCTION azukari_refuse();
CREATE TRIGGER incident_decision_no_delete BEFORE DELETE ON incident_decision
    FOR EACH ROW EXECUTE FUNCTION azukari_refuse();
CREATE TRIGGER incident_decision_no_truncate BEFORE TRUNCATE ON incident_decision
    FOR EACH STATEMENT EXECUTE FUNCTION azukari_refuse();

SELECT azukari_lock('incident_assessment');
SELECT azukari_lock('incident_decision');
