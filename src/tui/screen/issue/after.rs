//! Once the unit is out: the certificate stands on the screen, and the case can be closed.

use crate::desk::CaseView;
use crate::domain::case::State;
use crate::tui::effect::Effect;
use crate::tui::key::Action;
use crate::tui::screen::case::next::owed;
use crate::tui::screen::issue::IssuePage;
use crate::tui::screen::{Page, Seen, Want};
use crate::tui::widget::footer::Offer;
use crate::tui::widget::notice::Notice;

impl IssuePage {
    pub(super) fn is_over(&self) -> bool {
        self.case.state == State::Closed.as_str()
    }

    /// What stands against closing the case, in words; nothing when nothing does.
    pub(super) fn owed(&self) -> Option<String> {
        let parts: Vec<String> = self.case.parts_owed.iter().map(|part| self.part_name(part)).collect();
        Some(owed(&self.case, &parts.join(", ")).join(", ")).filter(|owed| !owed.is_empty())
    }

    /// Commands once the unit is out: the certificate stands on the screen.
    pub(super) fn act_after(&mut self, action: Action, seen: &Seen<'_>) -> Vec<Want> {
        match action {
            Action::Commit if self.is_over() => {
                vec![Want::Say(Notice::refused(
                    "The case is closed already.",
                    "F2 serves the next customer.",
                ))]
            }
            Action::Commit => {
                let request = format!("{}-close", self.request);
                vec![Want::Do(Effect::Close(self.case.number.clone(), request))]
            }
            Action::Find => vec![Want::Home],
            Action::Back => vec![Want::Back],
            Action::Accept => {
                let next = match self.owed() {
                    Some(_) => "Esc goes to the case, F2 serves the next customer.",
                    None => "F9 closes the case, F2 serves the next customer.",
                };
                vec![Want::Say(Notice::refused("Enter does nothing here.", next))]
            }
            other => self.certificate.as_mut().map(|paper| paper.act(other, seen)).unwrap_or_default(),
        }
    }

    pub(super) fn closed(&mut self, view: CaseView) -> Vec<Want> {
        let now_closed = !self.is_over() && view.state == State::Closed.as_str();
        self.case = view;
        if !now_closed || self.certificate.is_none() {
            return Vec::new();
        }
        let says = format!("Case {} is closed. The next customer can come.", self.case.number);
        vec![Want::Home, Want::Say(Notice::info(&says))]
    }

    pub(super) fn offers_after(&self, seen: &Seen<'_>) -> Vec<Offer> {
        let close = match self.owed() {
            _ if self.is_over() => {
                Offer::no(Action::Commit, "The case is closed already: F2 serves the next customer.")
            }
            Some(owed) => {
                Offer::no(Action::Commit, format!("Still owed: {owed}. Esc goes to the case, to settle it."))
            }
            None => Offer::yes(Action::Commit),
        };
        let own = [close.called("Close case"), Offer::yes(Action::Find).called("next customer")];
        let paper = self.certificate.as_ref().map(|paper| paper.offers(seen)).unwrap_or_default();
        // F9 closes the case here; the paper is printed with its other key.
        let own_keys = [Action::Find, Action::Commit];
        own.into_iter().chain(paper.into_iter().filter(|offer| !own_keys.contains(&offer.action))).collect()
    }
}
