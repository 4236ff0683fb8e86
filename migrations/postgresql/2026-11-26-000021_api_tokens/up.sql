-- Tokens with which an organisation's programs ask. Of the token itself only a hash is kept: who
-- reads the table can't use one. It counts no longer than the membership of whoever made it.
CREATE TABLE api_token (
    tenant_id TEXT NOT NULL REFERENCES organisation (id),
    id TEXT NOT NULL,
    membership_id TEXT NOT NULL,
    name TEXT NOT NULL,
    scopes TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE,
    hint TEXT NOT NULL,
    made_by_name TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    last_used_at TIMESTAMP,
    revoked_at TIMESTAMP,
    revoked_by_name TEXT NOT NULL,
    expired_at TIMESTAMP,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, membership_id) REFERENCES membership (tenant_id, id)
);
CREATE INDEX api_token_of_membership ON api_token (tenant_id, membership_id);
CREATE INDEX api_token_by_time ON api_token (tenant_id, created_at, id);
SELECT azukari_lock('api_token');
