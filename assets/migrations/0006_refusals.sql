-- Version 6. More of what must hold even against a wrong program: what never goes, what never changes, and the shape
-- of what is written. No row is touched, and no row that an import brings is asked anything when it is new: a million
-- of them would feel it.

---------------------------------------------------------------- what never goes

CREATE TRIGGER stock_no_delete BEFORE DELETE ON stock BEGIN SELECT raise(ABORT, 'a stock row stays'); END;
CREATE TRIGGER device_no_delete BEFORE DELETE ON device BEGIN SELECT raise(ABORT, 'a device stays'); END;
CREATE TRIGGER plan_no_delete BEFORE DELETE ON plan BEGIN SELECT raise(ABORT, 'a plan stays'); END;
CREATE TRIGGER maker_use_no_delete BEFORE DELETE ON maker_use BEGIN SELECT raise(ABORT, 'a use of a replacement stays'); END;
CREATE TRIGGER replacement_no_delete BEFORE DELETE ON replacement BEGIN SELECT raise(ABORT, 'a replacement stays'); END;
CREATE TRIGGER issued_no_delete BEFORE DELETE ON issued BEGIN SELECT raise(ABORT, 'what was handed out stays'); END;
CREATE TRIGGER person_no_delete BEFORE DELETE ON person BEGIN SELECT raise(ABORT, 'a person is erased and not deleted'); END;
CREATE TRIGGER prose_no_delete BEFORE DELETE ON prose BEGIN SELECT raise(ABORT, 'a text is erased and not deleted'); END;
CREATE TRIGGER erased_no_delete BEFORE DELETE ON erased BEGIN SELECT raise(ABORT, 'who is erased stays so'); END;
CREATE TRIGGER paper_no_delete BEFORE DELETE ON paper BEGIN SELECT raise(ABORT, 'a printed paper stays'); END;
CREATE TRIGGER sheet_no_delete BEFORE DELETE ON sheet BEGIN SELECT raise(ABORT, 'a printed paper stays'); END;
CREATE TRIGGER old_part_no_delete BEFORE DELETE ON old_part BEGIN SELECT raise(ABORT, 'an old part stays'); END;
CREATE TRIGGER stock_count_no_delete BEFORE DELETE ON stock_count BEGIN SELECT raise(ABORT, 'a stock count stays'); END;
CREATE TRIGGER appointment_no_delete BEFORE DELETE ON appointment BEGIN SELECT raise(ABORT, 'an appointment stays'); END;
CREATE TRIGGER given_back_no_delete BEFORE DELETE ON given_back BEGIN SELECT raise(ABORT, 'a plan given back stays so'); END;
CREATE TRIGGER noticed_no_delete BEFORE DELETE ON noticed BEGIN SELECT raise(ABORT, 'a notice stays'); END;
CREATE TRIGGER request_no_delete BEFORE DELETE ON request BEGIN SELECT raise(ABORT, 'the result of an act stays'); END;
CREATE TRIGGER site_no_delete BEFORE DELETE ON site BEGIN SELECT raise(ABORT, 'the site stays'); END;
CREATE TRIGGER till_no_delete BEFORE DELETE ON till BEGIN SELECT raise(ABORT, 'a till stays'); END;

-- INSERT OR REPLACE deletes without asking the triggers above.
CREATE TRIGGER replacement_no_replace BEFORE INSERT ON replacement
WHEN EXISTS (SELECT 1 FROM replacement WHERE new_serial = NEW.new_serial)
BEGIN SELECT raise(ABORT, 'a replacement stays'); END;
CREATE TRIGGER prose_no_replace BEFORE INSERT ON prose
WHEN EXISTS (SELECT 1 FROM prose WHERE id = NEW.id)
BEGIN SELECT raise(ABORT, 'a text is erased and not deleted'); END;
CREATE TRIGGER request_no_replace BEFORE INSERT ON request
WHEN EXISTS (SELECT 1 FROM request WHERE id = NEW.id)
BEGIN SELECT raise(ABORT, 'the result of an act stays'); END;

---------------------------------------------------------------- what never changes

CREATE TRIGGER device_identity BEFORE UPDATE OF serial ON device
WHEN NEW.serial <> OLD.serial BEGIN SELECT raise(ABORT, 'a device keeps its serial'); END;
CREATE TRIGGER stock_identity BEFORE UPDATE OF serial ON stock
WHEN NEW.serial <> OLD.serial BEGIN SELECT raise(ABORT, 'a unit keeps its serial'); END;
CREATE TRIGGER unit_identity BEFORE UPDATE OF serial, model, part ON unit
BEGIN SELECT raise(ABORT, 'a unit keeps its serial'); END;
CREATE TRIGGER slot_no_update BEFORE UPDATE ON slot BEGIN SELECT raise(ABORT, 'a granted replacement stays'); END;
CREATE TRIGGER maker_use_identity BEFORE UPDATE OF plan, ordinal ON maker_use
BEGIN SELECT raise(ABORT, 'a use of a replacement stays'); END;
CREATE TRIGGER binding_identity BEFORE UPDATE OF id, plan, serial, from_at, case_id ON binding
BEGIN SELECT raise(ABORT, 'a binding keeps its plan and serial'); END;
CREATE TRIGGER binding_ended BEFORE UPDATE OF to_at ON binding
WHEN OLD.to_at IS NOT NULL BEGIN SELECT raise(ABORT, 'a binding that ended stays so'); END;
CREATE TRIGGER replacement_identity
BEFORE UPDATE OF new_serial, tail, old_serial, model, region, plan, case_id, at, issued_on ON replacement
BEGIN SELECT raise(ABORT, 'a replacement stays'); END;
CREATE TRIGGER replacement_undone BEFORE UPDATE OF undone_at ON replacement
WHEN OLD.undone_at IS NOT NULL BEGIN SELECT raise(ABORT, 'a replacement that was undone stays so'); END;
CREATE TRIGGER issued_identity BEFORE UPDATE OF case_id, serial ON issued
BEGIN SELECT raise(ABORT, 'what was handed out stays'); END;
CREATE TRIGGER paper_no_update BEFORE UPDATE ON paper
WHEN (NEW.id, NEW.case_id, NEW.kind, NEW.text, NEW.at) <> (OLD.id, OLD.case_id, OLD.kind, OLD.text, OLD.at)
  OR NEW.copies < OLD.copies
BEGIN SELECT raise(ABORT, 'a printed paper stays'); END;
CREATE TRIGGER sheet_no_update BEFORE UPDATE ON sheet
WHEN (NEW.id, NEW.kind, NEW.subject, NEW.text, NEW.at) <> (OLD.id, OLD.kind, OLD.subject, OLD.text, OLD.at)
  OR NEW.copies < OLD.copies
BEGIN SELECT raise(ABORT, 'a printed paper stays'); END;
CREATE TRIGGER old_part_steps BEFORE UPDATE ON old_part
WHEN OLD.state <> 'waiting' BEGIN SELECT raise(ABORT, 'an old part that left stays so'); END;
CREATE TRIGGER appointment_steps BEFORE UPDATE ON appointment
WHEN OLD.state <> 'booked' OR NEW.slot <> OLD.slot OR NEW.case_id <> OLD.case_id
BEGIN SELECT raise(ABORT, 'an appointment that is over stays so'); END;
CREATE TRIGGER stock_count_no_update BEFORE UPDATE ON stock_count
BEGIN SELECT raise(ABORT, 'a stock count stays'); END;
CREATE TRIGGER given_back_no_update BEFORE UPDATE ON given_back
BEGIN SELECT raise(ABORT, 'a plan given back stays so'); END;
CREATE TRIGGER request_no_update BEFORE UPDATE ON request
BEGIN SELECT raise(ABORT, 'the result of an act stays'); END;
-- Erasing takes every word away and marks it, both at once.
CREATE TRIGGER person_no_update BEFORE UPDATE OF id, name, phone, email, erased_at ON person
WHEN NEW.id <> OLD.id OR NEW.erased_at IS NULL OR coalesce(NEW.name, NEW.phone, NEW.email) IS NOT NULL
BEGIN SELECT raise(ABORT, 'a person stays as written, or is erased'); END;
CREATE TRIGGER prose_no_update BEFORE UPDATE OF id, body, erased_at ON prose
WHEN NEW.id <> OLD.id OR NEW.erased_at IS NULL OR NEW.body IS NOT NULL
BEGIN SELECT raise(ABORT, 'a text stays as written, or is erased'); END;

---------------------------------------------------------------- plans and their replacements

-- No act moves a plan's dates or its balance; an import has its row in `merge` from its first row to its last.
CREATE TRIGGER plan_imported BEFORE UPDATE ON plan
WHEN NOT EXISTS (SELECT 1 FROM merge) BEGIN SELECT raise(ABORT, 'only an import changes a plan'); END;
CREATE TRIGGER plan_identity BEFORE UPDATE OF number, extends ON plan
WHEN NEW.number <> OLD.number OR NEW.extends IS NOT OLD.extends
BEGIN SELECT raise(ABORT, 'a plan keeps its number'); END;
CREATE TRIGGER plan_granted BEFORE UPDATE OF granted ON plan
WHEN NEW.granted < OLD.granted AND EXISTS (
    SELECT 1 FROM slot_use WHERE plan = OLD.number AND ordinal > NEW.granted AND state IN ('reserved', 'used'))
BEGIN SELECT raise(ABORT, 'a plan grants what is used and reserved'); END;
-- A slot too many is of no use. Where the maker's row is not known, the slots of a sold plan alone tell.
CREATE TRIGGER slot_use_granted BEFORE INSERT ON slot_use
WHEN NEW.ordinal > (SELECT granted FROM plan WHERE number = NEW.plan)
BEGIN SELECT raise(ABORT, 'the plan grants no such replacement'); END;

---------------------------------------------------------------- cases

DROP TRIGGER case_identity;
CREATE TRIGGER case_identity
BEFORE UPDATE OF id, number, till, sequence, serial, chain, customer, said, channel, recorded_on, recorded_at ON cases
WHEN (NEW.id, NEW.number, NEW.till, NEW.sequence, NEW.serial, NEW.chain) <> (OLD.id, OLD.number, OLD.till, OLD.sequence, OLD.serial, OLD.chain)
  OR (NEW.customer, NEW.said, NEW.channel, NEW.recorded_on, NEW.recorded_at) <> (OLD.customer, OLD.said, OLD.channel, OLD.recorded_on, OLD.recorded_at)
BEGIN SELECT raise(ABORT, 'a case keeps its number, serial and day'); END;
-- At most one open case on a serial and those that replaced one another here, whatever chain a case is said to be of.
CREATE TRIGGER case_chain BEFORE INSERT ON cases
WHEN EXISTS (
    WITH RECURSIVE chained (serial) AS (
        SELECT NEW.serial
        UNION SELECT r.new_serial FROM chained c JOIN replacement r ON r.old_serial = c.serial AND r.undone_at IS NULL
        UNION SELECT r.old_serial FROM chained c JOIN replacement r ON r.new_serial = c.serial AND r.undone_at IS NULL)
    SELECT 1 FROM chained c CROSS JOIN cases k ON k.serial = c.serial
    WHERE k.state NOT IN ('CLOSED', 'CANCELLED') AND k.id <> NEW.id)
BEGIN SELECT raise(ABORT, 'another case of this chain of serials is open'); END;

---------------------------------------------------------------- words, days and moments

CREATE TRIGGER case_shapes_new BEFORE INSERT ON cases
WHEN NEW.cause NOT IN ('accident', 'water', 'normal-use', 'defect', 'cosmetic', 'lost', 'stolen', 'deliberate',
                       'modified', 'third-party-part', 'force-majeure', 'unknown')
  OR NEW.damaged_on NOT GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'
  OR NEW.recorded_on NOT GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'
  OR NEW.recorded_at NOT GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9]*'
BEGIN SELECT raise(ABORT, 'a case has no such cause, day or moment'); END;
CREATE TRIGGER case_shapes BEFORE UPDATE OF cause, damaged_on ON cases
WHEN NEW.cause NOT IN ('accident', 'water', 'normal-use', 'defect', 'cosmetic', 'lost', 'stolen', 'deliberate',
                       'modified', 'third-party-part', 'force-majeure', 'unknown')
  OR NEW.damaged_on NOT GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'
BEGIN SELECT raise(ABORT, 'a case has no such cause or day'); END;
CREATE TRIGGER case_moments BEFORE UPDATE OF since, quoted_at, told_at, fee_currency ON cases
WHEN NEW.since NOT GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9]*'
  OR NEW.quoted_at NOT GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9]*'
  OR NEW.told_at NOT GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9]*'
  OR NEW.fee_currency NOT GLOB '[A-Z][A-Z][A-Z]'
BEGIN SELECT raise(ABORT, 'a case has no such moment or currency'); END;
CREATE TRIGGER journal_shapes BEFORE INSERT ON journal
WHEN NEW.at NOT GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9]*'
BEGIN SELECT raise(ABORT, 'the journal has no such moment'); END;
CREATE TRIGGER ledger_shapes BEFORE INSERT ON ledger
WHEN NEW.at NOT GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9]*'
BEGIN SELECT raise(ABORT, 'the ledger has no such moment'); END;
CREATE TRIGGER payment_shapes BEFORE INSERT ON payment
WHEN NEW.at NOT GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9]*'
  OR NEW.currency NOT GLOB '[A-Z][A-Z][A-Z]'
BEGIN SELECT raise(ABORT, 'a payment has no such moment or currency'); END;
CREATE TRIGGER replacement_shapes BEFORE INSERT ON replacement
WHEN NEW.at NOT GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9]*'
  OR NEW.issued_on NOT GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'
BEGIN SELECT raise(ABORT, 'a replacement has no such day or moment'); END;
CREATE TRIGGER replacement_shapes_undone BEFORE UPDATE OF undone_at ON replacement
WHEN NEW.undone_at NOT GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9]*'
BEGIN SELECT raise(ABORT, 'a replacement has no such moment'); END;
CREATE TRIGGER binding_shapes BEFORE INSERT ON binding
WHEN NEW.from_at NOT GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9]*'
  OR NEW.to_at NOT GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9]*'
BEGIN SELECT raise(ABORT, 'a binding has no such moment'); END;
CREATE TRIGGER binding_shapes_ended BEFORE UPDATE OF to_at ON binding
WHEN NEW.to_at NOT GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9]*'
BEGIN SELECT raise(ABORT, 'a binding has no such moment'); END;
CREATE TRIGGER unit_shapes_new BEFORE INSERT ON unit
WHEN NEW.at NOT GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9]*'
BEGIN SELECT raise(ABORT, 'a unit has no such moment'); END;
CREATE TRIGGER unit_shapes BEFORE UPDATE OF at ON unit
WHEN NEW.at NOT GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9]*'
BEGIN SELECT raise(ABORT, 'a unit has no such moment'); END;
CREATE TRIGGER sold_shapes BEFORE INSERT ON sold
WHEN NEW.starts_on NOT GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'
  OR NEW.ends_on NOT GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'
  OR NEW.sold_on NOT GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'
BEGIN SELECT raise(ABORT, 'a plan has no such day'); END;
CREATE TRIGGER given_back_shapes BEFORE INSERT ON given_back
WHEN NEW.day NOT GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'
BEGIN SELECT raise(ABORT, 'a plan has no such day'); END;
