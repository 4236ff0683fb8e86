DROP TABLE closing_proposal;
DROP TABLE auditor_access;
