DROP TABLE sign_in_attempt;
DROP TABLE session;
DROP TABLE membership;
DROP TABLE person;
DROP TABLE division;
DROP TABLE organisation;
