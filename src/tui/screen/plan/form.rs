//! The form of the plan screen: what is to be done, and what each of these asks for.

use chrono::{DateTime, FixedOffset, TimeDelta};
use serde::{Deserialize, Serialize};

use crate::desk::enrol::Unit;
use crate::domain::facts::{Notice, ProductGoes};
use crate::domain::product::Condition;
use crate::domain::writing::Writing;
use crate::tui::widget::choice::Choice;
use crate::tui::widget::field::Field;
use crate::tui::widget::form::{Entry, Form, Kept};

const WHAT: usize = 0;
const NUMBER: usize = 1;
const PACKAGING: usize = 2;
const DAMAGE: usize = 3;
const PLUS: usize = 4;
const GOES: usize = 5;
const NOTICE: usize = 6;
const SENT: usize = 7;

/// Characters of a plan's number.
const ROOM: usize = Writing::PlanNumber.most();
/// The word for a notice that came just now.
const NOW: &str = "now";
/// How a moment is written.
const MOMENT: &str = "%Y-%m-%d %H:%M";

/// What can be done about a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verb {
    /// A new plan for the product.
    Bind,
    /// A notice of the maker's, on which a binding can rest.
    Notice,
    /// Plus for its plan.
    Extend,
    /// The plan is given back.
    GiveBack,
}

impl Verb {
    const ALL: [Self; 4] = [Self::Bind, Self::Notice, Self::Extend, Self::GiveBack];

    /// The verb in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Bind => "bind a plan",
            Self::Notice => "note a maker's notice",
            Self::Extend => "sell plus",
            Self::GiveBack => "take the plan back",
        }
    }

    /// The entries that it asks for.
    const fn asks(self) -> &'static [usize] {
        match self {
            Self::Bind => &[NUMBER, PACKAGING, DAMAGE],
            Self::Notice => &[NOTICE, SENT],
            Self::Extend => &[PLUS],
            Self::GiveBack => &[GOES],
        }
    }
}

const PACKAGINGS: [(Condition, &str); 3] =
    [(Condition::Unknown, "not known"), (Condition::Sealed, "sealed"), (Condition::Opened, "opened")];
const DAMAGES: [&str; 2] = ["none is known", "damage is seen or known"];
const GOINGS: [(ProductGoes, &str); 2] =
    [(ProductGoes::Back, "comes back with the plan"), (ProductGoes::Stays, "stays with the customer")];

/// The form as it is put aside.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Saved {
    screen: String,
    /// The form's request, which is the parked form's id too.
    pub request: String,
    /// The product.
    pub serial: String,
    form: Kept,
}

/// The word by which a parked form says that it is this screen's.
const SCREEN: &str = "plan";

impl Saved {
    /// Writes a form down.
    pub fn of(asked: &Asked, request: &str, serial: &str) -> Self {
        let (screen, form) = (SCREEN.to_owned(), asked.form.kept());
        Self { screen, request: request.to_owned(), serial: serial.to_owned(), form }
    }

    /// Reads one; none when it is another screen's.
    pub fn read(body: &str) -> Option<Self> {
        serde_json::from_str(body).ok().filter(|saved: &Self| saved.screen == SCREEN)
    }

    /// The form as it was.
    pub fn asked(&self) -> Asked {
        let empty = Asked::new(Verb::Bind, DateTime::default());
        let mut asked = Asked { form: empty.form.with_kept(&self.form) };
        asked.follow();
        asked
    }
}

/// The form.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    /// The widget.
    pub form: Form,
}

fn words<T, const N: usize>(values: &[(T, &str); N]) -> Vec<String> {
    values.iter().map(|(_, words)| (*words).to_owned()).collect()
}

impl Asked {
    /// An empty form that is about to do this.
    pub fn new(verb: Verb, now: DateTime<FixedOffset>) -> Self {
        let verbs = Verb::ALL.iter().map(|verb| verb.words().to_owned()).collect();
        let at = Verb::ALL.iter().position(|one| *one == verb).unwrap_or(0);
        let notices = Notice::ALL.iter().map(|notice| notice.words().to_owned()).collect();
        let sent = Field::new("Sent by the maker", 16).with_values(lately(now)).with_text(NOW);
        let form = Form::new(vec![
            Entry::Choice(Choice::new("What", verbs).with_chosen(at)),
            Entry::Text(Field::new("Plan number", ROOM)),
            Entry::Choice(Choice::new("Packaging", words(&PACKAGINGS)).with_chosen(0)),
            Entry::Choice(Choice::new("Damage", DAMAGES.map(str::to_owned).to_vec()).with_chosen(0)),
            Entry::Text(Field::new("Number of plus", ROOM)),
            Entry::Choice(Choice::new("The product", words(&GOINGS)).with_chosen(0)),
            Entry::Choice(Choice::new("Notice", notices)),
            Entry::Text(sent),
        ]);
        let mut asked = Self { form };
        asked.follow();
        asked
    }

    /// Hides what the verb does not ask for.
    pub fn follow(&mut self) {
        let asks = self.verb().asks();
        self.form.hide((NUMBER..=SENT).filter(|at| !asks.contains(at)).collect());
        if !self.form.is_shown(self.form.at()) {
            self.form.go_to(WHAT);
        }
    }

    /// What is to be done.
    pub fn verb(&self) -> Verb {
        self.form.chosen(WHAT).and_then(|at| Verb::ALL.get(at)).copied().unwrap_or(Verb::Bind)
    }

    /// The unit as it is seen.
    pub fn unit(&self, serial: &str) -> Unit {
        let packaging = self.form.chosen(PACKAGING).and_then(|at| PACKAGINGS.get(at));
        Unit {
            serial: serial.to_owned(),
            condition: packaging.map_or(Condition::Unknown, |(condition, _)| *condition),
            damaged: self.form.chosen(DAMAGE) == Some(1),
        }
    }

    /// Whether the product comes back.
    pub fn goes(&self) -> ProductGoes {
        let chosen = self.form.chosen(GOES).and_then(|at| GOINGS.get(at));
        chosen.map_or(ProductGoes::Stays, |(goes, _)| *goes)
    }

    /// The number that the verb asks for.
    pub fn number(&self) -> &str {
        self.form.text(if self.verb() == Verb::Extend { PLUS } else { NUMBER })
    }

    /// The notice that was chosen.
    pub fn notice(&self) -> Option<Notice> {
        Notice::ALL.get(self.form.chosen(NOTICE)?).copied()
    }

    /// When it was sent: none for now; or what is wrong with what was typed.
    pub fn sent(&self, now: DateTime<FixedOffset>) -> Result<Option<DateTime<FixedOffset>>, String> {
        let text = self.form.text(SENT);
        if text.is_empty() || text == NOW {
            return Ok(None);
        }
        let typed = chrono::NaiveDateTime::parse_from_str(text, MOMENT).ok();
        let moment = typed.and_then(|typed| typed.and_local_timezone(*now.offset()).single());
        let bad = || format!("\"{text}\" is no moment: write it as {}", now.format(MOMENT));
        moment.map(Some).ok_or_else(bad)
    }

    /// What is still missing for the verb.
    pub fn missing(&self, now: DateTime<FixedOffset>) -> Option<(usize, String)> {
        let at = |at: usize, why: &str| Some((at, why.to_owned()));
        match self.verb() {
            Verb::Bind if self.number().is_empty() => {
                at(NUMBER, "The plan has no number yet: type the one on the agreement")
            }
            Verb::Extend if self.number().is_empty() => {
                at(PLUS, "Plus has no number yet: type the one on its agreement")
            }
            Verb::Notice if self.notice().is_none() => at(NOTICE, "No notice is chosen: F4 lists them"),
            Verb::Notice => self.sent(now).err().map(|why| (SENT, why)),
            Verb::Bind | Verb::Extend | Verb::GiveBack => None,
        }
    }
}

/// Moments that are often meant.
fn lately(now: DateTime<FixedOffset>) -> Vec<(String, String)> {
    let ago = |hours: i64, words: &str| {
        let moment = now.checked_sub_signed(TimeDelta::hours(hours)).unwrap_or(now);
        (moment.format(MOMENT).to_string(), words.to_owned())
    };
    let first = (NOW.to_owned(), "just now".to_owned());
    vec![
        first,
        ago(1, "an hour ago"),
        ago(3, "three hours ago"),
        ago(24, "a day ago"),
        ago(48, "two days ago"),
    ]
}
