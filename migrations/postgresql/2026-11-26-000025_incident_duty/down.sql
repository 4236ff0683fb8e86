DROP TABLE incident_decision;
DROP TABLE incident_assessment;
