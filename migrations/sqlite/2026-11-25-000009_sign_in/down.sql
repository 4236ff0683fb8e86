DROP INDEX sign_in_attempt_by_network;
ALTER TABLE sign_in_attempt DROP COLUMN network_key;
DROP TABLE mailed_link;
DROP TABLE known_device;
DROP TABLE recovery_code;
DROP TABLE totp;
DROP TABLE sign_in;
