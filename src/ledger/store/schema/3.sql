-- When a content arrived by the time of its file, as against when it was first seen; NULL where that is not known.
ALTER TABLE version ADD COLUMN received INTEGER;
UPDATE version SET received =
    (SELECT file.received FROM submission JOIN file ON file.id = submission.file WHERE submission.version = version.id);
