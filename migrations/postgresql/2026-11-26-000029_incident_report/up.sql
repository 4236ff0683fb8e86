-- The report to the authority (漏えい等報告) as it grows: its nine items. One of each incident, begun when
-- somebody writes into it.
CREATE TABLE incident_report (
    tenant_id TEXT NOT NULL,
    incident_id TEXT NOT NULL,
    -- The items by their names, as JSON.
    items TEXT NOT NULL,
    changed_by_name TEXT NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, incident_id),
    FOREIGN KEY (tenant_id, incident_id) REFERENCES incident (tenant_id, id)
);

-- Reports as they went to the authority. They are never changed.
CREATE TABLE incident_filing (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    incident_id TEXT NOT NULL,
    -- Its number in the incident, from 1.
    position INTEGER NOT NULL,
    -- The preliminary or the final one.
    report TEXT NOT NULL,
    -- Which side filed it, and whether for the other side too.
    side TEXT NOT NULL,
    joint BOOLEAN NOT NULL,
    -- To whom, with which number of receipt, and when.
    authority TEXT NOT NULL,
    receipt TEXT NOT NULL,
    filed_at TIMESTAMP NOT NULL,
    -- What was reported: the items and what the duties depended on, as JSON.
    items TEXT NOT NULL,
    facts TEXT NOT NULL,
    entered_by_name TEXT NOT NULL,
    entered_at TIMESTAMP NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, incident_id) REFERENCES incident (tenant_id, id)
);
CREATE UNIQUE INDEX incident_filing_of_incident ON incident_filing (tenant_id, incident_id, position);

SELECT azukari_lock('incident_report');
SELECT azukari_lock('incident_filing');
