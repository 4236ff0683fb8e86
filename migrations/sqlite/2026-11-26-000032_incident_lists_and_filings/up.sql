-- What was filed stays as it was filed: the database itself refuses.
CREATE TRIGGER incident_filing_no_update BEFORE UPDATE ON incident_filing
BEGIN SELECT RAISE(ABORT, 'incident_filing is append-only'); END;
CREATE TRIGGER incident_filing_no_delete BEFORE DELETE ON incident_filing
BEGIN SELECT RAISE(ABORT, 'incident_filing is append-only'); END;

-- The list of an entrustment, by the time of report.
CREATE INDEX incident_of_entrustment_by_report ON incident (tenant_id, entrustment_id, reported_at, id);
