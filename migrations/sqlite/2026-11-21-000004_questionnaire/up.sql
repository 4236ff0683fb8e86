CREATE TABLE template (
    tenant_id TEXT NOT NULL REFERENCES organisation (id),
    id TEXT NOT NULL,
    family TEXT NOT NULL,
    template_version INTEGER NOT NULL,
    status TEXT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    body_hash TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    published_at TIMESTAMP,
    version INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, family, template_version)
);

CREATE TABLE frozen_template (
    hash TEXT PRIMARY KEY NOT NULL,
    body TEXT NOT NULL
);

CREATE TABLE dispatch (
    tenant_id TEXT NOT NULL REFERENCES organisation (id),
    id TEXT NOT NULL,
    frozen_hash TEXT NOT NULL REFERENCES frozen_template (hash),
    deadline DATE NOT NULL,
    contact TEXT NOT NULL,
    message TEXT NOT NULL,
    dispatched_by TEXT,
    dispatched_at TIMESTAMP NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX dispatch_of_frozen ON dispatch (frozen_hash);

CREATE TABLE questionnaire (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    entrustment_id TEXT NOT NULL,
    dispatch_id TEXT NOT NULL,
    frozen_hash TEXT NOT NULL REFERENCES frozen_template (hash),
    deadline DATE NOT NULL,
    status TEXT NOT NULL,
    round INTEGER NOT NULL,
    answered INTEGER NOT NULL,
    questions INTEGER NOT NULL,
    submitted_at TIMESTAMP,
    approved_at TIMESTAMP,
    created_at TIMESTAMP NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, entrustment_id) REFERENCES entrustment (tenant_id, id),
    FOREIGN KEY (tenant_id, dispatch_id) REFERENCES dispatch (tenant_id, id)
);
CREATE INDEX questionnaire_by_id ON questionnaire (id);
CREATE INDEX questionnaire_of_entrustment ON questionnaire (tenant_id, entrustment_id, created_at);
CREATE INDEX questionnaire_of_dispatch ON questionnaire (tenant_id, dispatch_id);
CREATE INDEX questionnaire_of_frozen ON questionnaire (frozen_hash);
CREATE INDEX questionnaire_by_deadline ON questionnaire (tenant_id, deadline, id);
CREATE INDEX questionnaire_due ON questionnaire (deadline, id);

CREATE TABLE answer (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    questionnaire_id TEXT NOT NULL,
    question_id TEXT NOT NULL,
    round INTEGER NOT NULL,
    value TEXT NOT NULL,
    remark TEXT NOT NULL,
    from_last_year BOOLEAN NOT NULL,
    answered_by TEXT,
    answered_by_name TEXT NOT NULL,
    answered_at TIMESTAMP NOT NULL,
    decision TEXT,
    comment TEXT NOT NULL,
    decided_by_name TEXT NOT NULL,
    decided_at TIMESTAMP,
    version INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, questionnaire_id, question_id, round),
    FOREIGN KEY (tenant_id, questionnaire_id) REFERENCES questionnaire (tenant_id, id)
);

CREATE TABLE evidence (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    questionnaire_id TEXT NOT NULL,
    question_id TEXT NOT NULL,
    round INTEGER NOT NULL,
    file_name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    object TEXT NOT NULL,
    added_by_name TEXT NOT NULL,
    added_at TIMESTAMP NOT NULL,
    removed_at TIMESTAMP,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, questionnaire_id) REFERENCES questionnaire (tenant_id, id)
);
CREATE INDEX evidence_of_questionnaire ON evidence (tenant_id, questionnaire_id, question_id);

CREATE TABLE attestation (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    questionnaire_id TEXT NOT NULL,
    round INTEGER NOT NULL,
    clauses TEXT NOT NULL,
    clauses_version INTEGER NOT NULL,
    exceptions TEXT NOT NULL,
    questions_hash TEXT NOT NULL,
    answers_hash TEXT NOT NULL,
    evidence_hash TEXT NOT NULL,
    clauses_hash TEXT NOT NULL,
    binding_hash TEXT NOT NULL,
    name TEXT NOT NULL,
    title TEXT NOT NULL,
    person_id TEXT,
    attested_at TIMESTAMP NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, questionnaire_id, round),
    FOREIGN KEY (tenant_id, questionnaire_id) REFERENCES questionnaire (tenant_id, id)
);

-- What was published, dispatched or attested does not change.
CREATE TRIGGER frozen_template_no_update BEFORE UPDATE ON frozen_template
BEGIN SELECT RAISE(ABORT, 'frozen_template is append-only'); END;
CREATE TRIGGER frozen_template_no_delete BEFORE DELETE ON frozen_template
BEGIN SELECT RAISE(ABORT, 'frozen_template is append-only'); END;
CREATE TRIGGER attestation_no_update BEFORE UPDATE ON attestation
BEGIN SELECT RAISE(ABORT, 'attestation is append-only'); END;
CREATE TRIGGER attestation_no_delete BEFORE DELETE ON attestation
BEGIN SELECT RAISE(ABORT, 'attestation is append-only'); END;
CREATE TRIGGER template_no_update BEFORE UPDATE ON template WHEN OLD.status = 'published'
BEGIN SELECT RAISE(ABORT, 'template is append-only'); END;
CREATE TRIGGER template_no_delete BEFORE DELETE ON template WHEN OLD.status = 'published'
BEGIN SELECT RAISE(ABORT, 'template is append-only'); END;
