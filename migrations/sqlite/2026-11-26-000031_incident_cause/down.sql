DROP INDEX finding_of_subject;
CREATE INDEX finding_of_subject ON finding (tenant_id, entrustment_id, subject_kind, subject_id);
DROP TABLE incident_cause;
