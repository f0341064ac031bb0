-- The whole life of a case, stock at the counter, plans sold here, the day.

---------------------------------------------------------------- cases

ALTER TABLE cases ADD COLUMN since TEXT;                       -- when its present state began
ALTER TABLE cases ADD COLUMN quote INTEGER NOT NULL DEFAULT 0; -- quotes that were superseded; a waiver belongs to one
ALTER TABLE cases ADD COLUMN overridden_by TEXT;               -- who decided what the rules refer to a person
ALTER TABLE cases ADD COLUMN result TEXT;                      -- the workshop's words, in prose
ALTER TABLE cases ADD COLUMN held_reason TEXT;                 -- in prose
ALTER TABLE cases ADD COLUMN told_at TEXT;                     -- when the customer was told that it is ready
ALTER TABLE cases ADD COLUMN parts_waived TEXT CHECK (json_valid(parts_waived));
ALTER TABLE payment ADD COLUMN quote INTEGER NOT NULL DEFAULT 0;
ALTER TABLE issued ADD COLUMN undone_at TEXT;

DROP TRIGGER case_closed;
UPDATE cases SET since = (SELECT at FROM journal WHERE case_id = cases.id
    AND kind IN ('recorded', 'received', 'assessed', 'chosen', 'issued', 'closed')
    AND (kind <> 'assessed' OR payload ->> '$.state' = 'ASSESSED') ORDER BY seq DESC LIMIT 1);
CREATE TRIGGER case_closed BEFORE UPDATE ON cases
WHEN OLD.state = 'CLOSED' AND NEW.state <> 'HANDED_OVER'
BEGIN SELECT raise(ABORT, 'a closed case is read-only'); END;

-- Uses by the maker's record that count. One that was voided here stays void although the record still shows it
-- (the same new serial): its replacement can be used again, and the chain of serials does not follow it.
CREATE INDEX slot_use_void ON slot_use (plan, ordinal) WHERE state = 'void';
CREATE VIEW maker_uses (plan, ordinal, old_serial, new_serial) AS
SELECT m.plan, m.ordinal, m.old_serial, m.new_serial FROM maker_use m
 WHERE NOT EXISTS (SELECT 1 FROM slot_use v JOIN issued i ON i.case_id = v.case_id
                   WHERE v.plan = m.plan AND v.ordinal = m.ordinal AND v.state = 'void'
                     AND i.undone_at IS NOT NULL AND (m.new_serial IS NULL OR i.serial = m.new_serial));
DROP TRIGGER slot_use_not_makers;
CREATE TRIGGER slot_use_not_makers BEFORE INSERT ON slot_use
WHEN EXISTS (SELECT 1 FROM maker_uses WHERE plan = NEW.plan AND ordinal = NEW.ordinal)
BEGIN SELECT raise(ABORT, 'the maker''s record has this replacement as used'); END;

---------------------------------------------------------------- stock

-- A unit that came in at the counter has its model here; one of the maker's list has it in `stock`.
ALTER TABLE unit ADD COLUMN model TEXT;
ALTER TABLE unit ADD COLUMN part TEXT;
ALTER TABLE unit ADD COLUMN place TEXT;
ALTER TABLE unit ADD COLUMN packing TEXT;

-- Every unit this shop has or had, with what the counter did going before what the maker's list says.
CREATE VIEW shelf (serial, model, part, state, place, case_id, at) AS
SELECT s.serial, s.model, s.part, coalesce(u.state, s.state), coalesce(u.place, s.place), u.case_id, u.at
  FROM stock s LEFT JOIN unit u ON u.serial = s.serial
UNION ALL
SELECT u.serial, u.model, u.part, u.state, u.place, u.case_id, u.at
  FROM unit u WHERE u.model IS NOT NULL AND NOT EXISTS (SELECT 1 FROM stock s WHERE s.serial = u.serial);

-- Old units and parts that customers left here, until they go back to the maker.
CREATE TABLE old_part (
    id       TEXT PRIMARY KEY,
    case_id  TEXT NOT NULL REFERENCES cases (id),
    part     TEXT NOT NULL,
    model    TEXT NOT NULL,
    serial   TEXT,
    came_at  TEXT NOT NULL,
    state    TEXT NOT NULL CHECK (state IN ('waiting', 'shipped', 'given-back')),
    packing  TEXT,
    CHECK ((state = 'shipped') = (packing IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX old_part_case ON old_part (case_id);
CREATE INDEX old_part_waiting ON old_part (came_at) WHERE state = 'waiting';

CREATE TABLE stock_count (
    id      TEXT PRIMARY KEY,
    place   TEXT NOT NULL,
    at      TEXT NOT NULL,
    scanned INTEGER NOT NULL CHECK (scanned >= 0),
    missing TEXT NOT NULL CHECK (json_valid(missing)),
    found   TEXT NOT NULL CHECK (json_valid(found)),
    strange TEXT NOT NULL CHECK (json_valid(strange))
) STRICT, WITHOUT ROWID;

DROP TRIGGER device_not_stock;
CREATE TRIGGER device_not_stock BEFORE INSERT ON device
WHEN EXISTS (SELECT 1 FROM shelf WHERE serial = NEW.serial AND state NOT IN ('issued', 'returned'))
BEGIN SELECT raise(ABORT, 'this serial is in stock'); END;
-- The maker's list may bring a unit that came in here before and is a customer's by now.
DROP TRIGGER stock_not_device;
CREATE TRIGGER stock_not_device BEFORE INSERT ON stock
WHEN (EXISTS (SELECT 1 FROM device WHERE serial = NEW.serial)
  OR EXISTS (SELECT 1 FROM replacement WHERE new_serial = NEW.serial AND undone_at IS NULL))
 AND NOT EXISTS (SELECT 1 FROM unit WHERE serial = NEW.serial AND state IN ('issued', 'returned'))
BEGIN SELECT raise(ABORT, 'this serial is a customer''s device'); END;
CREATE TRIGGER unit_not_device BEFORE INSERT ON unit
WHEN NEW.model IS NOT NULL AND (EXISTS (SELECT 1 FROM device WHERE serial = NEW.serial)
  OR EXISTS (SELECT 1 FROM replacement WHERE new_serial = NEW.serial AND undone_at IS NULL))
BEGIN SELECT raise(ABORT, 'this serial is a customer''s device'); END;
DROP TRIGGER replacement_issued;
CREATE TRIGGER replacement_issued BEFORE INSERT ON replacement
WHEN EXISTS (SELECT 1 FROM shelf WHERE serial = NEW.new_serial AND state <> 'issued')
BEGIN SELECT raise(ABORT, 'a unit becomes a customer''s only when it is issued'); END;

---------------------------------------------------------------- plans sold here

CREATE TABLE sold (
    number    TEXT PRIMARY KEY CHECK (number <> ''),
    tier      TEXT NOT NULL CHECK (tier IN ('refresh', 'plus')),
    serial    TEXT NOT NULL CHECK (length(serial) IN (14, 20)),
    region    TEXT NOT NULL CHECK (region GLOB '[A-Z][A-Z]'),
    programme TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    ends_on   TEXT NOT NULL,
    granted   INTEGER NOT NULL CHECK (granted BETWEEN 0 AND 99),
    extends   TEXT,
    sold_on   TEXT NOT NULL,
    CHECK ((tier = 'plus') = (extends IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX sold_serial ON sold (serial);
CREATE UNIQUE INDEX sold_extends ON sold (extends) WHERE extends IS NOT NULL;
CREATE TRIGGER sold_no_delete BEFORE DELETE ON sold BEGIN SELECT raise(ABORT, 'a sold plan stays'); END;
CREATE TRIGGER sold_no_update BEFORE UPDATE ON sold BEGIN SELECT raise(ABORT, 'a sold plan stays'); END;
-- The replacements that a sold plan grants; the maker's list, when it comes, finds them there.
CREATE TRIGGER sold_slots AFTER INSERT ON sold BEGIN
    INSERT OR IGNORE INTO slot (plan, ordinal)
    WITH RECURSIVE ordinal (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM ordinal WHERE n < 99)
    SELECT NEW.number, n FROM ordinal WHERE n <= NEW.granted;
END;

CREATE TABLE given_back (
    plan TEXT PRIMARY KEY,
    day  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE noticed (
    serial    TEXT NOT NULL,
    kind      TEXT NOT NULL CHECK (kind IN ('repair-invitation', 'video-approved', 'video-rejected', 'video-pending')),
    issued_at TEXT NOT NULL,
    PRIMARY KEY (serial, kind, issued_at)
) STRICT, WITHOUT ROWID;

CREATE INDEX binding_of_plan ON binding (plan);

-- Every plan, the maker's and those sold here: a number that both know is the maker's row.
CREATE VIEW plans (number, tier, serial, region, programme, starts_on, ends_on, granted, extends, sold_on, returned_on) AS
SELECT p.number, p.tier, p.serial, p.region, p.programme, p.starts_on, p.ends_on, p.granted, p.extends, p.sold_on,
       coalesce(p.returned_on, (SELECT g.day FROM given_back g WHERE g.plan = p.number))
  FROM plan p
UNION ALL
SELECT s.number, s.tier, s.serial, s.region, s.programme, s.starts_on, s.ends_on, s.granted, s.extends, s.sold_on,
       (SELECT g.day FROM given_back g WHERE g.plan = s.number)
  FROM sold s WHERE NOT EXISTS (SELECT 1 FROM plan p WHERE p.number = s.number);

-- Decisions about plans, as they were made.
CREATE TABLE enrolment (
    id     TEXT PRIMARY KEY,
    plan   TEXT NOT NULL,
    serial TEXT NOT NULL,
    ask    TEXT NOT NULL CHECK (ask IN ('bind', 'extend', 'return-plan')),
    at     TEXT NOT NULL,
    facts  TEXT NOT NULL CHECK (json_valid(facts)),
    answer TEXT NOT NULL CHECK (json_valid(answer))
) STRICT, WITHOUT ROWID;
CREATE INDEX enrolment_plan ON enrolment (plan);
CREATE TRIGGER enrolment_no_update BEFORE UPDATE ON enrolment BEGIN SELECT raise(ABORT, 'a stored decision stays'); END;
CREATE TRIGGER enrolment_no_delete BEFORE DELETE ON enrolment BEGIN SELECT raise(ABORT, 'a stored decision stays'); END;

---------------------------------------------------------------- appointments, the day, papers of no case

CREATE INDEX appointment_case ON appointment (case_id);
CREATE INDEX appointment_day ON appointment (slot);

CREATE TABLE day (
    day       TEXT PRIMARY KEY CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    seq       INTEGER NOT NULL, -- the journal's line that closed it
    figures   TEXT NOT NULL CHECK (json_valid(figures)),
    explained TEXT
) STRICT, WITHOUT ROWID;
CREATE TRIGGER day_no_update BEFORE UPDATE ON day BEGIN SELECT raise(ABORT, 'a closed day never changes'); END;
CREATE TRIGGER day_no_delete BEFORE DELETE ON day BEGIN SELECT raise(ABORT, 'a closed day never changes'); END;

CREATE TABLE sheet (
    id      TEXT PRIMARY KEY,
    kind    TEXT NOT NULL,
    subject TEXT NOT NULL,
    text    TEXT NOT NULL, -- the snapshot, in prose
    at      TEXT NOT NULL,
    copies  INTEGER NOT NULL CHECK (copies >= 0)
) STRICT, WITHOUT ROWID;
CREATE INDEX sheet_subject ON sheet (kind, subject);

-- A moment is stored with its own offset, so its first ten letters are the desk's day.
CREATE INDEX journal_day ON journal (substr(at, 1, 10));
CREATE INDEX journal_shelf ON journal (seq)
 WHERE kind IN ('imported', 'arrived', 'counted', 'found', 'quarantined', 'issued', 'voided', 'shipped');
