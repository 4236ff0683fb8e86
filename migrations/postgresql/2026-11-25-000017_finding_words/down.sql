ALTER TABLE finding DROP COLUMN english;
