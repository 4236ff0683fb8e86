-- Those to whom data went wrongly (誤送付先): how it went there, what was asked of them, what they answered,
-- and whether the risk is over.
CREATE TABLE incident_wrong_recipient (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    incident_id TEXT NOT NULL,
    -- Its number in the incident, from 1.
    position INTEGER NOT NULL,
    -- Which side looks after it.
    side TEXT NOT NULL,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    phone TEXT NOT NULL,
    -- How the data went there, and how many copies or persons.
    way TEXT NOT NULL,
    copies INTEGER,
    note TEXT NOT NULL,
    registered_by_name TEXT NOT NULL,
    registered_at TIMESTAMP NOT NULL,
    -- When it was last asked, how, and by whom.
    asked_at TIMESTAMP,
    asked_way TEXT,
    asked_by_name TEXT NOT NULL,
    -- Since when an answer is waited for, and how many reminders there were.
    waiting_since TIMESTAMP,
    reminded INTEGER NOT NULL,
    -- What was answered last; all answers are in incident_wrong_answer.
    answered_at TIMESTAMP,
    seen TEXT NOT NULL,
    kept TEXT NOT NULL,
    passed_on TEXT NOT NULL,
    -- The newest link for a written confirmation: the hash of its token.
    link_sha256 TEXT NOT NULL,
    link_sent_at TIMESTAMP,
    link_expires_at TIMESTAMP,
    link_used_at TIMESTAMP,
    -- When somebody closed the risk although it isn't confirmed, and why.
    closed_at TIMESTAMP,
    closed_by_name TEXT NOT NULL,
    closed_reason TEXT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, incident_id) REFERENCES incident (tenant_id, id)
);
CREATE UNIQUE INDEX incident_wrong_recipient_of_incident ON incident_wrong_recipient (tenant_id, incident_id, position);
-- The daily round over all principals.
CREATE INDEX incident_wrong_recipient_waiting ON incident_wrong_recipient (waiting_since, id)
    WHERE waiting_since IS NOT NULL;

-- What they answered, by hand or by a written confirmation. It is never changed.
CREATE TABLE incident_wrong_answer (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    incident_id TEXT NOT NULL,
    recipient_id TEXT NOT NULL,
    -- Its number among the recipient's, from 1.
    position INTEGER NOT NULL,
    answered_at TIMESTAMP NOT NULL,
    seen TEXT NOT NULL,
    kept TEXT NOT NULL,
    passed_on TEXT NOT NULL,
    -- How it was said, and by whom.
    way TEXT NOT NULL,
    by_name TEXT NOT NULL,
    note TEXT NOT NULL,
    -- The text that was agreed to, and its hash; empty without.
    agreement TEXT NOT NULL,
    agreement_sha256 TEXT NOT NULL,
    entered_by_name TEXT NOT NULL,
    entered_at TIMESTAMP NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, incident_id) REFERENCES incident (tenant_id, id),
    FOREIGN KEY (tenant_id, recipient_id) REFERENCES incident_wrong_recipient (tenant_id, id)
);
CREATE UNIQUE INDEX incident_wrong_answer_of_recipient ON incident_wrong_answer (tenant_id, recipient_id, position);
CREATE INDEX incident_wrong_answer_of_incident ON incident_wrong_answer (tenant_id, incident_id);
CREATE TRIGGER incident_wrong_answer_no_update BEFORE UPDATE ON incident_wrong_answer
BEGIN SELECT RAISE(ABORT, 'incident_wrong_answer is append-only'); END;
CREATE TRIGGER incident_wrong_answer_no_delete BEFORE DELETE ON incident_wrong_answer
BEGIN SELECT RAISE(ABORT, 'incident_wrong_answer is append-only'); END;
