//! What an event is about: its kind, its case, and the persons and texts it names.

use crate::domain::event::value::reasons;
use crate::domain::event::{Apart, Event};

impl Event {
    /// The event's word in the journal.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Setup { .. } => "setup",
            Self::Imported { .. } => "imported",
            Self::Flagged { .. } => "flagged",
            Self::Recorded { .. } => "recorded",
            Self::Received { .. } => "received",
            Self::Assessed { .. } => "assessed",
            Self::Chosen { .. } => "chosen",
            Self::Paid { .. } => "paid",
            Self::Issued { .. } => "issued",
            Self::Closed { .. } => "closed",
            Self::Printed { .. } => "printed",
            Self::ChangedMind(_) => "changed-mind",
            Self::Held(_) => "held",
            Self::Unheld(_) => "unheld",
            Self::Worked { .. } => "worked",
            Self::Finished(_) => "finished",
            Self::Told(_) => "told",
            Self::HandedOver(_) => "handed-over",
            Self::Refunded(_) => "refunded",
            Self::Cancelled(_) => "cancelled",
            Self::Voided(_) => "voided",
            Self::Reopened(_) => "reopened",
            Self::PartsBrought(_) => "parts-brought",
            Self::PartsWaived(_) => "parts-waived",
            Self::Unflagged(_) => "unflagged",
            Self::Appointed(_) => "appointed",
            Self::Arrived(_) => "arrived",
            Self::KeptFor(_) => "kept-for",
            Self::Counted(_) => "counted",
            Self::Quarantined(_) => "quarantined",
            Self::Found(_) => "found",
            Self::Shipped(_) => "shipped",
            Self::Bound(_) => "bound",
            Self::Extended(_) => "extended",
            Self::GivenBack(_) => "given-back",
            Self::Noticed(_) => "noticed",
            Self::DayClosed(_) => "day-closed",
            Self::SheetPrinted(_) => "sheet-printed",
        }
    }

    /// The case it is about.
    #[must_use]
    pub fn case(&self) -> Option<&str> {
        match self {
            Self::Setup { .. }
            | Self::Imported { .. }
            | Self::Arrived(_)
            | Self::Counted(_)
            | Self::Quarantined(_)
            | Self::Found(_)
            | Self::Shipped(_)
            | Self::Bound(_)
            | Self::Extended(_)
            | Self::GivenBack(_)
            | Self::Noticed(_)
            | Self::DayClosed(_)
            | Self::SheetPrinted(_) => None,
            Self::Flagged { case, .. }
            | Self::Recorded { case, .. }
            | Self::Received { case, .. }
            | Self::Assessed { case, .. }
            | Self::Chosen { case, .. }
            | Self::Paid { case, .. }
            | Self::Issued { case, .. }
            | Self::Closed { case }
            | Self::Worked { case }
            | Self::Printed { case, .. } => Some(case),
            Self::ChangedMind(it) => Some(&it.case),
            Self::Held(it) => Some(&it.case),
            Self::Unheld(it) => Some(&it.case),
            Self::Finished(it) => Some(&it.case),
            Self::Told(it) => Some(&it.case),
            Self::HandedOver(it) => Some(&it.case),
            Self::Refunded(it) => Some(&it.case),
            Self::Cancelled(it) => Some(&it.case),
            Self::Voided(it) => Some(&it.case),
            Self::Reopened(it) => Some(&it.case),
            Self::PartsBrought(it) => Some(&it.case),
            Self::PartsWaived(it) => Some(&it.case),
            Self::Unflagged(it) => Some(&it.case),
            Self::Appointed(it) => Some(&it.case),
            Self::KeptFor(it) => Some(&it.case),
        }
    }

    /// Every person and text it names.
    #[must_use]
    pub fn apart(&self) -> Vec<&Apart> {
        match self {
            Self::Setup { .. }
            | Self::Imported { .. }
            | Self::Flagged { .. }
            | Self::Unflagged(_)
            | Self::Issued { .. }
            | Self::Closed { .. }
            | Self::Worked { .. }
            | Self::Told(_)
            | Self::HandedOver(_)
            | Self::Appointed(_)
            | Self::PartsBrought(_)
            | Self::Arrived(_)
            | Self::KeptFor(_)
            | Self::Counted(_)
            | Self::Shipped(_)
            | Self::Bound(_)
            | Self::Extended(_)
            | Self::GivenBack(_)
            | Self::Noticed(_) => Vec::new(),
            Self::Recorded { customer, said, .. } => vec![customer, said],
            Self::Received { condition, .. } => condition.iter().collect(),
            Self::Assessed { finding, .. } => vec![finding],
            Self::Chosen { reason, overridden, .. } => {
                reason.iter().chain(overridden.iter().map(|by| &by.reason)).collect()
            }
            Self::Paid { lines, .. } => reasons(lines),
            Self::Printed { text, .. } => vec![text],
            Self::ChangedMind(it) => it.reason.iter().collect(),
            Self::Held(it) => vec![&it.reason],
            Self::Unheld(it) => it.reason.iter().collect(),
            Self::Finished(it) => vec![&it.result],
            Self::Refunded(it) => it.line.reason.iter().collect(),
            Self::Cancelled(it) => vec![&it.reason],
            Self::Voided(it) => std::iter::once(&it.reason).chain(reasons(&it.lines)).collect(),
            Self::Reopened(it) => {
                let noted = it.brought.iter().flat_map(|unit| &unit.condition);
                std::iter::once(&it.reason).chain(noted).collect()
            }
            Self::PartsWaived(it) => vec![&it.reason],
            Self::Quarantined(it) => vec![&it.reason],
            Self::Found(it) => it.reason.iter().collect(),
            Self::DayClosed(it) => it.explained.iter().collect(),
            Self::SheetPrinted(it) => vec![&it.text],
        }
    }

    /// The condition of the unit as it stands noted after this: what was seen the last time says nothing now.
    #[must_use]
    pub fn condition_after(self, before: Option<Apart>) -> Option<Apart> {
        match self {
            Self::Received { condition, .. } => condition,
            Self::Reopened(it) => it.brought.map_or(before, |unit| unit.condition),
            _ => before,
        }
    }
}
