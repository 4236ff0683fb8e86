-- The page of the incident to which a step belongs; none for most, and for those begun before.
ALTER TABLE incident_step ADD COLUMN page TEXT;
