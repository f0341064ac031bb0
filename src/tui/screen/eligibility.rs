//! Eligibility: the verdict, every finding, the options side by side, and a what-if that is never stored.

use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};

use crate::desk::card::{Card, Inquiry};
use crate::domain::decision::Decision;
use crate::domain::edition::Edition;
use crate::tui::effect::{Answer, Effect, Request};
use crate::tui::key::{Action, Edit};
use crate::tui::run::Echo;
use crate::tui::scan::Scan;
use crate::tui::screen::sorry::{notice, pasted, told};
use crate::tui::screen::verdict::{self, Line};
use crate::tui::screen::{Destination, Page, Seen, Want};
use crate::tui::theme::{Role, Theme};
use crate::tui::widget::footer::Offer;
use crate::tui::widget::notice::Notice;
use crate::tui::widget::{Pasted, Reply, write};

mod offers;
pub(super) mod options;
mod what_if;

use offers::new_case;
use what_if::WhatIf;

/// Cells of a finding, and rows of findings, in a window of 80 by 24: how far there is to scroll.
const NARROW: usize = 78;
const SEEN: usize = 9;

/// The eligibility screen of one device.
#[derive(Debug, Clone)]
pub struct EligibilityPage {
    serial: String,
    known: Option<Box<Known>>,
    rules: Rules,
    /// What a case says, and what is decided about that.
    judged: Option<(Inquiry, Option<Decision>)>,
    what_if: Option<WhatIf>,
    /// Lines scrolled away.
    above: usize,
}

/// The device and what is decided about it.
#[derive(Debug, Clone)]
struct Known {
    card: Card,
    edition: Arc<Edition>,
}

/// How much of the rules is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rules {
    /// What each step found.
    Findings,
    /// The same with the clauses' texts.
    Clauses,
}

impl EligibilityPage {
    /// The screen of the device with this serial.
    #[must_use]
    pub fn new(serial: String) -> Self {
        Self { serial, known: None, rules: Rules::Findings, judged: None, what_if: None, above: 0 }
    }

    /// The screen of a case's device, for what the case says.
    #[must_use]
    pub fn judging(asked: Inquiry) -> Self {
        Self { judged: Some((asked.clone(), None)), ..Self::new(asked.serial) }
    }

    /// Reads the device, and decides again about what a case says.
    fn load(&self) -> Vec<Want> {
        let judge = self.judged.as_ref().map(|(asked, _)| Want::Do(Effect::Check(asked.clone())));
        std::iter::once(Want::Do(Effect::Card(self.serial.clone()))).chain(judge).collect()
    }

    /// The decision on screen: the what-if's, else today's.
    fn decision(&self) -> Option<&Decision> {
        let known = self.known.as_ref()?;
        match (&self.what_if, &self.judged) {
            (Some(what_if), _) => what_if.decision(),
            (None, Some((_, decision))) => decision.as_ref(),
            (None, None) => Some(&known.card.today),
        }
    }

    fn print(&self) -> Vec<Want> {
        let printed = |decision: &Decision| Effect::PrintWhy(self.serial.clone(), Box::new(decision.clone()));
        self.decision().map(|decision| Want::Do(printed(decision))).into_iter().collect()
    }

    fn start_what_if(&mut self, seen: &Seen<'_>) -> Vec<Want> {
        let Some(known) = &self.known else { return Vec::new() };
        let about = self.judged.as_ref().map(|(asked, _)| asked);
        let mut what_if = WhatIf::new((&known.card, &known.edition), about, seen);
        let asked = what_if.ask();
        self.what_if = Some(what_if);
        self.above = 0;
        check(asked)
    }

    /// Asks again when the what-if is another.
    fn changed(&mut self, reply: Reply) -> Vec<Want> {
        match (&mut self.what_if, reply) {
            (Some(what_if), Reply::Changed | Reply::NewStep) => check(what_if.ask()),
            _ => Vec::new(),
        }
    }

    fn why(&mut self) {
        self.above = 0;
        self.rules = match self.rules {
            Rules::Findings => Rules::Clauses,
            Rules::Clauses => Rules::Findings,
        };
    }

    /// A key in the what-if; Esc leaves it.
    fn act_in_what_if(&mut self, action: Action) -> Vec<Want> {
        let Some(what_if) = &mut self.what_if else { return Vec::new() };
        match (what_if.form.act(action), action) {
            (Reply::Ignored, Action::Back) => {
                self.what_if = None;
                self.above = 0;
                let back = if self.judged.is_some() { "the case's" } else { "today's" };
                let says = format!("The what-if is gone; this is {back} decision again.");
                vec![Want::Say(Notice::info(&says))]
            }
            (Reply::Ignored, _) => told(what_if.form.why_not(action)),
            (reply, _) => self.changed(reply),
        }
    }

    fn scroll(&mut self, action: Action) {
        self.above = match action {
            Action::Up => self.above.saturating_sub(1),
            Action::Down => self.above + 1,
            Action::PageUp => self.above.saturating_sub(8),
            Action::PageDown => self.above + 8,
            Action::First => 0,
            Action::Last => usize::MAX,
            _ => self.above,
        }
        .min(self.decision().map_or(0, |decision| self.lines(decision, NARROW).len().saturating_sub(SEEN)));
    }

    /// Every finding, with the clauses' texts when they are wanted.
    fn lines(&self, decision: &Decision, room: usize) -> Vec<Line> {
        let mut lines = Vec::new();
        let findings = match self.what_if {
            Some(_) => verdict::weightiest(decision),
            None => decision.findings.iter().collect(),
        };
        for finding in findings {
            lines.extend(verdict::finding(finding, room));
            if let (Rules::Clauses, Some(known)) = (self.rules, &self.known) {
                for clause in finding.clauses.iter() {
                    let says = known.edition.clause_text(*clause);
                    let quoted = verdict::hanging((&format!("       {clause}"), says), 13, room);
                    lines.extend(quoted.into_iter().map(|line| (line, Role::Quiet)));
                }
            }
        }
        lines
    }

    fn draw_rules(&self, frame: &mut Frame<'_>, rest: Rect, (decision, theme): (&Decision, Theme)) {
        let lines = self.lines(decision, usize::from(rest.width));
        let height = usize::from(rest.height);
        let above = self.above.min(lines.len().saturating_sub(height));
        for (at, (line, role)) in lines.iter().skip(above).take(height).enumerate() {
            write(frame, rest, at, (line, theme.style(*role)));
        }
        let below = lines.len().saturating_sub(above + height);
        if below > 0 && height > 1 {
            let more = format!("     more below ({}): PgDn", below + 1);
            let blank = " ".repeat(usize::from(rest.width));
            write(frame, rest, height - 1, (&blank, theme.style(Role::Plain)));
            write(frame, rest, height - 1, (&more, theme.style(Role::Quiet)));
        }
    }

    fn draw_head(&self, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
        let Some(known) = &self.known else { return };
        let missing = self.what_if.as_ref().and_then(WhatIf::missing);
        let (words, role) = match (missing, self.decision()) {
            (Some(why), _) => (format!("[?] NOT DECIDED - {why}"), Role::Ask),
            (None, Some(decision)) => verdict::line(decision),
            (None, None) => (String::new(), Role::Plain),
        };
        write(frame, area, 0, (&words, theme.style(role)));
        let about = format!("     {}  {} · rules of {}", known.card.product, self.serial, known.edition.id);
        write(frame, area, 1, (&about, theme.style(Role::Quiet)));
        if self.what_if.is_none() {
            let asked = match &self.judged {
                Some((asked, _)) => {
                    let said = what_if::in_words(asked, &known.edition);
                    format!("     for this case: {said}. w asks what-if, p prints.")
                }
                None => "     if it came in today after an accident. w asks what-if, p prints.".to_owned(),
            };
            write(frame, area, 2, (&asked, theme.style(Role::Quiet)));
        }
    }
}

fn check(asked: Option<Inquiry>) -> Vec<Want> {
    asked.map(|inquiry| Want::Do(Effect::Check(inquiry))).into_iter().collect()
}

impl Page for EligibilityPage {
    fn title(&self) -> &'static str {
        "Eligibility"
    }

    fn open(&mut self, _seen: &Seen<'_>, _request: Request) -> Vec<Want> {
        self.load()
    }

    fn offers(&self, seen: &Seen<'_>) -> Vec<Offer> {
        let rules = match self.rules {
            Rules::Findings => "clauses",
            Rules::Clauses => "findings only",
        };
        let new_case = match (&self.what_if, &self.known) {
            (Some(_), _) => Offer::no(Action::NewCase, "This is a what-if: leave it with Esc first"),
            (None, None) => Offer::no(Action::NewCase, "No device is on screen: scan its serial first"),
            (None, Some(known)) => new_case(known, seen),
        };
        let print = match self.what_if {
            Some(_) => Offer::no(Action::Print, "A what-if is never printed: leave it with Esc first"),
            None => Offer::yes(Action::Print),
        };
        let back = if self.what_if.is_some() { "leave what-if" } else { "back" };
        vec![
            Offer::yes(Action::Why).called(rules),
            new_case,
            Offer::yes(Action::Recheck),
            print,
            Offer::yes(Action::Back).called(back),
            Offer::yes(Action::Help),
        ]
    }

    fn act(&mut self, action: Action, _seen: &Seen<'_>) -> Vec<Want> {
        match action {
            Action::Why => self.why(),
            Action::PageUp | Action::PageDown => self.scroll(action),
            Action::Recheck if self.what_if.is_some() => return self.changed(Reply::Changed),
            Action::Recheck => return self.load(),
            _ if self.what_if.is_some() => return self.act_in_what_if(action),
            Action::Back => return vec![Want::Back],
            Action::NewCase => {
                let open = |known: &Known| {
                    let (card, edition) = (Box::new(known.card.clone()), Arc::clone(&known.edition));
                    Want::Open(Destination::NewCase(card, edition))
                };
                return self.known.as_deref().map(open).into_iter().collect();
            }
            Action::Print => return self.print(),
            Action::Up | Action::Down | Action::First | Action::Last => self.scroll(action),
            _ => {
                return vec![Want::Say(Notice::refused(
                    "There is nothing to fill in here.",
                    "w asks what-if: there another cause, part or day is tried.",
                ))];
            }
        }
        Vec::new()
    }

    fn edit(&mut self, edit: Edit, seen: &Seen<'_>) -> Vec<Want> {
        match (&mut self.what_if, edit) {
            (None, Edit::Insert('w' | 'W')) => self.start_what_if(seen),
            (None, Edit::Insert('p' | 'P')) => self.print(),
            (None, _) => vec![Want::Say(Notice::refused(
                "Nothing is typed on this screen.",
                "w asks what-if: there another cause, part or day is tried. p prints.",
            ))],
            (Some(what_if), edit) => match what_if.form.edit(edit) {
                Reply::Ignored => told(what_if.form.why_no_edit(edit)),
                reply => self.changed(reply),
            },
        }
    }

    fn take_back(&mut self) {
        if let Some(what_if) = &mut self.what_if {
            what_if.form.take_back();
        }
    }

    fn paste(&mut self, text: &str, _seen: &Seen<'_>) -> Vec<Want> {
        let done = self.what_if.as_mut().map_or(Pasted::NOWHERE, |what_if| what_if.form.paste(text));
        self.changed(done.reply).into_iter().chain(pasted(done)).collect()
    }

    fn scan(&mut self, scan: &Scan, _seen: &Seen<'_>) -> Vec<Want> {
        vec![Want::Open(match scan {
            Scan::Case(number) => Destination::Case(number.clone()),
            Scan::Serial(serial) => Destination::Lookup(serial.to_string()),
            Scan::Stock(label) => Destination::Lookup(label.clone()),
        })]
    }

    fn answer(&mut self, answer: Answer, _seen: &Seen<'_>) -> Vec<Want> {
        match answer {
            Answer::Card(serial, Ok(Some(known))) if serial == self.serial => {
                let (card, edition) = *known;
                self.known = Some(Box::new(Known { card, edition }));
                Vec::new()
            }
            Answer::Paper(Ok(printed), _) => {
                vec![Want::Say(Notice::info(&format!("Written to {}", printed.file.display())))]
            }
            Answer::Paper(Err(sorry), _) => {
                vec![Want::Say(Notice::refused("It could not be printed.", &sorry.say))]
            }
            Answer::Card(_, Ok(None)) => vec![Want::Say(Notice::refused(
                "Nobody knows this serial.",
                "Check it, or import the maker's file.",
            ))],
            Answer::Checked(asked, Ok(decision))
                if self.what_if.is_none()
                    && self.judged.as_ref().is_some_and(|(mine, _)| *mine == *asked) =>
            {
                self.judged = Some((*asked, Some(*decision)));
                Vec::new()
            }
            Answer::Checked(_, Err(sorry)) if self.what_if.is_none() => vec![Want::Say(notice(&sorry))],
            Answer::Checked(_, decision) => {
                if let Some(what_if) = &mut self.what_if {
                    what_if.decided(decision.map_err(|sorry| sorry.say));
                }
                Vec::new()
            }
            Answer::Card(_, Err(sorry)) => {
                vec![Want::Say(Notice::refused("The device cannot be read.", &sorry.say))]
            }
            _ => Vec::new(),
        }
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, seen: &Seen<'_>) {
        let theme = seen.theme;
        let rows = match self.what_if {
            Some(_) => [2, what_if::ROWS, options::ROWS],
            None => [3, 0, options::ROWS],
        };
        let rows = rows.map(Constraint::Length).into_iter().chain([Constraint::Fill(1)]);
        let [head, form, choices, rest] = Layout::vertical(rows).areas(area);
        self.draw_head(frame, head, theme);
        if let Some(decision) = self.decision() {
            options::draw(frame, choices, (decision, theme));
            self.draw_rules(frame, rest, (decision, theme));
        }
        if let Some(what_if) = &self.what_if {
            // Over the others, as its lists may stand open.
            let form = Rect { height: area.bottom().saturating_sub(form.y), ..form };
            what_if.draw(frame, form, theme);
        }
    }

    fn echo(&self) -> Echo {
        if self.what_if.is_some() { Echo::AtOnce } else { Echo::Held }
    }

    fn help(&self) -> Vec<String> {
        let mut lines = vec![
            "The first line is the answer; below it stand what is open, what each costs and what it does to \
             the balance, and then what every step of the programme found."
                .to_owned(),
            "[ok] nothing stands against it. [no] it is closed. [?] somebody must find out or decide. \
             [--] good to know."
                .to_owned(),
            "F8 shows each clause in words. w asks what-if: another cause, other parts, another day. \
             Nothing of a what-if is stored."
                .to_owned(),
        ];
        let clauses = self.decision().into_iter().flat_map(|decision| &decision.findings);
        let mut named: Vec<&str> = clauses
            .filter(|finding| !matches!(finding.outcome, crate::domain::decision::Outcome::Pass))
            .flat_map(|finding| finding.clauses.iter().map(|clause| clause.as_str()))
            .collect();
        named.dedup();
        if !named.is_empty() {
            lines.push(format!("Clauses behind what is not plain here: {}.", named.join(", ")));
        }
        lines
    }
}

#[cfg(test)]
mod tests;
