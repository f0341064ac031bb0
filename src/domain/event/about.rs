//! What an event is about: its kind, its case, and the persons and texts it names.

use crate::domain::event::value::reasons;
use crate::domain::event::{Apart, Event};

impl Event {
    /// The event's word in the journal.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Setup(_) => "setup",
            Self::Imported(_) => "imported",
            Self::Flagged(_) => "flagged",
            Self::Recorded(_) => "recorded",
            Self::Received(_) => "received",
            Self::Assessed(_) => "assessed",
            Self::Chosen(_) => "chosen",
            Self::Paid(_) => "paid",
            Self::Issued(_) => "issued",
            Self::Closed(_) => "closed",
            Self::Printed(_) => "printed",
            Self::ChangedMind(_) => "changed-mind",
            Self::Held(_) => "held",
            Self::Unheld(_) => "unheld",
            Self::Worked(_) => "worked",
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
            Self::Setup(_)
            | Self::Imported(_)
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
            Self::Flagged(it) => Some(&it.case),
            Self::Recorded(it) => Some(&it.case),
            Self::Received(it) => Some(&it.case),
            Self::Assessed(it) => Some(&it.case),
            Self::Chosen(it) => Some(&it.case),
            Self::Paid(it) => Some(&it.case),
            Self::Issued(it) => Some(&it.case),
            Self::Closed(it) => Some(&it.case),
            Self::Printed(it) => Some(&it.case),
            Self::Worked(it) => Some(&it.case),
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
            Self::Setup(_)
            | Self::Imported(_)
            | Self::Flagged(_)
            | Self::Unflagged(_)
            | Self::Issued(_)
            | Self::Closed(_)
            | Self::Worked(_)
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
            Self::Recorded(it) => vec![&it.customer, &it.said],
            Self::Received(it) => it.condition.iter().collect(),
            Self::Assessed(it) => vec![&it.finding],
            Self::Chosen(it) => it.reason.iter().chain(it.overridden.iter().map(|by| &by.reason)).collect(),
            Self::Paid(it) => reasons(&it.lines),
            Self::Printed(it) => vec![&it.text],
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
            Self::Received(it) => it.condition,
            Self::Reopened(it) => it.brought.map_or(before, |unit| unit.condition),
            _ => before,
        }
    }
}
