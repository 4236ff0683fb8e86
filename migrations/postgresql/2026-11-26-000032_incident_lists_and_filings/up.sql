-- What was filed stays as it was filed: the database itself refuses.
CREATE TRIGGER incident_filing_no_update BEFORE UPDATE ON incident_filing
    FOR EACH ROW EXECUTE FUNCTION azukari_refuse();
CREATE TRIGGER incident_filing_no_delete BEFORE DELETE ON incident_filing
    FOR EACH ROW EXECUTE FUNCTION azukari_refuse();
CREATE TRIGGER incident_filing_no_truncate BEFORE TRUNCATE ON incident_filing
    FOR EACH STATEMENT EXECUTE FUNCTION azukari_refuse();

-- The list of an entrustment, by the time of report.
CREATE INDEX incident_of_entrustment_by_report ON incident (tenant_id, entrustment_id, reported_at, id);
