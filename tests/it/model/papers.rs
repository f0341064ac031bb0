//! Papers: which a case can have, and whether the next print is an original or a copy.

use caredesk::desk::print::{Kind, Printed, Stage};
use caredesk::domain::case::{Outcome, State};
use chrono::Duration;

use super::act::{Act, Way};
use super::case::open;
use super::foresee::{Foreseen, when};
use super::shop::Shop;

/// An original, with its copies.
#[derive(Debug, Clone)]
pub struct Paper {
    /// A case's number, a day, or a packing list's number.
    pub subject: String,
    pub kind: &'static str,
    pub copies: u32,
    /// What it says, as far as the model knows.
    says: String,
    /// As it was printed; empty before that.
    text: String,
    /// The step of its newest print.
    step: usize,
}

impl Shop {
    pub fn print(&self, act: &Act) -> Foreseen {
        let way = match act {
            Act::Print(back, kind, way) => {
                let at = self.at(*back).ok_or("no-such-case")?;
                self.prints(at, *kind)?;
                way
            }
            Act::PrintList(list, way) => {
                when(*list < self.lists.len(), "packing")?;
                way
            }
            Act::PrintDay(_, way) => way,
            _ => return Ok(()),
        };
        when(*way != Way::IntoABrokenOne, "printer")
    }

    pub fn prints(&self, at: usize, kind: Kind) -> Foreseen {
        when(self.can_have(at, kind) || self.can_have_again(at, kind), "wrong-state")
    }

    /// Whether a paper can be made from the case as it is now.
    fn can_have(&self, at: usize, kind: Kind) -> bool {
        use State::{Assessed, Chosen, Closed, HandedOver, InWork, Ready, Recorded};
        let case = &self.cases[at];
        match kind {
            Kind::Slip | Kind::Certificate => false,
            Kind::Quote => [Assessed, Chosen, InWork, Ready, HandedOver, Closed].contains(&case.state),
            Kind::Receipt => case.paid > 0,
            Kind::HandOver => [HandedOver, Closed].contains(&case.state),
            Kind::Refusal => case.outcome != Outcome::Replacement && case.refused,
            // A reopened case has its unit at home.
            Kind::Label => case.state != Recorded && case.on_unit.is_some(),
        }
    }

    /// Whether the paper that is there can be printed again all the same.
    fn can_have_again(&self, at: usize, kind: Kind) -> bool {
        let case = &self.cases[at];
        let counts = match kind {
            Kind::Slip => true,
            Kind::Certificate => !case.issued.is_empty(),
            _ => !open(case.state),
        };
        counts && self.newest_paper(&case.number, kind.as_str()).is_some()
    }

    fn newest_paper(&self, subject: &str, kind: &str) -> Option<usize> {
        self.papers.iter().rposition(|paper| paper.subject == subject && paper.kind == kind)
    }

    /// What stands on a paper, where two that differ in it cannot be the same paper.
    fn says(&self, at: usize, kind: Kind) -> String {
        let case = &self.cases[at];
        let (outcome, fee) = (case.outcome, case.fee);
        match kind {
            Kind::Quote => format!("{outcome} {fee:?} {:?}", self.price_until(at)),
            Kind::Receipt => format!("{outcome} {fee:?} {} {} {}", case.paid, case.refunded, case.waived),
            Kind::HandOver => {
                format!("{outcome} {:?} {} {:?}", case.issued, case.net(), case.parts_owed())
            }
            Kind::Label => format!("{:?} {:?}", case.on_unit, case.here),
            Kind::Slip | Kind::Certificate | Kind::Refusal => String::new(),
        }
    }

    /// The papers that acts make.
    pub fn paper_of_act(&mut self, at: usize, act: &Act) {
        let kind = match act {
            Act::Receive(..) | Act::Reopen(_, _, Some(_)) => Kind::Slip,
            Act::Issue(..) => Kind::Certificate,
            _ => return,
        };
        let subject = self.cases[at].number.clone();
        self.keep_paper((subject, kind.as_str()), (String::new(), String::new()));
    }

    fn keep_paper(&mut self, (subject, kind): (String, &'static str), (says, text): (String, String)) {
        self.papers.push(Paper { subject, kind, copies: 0, says, text, step: self.step });
    }

    /// Takes a print over, and fails where it is an original that should be a copy, or the other way round.
    pub fn printed(&mut self, act: &Act, printed: &Printed) {
        let (subject, kind, says) = self.subject(act);
        let newest = self.newest_paper(&subject, kind);
        let as_before = newest.is_some_and(|newest| self.is_as_before(act, &self.papers[newest]));
        match printed.stage {
            Stage::Draft => panic!("{act:?}: a draft was printed"),
            Stage::Original => {
                assert!(!as_before, "{act:?}: a second original of what is as it was");
                self.is_right(act, &printed.text);
                self.keep_paper((subject, kind), (says, printed.text.clone()));
            }
            Stage::Copy(copy) => {
                let step = self.step;
                let paper = &mut self.papers[newest.unwrap()];
                assert_eq!(copy, paper.copies + 1, "{act:?}: the number of the copy");
                assert!(as_before || paper.says == says, "{act:?}: a copy of what is not so any more");
                let (mark, text) = printed.text.split_once('\n').unwrap();
                assert_eq!(mark.trim(), format!("COPY {copy}"));
                assert!(paper.text.is_empty() || paper.text == text, "{act:?}: the copy says something else");
                (paper.copies, paper.step, paper.text) = (copy, step, text.to_owned());
            }
        }
    }

    /// What a print is about, its kind, and what it says.
    fn subject(&self, act: &Act) -> (String, &'static str, String) {
        match act {
            Act::Print(back, kind, _) => {
                let at = self.at(*back).unwrap();
                (self.cases[at].number.clone(), kind.as_str(), self.says(at, *kind))
            }
            Act::PrintList(list, _) => (self.lists[*list].clone(), "packing", String::new()),
            Act::PrintDay(ago, _) => {
                let day = self.today() - Duration::days(*ago);
                (day.to_string(), "day", self.closed_days.contains(&day).to_string())
            }
            _ => panic!("{act:?} prints nothing"),
        }
    }

    /// Whether nothing can have changed since a paper was printed.
    fn is_as_before(&self, act: &Act, paper: &Paper) -> bool {
        match act {
            Act::Print(back, kind, _) => {
                let at = self.at(*back).unwrap();
                !self.can_have(at, *kind) || self.cases[at].touched < paper.step
            }
            // The figures of a closed day never change.
            Act::PrintDay(ago, _) => {
                let closed = self.closed_days.contains(&(self.today() - Duration::days(*ago)));
                closed && paper.says == "true" || self.changed < paper.step
            }
            _ => true,
        }
    }

    /// What an original says of the money and the parts that are still to come.
    fn is_right(&self, act: &Act, text: &str) {
        let Act::Print(back, kind, _) = act else { return };
        let at = self.at(*back).unwrap();
        match (kind, self.price_until(at)) {
            (Kind::Quote, Some(last)) => assert!(text.contains(&format!(", until {last}")), "{text}"),
            (Kind::HandOver, _) => {
                let owes = !self.cases[at].parts_owed().is_empty();
                assert_eq!(text.contains("Still to bring"), owes, "{text}");
            }
            _ => {}
        }
    }
}
