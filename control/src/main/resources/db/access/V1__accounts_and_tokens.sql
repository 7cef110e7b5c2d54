-- Names are never given twice, so an account is never removed: 'deleted' is its tombstone.
CREATE TABLE accounts (
  name TEXT NOT NULL PRIMARY KEY,
  password_hash TEXT,
  administrator BIGINT NOT NULL,
  state TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL
);

CREATE TABLE account_groups (
  account TEXT NOT NULL REFERENCES accounts (name),
  group_name TEXT NOT NULL,
  PRIMARY KEY (account, group_name)
);

CREATE TABLE access_tokens (
  id TEXT NOT NULL PRIMARY KEY,
  account TEXT NOT NULL REFERENCES accounts (name),
  secret_hash BYTEA NOT NULL UNIQUE,
  note TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  last_used_at BIGINT,
  revoked_at BIGINT
);

CREATE INDEX access_tokens_by_account ON access_tokens (account);

CREATE TABLE administrator_links (
  secret_hash BYTEA NOT NULL PRIMARY KEY,
  expires_at BIGINT NOT NULL,
  used_at BIGINT
);

-- Kept until the longest possible certificate has expired by itself.
CREATE TABLE revoked_certificates (
  serial TEXT NOT NULL PRIMARY KEY,
  forget_at BIGINT NOT NULL
);
