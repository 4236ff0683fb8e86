-- Which entrustments an auditor sees, from when until when: the days of Japan, both within.
CREATE TABLE auditor_access (
    tenant_id TEXT NOT NULL REFERENCES organisation (id),
    id TEXT NOT NULL,
    entrustment_id TEXT NOT NULL,
    membership_id TEXT NOT NULL,
    with_below BOOLEAN NOT NULL,
    from_on DATE NOT NULL,
    until_on DATE NOT NULL,
    purpose TEXT NOT NULL,
    status TEXT NOT NULL,
    asked_by_name TEXT NOT NULL,
    asked_at TIMESTAMP NOT NULL,
    decided_by_name TEXT NOT NULL,
    decided_at TIMESTAMP,
    reason TEXT NOT NULL,
    ended_by_name TEXT NOT NULL,
    ended_at TIMESTAMP,
    version INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, entrustment_id) REFERENCES entrustment (tenant_id, id),
    FOREIGN KEY (tenant_id, membership_id) REFERENCES membership (tenant_id, id)
);
CREATE INDEX auditor_access_of_entrustment ON auditor_access (tenant_id, entrustment_id, from_on, id);
-- What an auditor sees is asked of the index alone, in every query.
CREATE INDEX auditor_access_of_member ON auditor_access (tenant_id, membership_id, status, from_on, until_on, entrustment_id, with_below);

-- The closing of an entrustment that waits for a second person.
CREATE TABLE closing_proposal (
    tenant_id TEXT NOT NULL,
    entrustment_id TEXT NOT NULL,
    id TEXT NOT NULL,
    findings BIGINT NOT NULL,
    proposed_by_name TEXT NOT NULL,
    proposed_at TIMESTAMP NOT NULL,
    PRIMARY KEY (tenant_id, entrustment_id),
    FOREIGN KEY (tenant_id, entrustment_id) REFERENCES entrustment (tenant_id, id)
);

SELECT azukari_lock('auditor_access');
SELECT azukari_lock('closing_proposal');
