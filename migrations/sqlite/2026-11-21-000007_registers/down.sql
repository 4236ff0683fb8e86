DROP TABLE import;
DROP TABLE inspection;
DROP TABLE sub_application;
DROP TABLE finding;
DROP TABLE transmission;
DROP TABLE recipient;
DROP TABLE holding;
DROP TABLE disposal;
DROP TABLE training;
DROP TABLE handler;
DROP TABLE attachment;
DROP TABLE entrustment_ancestor;
DROP INDEX entrustment_by_erasure;
ALTER TABLE entrustment DROP COLUMN closed_at;
CREATE TABLE data_item_old (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    entrustment_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    mark TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, entrustment_id) REFERENCES entrustment (tenant_id, id)
);
INSERT INTO data_item_old SELECT tenant_id, id, entrustment_id, position, name, mark FROM data_item WHERE removed_at IS NULL;
DROP TABLE data_item;
ALTER TABLE data_item_old RENAME TO data_item;
CREATE INDEX data_item_of_entrustment ON data_item (tenant_id, entrustment_id, position);
