CREATE TABLE record (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    entrustment_id TEXT NOT NULL,
    issued_at TIMESTAMP NOT NULL,
    issued_by_name TEXT NOT NULL,
    state_hash TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size BIGINT NOT NULL,
    pages INTEGER NOT NULL,
    ledger_size BIGINT NOT NULL,
    object TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, entrustment_id) REFERENCES entrustment (tenant_id, id)
);
CREATE INDEX record_of_entrustment ON record (tenant_id, entrustment_id, issued_at);
