ALTER TABLE incident_step DROP COLUMN page;
