DROP TABLE incident_filing;
DROP TABLE incident_report;
