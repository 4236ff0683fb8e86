-- How a session was opened and from where; what was proved beside the first proof, and when anew.
ALTER TABLE session ADD COLUMN method TEXT NOT NULL DEFAULT 'password';
ALTER TABLE session ADD COLUMN second_factor_at TIMESTAMP;
ALTER TABLE session ADD COLUMN stepped_up_at TIMESTAMP;
ALTER TABLE session ADD COLUMN address TEXT NOT NULL DEFAULT '';
ALTER TABLE session ADD COLUMN device TEXT NOT NULL DEFAULT '';

-- What an organisation demands of its members; without a row the defaults of the program hold.
CREATE TABLE access_rules (
    tenant_id TEXT PRIMARY KEY NOT NULL REFERENCES organisation (id),
    idle_minutes INTEGER NOT NULL,
    session_hours INTEGER NOT NULL,
    invitation_days INTEGER NOT NULL,
    handler_second_factor BOOLEAN NOT NULL,
    four_eyes TEXT NOT NULL,
    version INTEGER NOT NULL
);
