DROP TABLE incident_step;
DROP TABLE incident_manual;
