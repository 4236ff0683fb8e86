CREATE TABLE mail (
    id TEXT PRIMARY KEY NOT NULL,
    tenant_id TEXT REFERENCES organisation (id),
    kind TEXT NOT NULL,
    to_address TEXT NOT NULL,
    to_name TEXT NOT NULL,
    language TEXT NOT NULL,
    subject TEXT NOT NULL,
    text_body TEXT NOT NULL,
    html_body TEXT NOT NULL,
    message_id TEXT NOT NULL UNIQUE,
    status TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    next_attempt_at TIMESTAMP NOT NULL,
    leased_until TIMESTAMP,
    sent_at TIMESTAMP,
    last_error TEXT,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX mail_of_tenant ON mail (tenant_id);
CREATE INDEX mail_due ON mail (status, next_attempt_at);

CREATE TABLE job (
    id TEXT PRIMARY KEY NOT NULL,
    tenant_id TEXT REFERENCES organisation (id),
    kind TEXT NOT NULL,
    unique_key TEXT NOT NULL UNIQUE,
    payload TEXT NOT NULL,
    run_at TIMESTAMP NOT NULL,
    leased_until TIMESTAMP,
    attempts INTEGER NOT NULL,
    done_at TIMESTAMP,
    last_error TEXT,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX job_of_tenant ON job (tenant_id);
CREATE INDEX job_due ON job (done_at, run_at);
