-- What a decision rests on: it holds for as long as these figures stay as they were.
ALTER TABLE decision ADD COLUMN basis TEXT;
