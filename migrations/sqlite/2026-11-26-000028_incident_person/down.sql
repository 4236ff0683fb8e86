DROP TABLE incident_group_entry;
DROP TABLE incident_group;
