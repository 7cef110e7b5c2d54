-- One row: the number that the next record gets in the log, over all journals.
CREATE TABLE audit_position (
  only_row BIGINT NOT NULL PRIMARY KEY,
  next_ordinal BIGINT NOT NULL
);

INSERT INTO audit_position (only_row, next_ordinal) VALUES (1, 1);

CREATE TABLE audit_journals (
  journal TEXT NOT NULL PRIMARY KEY,
  node TEXT NOT NULL,
  first_sequence BIGINT NOT NULL,
  stored_through BIGINT NOT NULL
);

-- What is asked for by itself: intents, outcomes, operators' acts, handshakes, requests that failed.
CREATE TABLE audit_records (
  ordinal BIGINT NOT NULL PRIMARY KEY,
  journal TEXT NOT NULL,
  sequence BIGINT NOT NULL,
  kind TEXT NOT NULL,
  time BIGINT NOT NULL,
  trace TEXT NOT NULL,
  principal TEXT NOT NULL,
  repository TEXT NOT NULL,
  record BYTEA NOT NULL
);

CREATE INDEX audit_records_by_trace ON audit_records (trace);

-- Requests that went well, one row for each batch. The traces stand before the records, so that a search need not read these.
CREATE TABLE audit_batches (
  first_ordinal BIGINT NOT NULL PRIMARY KEY,
  journal TEXT NOT NULL,
  first_sequence BIGINT NOT NULL,
  last_sequence BIGINT NOT NULL,
  first_time BIGINT NOT NULL,
  last_time BIGINT NOT NULL,
  record_count BIGINT NOT NULL,
  traces BYTEA NOT NULL,
  records BYTEA NOT NULL
);
