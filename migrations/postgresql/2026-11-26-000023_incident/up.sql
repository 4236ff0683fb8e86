-- Incidents (事故): personal data that leaked, was lost or damaged, from the first report to closing.
CREATE TABLE incident (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    entrustment_id TEXT NOT NULL,
    -- Its number in the entrustment, from 1.
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    summary TEXT NOT NULL,
    occurred_at TIMESTAMP,
    known_at TIMESTAMP NOT NULL,
    -- On which side it became known, and to whom.
    known_side TEXT NOT NULL,
    known_by TEXT NOT NULL,
    -- Of how many persons, and how sure that is.
    persons INTEGER,
    counted TEXT NOT NULL,
    -- To whom it went, in words.
    recipients TEXT NOT NULL,
    status TEXT NOT NULL,
    reported_side TEXT NOT NULL,
    reported_by_name TEXT NOT NULL,
    reported_at TIMESTAMP NOT NULL,
    -- When the principal was told.
    notified_at TIMESTAMP,
    opened_at TIMESTAMP,
    opened_by_name TEXT NOT NULL,
    -- When it was passed on because nobody had opened it.
    escalated_at TIMESTAMP,
    -- What the duties depend on, as JSON.
    facts TEXT NOT NULL,
    -- From what it was reported.
    handover_id TEXT,
    delivery_id TEXT,
    transmission_id TEXT,
    closed_at TIMESTAMP,
    closed_by_name TEXT NOT NULL,
    closing_note TEXT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, entrustment_id) REFERENCES entrustment (tenant_id, id),
    FOREIGN KEY (tenant_id, handover_id) REFERENCES handover (tenant_id, id),
    FOREIGN KEY (tenant_id, delivery_id) REFERENCES handover_delivery (tenant_id, id),
    FOREIGN KEY (tenant_id, transmission_id) REFERENCES transmission (tenant_id, id)
);
CREATE INDEX incident_of_entrustment ON incident (tenant_id, entrustment_id, position, id);
CREATE INDEX incident_of_handover ON incident (tenant_id, handover_id);
CREATE INDEX incident_of_delivery ON incident (tenant_id, delivery_id);
CREATE INDEX incident_of_transmission ON incident (tenant_id, transmission_id);
CREATE INDEX incident_by_report ON incident (tenant_id, reported_at, id);
CREATE INDEX incident_by_status ON incident (tenant_id, status, reported_at, id);
CREATE INDEX incident_unopened ON incident (status, reported_at, id);

-- The timeline of an incident: what happened when, and when it was written down. Append-only.
CREATE TABLE incident_entry (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    incident_id TEXT NOT NULL,
    -- Its number in the timeline, from 1, in the order in which it was written down.
    position INTEGER NOT NULL,
    happened_at TIMESTAMP NOT NULL,
    entered_at TIMESTAMP NOT NULL,
    kind TEXT NOT NULL,
    -- What the portal noted by itself: the act and its details, as JSON; empty for what is typed.
    act TEXT NOT NULL,
    details TEXT NOT NULL,
    text TEXT NOT NULL,
    by_name TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, incident_id) REFERENCES incident (tenant_id, id)
);
CREATE UNIQUE INDEX incident_entry_of_incident ON incident_entry (tenant_id, incident_id, position);
CREATE INDEX incident_entry_by_time ON incident_entry (tenant_id, incident_id, happened_at, position);
-- What was written down stays: the database itself refuses.
CREATE TRIGGER incident_entry_no_update BEFORE UPDATE ON incident_entry
    FOR EACH ROW EXECUTE FUNCTION azukari_refuse();
CREATE TRIGGER incident_entry_no_delete BEFORE DELETE ON incident_entry
    FOR EACH ROW EXECUTE FUNCTION azukari_refuse();
CREATE TRIGGER incident_entry_no_truncate BEFORE TRUNCATE ON incident_entry
    FOR EACH STATEMENT EXECUTE FUNCTION azukari_refuse();

SELECT azukari_lock('incident');
SELECT azukari_lock('incident_entry');
