CREATE TABLE contractor (
    tenant_id TEXT NOT NULL REFERENCES organisation (id),
    id TEXT NOT NULL,
    organisation_id TEXT REFERENCES organisation (id),
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    name_kana TEXT NOT NULL,
    name_key TEXT NOT NULL,
    corporate_number TEXT,
    postcode TEXT NOT NULL,
    address TEXT NOT NULL,
    representative TEXT NOT NULL,
    person_in_charge TEXT NOT NULL,
    person_in_charge_title TEXT NOT NULL,
    email TEXT NOT NULL,
    phone TEXT NOT NULL,
    after_hours_phone TEXT NOT NULL,
    privacy_mark TEXT NOT NULL,
    privacy_mark_until DATE,
    isms TEXT NOT NULL,
    isms_until DATE,
    note TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX contractor_of_organisation ON contractor (organisation_id);
CREATE INDEX contractor_by_name ON contractor (tenant_id, name_key, id);
CREATE UNIQUE INDEX contractor_by_corporate_number ON contractor (tenant_id, corporate_number);

CREATE TABLE invitation (
    tenant_id TEXT NOT NULL REFERENCES organisation (id),
    id TEXT NOT NULL,
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    division_id TEXT,
    contractor_id TEXT,
    invited_by TEXT,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    used_at TIMESTAMP,
    revoked_at TIMESTAMP,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, division_id) REFERENCES division (tenant_id, id),
    FOREIGN KEY (tenant_id, contractor_id) REFERENCES contractor (tenant_id, id)
);
CREATE INDEX invitation_of_division ON invitation (tenant_id, division_id);
CREATE INDEX invitation_of_contractor ON invitation (tenant_id, contractor_id);

CREATE TABLE entrustment (
    tenant_id TEXT NOT NULL REFERENCES organisation (id),
    id TEXT NOT NULL,
    contractor_id TEXT NOT NULL,
    division_id TEXT NOT NULL,
    officer_id TEXT REFERENCES person (id),
    number TEXT NOT NULL,
    title TEXT NOT NULL,
    title_key TEXT NOT NULL,
    purpose TEXT NOT NULL,
    fiscal_year INTEGER NOT NULL,
    starts_on DATE NOT NULL,
    ends_on DATE NOT NULL,
    erase_by DATE NOT NULL,
    persons BIGINT NOT NULL,
    sensitive BOOLEAN NOT NULL,
    my_number BOOLEAN NOT NULL,
    handover_way TEXT NOT NULL,
    status TEXT NOT NULL,
    note TEXT NOT NULL,
    rules TEXT NOT NULL,
    clauses TEXT NOT NULL,
    clauses_version INTEGER NOT NULL,
    created_at TIMESTAMP NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, number),
    FOREIGN KEY (tenant_id, contractor_id) REFERENCES contractor (tenant_id, id),
    FOREIGN KEY (tenant_id, division_id) REFERENCES division (tenant_id, id)
);
CREATE INDEX entrustment_by_id ON entrustment (id);
-- The columns after the id are what lists filter by: rows that don't fit are passed over in the index.
CREATE INDEX entrustment_of_contractor ON entrustment (tenant_id, contractor_id, id, division_id, fiscal_year, status);
CREATE INDEX entrustment_of_division ON entrustment (tenant_id, division_id, ends_on, id, fiscal_year, status);
CREATE INDEX entrustment_of_officer ON entrustment (officer_id);
CREATE INDEX entrustment_by_end ON entrustment (tenant_id, ends_on, id, division_id, fiscal_year, status);
CREATE INDEX entrustment_by_title ON entrustment (tenant_id, title_key, id);
CREATE INDEX entrustment_by_persons ON entrustment (tenant_id, persons, id);

CREATE TABLE data_item (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    entrustment_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    mark TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, entrustment_id) REFERENCES entrustment (tenant_id, id)
);
CREATE INDEX data_item_of_entrustment ON data_item (tenant_id, entrustment_id, position);
