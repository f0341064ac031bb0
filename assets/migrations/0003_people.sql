-- Version 3. The customers of cases are found by name and phone without a scan, as the owners of devices are.

-- The words of a name, and the digits of a phone from their end. Made from `person`; not in the journal.
CREATE TABLE person_key (
    kind   TEXT NOT NULL CHECK (kind IN ('word', 'phone')),
    key    TEXT NOT NULL CHECK (key <> ''),
    person TEXT NOT NULL REFERENCES person (id),
    PRIMARY KEY (kind, key, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_key_person ON person_key (person);
CREATE INDEX case_customer ON cases (customer);

-- People whose keys are still to be made: SQL cannot fold a name, so the program does it when it opens the file.
CREATE TABLE person_unkeyed (person TEXT PRIMARY KEY REFERENCES person (id)) STRICT, WITHOUT ROWID;
INSERT INTO person_unkeyed SELECT id FROM person WHERE erased_at IS NULL;

CREATE TRIGGER person_new AFTER INSERT ON person WHEN NEW.erased_at IS NULL
BEGIN INSERT INTO person_unkeyed VALUES (NEW.id); END;

-- Whoever is erased can be found by nothing.
CREATE TRIGGER person_erased AFTER UPDATE OF erased_at ON person WHEN NEW.erased_at IS NOT NULL
BEGIN
    DELETE FROM person_key WHERE person = NEW.id;
    DELETE FROM person_unkeyed WHERE person = NEW.id;
END;
