DROP TRIGGER ledger_entry_no_update ON ledger_entry;
DROP TRIGGER ledger_entry_no_delete ON ledger_entry;
DROP TRIGGER ledger_entry_no_truncate ON ledger_entry;
DROP FUNCTION azukari_refuse();
DROP TABLE refusal;
DROP TABLE ledger_entry;
DROP TABLE ledger_head;
