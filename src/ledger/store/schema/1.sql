-- What lies in the inbox, and what lay there until it was taken away (gone).
CREATE TABLE file (
    id         INTEGER PRIMARY KEY,
    path       TEXT    NOT NULL UNIQUE,
    size       INTEGER NOT NULL,
    modified   TEXT    NOT NULL,
    changed    TEXT    NOT NULL,
    device     INTEGER,
    inode      INTEGER,
    hash       TEXT    NOT NULL,
    first_seen INTEGER NOT NULL,
    last_seen  INTEGER NOT NULL,
    received   INTEGER NOT NULL,
    gone       INTEGER
) STRICT;

-- Results of audits, by everything they rest on. The body of an audit that was pruned is NULL.
CREATE TABLE audit (
    id       INTEGER PRIMARY KEY,
    content  TEXT    NOT NULL,
    name     TEXT    NOT NULL,
    rules    TEXT    NOT NULL,
    policy   TEXT    NOT NULL,
    recorded INTEGER NOT NULL,
    length   INTEGER,
    body     BLOB,
    UNIQUE (content, name, rules, policy)
) STRICT;

-- Every content that a submission ever had.
CREATE TABLE version (
    id         INTEGER PRIMARY KEY,
    path       TEXT    NOT NULL,
    hash       TEXT    NOT NULL,
    agency     TEXT,
    year       INTEGER,
    verdict    TEXT    NOT NULL,
    audit      INTEGER NOT NULL REFERENCES audit (id),
    first_seen INTEGER NOT NULL,
    last_seen  INTEGER NOT NULL
) STRICT;
CREATE INDEX version_unit ON version (agency, year);
CREATE INDEX version_audit ON version (audit);

-- What is listed for a file: itself, or the members of the archive it is.
CREATE TABLE submission (
    file     INTEGER NOT NULL REFERENCES file (id) ON DELETE CASCADE,
    ordinal  INTEGER NOT NULL,
    path     TEXT    NOT NULL,
    version  INTEGER NOT NULL REFERENCES version (id),
    summary  BLOB    NOT NULL,
    PRIMARY KEY (file, ordinal)
) STRICT;
CREATE INDEX submission_version ON submission (version);

-- What operators decided: appended to, never changed.
CREATE TABLE decision (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    nonce       TEXT    NOT NULL UNIQUE,
    agency      TEXT    NOT NULL,
    year        INTEGER,
    path        TEXT,
    hash        TEXT,
    kind        TEXT    NOT NULL,
    rule        TEXT,
    fingerprint TEXT,
    reason      TEXT,
    undoes      INTEGER REFERENCES decision (id),
    at          INTEGER NOT NULL,
    login       TEXT    NOT NULL,
    host        TEXT    NOT NULL,
    session     TEXT    NOT NULL,
    seal        TEXT    NOT NULL
) STRICT;
CREATE TRIGGER decision_is_not_changed BEFORE UPDATE ON decision
BEGIN SELECT raise(ABORT, 'a decision is never changed'); END;
CREATE TRIGGER decision_is_not_deleted BEFORE DELETE ON decision
BEGIN SELECT raise(ABORT, 'a decision is never deleted'); END;
