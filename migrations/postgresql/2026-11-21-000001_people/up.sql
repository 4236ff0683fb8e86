CREATE TABLE organisation (
    id TEXT PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    name_kana TEXT NOT NULL,
    name_key TEXT NOT NULL,
    corporate_number TEXT,
    address TEXT NOT NULL,
    phone TEXT NOT NULL,
    file_key TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    version INTEGER NOT NULL
);
CREATE INDEX organisation_by_name ON organisation (name_key, id);

CREATE TABLE division (
    tenant_id TEXT NOT NULL REFERENCES organisation (id),
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    email TEXT,
    phone TEXT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, name)
);

CREATE TABLE person (
    id TEXT PRIMARY KEY NOT NULL,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    name_kana TEXT NOT NULL,
    password_hash TEXT,
    language TEXT NOT NULL,
    disabled_at TIMESTAMP,
    created_at TIMESTAMP NOT NULL,
    version INTEGER NOT NULL
);

CREATE TABLE membership (
    tenant_id TEXT NOT NULL REFERENCES organisation (id),
    id TEXT NOT NULL,
    person_id TEXT NOT NULL REFERENCES person (id),
    role TEXT NOT NULL,
    division_id TEXT,
    created_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP,
    version INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, division_id) REFERENCES division (tenant_id, id)
);
CREATE INDEX membership_of_person ON membership (person_id);
CREATE INDEX membership_of_division ON membership (tenant_id, division_id);

CREATE TABLE session (
    id TEXT PRIMARY KEY NOT NULL,
    person_id TEXT NOT NULL REFERENCES person (id),
    tenant_id TEXT NOT NULL,
    membership_id TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    last_seen_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP,
    FOREIGN KEY (tenant_id, membership_id) REFERENCES membership (tenant_id, id)
);
CREATE INDEX session_of_person ON session (person_id);
CREATE INDEX session_of_membership ON session (tenant_id, membership_id);

CREATE TABLE sign_in_attempt (
    id TEXT PRIMARY KEY NOT NULL,
    account_key TEXT NOT NULL,
    at TIMESTAMP NOT NULL
);
CREATE INDEX sign_in_attempt_by_account ON sign_in_attempt (account_key, at);
