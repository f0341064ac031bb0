//! Handing the new unit out: before and after side by side, the scan, the question, and then the certificate.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::desk::CaseView;
use crate::desk::card::Inquiry;
use crate::desk::print::Kind;
use crate::domain::case::Guard;
use crate::domain::replacement::Effect as Move;
use crate::repository::stock::Unit;
use crate::tui::effect::{Answer, Effect, Ground, Request, Sorry};
use crate::tui::key::{Action, Edit};
use crate::tui::run::Echo;
use crate::tui::scan::Scan;
use crate::tui::screen::paper::PaperPage;
use crate::tui::screen::sorry::{not_pasted, notice, pasted};
use crate::tui::screen::{Destination, Page, Seen, Want, keep_first};
use crate::tui::widget::confirm::{self, Confirm};
use crate::tui::widget::field::Field;
use crate::tui::widget::footer::Offer;
use crate::tui::widget::notice::Notice;

mod after;
mod draw;
mod sides;

use sides::Sides;

/// The issue of a case's replacement.
#[derive(Debug)]
pub struct IssuePage {
    case: CaseView,
    ground: Option<Box<Ground>>,
    typed: Field,
    units: Vec<String>,
    shelf: Vec<Unit>,
    before: Before,
    confirm: Option<Confirm>,
    questions: u64,
    request: Request,
    certificate: Option<PaperPage>,
}

/// What the desk said to the scanned units.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Before {
    /// Nothing is scanned.
    Nothing,
    /// They can go out.
    Fits(Move),
    /// Not yet, or not these.
    Refused(Sorry),
}

impl IssuePage {
    /// Hands out the replacement that this case has chosen.
    #[must_use]
    pub fn new(case: CaseView) -> Self {
        Self {
            case,
            ground: None,
            typed: Field::new("New unit", 24),
            units: Vec::new(),
            shelf: Vec::new(),
            before: Before::Nothing,
            confirm: None,
            questions: 0,
            request: Request::new(),
            certificate: None,
        }
    }

    fn sides(&self) -> Sides<'_> {
        let moves = match &self.before {
            Before::Fits(moves) => Some(moves),
            Before::Nothing | Before::Refused(_) => None,
        };
        Sides {
            case: &self.case,
            card: self.ground.as_deref().map(|(card, _)| card),
            units: &self.units,
            moves,
        }
    }

    /// A part as the edition calls it.
    fn part_name(&self, id: &str) -> String {
        let named = self
            .ground
            .as_deref()
            .and_then(|(_, edition)| edition.part(id).map(|part| edition.part_name(part).to_owned()));
        named.unwrap_or_else(|| id.to_owned())
    }

    fn ask(&self) -> Vec<Want> {
        vec![Want::Do(Effect::BeforeIssue(self.case.number.clone(), self.units.clone()))]
    }

    /// Takes a unit that was scanned or typed.
    fn add(&mut self, unit: String) -> Vec<Want> {
        if self.units.contains(&unit) {
            return vec![Want::Say(Notice::refused(
                &format!("{unit} is scanned already."),
                "Press F9 to hand out.",
            ))];
        }
        self.units.push(unit);
        self.ask()
    }

    fn take_last_off(&mut self) -> Vec<Want> {
        let Some(unit) = self.units.pop() else { return Vec::new() };
        self.before = Before::Nothing;
        let mut wants = vec![Want::Say(Notice::info(&format!("{unit} is taken off.")))];
        if !self.units.is_empty() {
            wants.extend(self.ask());
        }
        wants
    }

    /// What the desk said: a unit that does not fit is put off at once, so that another can be scanned.
    fn asked(&mut self, said: Result<Move, Sorry>) -> Vec<Want> {
        match said {
            Ok(moves) => {
                self.before = Before::Fits(moves);
                Vec::new()
            }
            Err(sorry) => {
                if is_about_the_unit(&sorry) {
                    self.units.pop();
                }
                let said = vec![Want::Say(notice(&sorry))];
                self.before = Before::Refused(sorry);
                said
            }
        }
    }

    fn commit(&mut self) -> Vec<Want> {
        if let Some(why) = self.refusal() {
            return vec![Want::Say(notice(&Sorry { guard: None, say: why }))];
        }
        let Some(question) = self.sides().question() else { return Vec::new() };
        self.questions += 1;
        let number = confirm::number_of((0, &self.case.number), self.questions);
        self.confirm = Some(Confirm::new(number, question));
        Vec::new()
    }

    /// Why nothing can be handed out now; nothing when it can.
    fn refusal(&self) -> Option<String> {
        match &self.before {
            Before::Fits(_) => None,
            Before::Refused(sorry) => Some(sorry.say.clone()),
            Before::Nothing => Some("No unit is scanned yet: scan the unit that goes out.".to_owned()),
        }
    }

    fn answer_question(&mut self, action: Action) -> Vec<Want> {
        match confirm::answered(&mut self.confirm, |confirm| confirm.act(action)) {
            confirm::Answer::Open => Vec::new(),
            confirm::Answer::No => vec![Want::Say(Notice::info("Nothing was handed out."))],
            confirm::Answer::Yes => vec![Want::Do(Effect::Issue(
                self.case.number.clone(),
                self.units.clone(),
                self.request.clone(),
            ))],
        }
    }

    fn issued(&mut self, view: CaseView, seen: &Seen<'_>) -> Vec<Want> {
        let says = format!("{} is handed out on case {}.", self.units.join(", "), view.number);
        let mut paper = PaperPage::new(view.number.clone(), Kind::Certificate);
        let mut wants = paper.open(seen, self.request.clone());
        self.case = view;
        self.certificate = Some(paper);
        wants.push(Want::Say(Notice::info(&says)));
        wants
    }
}

fn say(says: &str, next: &str) -> Vec<Want> {
    vec![Want::Say(Notice::refused(says, next))]
}

/// Whether a refusal is about the unit that was scanned last; a whole set may only be not complete.
fn is_about_the_unit(sorry: &Sorry) -> bool {
    let guards = [
        Guard::UnitUnknown,
        Guard::UnitNotInStock,
        Guard::UnitWrongModel,
        Guard::UnitWrongPart,
        Guard::SerialBoundBefore,
    ];
    let about = sorry.guard.as_deref().is_some_and(|word| guards.iter().any(|guard| guard.as_str() == word));
    about && !is_incomplete(sorry)
}

/// Whether units are right so far and others are still needed.
fn is_incomplete(sorry: &Sorry) -> bool {
    sorry.say.starts_with("a unit is still needed")
}

impl Page for IssuePage {
    fn title(&self) -> &'static str {
        if self.certificate.is_some() { "Certificate" } else { "Hand out" }
    }

    fn open(&mut self, _seen: &Seen<'_>, request: Request) -> Vec<Want> {
        keep_first(&mut self.request, request);
        let (serial, number) = (self.case.serial.clone(), self.case.number.clone());
        vec![Want::Do(Effect::Card(serial)), Want::Do(Effect::Shelf(number))]
    }

    fn offers(&self, seen: &Seen<'_>) -> Vec<Offer> {
        if self.certificate.is_some() {
            return self.offers_after(seen);
        }
        if self.confirm.is_some() {
            let [yes, no] = [Action::Commit, Action::Back].map(Offer::yes);
            return vec![yes.called("Hand out"), no.called("leave it")];
        }
        let commit = self.refusal().map_or(Offer::yes(Action::Commit), |why| Offer::no(Action::Commit, why));
        let undo = if self.units.is_empty() {
            Offer::no(Action::Undo, "No unit is scanned yet.")
        } else {
            Offer::yes(Action::Undo)
        };
        vec![
            commit.called("Hand out"),
            undo.called("take last scan off"),
            Offer::yes(Action::Why),
            Offer::yes(Action::Help),
            Offer::yes(Action::Back),
            Offer::yes(Action::Recheck),
            Offer::no(
                Action::Values,
                "A unit is scanned, never picked from a list: those in stock stand below the field",
            ),
            Offer::no(Action::SameAsLast, "A unit goes out only once: scan another one"),
        ]
    }

    fn act(&mut self, action: Action, seen: &Seen<'_>) -> Vec<Want> {
        if self.certificate.is_some() {
            return self.act_after(action, seen);
        }
        if self.confirm.is_some() {
            return self.answer_question(action);
        }
        match action {
            Action::Commit => self.commit(),
            Action::Back => vec![Want::Back],
            Action::Find => vec![Want::Home],
            Action::Recheck if self.units.is_empty() => {
                say("There is nothing to check again yet.", "Scan the unit that goes out.")
            }
            Action::Recheck => self.ask(),
            Action::Why => {
                let asked = Inquiry::of_case(&self.case);
                asked.map(|asked| Want::Open(Destination::Judged(Box::new(asked)))).into_iter().collect()
            }
            Action::Undo if self.typed.text().is_empty() => self.take_last_off(),
            Action::Accept if !self.typed.text().trim().is_empty() => {
                let unit = self.typed.text().trim().to_uppercase();
                self.typed = Field::new("New unit", 24);
                self.add(unit)
            }
            Action::Undo | Action::Left | Action::Right | Action::First | Action::Last => {
                self.typed.act(action);
                Vec::new()
            }
            Action::Accept if matches!(self.before, Before::Fits(_)) => {
                say("Enter hands nothing out.", "F9 asks once more, then hands the scanned unit out.")
            }
            Action::Accept => say("No unit is typed.", "Scan the unit that goes out, or type its serial."),
            _ => say("There is one field here.", "Scan the unit that goes out; F9 hands it out."),
        }
    }

    fn edit(&mut self, edit: Edit, _seen: &Seen<'_>) -> Vec<Want> {
        match (&mut self.confirm, &self.certificate) {
            (Some(confirm), _) => confirm.edit(edit),
            (None, None) => drop(self.typed.edit(edit)),
            (None, Some(_)) => {
                return say("Nothing is typed here.", "F9 closes the case, F2 serves the next customer.");
            }
        }
        Vec::new()
    }

    fn take_back(&mut self) {
        match &mut self.confirm {
            Some(confirm) => confirm.take_back(),
            None => drop(self.typed.take_back()),
        }
    }

    fn paste(&mut self, text: &str, _seen: &Seen<'_>) -> Vec<Want> {
        if self.confirm.is_none() && self.certificate.is_none() {
            return pasted(self.typed.paste(text));
        }
        not_pasted()
    }

    fn scan(&mut self, scan: &Scan, seen: &Seen<'_>) -> Vec<Want> {
        if let Some(confirm) = &mut self.confirm {
            confirm.drop_scan();
            return Vec::new();
        }
        if let Some(paper) = &mut self.certificate {
            return paper.scan(scan, seen);
        }
        match scan {
            Scan::Serial(serial) => self.add(serial.to_string()),
            Scan::Stock(label) => self.add(label.clone()),
            Scan::Case(number) => {
                let says = format!("{number} is a case; this screen hands out on case {}.", self.case.number);
                vec![Want::Say(Notice::refused(&says, "Scan the unit that goes out, or leave with Esc."))]
            }
        }
    }

    fn answer(&mut self, answer: Answer, seen: &Seen<'_>) -> Vec<Want> {
        match answer {
            Answer::Before(said) => self.asked(said),
            Answer::Shelf(Ok(units)) => {
                self.shelf = units;
                Vec::new()
            }
            Answer::Issued(Ok(view)) => self.issued(*view, seen),
            Answer::Case(Ok(view)) => self.closed(*view),
            Answer::Card(serial, Ok(found)) if serial == self.case.serial => {
                self.ground = found;
                Vec::new()
            }
            Answer::Issued(Err(sorry)) => {
                self.before = Before::Refused(sorry.clone());
                vec![Want::Say(notice(&sorry))]
            }
            Answer::Case(Err(sorry)) | Answer::Card(_, Err(sorry)) | Answer::Shelf(Err(sorry)) => {
                vec![Want::Say(notice(&sorry))]
            }
            other => self.certificate.as_mut().map(|paper| paper.answer(other, seen)).unwrap_or_default(),
        }
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, seen: &Seen<'_>) {
        match (&self.certificate, &self.confirm) {
            (Some(paper), _) => draw::after(frame, area, (self, paper, seen)),
            (None, Some(confirm)) => confirm.draw(frame, area, seen.theme),
            (None, None) => draw::before(frame, area, (self, seen.theme)),
        }
    }

    fn echo(&self) -> Echo {
        Echo::AtOnce
    }

    fn question(&self) -> Option<u64> {
        self.confirm.as_ref().map(Confirm::number)
    }

    fn help(&self) -> Vec<String> {
        let lines: &[&str] = if self.certificate.is_some() {
            &[
                "The unit is out and the certificate is made: give it to the customer.",
                "F9 closes the case. F2 serves the next customer; the case stays open until it is closed.",
                "Ctrl+P prints the certificate again, marked as a copy.",
            ]
        } else {
            &[
                "Scan the unit that goes out. It must be in stock, of the same model, and never a customer's before.",
                "A whole unit stands for all parts; else scan one unit for each damaged part (C24).",
                "The plan moves to the new serial with its dates unchanged (C26); so does the warranty (C27).",
                "F9 shows before and after once more and asks for the last four characters of the serial under AFTER.",
                "Ctrl+Z takes the last scan off. Nothing is written before the question is answered.",
            ]
        };
        lines.iter().map(|line| (*line).to_owned()).collect()
    }
}

#[cfg(test)]
mod tests;
