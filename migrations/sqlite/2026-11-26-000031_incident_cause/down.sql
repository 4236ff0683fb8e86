DROP TABLE incident_cause;
