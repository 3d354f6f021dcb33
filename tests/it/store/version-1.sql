PRAGMA foreign_keys = OFF;
PRAGMA application_id = 1314081863;
PRAGMA user_version = 1;
BEGIN TRANSACTION;
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
INSERT INTO file VALUES(1,'all.zip',7,'1700000000123456789','5',1,2,'zip',1700000001000000,1700000001000000,1700000000000000,NULL);
INSERT INTO file VALUES(2,'民政局.txt',7,'1700000000123456789','5',1,2,'B',1700000001000000,1700000002000000,1700000001000000,NULL);
INSERT INTO file VALUES(3,'旧.txt',7,'1700000000123456789','5',1,2,'O',1700000001000000,1700000001000000,1700000000000000,1700000003000000);
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
INSERT INTO audit VALUES(1,'X','','rules 1','policy 1',1700000001000000,10,X'789c4b2c4dc92c51c84f5388000014ce0385');
INSERT INTO audit VALUES(2,'A','','rules 1','policy 1',1700000001000000,10,X'789c4b2c4dc92c51c84f5370040014b7036e');
INSERT INTO audit VALUES(3,'O','','rules 1','policy 1',1700000001000000,10,X'789c4b2c4dc92c51c84f53f0070014c5037c');
INSERT INTO audit VALUES(4,'B','','rules 1','policy 1',1700000002000000,10,X'789c4b2c4dc92c51c84f5370020014b8036f');
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
INSERT INTO version VALUES(1,'all.zip/x.txt','X',NULL,NULL,'compliant',1,1700000001000000,1700000001000000);
INSERT INTO version VALUES(2,'all.zip/y.txt','A','青溪县民政局',2023,'compliant',2,1700000001000000,1700000001000000);
INSERT INTO version VALUES(3,'民政局.txt','A','青溪县民政局',2023,'compliant',2,1700000001000000,1700000001000000);
INSERT INTO version VALUES(4,'旧.txt','O','青溪县民政局',2023,'compliant',3,1700000001000000,1700000001000000);
INSERT INTO version VALUES(5,'民政局.txt','B','青溪县民政局',2023,'compliant',4,1700000002000000,1700000002000000);
CREATE TABLE submission (
    file     INTEGER NOT NULL REFERENCES file (id) ON DELETE CASCADE,
    ordinal  INTEGER NOT NULL,
    path     TEXT    NOT NULL,
    version  INTEGER NOT NULL REFERENCES version (id),
    summary  BLOB    NOT NULL,
    PRIMARY KEY (file, ordinal)
) STRICT;
INSERT INTO submission VALUES(1,0,'all.zip/x.txt',1,X'73756d6d617279206f662058');
INSERT INTO submission VALUES(1,1,'all.zip/y.txt',2,X'73756d6d617279206f662041');
INSERT INTO submission VALUES(3,0,'旧.txt',4,X'73756d6d617279206f66204f');
INSERT INTO submission VALUES(2,0,'民政局.txt',5,X'73756d6d617279206f662042');
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
INSERT INTO decision VALUES(1,'8f01a34920ff5e03e87c831e95e639aa','青溪县民政局',2023,NULL,NULL,'return',NULL,NULL,'三处勾稽不符',NULL,1700000000000000,'zhou','qingxi','1','c19b5b38136c5123191cee4212647415393d9fb935d79e05a365ce4087e25fe2');
INSERT INTO decision VALUES(2,'05e0633e4e5bcb2fdde35b86623fb712','青溪县民政局',2023,'民政局.txt','B','dismiss','REQ003','f1','原件无误',NULL,1700000000000000,'zhou','qingxi','1','cc595ad65ef8a5ca900565836406a71f717318858d1ce27ec88e9ddc77e37640');
INSERT INTO decision VALUES(3,'587e4994d66d5af07e03d13f974f481c','青溪县民政局',2023,NULL,NULL,'undo',NULL,NULL,NULL,1,1700000000000000,'zhou','qingxi','1','7bf043cdb8edbe552f536647e3a6186517ff34352b5cc4f5e2fc40a932a0acab');
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('decision',3);
CREATE INDEX version_unit ON version (agency, year);
CREATE INDEX version_audit ON version (audit);
CREATE INDEX submission_version ON submission (version);
CREATE TRIGGER decision_is_not_changed BEFORE UPDATE ON decision
BEGIN SELECT raise(ABORT, 'a decision is never changed'); END;
CREATE TRIGGER decision_is_not_deleted BEFORE DELETE ON decision
BEGIN SELECT raise(ABORT, 'a decision is never deleted'); END;
COMMIT;
