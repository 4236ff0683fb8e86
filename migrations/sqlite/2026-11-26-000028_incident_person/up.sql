-- Groups of the persons concerned by an incident: how many, which kinds of data, how they are notified.
-- Counts and references; never a copy of the data itself.
CREATE TABLE incident_group (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    incident_id TEXT NOT NULL,
    -- Its number in the incident, from 1.
    position INTEGER NOT NULL,
    label TEXT NOT NULL,
    -- The kinds of data, as JSON.
    data TEXT NOT NULL,
    persons INTEGER NOT NULL,
    -- How they are notified; where it is published, and why that, or why not at all.
    way TEXT NOT NULL,
    place TEXT NOT NULL,
    reason TEXT NOT NULL,
    -- The items of the notice in each language, as JSON.
    notice TEXT NOT NULL,
    -- Sums of its entries.
    sent INTEGER NOT NULL,
    returned INTEGER NOT NULL,
    inquiries INTEGER NOT NULL,
    settled INTEGER NOT NULL,
    yen BIGINT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, incident_id) REFERENCES incident (tenant_id, id)
);
CREATE INDEX incident_group_of_incident ON incident_group (tenant_id, incident_id, position, id);

-- What was sent, came back, was asked and was settled, day by day. Append-only.
CREATE TABLE incident_group_entry (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    group_id TEXT NOT NULL,
    -- Its number in the group, from 1.
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    happened_on DATE NOT NULL,
    sent INTEGER NOT NULL,
    returned INTEGER NOT NULL,
    inquiries INTEGER NOT NULL,
    settled INTEGER NOT NULL,
    yen BIGINT NOT NULL,
    -- A note, or the reference of the settlement.
    note TEXT NOT NULL,
    entered_by_name TEXT NOT NULL,
    entered_at TIMESTAMP NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, group_id) REFERENCES incident_group (tenant_id, id)
);
CREATE UNIQUE INDEX incident_group_entry_of_group ON incident_group_entry (tenant_id, group_id, position);
-- What was entered stays: the database itself refuses.
CREATE TRIGGER incident_group_entry_no_update BEFORE UPDATE ON incident_group_entry
BEGIN SELECT RAISE(ABORT, 'incident_group_entry is append-only'); END;
CREATE TRIGGER incident_group_entry_no_delete BEFORE DELETE ON incident_group_entry
BEGIN SELECT RAISE(ABORT, 'incident_group_entry is append-only'); END;
