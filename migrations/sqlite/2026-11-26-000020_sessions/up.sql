-- A form that came after its session had run out, sealed, until the person has signed in again.
CREATE TABLE carried_form (
    id TEXT PRIMARY KEY NOT NULL,
    person_id TEXT NOT NULL REFERENCES person (id),
    membership_id TEXT NOT NULL,
    sealed TEXT NOT NULL,
    expires_at TIMESTAMP NOT NULL
);
CREATE INDEX carried_form_of_person ON carried_form (person_id, id);
CREATE INDEX carried_form_by_end ON carried_form (expires_at);
