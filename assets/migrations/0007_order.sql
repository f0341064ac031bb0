-- Version 7. A paper of no case and a decision about a plan have the journal's line that made them: an id is as young as
-- the clock said, and the journal alone knows what came after what. A row that no line tells of keeps 0.

CREATE TABLE sheet_7 (
    id      TEXT PRIMARY KEY,
    seq     INTEGER NOT NULL, -- the journal's
    kind    TEXT NOT NULL,
    subject TEXT NOT NULL,
    text    TEXT NOT NULL, -- the snapshot, in prose
    at      TEXT NOT NULL,
    copies  INTEGER NOT NULL CHECK (copies >= 0)
) STRICT, WITHOUT ROWID;
WITH line (id, seq) AS MATERIALIZED (
    SELECT payload ->> '$.sheet', min(seq) FROM journal WHERE kind = 'sheet-printed' GROUP BY 1)
INSERT INTO sheet_7
SELECT s.id, coalesce(l.seq, 0), s.kind, s.subject, s.text, s.at, s.copies FROM sheet s LEFT JOIN line l ON l.id = s.id;
DROP TABLE sheet;
ALTER TABLE sheet_7 RENAME TO sheet;
CREATE INDEX sheet_subject ON sheet (kind, subject, seq);
CREATE TRIGGER sheet_no_delete BEFORE DELETE ON sheet BEGIN SELECT raise(ABORT, 'a printed paper stays'); END;
CREATE TRIGGER sheet_no_update BEFORE UPDATE ON sheet
WHEN (NEW.id, NEW.seq, NEW.kind, NEW.subject, NEW.text, NEW.at) <> (OLD.id, OLD.seq, OLD.kind, OLD.subject, OLD.text, OLD.at)
  OR NEW.copies < OLD.copies
BEGIN SELECT raise(ABORT, 'a printed paper stays'); END;

CREATE TABLE enrolment_7 (
    id     TEXT PRIMARY KEY,
    seq    INTEGER NOT NULL, -- the journal's
    plan   TEXT NOT NULL,
    serial TEXT NOT NULL,
    ask    TEXT NOT NULL CHECK (ask IN ('bind', 'extend', 'return-plan')),
    at     TEXT NOT NULL,
    facts  TEXT NOT NULL CHECK (json_valid(facts)),
    answer TEXT NOT NULL CHECK (json_valid(answer))
) STRICT, WITHOUT ROWID;
WITH line (id, seq) AS MATERIALIZED (
    SELECT payload ->> '$.decided.id', min(seq) FROM journal WHERE kind IN ('bound', 'extended', 'given-back') GROUP BY 1)
INSERT INTO enrolment_7
SELECT e.id, coalesce(l.seq, 0), e.plan, e.serial, e.ask, e.at, e.facts, e.answer
  FROM enrolment e LEFT JOIN line l ON l.id = e.id;
DROP TABLE enrolment;
ALTER TABLE enrolment_7 RENAME TO enrolment;
CREATE INDEX enrolment_plan ON enrolment (plan, seq);
CREATE TRIGGER enrolment_no_update BEFORE UPDATE ON enrolment BEGIN SELECT raise(ABORT, 'a stored decision stays'); END;
CREATE TRIGGER enrolment_no_delete BEFORE DELETE ON enrolment BEGIN SELECT raise(ABORT, 'a stored decision stays'); END;
