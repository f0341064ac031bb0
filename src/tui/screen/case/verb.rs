//! What a form of a case does, and which module makes each form.

use crate::domain::case::Step;
use crate::tui::effect::{Effect, Request};
use crate::tui::screen::case::about::About;
use crate::tui::screen::case::{assess, choose, pay, receive, record, small};
use crate::tui::widget::form::{Entry, Form};

crate::words! {
    /// What a form of a case does.
    Verb("verb") {
        /// Opens a case.
        Record = "record",
        /// Takes the unit in.
        Receive = "receive",
        /// Notes the finding.
        Assess = "assess",
        /// Notes the customer's choice.
        Choose = "choose",
        /// Takes money.
        Pay = "pay",
        /// Takes the choice back.
        ChangeMind = "change-mind",
        /// Begins the repair.
        Work = "work",
        /// Ends the repair.
        Finish = "finish",
        /// Lets the case rest.
        Hold = "hold",
        /// Lets the case go on.
        Unhold = "unhold",
        /// Notes that the customer was told.
        Tell = "tell",
        /// Gives the unit back.
        HandOver = "hand-over",
        /// Closes the case.
        Close = "close",
        /// Ends the case early.
        Cancel = "cancel",
        /// Pays money back.
        Refund = "refund",
        /// Takes owed parts in.
        Bring = "bring",
        /// Lets owed parts go.
        LetGo = "let-go",
        /// Takes a hand-out back.
        Void = "void",
        /// Opens an ended case again.
        Reopen = "reopen",
        /// Keeps a unit for the case.
        Keep = "keep",
        /// Frees a kept unit.
        Free = "free",
    }
}

impl Verb {
    /// The step of a case's life that it is; a new case has none before.
    pub(super) fn step(self) -> Option<Step> {
        Some(match self {
            Self::Record => return None,
            Self::Receive => Step::Receive,
            Self::Assess => Step::Assess,
            Self::Choose => Step::Choose,
            Self::Pay => Step::Pay,
            Self::ChangeMind => Step::ChangeMind,
            Self::Work => Step::Work,
            Self::Finish => Step::Finish,
            Self::Hold => Step::Hold,
            Self::Unhold => Step::Unhold,
            Self::Tell => Step::Tell,
            Self::HandOver => Step::HandOver,
            Self::Close => Step::Close,
            Self::Cancel => Step::Cancel,
            Self::Refund => Step::Refund,
            Self::Bring | Self::LetGo => Step::Parts,
            Self::Void => Step::Void,
            Self::Reopen => Step::Reopen,
            Self::Keep | Self::Free => Step::Keep,
        })
    }

    /// The entries of its form.
    pub(super) fn entries(self, about: &About<'_>) -> Vec<Entry> {
        match self {
            Self::Record => record::entries(about),
            Self::Receive => receive::entries(about),
            Self::Assess => assess::entries(about),
            Self::Choose => choose::entries(about),
            Self::Pay => pay::entries(about),
            small => small::entries(small, about),
        }
    }

    /// The entries that are of no use as the form is filled in.
    pub(super) fn hidden(self, form: &Form, about: &About<'_>) -> Vec<usize> {
        match self {
            Self::Record => record::hidden(form, about),
            Self::Receive => Vec::new(),
            Self::Assess => assess::hidden(form, about),
            Self::Choose => choose::hidden(form, about),
            Self::Pay => pay::hidden(form, about),
            small => small::hidden(small, form, about),
        }
    }

    /// What is still to be filled in: where, and what in words.
    pub(super) fn missing(self, form: &Form, about: &About<'_>) -> Vec<(usize, String)> {
        match self {
            Self::Record => record::missing(form, about),
            Self::Receive => receive::missing(form),
            Self::Assess => assess::missing(form, about),
            Self::Choose => choose::missing(form, about),
            Self::Pay => pay::missing(form, about),
            small => small::missing(small, form, about),
        }
    }

    /// The act; none while something is missing.
    pub(super) fn effect(self, (form, about): (&Form, &About<'_>), request: Request) -> Option<Effect> {
        match self {
            Self::Record => record::effect(form, about, request),
            Self::Receive => receive::effect(form, about, request),
            Self::Assess => assess::effect(form, about, request),
            Self::Choose => choose::effect(form, about, request),
            Self::Pay => pay::effect(form, about, request),
            small => small::effect(small, (form, about), request),
        }
    }

    /// A word about the entry with the keys.
    pub(super) fn hint(self, form: &Form, about: &About<'_>) -> String {
        match self {
            Self::Record => record::hint(form),
            Self::Receive => receive::hint(form),
            Self::Assess => assess::hint(form),
            Self::Choose => choose::hint(form),
            Self::Pay => pay::hint(form, about),
            small => small::hint(small, form).to_owned(),
        }
    }

    /// What F9 is called.
    pub(super) fn label(self, form: &Form) -> &'static str {
        match self {
            Self::Record => record::verb(form),
            Self::Receive => "Receive",
            Self::Assess => "Assess",
            Self::Choose => "Choose",
            Self::Pay => pay::verb(form),
            Self::ChangeMind => "Change choice",
            Self::Work => "Begin repair",
            Self::Finish => "Finish repair",
            Self::Hold => "Put on hold",
            Self::Unhold => "Take off hold",
            Self::Tell => "Customer told",
            Self::HandOver => "Hand over",
            Self::Close => "Close case",
            Self::Cancel => "Cancel case",
            Self::Refund => "Pay back",
            Self::Bring => "Take parts in",
            Self::LetGo => "Let parts go",
            Self::Void => "Take back",
            Self::Reopen => "Open again",
            Self::Keep => "Keep unit",
            Self::Free => "Free unit",
        }
    }
}
