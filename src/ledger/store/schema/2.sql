-- Who is at work on an agency's report, until when.
CREATE TABLE claim (
    agency  TEXT    NOT NULL,
    year    INTEGER,
    login   TEXT    NOT NULL,
    host    TEXT    NOT NULL,
    session TEXT    NOT NULL,
    until   INTEGER NOT NULL
) STRICT;
CREATE INDEX claim_unit ON claim (agency, year);
-- What a decision rests on: it holds for as long as these figures stay as they were.
ALTER TABLE decision ADD COLUMN basis TEXT;
