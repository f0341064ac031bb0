-- Version 2. A smaller registry: the tier of a plan is told by what it extends and not stored, and one index of
-- its serial does what two did. Rows and columns stay as they were, and so does every digest of the table.

CREATE TABLE plan_2 (
    id          INTEGER PRIMARY KEY,
    number      TEXT NOT NULL CHECK (number <> ''),
    tier        TEXT NOT NULL GENERATED ALWAYS AS (CASE WHEN extends IS NULL THEN 'refresh' ELSE 'plus' END) VIRTUAL,
    serial      TEXT NOT NULL CHECK (length(serial) IN (14, 20)),
    region      TEXT NOT NULL CHECK (region GLOB '[A-Z][A-Z]'),
    programme   TEXT NOT NULL,
    starts_on   TEXT CHECK (starts_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    ends_on     TEXT CHECK (ends_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    granted     INTEGER NOT NULL CHECK (granted BETWEEN 0 AND 99),
    extends     TEXT,
    sold_on     TEXT CHECK (sold_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    returned_on TEXT CHECK (returned_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    CHECK (extends IS NOT NULL OR starts_on IS NOT NULL)
) STRICT;
INSERT INTO plan_2 (id, number, serial, region, programme, starts_on, ends_on, granted, extends, sold_on, returned_on)
SELECT id, number, serial, region, programme, starts_on, ends_on, granted, extends, sold_on, returned_on
FROM plan ORDER BY id;
DROP TABLE plan;
ALTER TABLE plan_2 RENAME TO plan;

CREATE UNIQUE INDEX plan_number ON plan (number);
CREATE UNIQUE INDEX plan_extends ON plan (extends) WHERE extends IS NOT NULL;
-- One living plan on a serial, and any number of those that ended or extend another.
CREATE UNIQUE INDEX plan_serial ON plan (serial, CASE WHEN extends IS NULL AND returned_on IS NULL THEN 1 END);
