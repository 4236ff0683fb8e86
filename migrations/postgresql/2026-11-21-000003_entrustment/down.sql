DROP TABLE data_item;
DROP TABLE entrustment;
DROP TABLE invitation;
DROP TABLE contractor;
