CREATE TABLE ledger_head (
    tenant_id TEXT PRIMARY KEY NOT NULL REFERENCES organisation (id),
    size BIGINT NOT NULL,
    frontier TEXT NOT NULL
);

CREATE TABLE ledger_entry (
    tenant_id TEXT NOT NULL REFERENCES organisation (id),
    sequence BIGINT NOT NULL,
    at TIMESTAMP NOT NULL,
    actor_id TEXT,
    actor_name TEXT NOT NULL,
    actor_organisation TEXT NOT NULL,
    act TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    entrustment_id TEXT,
    details TEXT NOT NULL,
    leaf_hash TEXT NOT NULL,
    PRIMARY KEY (tenant_id, sequence)
);
CREATE INDEX ledger_entry_of_entrustment ON ledger_entry (tenant_id, entrustment_id, sequence);
CREATE INDEX ledger_entry_of_subject ON ledger_entry (tenant_id, subject_id, sequence);

CREATE TABLE refusal (
    id TEXT PRIMARY KEY NOT NULL,
    at TIMESTAMP NOT NULL,
    tenant_id TEXT,
    actor_id TEXT,
    act TEXT NOT NULL,
    subject TEXT NOT NULL,
    reason TEXT NOT NULL
);
CREATE INDEX refusal_by_time ON refusal (at);
CREATE INDEX refusal_of_tenant ON refusal (tenant_id, at);

-- The ledger is never changed: the database itself refuses.
CREATE TRIGGER ledger_entry_no_update BEFORE UPDATE ON ledger_entry
BEGIN SELECT RAISE(ABORT, 'ledger_entry is append-only'); END;
CREATE TRIGGER ledger_entry_no_delete BEFORE DELETE ON ledger_entry
BEGIN SELECT RAISE(ABORT, 'ledger_entry is append-only'); END;
