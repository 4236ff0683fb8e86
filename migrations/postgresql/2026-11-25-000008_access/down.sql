DROP TABLE access_rules;
ALTER TABLE session DROP COLUMN device;
ALTER TABLE session DROP COLUMN address;
ALTER TABLE session DROP COLUMN stepped_up_at;
ALTER TABLE session DROP COLUMN second_factor_at;
ALTER TABLE session DROP COLUMN method;
