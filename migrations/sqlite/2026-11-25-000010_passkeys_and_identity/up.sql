-- A person's passkeys: the credential as webauthn-rs keeps it, with its signature counter.
CREATE TABLE passkey (
    id TEXT PRIMARY KEY NOT NULL,
    person_id TEXT NOT NULL REFERENCES person (id),
    credential_id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    credential TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    last_used_at TIMESTAMP
);
CREATE INDEX passkey_of_person ON passkey (person_id);

-- An exchange under way with a passkey or with an organisation's identity provider: what the
-- answer must fit. Used once; the id is the hash of a random value that only one browser knows.
CREATE TABLE ceremony (
    id TEXT PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL,
    bound_to TEXT NOT NULL,
    state TEXT NOT NULL,
    expires_at TIMESTAMP NOT NULL
);
CREATE INDEX ceremony_by_end ON ceremony (expires_at);

-- An organisation's identity provider (OpenID Connect).
CREATE TABLE identity_provider (
    tenant_id TEXT PRIMARY KEY NOT NULL REFERENCES organisation (id),
    issuer TEXT NOT NULL,
    client_id TEXT NOT NULL,
    client_secret TEXT NOT NULL,
    scopes TEXT NOT NULL,
    email_claim TEXT NOT NULL,
    strong TEXT NOT NULL,
    password_off BOOLEAN NOT NULL,
    version INTEGER NOT NULL
);

-- The mail domains whose people the provider may vouch for.
CREATE TABLE identity_domain (
    tenant_id TEXT NOT NULL REFERENCES identity_provider (tenant_id),
    domain TEXT NOT NULL,
    PRIMARY KEY (tenant_id, domain)
);
CREATE INDEX identity_domain_by_name ON identity_domain (domain, tenant_id);

-- Who a provider's subject is: bound at the first sign-in, from then on by issuer and subject alone.
CREATE TABLE identity (
    tenant_id TEXT NOT NULL REFERENCES organisation (id),
    id TEXT NOT NULL,
    person_id TEXT NOT NULL REFERENCES person (id),
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    last_used_at TIMESTAMP NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, issuer, subject),
    UNIQUE (tenant_id, issuer, person_id)
);
CREATE INDEX identity_of_person ON identity (person_id);
