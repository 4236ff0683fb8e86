-- Near misses (ヒヤリハット): what nearly went wrong. What a contractor's people share is the principal's
-- (tenant_id); what they keep among themselves is their own organisation's, so that the principal's rows
-- hold none of it.
CREATE TABLE near_miss (
    tenant_id TEXT NOT NULL REFERENCES organisation (id),
    id TEXT NOT NULL,
    -- Whose people reported it.
    organisation_id TEXT NOT NULL REFERENCES organisation (id),
    -- Of which entrustment, whose principal it is, and as which of its contractors.
    principal_id TEXT,
    entrustment_id TEXT,
    contractor_id TEXT,
    -- The hand-over that was stopped.
    handover_id TEXT,
    side TEXT NOT NULL,
    kind TEXT NOT NULL,
    occurred_on DATE NOT NULL,
    what TEXT NOT NULL,
    stopped_by TEXT NOT NULL,
    cause TEXT NOT NULL,
    anonymous BOOLEAN NOT NULL,
    -- Empty where it is anonymous.
    reported_by_name TEXT NOT NULL,
    reported_on DATE NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (principal_id, entrustment_id) REFERENCES entrustment (tenant_id, id),
    FOREIGN KEY (principal_id, contractor_id) REFERENCES contractor (tenant_id, id),
    FOREIGN KEY (principal_id, handover_id) REFERENCES handover (tenant_id, id),
    CHECK (NOT anonymous OR reported_by_name = '')
);
CREATE INDEX near_miss_by_day ON near_miss (tenant_id, occurred_on, id);
CREATE INDEX near_miss_of_organisation ON near_miss (organisation_id, occurred_on, id);
CREATE INDEX near_miss_of_entrustment ON near_miss (principal_id, entrustment_id, id);
CREATE INDEX near_miss_of_contractor ON near_miss (principal_id, contractor_id, id);
CREATE INDEX near_miss_of_handover ON near_miss (principal_id, handover_id);

-- A lesson that a principal draws from near misses, for all of its contractors; it names nobody.
CREATE TABLE near_miss_lesson (
    tenant_id TEXT NOT NULL REFERENCES organisation (id),
    id TEXT NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    -- Kinds of near misses, as JSON.
    kinds TEXT NOT NULL,
    published_by_name TEXT NOT NULL,
    published_at TIMESTAMP NOT NULL,
    withdrawn_at TIMESTAMP,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX near_miss_lesson_by_time ON near_miss_lesson (tenant_id, published_at, id);

-- From which near misses it was drawn.
CREATE TABLE near_miss_lesson_source (
    tenant_id TEXT NOT NULL,
    lesson_id TEXT NOT NULL,
    near_miss_id TEXT NOT NULL,
    PRIMARY KEY (tenant_id, lesson_id, near_miss_id),
    FOREIGN KEY (tenant_id, lesson_id) REFERENCES near_miss_lesson (tenant_id, id),
    FOREIGN KEY (tenant_id, near_miss_id) REFERENCES near_miss (tenant_id, id)
);
CREATE INDEX near_miss_lesson_source_of_near_miss ON near_miss_lesson_source (tenant_id, near_miss_id);

SELECT azukari_lock('near_miss');
SELECT azukari_lock('near_miss_lesson');
SELECT azukari_lock('near_miss_lesson_source');
