CREATE TABLE policy_versions (
  number BIGINT NOT NULL PRIMARY KEY,
  file TEXT NOT NULL,
  text TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
