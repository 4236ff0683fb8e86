-- The items form a hierarchy, and one that a register names stays known when it is taken off.
CREATE TABLE data_item_new (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    entrustment_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    mark TEXT NOT NULL,
    parent_id TEXT,
    removed_at TIMESTAMP,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, entrustment_id) REFERENCES entrustment (tenant_id, id),
    FOREIGN KEY (tenant_id, parent_id) REFERENCES data_item_new (tenant_id, id)
);
INSERT INTO data_item_new SELECT tenant_id, id, entrustment_id, position, name, mark, NULL, NULL FROM data_item;
DROP TABLE data_item;
ALTER TABLE data_item_new RENAME TO data_item;
CREATE INDEX data_item_of_entrustment ON data_item (tenant_id, entrustment_id, position);
CREATE INDEX data_item_of_parent ON data_item (tenant_id, parent_id);

ALTER TABLE entrustment ADD COLUMN closed_at TIMESTAMP;
CREATE INDEX entrustment_by_erasure ON entrustment (status, erase_by, id);

-- Every entrustment with itself (distance 0) and those above it: the tiers of re-entrustment.
CREATE TABLE entrustment_ancestor (
    tenant_id TEXT NOT NULL,
    entrustment_id TEXT NOT NULL,
    ancestor_id TEXT NOT NULL,
    -- Who holds the ancestor: whoever stands above sees what is below.
    contractor_id TEXT NOT NULL,
    distance INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, entrustment_id, ancestor_id),
    FOREIGN KEY (tenant_id, entrustment_id) REFERENCES entrustment (tenant_id, id),
    FOREIGN KEY (tenant_id, ancestor_id) REFERENCES entrustment (tenant_id, id),
    FOREIGN KEY (tenant_id, contractor_id) REFERENCES contractor (tenant_id, id)
);
CREATE INDEX entrustment_descendant ON entrustment_ancestor (tenant_id, ancestor_id, distance, entrustment_id);
CREATE INDEX entrustment_below_contractor ON entrustment_ancestor (tenant_id, contractor_id, entrustment_id);
INSERT INTO entrustment_ancestor SELECT tenant_id, id, id, contractor_id, 0 FROM entrustment;

CREATE TABLE attachment (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    entrustment_id TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    file_name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    object TEXT NOT NULL,
    added_by_name TEXT NOT NULL,
    added_at TIMESTAMP NOT NULL,
    removed_at TIMESTAMP,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, entrustment_id) REFERENCES entrustment (tenant_id, id)
);
CREATE INDEX attachment_of_subject ON attachment (tenant_id, entrustment_id, subject_id);

CREATE TABLE handler (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    entrustment_id TEXT NOT NULL,
    person_id TEXT REFERENCES person (id),
    name TEXT NOT NULL,
    name_kana TEXT NOT NULL,
    name_key TEXT NOT NULL,
    email TEXT NOT NULL,
    duty TEXT NOT NULL,
    temporary BOOLEAN NOT NULL,
    pledged_on DATE,
    starts_on DATE NOT NULL,
    ends_on DATE,
    returned_on DATE,
    return_note TEXT NOT NULL,
    note TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, entrustment_id) REFERENCES entrustment (tenant_id, id)
);
CREATE INDEX handler_of_entrustment ON handler (tenant_id, entrustment_id, name_key, id);
CREATE INDEX handler_of_person ON handler (person_id);

CREATE TABLE training (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    handler_id TEXT NOT NULL,
    held_on DATE NOT NULL,
    content TEXT NOT NULL,
    entered_by_name TEXT NOT NULL,
    entered_at TIMESTAMP NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, handler_id) REFERENCES handler (tenant_id, id)
);
CREATE INDEX training_of_handler ON training (tenant_id, handler_id, held_on);

CREATE TABLE disposal (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    entrustment_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    holdings TEXT NOT NULL,
    kind TEXT NOT NULL,
    method TEXT NOT NULL,
    method_note TEXT NOT NULL,
    quantity TEXT NOT NULL,
    device_number TEXT NOT NULL,
    done_on DATE NOT NULL,
    responsible TEXT NOT NULL,
    performed_by TEXT NOT NULL,
    witness TEXT NOT NULL,
    backups TEXT NOT NULL,
    subs TEXT NOT NULL,
    outside_certificate TEXT NOT NULL,
    retained_reason TEXT NOT NULL,
    retained_until DATE,
    status TEXT NOT NULL,
    attested_name TEXT NOT NULL,
    attested_title TEXT NOT NULL,
    attested_at TIMESTAMP,
    attested_hash TEXT NOT NULL,
    decided_by_name TEXT NOT NULL,
    decided_at TIMESTAMP,
    comment TEXT NOT NULL,
    drafted_by_name TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, entrustment_id) REFERENCES entrustment (tenant_id, id)
);
CREATE INDEX disposal_of_entrustment ON disposal (tenant_id, entrustment_id, position);
CREATE INDEX disposal_by_retention ON disposal (retained_until, id);

CREATE TABLE holding (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    entrustment_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    source_id TEXT,
    holder TEXT NOT NULL,
    items TEXT NOT NULL,
    persons BIGINT NOT NULL,
    place TEXT NOT NULL,
    place_detail TEXT NOT NULL,
    provider TEXT NOT NULL,
    plan TEXT NOT NULL,
    country TEXT NOT NULL,
    access_countries TEXT NOT NULL,
    medium TEXT NOT NULL,
    system TEXT NOT NULL,
    encryption TEXT NOT NULL,
    handlers TEXT NOT NULL,
    backups TEXT NOT NULL,
    starts_on DATE NOT NULL,
    until_on DATE,
    status TEXT NOT NULL,
    ended_on DATE,
    disposal_id TEXT,
    successor_id TEXT,
    exceptions TEXT NOT NULL,
    entered_by_name TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, entrustment_id) REFERENCES entrustment (tenant_id, id),
    FOREIGN KEY (tenant_id, source_id) REFERENCES holding (tenant_id, id),
    FOREIGN KEY (tenant_id, successor_id) REFERENCES holding (tenant_id, id),
    FOREIGN KEY (tenant_id, disposal_id) REFERENCES disposal (tenant_id, id)
);
CREATE INDEX holding_of_entrustment ON holding (tenant_id, entrustment_id, position, status);
CREATE INDEX holding_by_country ON holding (tenant_id, status, country, entrustment_id);
CREATE INDEX holding_of_source ON holding (tenant_id, source_id);
CREATE INDEX holding_of_successor ON holding (tenant_id, successor_id);
CREATE INDEX holding_of_disposal ON holding (tenant_id, disposal_id);

CREATE TABLE recipient (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    entrustment_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    address TEXT NOT NULL,
    purpose TEXT NOT NULL,
    items TEXT NOT NULL,
    persons_limit BIGINT,
    until_on DATE,
    status TEXT NOT NULL,
    reason TEXT NOT NULL,
    proposed_by_name TEXT NOT NULL,
    decided_by_name TEXT NOT NULL,
    decided_at TIMESTAMP,
    created_at TIMESTAMP NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, entrustment_id) REFERENCES entrustment (tenant_id, id)
);
CREATE INDEX recipient_of_entrustment ON recipient (tenant_id, entrustment_id, name_key, id);

CREATE TABLE transmission (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    entrustment_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    sent_at TIMESTAMP NOT NULL,
    sender TEXT NOT NULL,
    sender_address TEXT NOT NULL,
    handler_id TEXT,
    receivers TEXT NOT NULL,
    way TEXT NOT NULL,
    items TEXT NOT NULL,
    persons BIGINT NOT NULL,
    protection TEXT NOT NULL,
    key_way TEXT NOT NULL,
    checked_by TEXT NOT NULL,
    purpose TEXT NOT NULL,
    description TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    entered_by TEXT NOT NULL,
    entered_by_name TEXT NOT NULL,
    confirmation TEXT NOT NULL,
    confirmed_by_name TEXT NOT NULL,
    confirmed_at TIMESTAMP,
    confirmation_note TEXT NOT NULL,
    reminded INTEGER NOT NULL,
    exceptions TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, entrustment_id) REFERENCES entrustment (tenant_id, id),
    FOREIGN KEY (tenant_id, handler_id) REFERENCES handler (tenant_id, id)
);
CREATE INDEX transmission_of_entrustment ON transmission (tenant_id, entrustment_id, sent_at, id);
CREATE INDEX transmission_unconfirmed ON transmission (tenant_id, confirmation, created_at);
CREATE INDEX transmission_waiting ON transmission (confirmation, created_at, id);
CREATE INDEX transmission_of_handler ON transmission (tenant_id, handler_id);

CREATE TABLE finding (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    entrustment_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    source TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    rule TEXT NOT NULL,
    title TEXT NOT NULL,
    detail TEXT NOT NULL,
    reason TEXT NOT NULL,
    severity TEXT NOT NULL,
    -- 1 is the gravest: lists are sorted by it.
    grade INTEGER NOT NULL,
    status TEXT NOT NULL,
    owner_name TEXT NOT NULL,
    due_on DATE NOT NULL,
    root_cause TEXT NOT NULL,
    action TEXT NOT NULL,
    action_on DATE,
    answered_by_name TEXT NOT NULL,
    answered_at TIMESTAMP,
    rounds TEXT NOT NULL,
    effect TEXT NOT NULL,
    outcome TEXT NOT NULL,
    mended_at TIMESTAMP,
    closed_by_name TEXT NOT NULL,
    closed_at TIMESTAMP,
    reminded INTEGER NOT NULL,
    raised_by_name TEXT NOT NULL,
    raised_at TIMESTAMP NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, entrustment_id) REFERENCES entrustment (tenant_id, id)
);
CREATE INDEX finding_of_entrustment ON finding (tenant_id, entrustment_id, due_on, id);
CREATE INDEX finding_by_number ON finding (tenant_id, entrustment_id, position);
CREATE INDEX finding_of_subject ON finding (tenant_id, entrustment_id, subject_kind, subject_id);
CREATE INDEX finding_by_due ON finding (tenant_id, due_on, id);
CREATE INDEX finding_by_grade ON finding (tenant_id, grade, due_on, id);
-- Those that are not closed, however many are: lists begin with them.
CREATE INDEX finding_open_by_due ON finding (tenant_id, due_on, id) WHERE closed_at IS NULL;
CREATE INDEX finding_open_by_grade ON finding (tenant_id, grade, due_on, id) WHERE closed_at IS NULL;

CREATE TABLE sub_application (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    entrustment_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    name_kana TEXT NOT NULL,
    corporate_number TEXT NOT NULL,
    address TEXT NOT NULL,
    representative TEXT NOT NULL,
    email TEXT NOT NULL,
    phone TEXT NOT NULL,
    reason TEXT NOT NULL,
    scope TEXT NOT NULL,
    items TEXT NOT NULL,
    persons BIGINT NOT NULL,
    starts_on DATE NOT NULL,
    ends_on DATE NOT NULL,
    place TEXT NOT NULL,
    country TEXT NOT NULL,
    safety TEXT NOT NULL,
    supervision TEXT NOT NULL,
    further TEXT NOT NULL,
    status TEXT NOT NULL,
    conditions TEXT NOT NULL,
    permitted_until DATE,
    applied_by_name TEXT NOT NULL,
    decided_by_name TEXT NOT NULL,
    decided_at TIMESTAMP,
    child_id TEXT,
    created_at TIMESTAMP NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, entrustment_id) REFERENCES entrustment (tenant_id, id),
    FOREIGN KEY (tenant_id, child_id) REFERENCES entrustment (tenant_id, id)
);
CREATE INDEX sub_application_of_entrustment ON sub_application (tenant_id, entrustment_id, position);
CREATE INDEX sub_application_by_end ON sub_application (status, permitted_until, id);
CREATE INDEX sub_application_of_child ON sub_application (tenant_id, child_id);

CREATE TABLE inspection (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    entrustment_id TEXT NOT NULL,
    fiscal_year INTEGER NOT NULL,
    planned_on DATE NOT NULL,
    method TEXT NOT NULL,
    method_reason TEXT NOT NULL,
    inspector TEXT NOT NULL,
    attendant TEXT NOT NULL,
    held_at TIMESTAMP,
    seen TEXT NOT NULL,
    checklist TEXT NOT NULL,
    result TEXT NOT NULL,
    comment TEXT NOT NULL,
    mend_by DATE,
    answer TEXT NOT NULL,
    answered_by_name TEXT NOT NULL,
    answered_at TIMESTAMP,
    status TEXT NOT NULL,
    closed_by_name TEXT NOT NULL,
    closed_at TIMESTAMP,
    created_at TIMESTAMP NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, entrustment_id) REFERENCES entrustment (tenant_id, id)
);
CREATE INDEX inspection_of_entrustment ON inspection (tenant_id, entrustment_id, fiscal_year, status);
CREATE INDEX inspection_by_plan ON inspection (tenant_id, status, planned_on);

-- What was uploaded and not confirmed yet; a job takes it away after a day.
CREATE TABLE import (
    tenant_id TEXT NOT NULL REFERENCES organisation (id),
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    entrustment_id TEXT,
    person_id TEXT REFERENCES person (id),
    file_name TEXT NOT NULL,
    rows INTEGER NOT NULL,
    faults INTEGER NOT NULL,
    object TEXT NOT NULL,
    status TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, entrustment_id) REFERENCES entrustment (tenant_id, id)
);
CREATE INDEX import_of_person ON import (person_id);
CREATE INDEX import_of_entrustment ON import (tenant_id, entrustment_id);
CREATE INDEX import_by_time ON import (created_at);
