//! The device card by serial beside the three bare statements that it cannot do without.
//!
//! They read what every card shows: device and owner, the plan with its plus, the replacements that are taken.
//! The card reads beside them what most devices lack (a chain, cases, a reservation, the centre's own fees) and
//! decides. The bare ones are held and read their rows as texts, each in a transaction of its own. Both ask for
//! serials all over the registry, never for the same one.

use rusqlite::{OptionalExtension, StatementStatus};

use crate::makers::serial;
use crate::measure::{Table, in_turns};
use crate::world::{World, act};

const DEVICE: &str =
    "SELECT d.model, d.purchase_region, d.purchased_on, d.activated_at, d.warranty_starts_on,
    o.name, o.phone, o.email FROM device d LEFT JOIN owner o ON o.device = d.id WHERE d.serial = ?";
const PLAN: &str = "SELECT p.number, p.region, p.programme, p.starts_on, p.ends_on, p.returned_on, p.granted,
    x.number, x.sold_on, x.ends_on, x.granted
    FROM plan p LEFT JOIN plan x ON x.extends = p.number AND x.returned_on IS NULL
    WHERE p.serial = ? AND p.tier = 'refresh' AND p.returned_on IS NULL";
const TAKEN: &str = "SELECT ordinal FROM maker_use WHERE plan = ?
    UNION SELECT ordinal FROM slot_use WHERE plan = ? AND state IN ('reserved', 'used')";

pub fn run(world: &World, table: &mut Table) -> anyhow::Result<()> {
    let mut desk = world.desk()?;
    let sql = world.bare()?;
    let (mut device, mut plan, mut taken) = (sql.prepare(DEVICE)?, sql.prepare(PLAN)?, sql.prepare(TAKEN)?);
    let act = act();
    let rounds = (world.devices as usize).min(20_000);
    let picked = |round: usize| serial((round as u64 * 7_368_787) % world.devices);
    let ours = |round: usize| {
        let card = desk.card(&act, &picked(round))?;
        anyhow::ensure!(card.is_some_and(|card| card.plan.is_some()), "no card");
        Ok(())
    };
    let bare = |round: usize| {
        // A serial of its own: the pages of the one just asked for would be warm.
        let serial = picked(round + 2 * rounds);
        let texts = |row: &rusqlite::Row<'_>, count: usize| {
            (0..count).map(|at| row.get::<_, Option<String>>(at)).collect::<Result<Vec<_>, _>>()
        };
        device.query_row([&serial], |row| texts(row, 8))?;
        let found = plan.query_row([&serial], |row| texts(row, 6)).optional()?;
        let number = found.and_then(|texts| texts.into_iter().next().flatten()).unwrap_or_default();
        let rows = taken.query_map([&number, &number], |row| row.get::<_, i64>(0))?;
        std::hint::black_box(rows.collect::<Result<Vec<_>, _>>()?);
        Ok(())
    };
    let (ours, bare) = in_turns(rounds, ours, bare)?;
    table.times("card by serial", (&ours, "its three held statements", &bare), "≤ 1.3");
    let again: i32 =
        [&device, &plan, &taken].map(|held| held.get_status(StatementStatus::RePrepare)).iter().sum();
    table.figure("re-prepares of the held statements", (&again.to_string(), "–", "–"), "0");
    Ok(())
}
