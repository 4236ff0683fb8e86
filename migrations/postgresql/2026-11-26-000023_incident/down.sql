DROP TABLE incident_entry;
DROP TABLE incident;
