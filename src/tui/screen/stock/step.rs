//! What can be done with one unit, why not what cannot, and the small form of each step.

use crate::desk::shelf::Shelved;
use crate::domain::stock::{Deed, State, Unit};
use crate::domain::writing::Writing;
use crate::tui::effect::stock::Step;
use crate::tui::screen::sorry::capital;
use crate::tui::widget::field::Field;
use crate::tui::widget::form::{Entry, Form};

/// Something that can be done with a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Keep,
    Free,
    SetAside,
    Find,
    Case,
}

impl Kind {
    pub const ALL: [Self; 5] = [Self::Keep, Self::Free, Self::SetAside, Self::Find, Self::Case];

    pub const fn label(self) -> &'static str {
        match self {
            Self::Keep => "keep it for a case",
            Self::Free => "free it from its case",
            Self::SetAside => "set it aside",
            Self::Find => "put it back into stock",
            Self::Case => "open its case",
        }
    }

    /// Its word in a parked form.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Keep => "keep",
            Self::Free => "free",
            Self::SetAside => "set-aside",
            Self::Find => "find",
            Self::Case => "case",
        }
    }

    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Why it cannot be done with this unit; nothing when it can.
    pub fn refusal(self, unit: &Shelved) -> Option<String> {
        let deed = match self {
            Self::Keep => Deed::Keep,
            Self::Free => Deed::Free,
            Self::SetAside => Deed::SetAside,
            Self::Find => Deed::Find,
            Self::Case => {
                return unit.case.is_none().then(|| format!("No case has or had unit {}", unit.serial));
            }
        };
        let Shelved { serial, state, place, case, .. } = unit.clone();
        // Whether it was a customer's is asked by the desk, which says so.
        let unit = Unit { serial, state, place, case, was_a_customers: false };
        deed.may(&unit).err().map(|refused| capital(&refused.say))
    }

    pub fn form(self, unit: &Shelved) -> Form {
        let text = |label, limit| Entry::Text(Field::new(label, limit));
        Form::new(match self {
            Self::Keep => vec![text("Case", 20)],
            Self::SetAside => vec![text("Why", Writing::Reason.most())],
            Self::Find => {
                let standing = Field::new("Shelf", Writing::Shelf.most())
                    .with_text(unit.place.as_deref().unwrap_or_default());
                vec![Entry::Text(standing), text("Why", Writing::Reason.most())]
            }
            Self::Free | Self::Case => Vec::new(),
        })
    }

    /// What the form says to do; or what is missing in it, and where.
    pub fn step(self, unit: &Shelved, form: &Form) -> Result<Step, (usize, &'static str)> {
        let serial = unit.serial.clone();
        let typed = |at: usize, why| Some(form.text(at)).filter(|text| !text.is_empty()).ok_or((at, why));
        Ok(match self {
            Self::Keep => {
                Step::Keep(serial, typed(0, "The case is not typed yet: scan or type its number")?.to_owned())
            }
            Self::Free | Self::Case => Step::Free(serial),
            Self::SetAside => Step::SetAside(
                serial,
                typed(0, "The reason is missing: type why it is set aside")?.to_owned(),
            ),
            Self::Find => {
                let why = form.text(1).to_owned();
                if unit.state == State::Quarantine && why.is_empty() {
                    return Err((1, "The reason is missing: type why it can be handed out after all"));
                }
                Step::Find(serial, form.text(0).to_owned(), why)
            }
        })
    }
}
