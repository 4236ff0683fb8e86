-- A sign-in after its first proof, until the second factor is proved.
CREATE TABLE sign_in (
    id TEXT PRIMARY KEY NOT NULL,
    person_id TEXT NOT NULL REFERENCES person (id),
    tenant_id TEXT NOT NULL,
    membership_id TEXT NOT NULL,
    method TEXT NOT NULL,
    next TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    used_at TIMESTAMP,
    FOREIGN KEY (tenant_id, membership_id) REFERENCES membership (tenant_id, id)
);
CREATE INDEX sign_in_of_person ON sign_in (person_id);
CREATE INDEX sign_in_of_membership ON sign_in (tenant_id, membership_id);
CREATE INDEX sign_in_by_end ON sign_in (expires_at);

-- An authenticator app (RFC 6238): the seed is sealed, no step counts twice, and it counts for nothing
-- before its first code.
CREATE TABLE totp (
    id TEXT PRIMARY KEY NOT NULL,
    person_id TEXT NOT NULL REFERENCES person (id),
    name TEXT NOT NULL,
    seed TEXT NOT NULL,
    last_step BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    confirmed_at TIMESTAMP,
    last_used_at TIMESTAMP
);
CREATE INDEX totp_of_person ON totp (person_id);

-- Recovery codes, hashed; each counts once.
CREATE TABLE recovery_code (
    id TEXT PRIMARY KEY NOT NULL,
    person_id TEXT NOT NULL REFERENCES person (id),
    hash TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    used_at TIMESTAMP
);
CREATE INDEX recovery_code_of_person ON recovery_code (person_id, hash);

-- Browsers from which a person has signed in: another's guesses don't hold them up.
CREATE TABLE known_device (
    id TEXT PRIMARY KEY NOT NULL,
    person_id TEXT NOT NULL REFERENCES person (id),
    device TEXT NOT NULL,
    first_seen_at TIMESTAMP NOT NULL,
    last_seen_at TIMESTAMP NOT NULL
);
CREATE INDEX known_device_of_person ON known_device (person_id);

-- Links by mail that count once: for a forgotten password, and to sign in with.
CREATE TABLE mailed_link (
    id TEXT PRIMARY KEY NOT NULL,
    person_id TEXT NOT NULL REFERENCES person (id),
    kind TEXT NOT NULL,
    next TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    used_at TIMESTAMP
);
CREATE INDEX mailed_link_of_person ON mailed_link (person_id, kind);

-- Guesses are counted by network too.
ALTER TABLE sign_in_attempt ADD COLUMN network_key TEXT NOT NULL DEFAULT '';
CREATE INDEX sign_in_attempt_by_network ON sign_in_attempt (network_key, at);
