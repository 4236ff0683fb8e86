DROP TABLE incident_wrong_answer;
DROP TABLE incident_wrong_recipient;
