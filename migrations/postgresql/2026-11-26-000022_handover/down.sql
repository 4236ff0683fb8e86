DROP TABLE handover_request;
DROP TABLE handover_download;
DROP TABLE handover_share;
DROP TABLE handover_stop;
DROP TABLE handover_part;
DROP TABLE handover_file;
DROP TABLE handover_delivery;
DROP TABLE handover;
