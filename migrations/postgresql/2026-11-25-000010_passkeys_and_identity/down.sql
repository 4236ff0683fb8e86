DROP TABLE identity;
DROP TABLE identity_domain;
DROP TABLE identity_provider;
DROP TABLE ceremony;
DROP TABLE passkey;
