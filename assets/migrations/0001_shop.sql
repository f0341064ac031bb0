-- Version 1. Two worlds in one file that never write each other's tables:
--   the registry, which imports fill (device … fee), and the counter's acts (person … journal).
-- Days are YYYY-MM-DD, instants RFC 3339, money whole minor units.

---------------------------------------------------------------- the registry: the maker's record

CREATE TABLE device (
    id                 INTEGER PRIMARY KEY,
    serial             TEXT NOT NULL CHECK (length(serial) IN (14, 20)),
    tail               TEXT NOT NULL CHECK (length(tail) = 6), -- the last six characters, reversed
    model              TEXT NOT NULL CHECK (model <> ''),
    purchase_region    TEXT CHECK (purchase_region GLOB '[A-Z][A-Z]'),
    purchased_on       TEXT CHECK (purchased_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    activated_at       TEXT CHECK (activated_at = 'never' OR activated_at GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]*'),
    warranty_starts_on TEXT CHECK (warranty_starts_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    replaced_by        TEXT CHECK (length(replaced_by) IN (14, 20) AND replaced_by <> serial)
) STRICT;
CREATE UNIQUE INDEX device_serial ON device (serial);
CREATE INDEX device_tail ON device (tail, serial, model, purchase_region);
CREATE INDEX device_replaced_by ON device (replaced_by) WHERE replaced_by IS NOT NULL;

CREATE TABLE owner (
    device     INTEGER PRIMARY KEY REFERENCES device (id),
    name       TEXT,
    phone      TEXT,
    email      TEXT,
    phone_tail TEXT -- the digits, reversed: people know the end of a number
) STRICT;
CREATE INDEX owner_phone ON owner (phone_tail) WHERE phone_tail IS NOT NULL;

CREATE TABLE owner_word (
    word   TEXT NOT NULL,
    device INTEGER NOT NULL REFERENCES device (id),
    PRIMARY KEY (word, device)
) STRICT, WITHOUT ROWID;

CREATE TABLE plan (
    id          INTEGER PRIMARY KEY,
    number      TEXT NOT NULL UNIQUE CHECK (number <> ''),
    tier        TEXT NOT NULL CHECK (tier IN ('refresh', 'plus')),
    serial      TEXT NOT NULL CHECK (length(serial) IN (14, 20)),
    region      TEXT NOT NULL CHECK (region GLOB '[A-Z][A-Z]'),
    programme   TEXT NOT NULL,
    starts_on   TEXT CHECK (starts_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    ends_on     TEXT CHECK (ends_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    granted     INTEGER NOT NULL CHECK (granted BETWEEN 0 AND 99),
    extends     TEXT,
    sold_on     TEXT CHECK (sold_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    returned_on TEXT CHECK (returned_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    CHECK ((tier = 'plus') = (extends IS NOT NULL)),
    CHECK (tier = 'plus' OR starts_on IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX plan_of_serial ON plan (serial) WHERE tier = 'refresh' AND returned_on IS NULL;
CREATE INDEX plan_serial ON plan (serial);
CREATE UNIQUE INDEX plan_extends ON plan (extends) WHERE extends IS NOT NULL;

-- One row for each granted replacement, made when the plan comes in. A use or a reservation points here,
-- so that "below zero" and "twice" cannot be written down.
CREATE TABLE slot (
    plan    TEXT NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal BETWEEN 1 AND 99),
    PRIMARY KEY (plan, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE maker_use (
    plan       TEXT NOT NULL,
    ordinal    INTEGER NOT NULL,
    used_on    TEXT CHECK (used_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    case_ref   TEXT,
    old_serial TEXT,
    new_serial TEXT,
    PRIMARY KEY (plan, ordinal),
    FOREIGN KEY (plan, ordinal) REFERENCES slot (plan, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX maker_use_old ON maker_use (old_serial) WHERE old_serial IS NOT NULL;
CREATE INDEX maker_use_new ON maker_use (new_serial) WHERE new_serial IS NOT NULL;

CREATE TABLE notice (
    serial    TEXT NOT NULL,
    kind      TEXT NOT NULL CHECK (kind IN ('repair-invitation', 'video-approved', 'video-rejected', 'video-pending')),
    issued_at TEXT NOT NULL,
    PRIMARY KEY (serial, kind, issued_at)
) STRICT, WITHOUT ROWID;

-- What the shop was sent. What the counter did with a unit stands in `unit` and goes before `state` here.
CREATE TABLE stock (
    serial TEXT PRIMARY KEY,
    model  TEXT NOT NULL,
    part   TEXT NOT NULL,
    state  TEXT NOT NULL CHECK (state IN ('in-stock', 'quarantine')),
    place  TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE fee (
    programme TEXT NOT NULL,
    model     TEXT NOT NULL,
    currency  TEXT NOT NULL CHECK (currency GLOB '[A-Z][A-Z][A-Z]'),
    ordinal   TEXT NOT NULL,
    minor     INTEGER NOT NULL CHECK (minor >= 0),
    source    TEXT,
    PRIMARY KEY (programme, model, currency, ordinal)
) STRICT, WITHOUT ROWID;

-- Rows of a maker's file that contradict a living case: kept out, shown on the case.
CREATE TABLE conflict (
    plan       TEXT NOT NULL,
    ordinal    INTEGER NOT NULL,
    new_serial TEXT NOT NULL,
    case_id    TEXT NOT NULL,
    at         TEXT NOT NULL,
    PRIMARY KEY (plan, ordinal, new_serial, case_id)
) STRICT, WITHOUT ROWID;

-- An import whose rows are all checked and staged, and which is being merged.
CREATE TABLE merge (
    id      TEXT PRIMARY KEY,
    kind    TEXT NOT NULL,
    digest  TEXT NOT NULL,
    staged  TEXT NOT NULL,          -- file beside the database
    next    INTEGER NOT NULL,       -- the first staged row that is not merged yet
    rows    INTEGER NOT NULL,
    actor   TEXT NOT NULL,
    started TEXT NOT NULL
) STRICT, WITHOUT ROWID;

---------------------------------------------------------------- the counter

CREATE TABLE site (
    one    INTEGER PRIMARY KEY CHECK (one = 1),
    name   TEXT NOT NULL CHECK (name <> ''),
    region TEXT NOT NULL CHECK (region GLOB '[A-Z][A-Z]')
) STRICT;

CREATE TABLE till (
    id          TEXT PRIMARY KEY,
    number      INTEGER NOT NULL UNIQUE CHECK (number BETWEEN 1 AND 9999),
    incarnation INTEGER NOT NULL CHECK (incarnation >= 1)
) STRICT, WITHOUT ROWID;

-- People and free texts stand apart: the journal holds their id and a salted digest only, so that a
-- person can be erased and the chain stays whole.
CREATE TABLE person (
    id        TEXT PRIMARY KEY,
    salt      BLOB NOT NULL,
    name      TEXT,
    phone     TEXT,
    email     TEXT,
    erased_at TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE prose (
    id        TEXT PRIMARY KEY,
    salt      BLOB NOT NULL,
    body      TEXT,
    erased_at TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE erased (digest BLOB PRIMARY KEY, at TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE cases (
    id                 TEXT PRIMARY KEY,
    number             TEXT NOT NULL UNIQUE CHECK (number GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9][0-9][0-9][0-9]-[0-9]'),
    till               INTEGER NOT NULL,
    sequence           INTEGER NOT NULL CHECK (sequence BETWEEN 1 AND 99999),
    serial             TEXT NOT NULL CHECK (length(serial) IN (14, 20)),
    chain              TEXT NOT NULL, -- the oldest serial of the chain
    plan               TEXT,
    customer           TEXT NOT NULL,
    said               TEXT NOT NULL,
    channel            TEXT NOT NULL CHECK (channel IN ('swift', 'quick', 'online')),
    recorded_at        TEXT NOT NULL,
    recorded_on        TEXT NOT NULL,
    damaged_on         TEXT NOT NULL CHECK (damaged_on <= recorded_on),
    cause              TEXT NOT NULL,
    parts              TEXT NOT NULL CHECK (json_valid(parts)),
    owner              TEXT NOT NULL CHECK (owner IN ('same', 'other', 'unverified')),
    battery_cycles     INTEGER,
    on_unit            TEXT,
    handed_in          TEXT CHECK (json_valid(handed_in)),
    repaired_elsewhere INTEGER NOT NULL CHECK (repaired_elsewhere IN (0, 1)),
    finding            TEXT,
    state              TEXT NOT NULL CHECK (state IN ('RECORDED', 'RECEIVED', 'ASSESSED', 'CHOSEN', 'IN_WORK', 'READY', 'HANDED_OVER', 'CLOSED', 'CANCELLED')),
    outcome            TEXT NOT NULL CHECK (outcome IN ('none', 'REPLACEMENT', 'PAID_REPAIR', 'WARRANTY_REPAIR', 'RETURN_UNREPAIRED', 'NO_FAULT')),
    held               INTEGER NOT NULL DEFAULT 0 CHECK (held IN (0, 1)),
    assessment_owed    INTEGER NOT NULL DEFAULT 0 CHECK (assessment_owed IN (0, 1)),
    slot_plan          TEXT,
    slot_ordinal       INTEGER,
    quoted_at          TEXT,
    fee_minor          INTEGER CHECK (fee_minor >= 0),
    fee_currency       TEXT,
    reason             TEXT,
    UNIQUE (till, sequence)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX case_open ON cases (chain) WHERE state NOT IN ('CLOSED', 'CANCELLED');
CREATE INDEX case_serial ON cases (serial);
CREATE INDEX case_state ON cases (state, recorded_at);

CREATE TABLE slot_use (
    id      TEXT PRIMARY KEY,
    plan    TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    case_id TEXT NOT NULL REFERENCES cases (id),
    state   TEXT NOT NULL CHECK (state IN ('reserved', 'used', 'released', 'void')),
    FOREIGN KEY (plan, ordinal) REFERENCES slot (plan, ordinal)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX slot_living ON slot_use (plan, ordinal) WHERE state IN ('reserved', 'used');
CREATE INDEX slot_use_case ON slot_use (case_id);

CREATE TABLE ledger (
    seq     INTEGER PRIMARY KEY, -- the journal's
    entry   TEXT NOT NULL CHECK (entry IN ('RESERVE', 'RELEASE', 'USE', 'VOID')),
    use_id  TEXT NOT NULL REFERENCES slot_use (id),
    at      TEXT NOT NULL
) STRICT;

-- Who has the plan now, once a replacement has moved it; until then the registry's plan row says so.
CREATE TABLE binding (
    id      TEXT PRIMARY KEY,
    plan    TEXT NOT NULL,
    serial  TEXT NOT NULL,
    from_at TEXT,
    to_at   TEXT,
    case_id TEXT NOT NULL REFERENCES cases (id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX binding_plan ON binding (plan) WHERE to_at IS NULL;
CREATE UNIQUE INDEX binding_serial ON binding (serial) WHERE to_at IS NULL;
CREATE INDEX binding_any ON binding (serial);

-- A unit that took the place of another. The new serial is a customer's device from here on.
CREATE TABLE replacement (
    new_serial TEXT PRIMARY KEY,
    tail       TEXT NOT NULL,
    old_serial TEXT NOT NULL,
    model      TEXT NOT NULL,
    region     TEXT,
    plan       TEXT,
    case_id    TEXT NOT NULL REFERENCES cases (id),
    at         TEXT NOT NULL,
    issued_on  TEXT NOT NULL,
    undone_at  TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX replacement_old ON replacement (old_serial);
CREATE INDEX replacement_tail ON replacement (tail);

CREATE TABLE unit (
    serial  TEXT PRIMARY KEY,
    state   TEXT NOT NULL CHECK (state IN ('in-stock', 'reserved', 'issued', 'quarantine', 'returned', 'missing')),
    case_id TEXT,
    at      TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE issued (
    case_id TEXT NOT NULL REFERENCES cases (id),
    serial  TEXT NOT NULL,
    part    TEXT NOT NULL,
    PRIMARY KEY (case_id, serial)
) STRICT, WITHOUT ROWID;

CREATE TABLE payment (
    id       TEXT PRIMARY KEY,
    case_id  TEXT NOT NULL REFERENCES cases (id),
    kind     TEXT NOT NULL CHECK (kind IN ('taken', 'refunded', 'waived')),
    method   TEXT CHECK (method IN ('card', 'cash', 'other')),
    minor    INTEGER NOT NULL CHECK (minor >= 0),
    currency TEXT NOT NULL,
    reason   TEXT,
    at       TEXT NOT NULL,
    CHECK ((kind = 'waived') = (method IS NULL)),
    CHECK (kind <> 'waived' OR reason IS NOT NULL)
) STRICT, WITHOUT ROWID;
CREATE INDEX payment_case ON payment (case_id);

CREATE TABLE decision (
    id      TEXT PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    step    TEXT NOT NULL,
    at      TEXT NOT NULL,
    facts   TEXT NOT NULL CHECK (json_valid(facts)),
    answer  TEXT NOT NULL CHECK (json_valid(answer))
) STRICT, WITHOUT ROWID;
CREATE INDEX decision_case ON decision (case_id);

CREATE TABLE paper (
    id      TEXT PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    kind    TEXT NOT NULL,
    text    TEXT NOT NULL, -- the snapshot, in prose
    at      TEXT NOT NULL,
    copies  INTEGER NOT NULL CHECK (copies >= 0)
) STRICT, WITHOUT ROWID;
CREATE INDEX paper_case ON paper (case_id);

CREATE TABLE appointment (
    id      TEXT PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    slot    TEXT NOT NULL,
    state   TEXT NOT NULL CHECK (state IN ('booked', 'moved', 'cancelled', 'no-show', 'kept'))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX appointment_slot ON appointment (slot) WHERE state = 'booked';

-- The first result of every act by its request id: pressing twice, or retrying, returns it again.
CREATE TABLE request (
    id     TEXT PRIMARY KEY,
    seq    INTEGER NOT NULL,
    result TEXT NOT NULL,
    digest BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Forms that were left half filled in. No act, so not in the journal.
CREATE TABLE parked (
    id     TEXT PRIMARY KEY,
    title  TEXT NOT NULL,
    body   TEXT NOT NULL,
    at     TEXT NOT NULL,
    digest BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE journal (
    seq         INTEGER PRIMARY KEY CHECK (seq >= 1),
    at          TEXT NOT NULL,
    hlc         TEXT NOT NULL,
    till        TEXT NOT NULL,
    incarnation INTEGER NOT NULL,
    actor       TEXT NOT NULL,
    kind        TEXT NOT NULL,
    case_id     TEXT,
    payload     TEXT NOT NULL CHECK (json_valid(payload)),
    prev        BLOB NOT NULL CHECK (length(prev) = 32),
    hash        BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE INDEX journal_case ON journal (case_id) WHERE case_id IS NOT NULL;

---------------------------------------------------------------- what must hold even against a wrong program

CREATE TRIGGER journal_gapless BEFORE INSERT ON journal
WHEN NEW.seq <> coalesce((SELECT max(seq) FROM journal), 0) + 1
  OR NEW.prev <> coalesce((SELECT hash FROM journal ORDER BY seq DESC LIMIT 1), zeroblob(32))
BEGIN SELECT raise(ABORT, 'the journal has no gaps'); END;
CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal BEGIN SELECT raise(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal BEGIN SELECT raise(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger BEGIN SELECT raise(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger BEGIN SELECT raise(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER slot_no_delete BEFORE DELETE ON slot BEGIN SELECT raise(ABORT, 'a granted replacement stays'); END;
CREATE TRIGGER payment_no_update BEFORE UPDATE ON payment BEGIN SELECT raise(ABORT, 'a payment line stays'); END;
CREATE TRIGGER payment_no_delete BEFORE DELETE ON payment BEGIN SELECT raise(ABORT, 'a payment line stays'); END;
CREATE TRIGGER decision_no_update BEFORE UPDATE ON decision BEGIN SELECT raise(ABORT, 'a stored decision stays'); END;
CREATE TRIGGER decision_no_delete BEFORE DELETE ON decision BEGIN SELECT raise(ABORT, 'a stored decision stays'); END;
CREATE TRIGGER case_no_delete BEFORE DELETE ON cases BEGIN SELECT raise(ABORT, 'a case is never deleted'); END;
CREATE TRIGGER slot_use_no_delete BEFORE DELETE ON slot_use BEGIN SELECT raise(ABORT, 'a use of a replacement stays'); END;
CREATE TRIGGER binding_no_delete BEFORE DELETE ON binding BEGIN SELECT raise(ABORT, 'a binding stays'); END;
CREATE TRIGGER unit_no_delete BEFORE DELETE ON unit BEGIN SELECT raise(ABORT, 'a stock row stays'); END;

-- INSERT OR REPLACE deletes without asking the triggers above.
CREATE TRIGGER ledger_no_replace BEFORE INSERT ON ledger
WHEN EXISTS (SELECT 1 FROM ledger WHERE seq = NEW.seq)
BEGIN SELECT raise(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER payment_no_replace BEFORE INSERT ON payment
WHEN EXISTS (SELECT 1 FROM payment WHERE id = NEW.id)
BEGIN SELECT raise(ABORT, 'a payment line stays'); END;
CREATE TRIGGER decision_no_replace BEFORE INSERT ON decision
WHEN EXISTS (SELECT 1 FROM decision WHERE id = NEW.id)
BEGIN SELECT raise(ABORT, 'a stored decision stays'); END;
CREATE TRIGGER case_no_replace BEFORE INSERT ON cases
WHEN EXISTS (SELECT 1 FROM cases WHERE id = NEW.id)
BEGIN SELECT raise(ABORT, 'a case is never deleted'); END;
CREATE TRIGGER slot_use_no_replace BEFORE INSERT ON slot_use
WHEN EXISTS (SELECT 1 FROM slot_use WHERE id = NEW.id)
BEGIN SELECT raise(ABORT, 'a use of a replacement stays'); END;
CREATE TRIGGER binding_no_replace BEFORE INSERT ON binding
WHEN EXISTS (SELECT 1 FROM binding WHERE id = NEW.id)
BEGIN SELECT raise(ABORT, 'a binding stays'); END;

CREATE TRIGGER case_identity BEFORE UPDATE OF id, number, till, sequence, serial, recorded_on, recorded_at ON cases
WHEN NEW.id <> OLD.id OR NEW.number <> OLD.number OR NEW.serial <> OLD.serial OR NEW.till <> OLD.till
  OR NEW.sequence <> OLD.sequence OR NEW.recorded_on <> OLD.recorded_on OR NEW.recorded_at <> OLD.recorded_at
BEGIN SELECT raise(ABORT, 'a case keeps its number, serial and day'); END;
CREATE TRIGGER case_closed BEFORE UPDATE ON cases
WHEN OLD.state = 'CLOSED' AND NEW.state <> 'HANDED_OVER'
BEGIN SELECT raise(ABORT, 'a closed case is read-only'); END;
CREATE TRIGGER case_starts BEFORE INSERT ON cases
WHEN NEW.state <> 'RECORDED' OR NEW.outcome <> 'none'
BEGIN SELECT raise(ABORT, 'a case starts recorded'); END;
CREATE TRIGGER case_steps BEFORE UPDATE OF state ON cases
WHEN NEW.state <> OLD.state AND OLD.state || '>' || NEW.state NOT IN (
    'RECORDED>RECEIVED', 'RECEIVED>ASSESSED', 'RECEIVED>CHOSEN', 'ASSESSED>CHOSEN', 'ASSESSED>READY',
    'CHOSEN>ASSESSED', 'CHOSEN>HANDED_OVER', 'CHOSEN>IN_WORK', 'IN_WORK>READY', 'READY>HANDED_OVER',
    'HANDED_OVER>CLOSED', 'HANDED_OVER>ASSESSED', 'CLOSED>HANDED_OVER', 'CANCELLED>RECEIVED',
    'CANCELLED>RECORDED', 'RECORDED>CANCELLED', 'RECEIVED>CANCELLED', 'ASSESSED>CANCELLED',
    'CHOSEN>CANCELLED', 'READY>CANCELLED')
BEGIN SELECT raise(ABORT, 'no such step in a case''s life'); END;

CREATE TRIGGER slot_use_steps BEFORE UPDATE ON slot_use
WHEN NEW.plan <> OLD.plan OR NEW.ordinal <> OLD.ordinal OR NEW.case_id <> OLD.case_id
  OR OLD.state || '>' || NEW.state NOT IN ('reserved>used', 'reserved>released', 'used>void')
BEGIN SELECT raise(ABORT, 'no such step in a replacement''s life'); END;

-- A slot is used when either side says so: the maker's record and a case cannot both have it, unless the
-- case's use is the very one that the maker records.
CREATE TRIGGER slot_use_not_makers BEFORE INSERT ON slot_use
WHEN EXISTS (SELECT 1 FROM maker_use WHERE plan = NEW.plan AND ordinal = NEW.ordinal)
BEGIN SELECT raise(ABORT, 'the maker''s record has this replacement as used'); END;
CREATE TRIGGER maker_use_not_reserved BEFORE INSERT ON maker_use
WHEN EXISTS (SELECT 1 FROM slot_use WHERE plan = NEW.plan AND ordinal = NEW.ordinal AND state = 'reserved')
BEGIN SELECT raise(ABORT, 'a case has this replacement reserved'); END;

-- A serial is in stock or a customer's, never both.
CREATE TRIGGER device_not_stock BEFORE INSERT ON device
WHEN EXISTS (SELECT 1 FROM stock s LEFT JOIN unit u ON u.serial = s.serial
             WHERE s.serial = NEW.serial AND coalesce(u.state, s.state) NOT IN ('issued', 'returned'))
BEGIN SELECT raise(ABORT, 'this serial is in stock'); END;
CREATE TRIGGER stock_not_device BEFORE INSERT ON stock
WHEN EXISTS (SELECT 1 FROM device WHERE serial = NEW.serial)
  OR EXISTS (SELECT 1 FROM replacement WHERE new_serial = NEW.serial AND undone_at IS NULL)
BEGIN SELECT raise(ABORT, 'this serial is a customer''s device'); END;
CREATE TRIGGER replacement_issued BEFORE INSERT ON replacement
WHEN EXISTS (SELECT 1 FROM stock s LEFT JOIN unit u ON u.serial = s.serial
             WHERE s.serial = NEW.new_serial AND coalesce(u.state, s.state) <> 'issued')
BEGIN SELECT raise(ABORT, 'a unit becomes a customer''s only when it is issued'); END;
CREATE TRIGGER unit_back BEFORE UPDATE OF state ON unit
WHEN NEW.state NOT IN ('issued', 'returned')
 AND EXISTS (SELECT 1 FROM replacement WHERE new_serial = NEW.serial AND undone_at IS NULL)
BEGIN SELECT raise(ABORT, 'this serial is a customer''s device'); END;
