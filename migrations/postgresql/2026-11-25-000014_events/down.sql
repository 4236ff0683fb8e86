CREATE TABLE refusal (
    id TEXT PRIMARY KEY NOT NULL,
    at TIMESTAMP NOT NULL,
    tenant_id TEXT,
    actor_id TEXT,
    act TEXT NOT NULL,
    subject TEXT NOT NULL,
    reason TEXT NOT NULL
);
CREATE INDEX refusal_by_time ON refusal (at);
CREATE INDEX refusal_of_tenant ON refusal (tenant_id, at);
INSERT INTO refusal
SELECT id, at, tenant_id, person_id, act, subject_id, reason FROM security_event WHERE kind = 'refused';

DROP TABLE security_event;
