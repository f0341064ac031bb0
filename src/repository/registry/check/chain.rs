//! What staged rows say of units that took one another's place.
//!
//! A reference to a unit that nobody lists is no mistake: the maker's registry need not have every unit. What the
//! registry or this shop has as it stands is not asked again, so that what was exported always comes in again.

/// Devices that would come after themselves. A chain is followed as far as a card follows it.
pub(super) const DEVICES: &[&str] = &["WITH RECURSIVE walk (n, line, first, at, steps) AS (
         SELECT s.n, s.line, s.serial, s.replaced_by, 1 FROM staged.row s INDEXED BY row_replaced
         WHERE s.replaced_by IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM main.device d WHERE d.serial = s.serial AND d.replaced_by = s.replaced_by)
           AND NOT EXISTS (SELECT 1 FROM main.replacement r WHERE r.old_serial = s.serial
                             AND r.new_serial = s.replaced_by AND r.undone_at IS NULL)
         UNION
         SELECT w.n, w.line, w.first, s.replaced_by, w.steps + 1
         FROM walk w CROSS JOIN staged.row s INDEXED BY row_replaced ON s.serial = w.at
         WHERE s.replaced_by IS NOT NULL AND w.at <> w.first AND w.steps < 64
         UNION
         SELECT w.n, w.line, w.first, d.replaced_by, w.steps + 1
         FROM walk w CROSS JOIN main.device d ON d.serial = w.at
         WHERE d.replaced_by IS NOT NULL AND w.at <> w.first AND w.steps < 64
           AND NOT EXISTS (SELECT 1 FROM staged.row o INDEXED BY row_replaced
                           WHERE o.serial = w.at AND o.replaced_by IS NOT NULL)
         UNION
         SELECT w.n, w.line, w.first, r.new_serial, w.steps + 1
         FROM walk w CROSS JOIN main.replacement r ON r.old_serial = w.at
         WHERE r.undone_at IS NULL AND w.at <> w.first AND w.steps < 64)
     SELECT DISTINCT w.n, w.line, 'replaced_by',
            s.replaced_by || ' was itself replaced by ' || s.serial || ' in the end: correct one of the two'
     FROM walk w JOIN staged.row s ON s.n = w.n WHERE w.at = w.first"];

/// The staged claims, as `s`, that say more than the registry and this shop have.
macro_rules! fresh {
    () => {
        "NOT EXISTS (SELECT 1 FROM main.maker_use m WHERE m.plan = s.plan AND m.ordinal = s.ordinal
                       AND m.used_on IS coalesce(s.used_on, m.used_on)
                       AND m.old_serial IS coalesce(s.old_serial, m.old_serial)
                       AND m.new_serial IS coalesce(s.new_serial, m.new_serial))
         AND NOT EXISTS (SELECT 1 FROM main.slot_use u
                         WHERE u.plan = s.plan AND u.ordinal = s.ordinal AND u.state IN ('reserved', 'used'))"
    };
}

// The view of all plans would be put together as a whole for a few rows.
const TOO_EARLY: &str = concat!(
    "SELECT s.n, s.line, 'used_on', s.used_on || ' is before plan ' || s.plan || ' starts on ' || s.starts_on
     FROM (SELECT s.*, coalesce((SELECT p.starts_on FROM main.plan p WHERE p.number = s.plan),
                                (SELECT p.starts_on FROM main.sold p WHERE p.number = s.plan)) AS starts_on
           FROM staged.row s WHERE s.used_on IS NOT NULL) s
     WHERE s.used_on < s.starts_on AND ",
    fresh!()
);

/// A unit that was handed in for a plan comes back as its replacement.
const ROUND: &str = concat!(
    "WITH RECURSIVE walk (n, line, plan, first, at, steps) AS (
         SELECT s.n, s.line, s.plan, coalesce(s.old_serial, m.old_serial), s.new_serial, 1
         FROM staged.row s LEFT JOIN main.maker_use m ON m.plan = s.plan AND m.ordinal = s.ordinal
         WHERE s.new_serial IS NOT NULL AND coalesce(s.old_serial, m.old_serial) IS NOT NULL AND ",
    fresh!(),
    "    UNION
         SELECT w.n, w.line, w.plan, w.first, c.new_serial, w.steps + 1
         FROM walk w CROSS JOIN staged.row c ON c.plan = w.plan AND c.old_serial = w.at
         WHERE c.new_serial IS NOT NULL AND w.at <> w.first AND w.steps < 64
         UNION
         SELECT w.n, w.line, w.plan, w.first, m.new_serial, w.steps + 1
         FROM walk w CROSS JOIN main.maker_use m ON m.plan = w.plan AND m.old_serial = w.at
         WHERE m.new_serial IS NOT NULL AND w.at <> w.first AND w.steps < 64
           AND NOT EXISTS (SELECT 1 FROM staged.row c WHERE c.plan = m.plan AND c.ordinal = m.ordinal)
         UNION
         SELECT w.n, w.line, w.plan, w.first, r.new_serial, w.steps + 1
         FROM walk w CROSS JOIN main.replacement r ON r.old_serial = w.at AND r.plan = w.plan
         WHERE r.undone_at IS NULL AND w.at <> w.first AND w.steps < 64)
     SELECT DISTINCT w.n, w.line, 'new_serial',
            s.new_serial || ' was handed in for plan ' || s.plan || ' itself: it cannot be the new unit'
     FROM walk w JOIN staged.row s ON s.n = w.n WHERE w.at = w.first"
);

/// Old units that are another customer's: nothing joins them to the plan's units, and they have a plan of their
/// own, or an owner with whom the plan's has no name, phone or address in common. A plan with a replacement whose
/// units are not both told is left alone, since what is missing may join them; so is a plus, whose units before it
/// stand under the plan that it extends.
const ANOTHERS: &str = concat!(
    "WITH RECURSIVE odd (n, line, plan, own, serial) AS MATERIALIZED (
         SELECT s.n, s.line, s.plan, s.own, s.old_serial
         FROM (SELECT s.*, coalesce((SELECT p.serial FROM main.plan p WHERE p.number = s.plan),
                                    (SELECT p.serial FROM main.sold p WHERE p.number = s.plan)) AS own
               FROM staged.row s
               WHERE s.old_serial IS NOT NULL
                 AND NOT EXISTS (SELECT 1 FROM main.plan p WHERE p.number = s.plan AND p.extends IS NOT NULL)
                 AND NOT EXISTS (SELECT 1 FROM main.sold p WHERE p.number = s.plan AND p.extends IS NOT NULL)) s
         WHERE s.old_serial <> s.own AND s.new_serial IS NOT s.own AND ",
    fresh!(),
    "      AND (EXISTS (SELECT 1 FROM main.plan o WHERE o.serial = s.old_serial AND o.number <> s.plan
                          AND o.extends IS NULL AND o.returned_on IS NULL
                          AND NOT EXISTS (SELECT 1 FROM main.given_back g WHERE g.plan = o.number))
             OR EXISTS (SELECT 1 FROM main.sold o WHERE o.serial = s.old_serial AND o.number <> s.plan
                          AND o.extends IS NULL
                          AND NOT EXISTS (SELECT 1 FROM main.given_back g WHERE g.plan = o.number))
             OR EXISTS (SELECT 1 FROM main.device d CROSS JOIN main.owner x ON x.device = d.id
                        CROSS JOIN main.device e ON e.serial = s.own CROSS JOIN main.owner y ON y.device = e.id
                        WHERE d.serial = s.old_serial AND x.name <> y.name
                          AND (x.phone = y.phone) IS NOT 1 AND (x.email = y.email) IS NOT 1))
           AND NOT EXISTS (SELECT 1 FROM staged.row c WHERE c.plan = s.plan AND c.ordinal <> s.ordinal
                             AND (c.old_serial IS NULL OR c.new_serial IS NULL))
           AND NOT EXISTS (SELECT 1 FROM main.maker_use c WHERE c.plan = s.plan AND c.ordinal <> s.ordinal
                             AND (c.old_serial IS NULL OR c.new_serial IS NULL))),
     joined (n, plan, own, serial) AS (
         SELECT n, plan, own, serial FROM odd
         UNION
         SELECT j.n, j.plan, j.own, CASE j.serial WHEN c.old_serial THEN c.new_serial ELSE c.old_serial END
         FROM joined j CROSS JOIN staged.row c ON c.plan = j.plan AND j.serial IN (c.old_serial, c.new_serial)
         UNION
         SELECT j.n, j.plan, j.own, CASE j.serial WHEN c.old_serial THEN c.new_serial ELSE c.old_serial END
         FROM joined j CROSS JOIN main.maker_use c ON c.plan = j.plan AND j.serial IN (c.old_serial, c.new_serial)
         UNION
         SELECT j.n, j.plan, j.own, d.replaced_by FROM joined j CROSS JOIN main.device d ON d.serial = j.serial
         UNION
         SELECT j.n, j.plan, j.own, d.serial FROM joined j CROSS JOIN main.device d ON d.replaced_by = j.serial
         UNION
         SELECT j.n, j.plan, j.own, r.new_serial
         FROM joined j CROSS JOIN main.replacement r ON r.old_serial = j.serial
         UNION
         SELECT j.n, j.plan, j.own, r.old_serial
         FROM joined j CROSS JOIN main.replacement r ON r.new_serial = j.serial)
     SELECT o.n, o.line, 'old_serial',
            o.serial || ' is another customer''s device: no replacement joins it to plan ' || o.plan
     FROM odd o
     WHERE o.n NOT IN (SELECT j.n FROM joined j WHERE j.serial = j.own OR EXISTS (
                           SELECT 1 FROM main.binding b WHERE b.plan = j.plan AND b.serial = j.serial))"
);

/// Claims against their plan and the units of their plan.
pub(super) const CLAIMS: &[&str] = &[TOO_EARLY, ROUND, ANOTHERS];
