CREATE TABLE forge_repositories (
  number BIGINT PRIMARY KEY,
  owner TEXT NOT NULL,
  name TEXT NOT NULL,
  directory TEXT NOT NULL UNIQUE,
  object_format TEXT NOT NULL,
  default_branch TEXT NOT NULL,
  description TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  UNIQUE (owner, name)
);
CREATE TABLE forge_numbers (
  kind TEXT PRIMARY KEY,
  last BIGINT NOT NULL
);
INSERT INTO forge_numbers (kind, last) VALUES ('repository', 0);
