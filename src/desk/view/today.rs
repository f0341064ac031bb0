//! A case as the screen shows it while nothing is chosen: with today's decision, by which choosing will go.

use crate::desk::card::Inquiry;
use crate::desk::view::{Answer, CaseView};
use crate::desk::{Act, Desk};
use crate::domain::case::{Outcome, State};

impl Desk {
    /// The case with the decision of today in the place of the stored one, while its remedy is still to be chosen.
    ///
    /// A fee list, a claim or a plan may have come in since: whatever is chosen is decided anew. Where that cannot
    /// be, the stored decision stands, and the act says why.
    pub fn today(&mut self, act: &Act, view: CaseView) -> CaseView {
        let open = view.state.parse().is_ok_and(State::open) && view.outcome == Outcome::None.as_str();
        let asked = Inquiry::of_case(&view).filter(|_| open);
        let decided = asked.and_then(|asked| self.check(act, &asked).ok());
        match decided.and_then(|decision| serde_json::to_string(&decision).ok()) {
            Some(answer) => CaseView { decision: Some(Answer::from(answer)), ..view },
            None => view,
        }
    }
}
