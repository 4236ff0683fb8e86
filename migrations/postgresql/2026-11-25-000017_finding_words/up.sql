-- What a finding is called and by what, in English where the question or checklist says it in both languages.
ALTER TABLE finding ADD COLUMN english TEXT NOT NULL DEFAULT '{}';
