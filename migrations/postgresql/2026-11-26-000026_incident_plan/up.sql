-- Manuals of incidents (事故対応の手引き): an organisation's own versions. The newest published one counts;
-- without any it is the standard.
CREATE TABLE incident_manual (
    tenant_id TEXT NOT NULL REFERENCES organisation (id),
    id TEXT NOT NULL,
    -- Its number in the organisation, from 1.
    version_no INTEGER NOT NULL,
    -- Its steps, as JSON.
    steps TEXT NOT NULL,
    drafted_by_name TEXT NOT NULL,
    drafted_at TIMESTAMP NOT NULL,
    published_by_name TEXT NOT NULL,
    -- A draft as long as there is none.
    published_at TIMESTAMP,
    version INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX incident_manual_by_version ON incident_manual (tenant_id, version_no);

-- Steps of the response to an incident, frozen from a manual when it was reported, or added by hand.
CREATE TABLE incident_step (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    incident_id TEXT NOT NULL,
    -- Its number in the plan, from 1.
    position INTEGER NOT NULL,
    -- The organisation's manual; none for the standard's steps and for those added by hand.
    manual_id TEXT,
    -- The number of the version of either; 0 for what was added by hand.
    manual_version INTEGER NOT NULL,
    section TEXT NOT NULL,
    -- Which side takes it, and who.
    side TEXT NOT NULL,
    assignee_name TEXT NOT NULL,
    -- What is to be done, and how, as JSON in both languages.
    what TEXT NOT NULL,
    how TEXT NOT NULL,
    due_at TIMESTAMP NOT NULL,
    status TEXT NOT NULL,
    -- When it was done; entered by whom, and when.
    done_at TIMESTAMP,
    note TEXT NOT NULL,
    settled_at TIMESTAMP,
    settled_by_name TEXT NOT NULL,
    reminded_at TIMESTAMP,
    version INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, incident_id) REFERENCES incident (tenant_id, id),
    FOREIGN KEY (tenant_id, manual_id) REFERENCES incident_manual (tenant_id, id)
);
CREATE UNIQUE INDEX incident_step_of_incident ON incident_step (tenant_id, incident_id, position);
CREATE INDEX incident_step_of_manual ON incident_step (tenant_id, manual_id);
CREATE INDEX incident_step_late ON incident_step (status, due_at, id);

SELECT azukari_lock('incident_manual');
SELECT azukari_lock('incident_step');
