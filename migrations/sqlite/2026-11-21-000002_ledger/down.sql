DROP TRIGGER ledger_entry_no_update;
DROP TRIGGER ledger_entry_no_delete;
DROP TABLE refusal;
DROP TABLE ledger_entry;
DROP TABLE ledger_head;
