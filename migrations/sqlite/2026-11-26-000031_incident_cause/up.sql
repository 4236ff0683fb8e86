-- Why an incident came to happen, and whether similar entrustments were asked about it: one row an incident.
CREATE TABLE incident_cause (
    tenant_id TEXT NOT NULL,
    incident_id TEXT NOT NULL,
    -- The whys, the first one first, as JSON.
    whys TEXT NOT NULL,
    root TEXT NOT NULL,
    summary TEXT NOT NULL,
    recorded_by_name TEXT NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    -- How many entrustments were asked, and when the last time.
    asked INTEGER NOT NULL,
    asked_at TIMESTAMP,
    version INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, incident_id),
    FOREIGN KEY (tenant_id, incident_id) REFERENCES incident (tenant_id, id)
);

-- The findings about one subject come in their order.
DROP INDEX finding_of_subject;
CREATE INDEX finding_of_subject ON finding (tenant_id, entrustment_id, subject_kind, subject_id, position);
