-- The hand-over desk (受渡し): data that moves through the portal.
CREATE TABLE handover (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    entrustment_id TEXT NOT NULL,
    -- Its number in the entrustment, from 1.
    position INTEGER NOT NULL,
    direction TEXT NOT NULL,
    sender TEXT NOT NULL,
    purpose TEXT NOT NULL,
    message TEXT NOT NULL,
    -- The data items that go, as JSON.
    items TEXT NOT NULL,
    -- How long after it is sent it may be fetched.
    valid_days INTEGER NOT NULL,
    -- How often each file may be fetched by each recipient.
    downloads INTEGER NOT NULL,
    status TEXT NOT NULL,
    -- The request that it answers.
    request_id TEXT,
    created_by_name TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    -- The hash over what was proposed: files, recipients, purpose.
    seal TEXT NOT NULL,
    proposed_by_name TEXT NOT NULL,
    proposed_at TIMESTAMP,
    decided_by_name TEXT NOT NULL,
    decided_at TIMESTAMP,
    decision_reason TEXT NOT NULL,
    -- When an approved one leaves: until then it can be taken back.
    release_at TIMESTAMP,
    sent_at TIMESTAMP,
    valid_until TIMESTAMP,
    recalled_by_name TEXT NOT NULL,
    recalled_at TIMESTAMP,
    recall_reason TEXT NOT NULL,
    -- When it was over and its files were destroyed.
    ended_at TIMESTAMP,
    version INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, entrustment_id) REFERENCES entrustment (tenant_id, id)
);
CREATE INDEX handover_of_entrustment ON handover (tenant_id, entrustment_id, position, id);
CREATE INDEX handover_by_end ON handover (status, valid_until, id);

-- One recipient of a hand-over, and what it may get.
CREATE TABLE handover_delivery (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    handover_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    party TEXT NOT NULL,
    -- The registered recipient, or the entrustment below whose contractor receives.
    recipient_id TEXT,
    below_id TEXT,
    -- Name and mail address as they were registered when it was proposed.
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    -- The code by which an outside recipient proves itself, sealed; empty for members.
    code TEXT NOT NULL,
    guesses INTEGER NOT NULL,
    opened_at TIMESTAMP,
    received_at TIMESTAMP,
    received_by_name TEXT NOT NULL,
    -- When it said that it isn't the right recipient: nothing can be fetched from then on.
    refused_at TIMESTAMP,
    -- What it wrote into the register.
    transmission_id TEXT,
    -- After a recall: was it seen, is it deleted.
    deletion TEXT NOT NULL,
    deletion_asked_at TIMESTAMP,
    deletion_answered_at TIMESTAMP,
    deletion_answered_by_name TEXT NOT NULL,
    deletion_note TEXT NOT NULL,
    reminded INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, handover_id) REFERENCES handover (tenant_id, id)
);
CREATE INDEX handover_delivery_of_handover ON handover_delivery (tenant_id, handover_id, position, id);
CREATE INDEX handover_delivery_by_deletion ON handover_delivery (deletion, deletion_asked_at, id);

-- A file of a hand-over, under a key of its own.
CREATE TABLE handover_file (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    handover_id TEXT NOT NULL,
    -- For this recipient alone; for all without one.
    delivery_id TEXT,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size BIGINT NOT NULL,
    -- How many bytes have come so far.
    received BIGINT NOT NULL,
    -- SHA-256 of the whole, hexadecimal; empty until it is complete.
    sha256 TEXT NOT NULL,
    -- Where the hash stands between parts, encrypted for the file's key; empty when complete.
    hash_state TEXT NOT NULL,
    -- The file's key for its organisation's key; empty once destroyed.
    wrapped_key TEXT NOT NULL,
    state TEXT NOT NULL,
    -- What is in it, as JSON; empty until it was looked at.
    contents TEXT NOT NULL,
    checked_at TIMESTAMP,
    -- The file of which it was cut.
    source_id TEXT,
    created_by_name TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    destroyed_at TIMESTAMP,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, handover_id) REFERENCES handover (tenant_id, id)
);
CREATE INDEX handover_file_of_handover ON handover_file (tenant_id, handover_id, position, id);
CREATE INDEX handover_file_by_state ON handover_file (state, created_at, id);

-- Where the bytes of a file are: one object a part, in the order of their start.
CREATE TABLE handover_part (
    tenant_id TEXT NOT NULL,
    file_id TEXT NOT NULL,
    start BIGINT NOT NULL,
    size BIGINT NOT NULL,
    object TEXT NOT NULL,
    PRIMARY KEY (tenant_id, file_id, start),
    FOREIGN KEY (tenant_id, file_id) REFERENCES handover_file (tenant_id, id)
);

-- What stopped a hand-over: kept when it is mended, for the statistics.
CREATE TABLE handover_stop (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    handover_id TEXT NOT NULL,
    entrustment_id TEXT NOT NULL,
    file_id TEXT,
    delivery_id TEXT,
    stop TEXT NOT NULL,
    -- By what: a kind of data, a sheet, a number. Never a value of the data.
    what TEXT NOT NULL,
    found_at TIMESTAMP NOT NULL,
    -- When it no longer was so.
    mended_at TIMESTAMP,
    -- Why it may go all the same, where that may be said.
    reason TEXT NOT NULL,
    reason_by_name TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, handover_id) REFERENCES handover (tenant_id, id),
    FOREIGN KEY (tenant_id, entrustment_id) REFERENCES entrustment (tenant_id, id)
);
CREATE INDEX handover_stop_of_handover ON handover_stop (tenant_id, handover_id, id);
CREATE INDEX handover_stop_of_entrustment ON handover_stop (tenant_id, entrustment_id, found_at);
CREATE INDEX handover_stop_by_month ON handover_stop (tenant_id, found_at, stop, entrustment_id);

-- How often a recipient may still fetch a file: made when the hand-over leaves.
CREATE TABLE handover_share (
    tenant_id TEXT NOT NULL,
    delivery_id TEXT NOT NULL,
    file_id TEXT NOT NULL,
    downloads_left INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, delivery_id, file_id),
    FOREIGN KEY (tenant_id, delivery_id) REFERENCES handover_delivery (tenant_id, id),
    FOREIGN KEY (tenant_id, file_id) REFERENCES handover_file (tenant_id, id)
);
CREATE INDEX handover_share_of_file ON handover_share (tenant_id, file_id);

-- One download, which may be resumed.
CREATE TABLE handover_download (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    delivery_id TEXT NOT NULL,
    file_id TEXT NOT NULL,
    started_at TIMESTAMP NOT NULL,
    by_name TEXT NOT NULL,
    -- The session or visitor that alone may go on with it, as a hash.
    bound_to TEXT NOT NULL,
    -- How far it has come, and how many bytes were handed out in all.
    reached BIGINT NOT NULL,
    handed_out BIGINT NOT NULL,
    -- Which bytes those are, as JSON: a download is over when none is missing.
    ranges TEXT NOT NULL,
    completed_at TIMESTAMP,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, delivery_id) REFERENCES handover_delivery (tenant_id, id),
    FOREIGN KEY (tenant_id, file_id) REFERENCES handover_file (tenant_id, id)
);
CREATE INDEX handover_download_of_delivery ON handover_download (tenant_id, delivery_id, started_at, id);
CREATE INDEX handover_download_of_file ON handover_download (tenant_id, file_id);

-- What one side asks the other to hand over.
CREATE TABLE handover_request (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    entrustment_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    -- Who is asked.
    asked TEXT NOT NULL,
    purpose TEXT NOT NULL,
    message TEXT NOT NULL,
    items TEXT NOT NULL,
    due_on DATE,
    status TEXT NOT NULL,
    asked_by_name TEXT NOT NULL,
    asked_at TIMESTAMP NOT NULL,
    settled_by_name TEXT NOT NULL,
    settled_at TIMESTAMP,
    reminded INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, entrustment_id) REFERENCES entrustment (tenant_id, id)
);
CREATE INDEX handover_request_of_entrustment ON handover_request (tenant_id, entrustment_id, position, id);
CREATE INDEX handover_request_by_due ON handover_request (status, due_on, id);

SELECT azukari_lock('handover');
SELECT azukari_lock('handover_delivery');
SELECT azukari_lock('handover_file');
SELECT azukari_lock('handover_part');
SELECT azukari_lock('handover_stop');
SELECT azukari_lock('handover_share');
SELECT azukari_lock('handover_download');
SELECT azukari_lock('handover_request');
