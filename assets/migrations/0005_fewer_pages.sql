-- Version 5. An act writes fewer pages: nothing that the journal holds is written twice, and what belongs to one
-- case or one plan lies together. Every row stays as it was.

-- A decision stands in its act's line of the journal, whose hash seals it.
DROP TABLE decision;
CREATE VIEW decision (seq, id, case_id, step, at, facts, answer) AS
SELECT seq, payload ->> '$.decided.id', case_id, kind, at, payload ->> '$.decided.facts', payload ->> '$.decided.answer'
  FROM journal WHERE kind IN ('recorded', 'assessed', 'chosen', 'issued');
CREATE TRIGGER decision_no_update INSTEAD OF UPDATE ON decision
BEGIN SELECT raise(ABORT, 'a stored decision stays'); END;
CREATE TRIGGER decision_no_delete INSTEAD OF DELETE ON decision
BEGIN SELECT raise(ABORT, 'a stored decision stays'); END;
CREATE TRIGGER decision_no_insert INSTEAD OF INSERT ON decision
BEGIN SELECT raise(ABORT, 'a stored decision stays in its line of the journal'); END;

CREATE TABLE paper_5 (
    id      TEXT NOT NULL,
    case_id TEXT NOT NULL REFERENCES cases (id),
    kind    TEXT NOT NULL,
    text    TEXT NOT NULL, -- the snapshot, in prose
    at      TEXT NOT NULL,
    copies  INTEGER NOT NULL CHECK (copies >= 0),
    PRIMARY KEY (case_id, id)
) STRICT, WITHOUT ROWID;
INSERT INTO paper_5 SELECT id, case_id, kind, text, at, copies FROM paper ORDER BY case_id, id;
DROP TABLE paper;
ALTER TABLE paper_5 RENAME TO paper;

CREATE TABLE old_part_5 (
    id       TEXT NOT NULL,
    case_id  TEXT NOT NULL REFERENCES cases (id),
    part     TEXT NOT NULL,
    model    TEXT NOT NULL,
    serial   TEXT,
    came_at  TEXT NOT NULL,
    state    TEXT NOT NULL CHECK (state IN ('waiting', 'shipped', 'given-back')),
    packing  TEXT,
    PRIMARY KEY (case_id, id),
    CHECK ((state = 'shipped') = (packing IS NOT NULL))
) STRICT, WITHOUT ROWID;
INSERT INTO old_part_5 SELECT id, case_id, part, model, serial, came_at, state, packing FROM old_part ORDER BY case_id, id;
DROP TABLE old_part;
ALTER TABLE old_part_5 RENAME TO old_part;
CREATE INDEX old_part_waiting ON old_part (id) WHERE state = 'waiting';

CREATE TABLE binding_5 (
    id      TEXT NOT NULL,
    plan    TEXT NOT NULL,
    serial  TEXT NOT NULL,
    from_at TEXT,
    to_at   TEXT,
    case_id TEXT NOT NULL REFERENCES cases (id),
    PRIMARY KEY (plan, id)
) STRICT, WITHOUT ROWID;
INSERT INTO binding_5 SELECT id, plan, serial, from_at, to_at, case_id FROM binding ORDER BY plan, id;
DROP TABLE binding;
ALTER TABLE binding_5 RENAME TO binding;
-- One living binding of a plan and of a serial, and any number of those that ended.
CREATE UNIQUE INDEX binding_plan ON binding (plan) WHERE to_at IS NULL;
CREATE UNIQUE INDEX binding_serial ON binding (serial, CASE WHEN to_at IS NULL THEN 1 END);
CREATE TRIGGER binding_no_delete BEFORE DELETE ON binding BEGIN SELECT raise(ABORT, 'a binding stays'); END;
CREATE TRIGGER binding_no_replace BEFORE INSERT ON binding
WHEN EXISTS (SELECT 1 FROM binding WHERE plan = NEW.plan AND id = NEW.id)
BEGIN SELECT raise(ABORT, 'a binding stays'); END;

-- Rows of a thousand bytes are appended to a rowid table; without one they overflow, and a full page is split in three.
CREATE TABLE prose_5 (
    id        TEXT NOT NULL PRIMARY KEY,
    salt      BLOB NOT NULL,
    body      TEXT,
    erased_at TEXT
) STRICT;
INSERT INTO prose_5 SELECT id, salt, body, erased_at FROM prose ORDER BY id;
DROP TABLE prose;
ALTER TABLE prose_5 RENAME TO prose;

CREATE TABLE request_5 (
    id     TEXT NOT NULL PRIMARY KEY,
    seq    INTEGER NOT NULL,
    result TEXT NOT NULL,
    digest BLOB NOT NULL
) STRICT;
INSERT INTO request_5 SELECT id, seq, result, digest FROM request ORDER BY seq;
DROP TABLE request;
ALTER TABLE request_5 RENAME TO request;

-- No question asks for it: the open cases have an index of their own.
DROP INDEX case_state;
-- Every hand-out looks for units that were kept for its case.
CREATE INDEX unit_kept ON unit (case_id) WHERE state = 'reserved';
