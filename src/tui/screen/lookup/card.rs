//! The device card: product, owner, plan, warranty, chain, cases, and the verdict if it came in today.

use std::sync::Arc;

use chrono::NaiveDate;
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};

use crate::desk::binding::Binding;
use crate::desk::card::{Card, OtherPlan};
use crate::domain::case::State;
use crate::domain::decision::Verdict;
use crate::domain::edition::Edition;
use crate::domain::plan::Term;
use crate::tui::screen::device;
use crate::tui::screen::eligibility::options;
use crate::tui::screen::verdict::{self, Line, hanging};
use crate::tui::theme::{Role, Theme};
use crate::tui::widget::{below, write};

/// The cells before a value.
const LABEL: usize = 11;
/// The width from which findings stand beside the facts.
const WIDE: u16 = 112;

/// The height from which the options stand above them.
const TALL: u16 = 28;

/// A loaded card, with the edition that decides about it.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The card.
    pub card: Card,
    /// The edition.
    pub edition: Arc<Edition>,
}

impl Shown {
    /// The unit that stands in for this one now, when it was replaced.
    #[must_use]
    pub fn successor(&self) -> Option<&str> {
        let newest = self.card.chain.last().map(String::as_str);
        newest.filter(|newest| *newest != self.card.serial)
    }

    /// The case that is open on this device or its chain.
    #[must_use]
    pub fn open_case(&self) -> Option<(&str, State)> {
        let open = self.card.cases.iter().find(|(_, state, _)| state.open());
        open.map(|(number, state, _)| (number.as_str(), *state))
    }

    /// Draws the card.
    pub fn draw(&self, frame: &mut Frame<'_>, area: Rect, (theme, today): (Theme, NaiveDate)) {
        let roomy = area.width >= WIDE;
        let options = if roomy && area.height >= TALL { options::ROWS } else { 0 };
        let rows = [2, options, u16::from(options == 0)].map(Constraint::Length);
        let [head, choices, _, body] =
            Layout::vertical(rows.into_iter().chain([Constraint::Fill(1)])).areas(area);
        self.draw_head(frame, head, theme);
        if options > 0 {
            options::draw(frame, choices, (&self.card.today, theme));
        }
        if roomy {
            let columns = [Constraint::Fill(1), Constraint::Fill(1)];
            let [left, right] = Layout::horizontal(columns).spacing(3).areas(body);
            draw_lines(frame, left, (&self.facts((today, Breadth::Wide), usize::from(left.width)), theme));
            self.draw_findings(frame, right, theme);
        } else {
            let facts = self.facts((today, Breadth::Narrow), usize::from(body.width));
            draw_lines(frame, body, (&facts, theme));
            self.draw_findings(frame, below(body, facts.len() + 1), theme);
        }
    }

    /// Draws what a row of the list is about: the facts alone.
    pub fn draw_short(&self, frame: &mut Frame<'_>, area: Rect, (theme, today): (Theme, NaiveDate)) {
        let [head, body] = Layout::vertical([Constraint::Length(1), Constraint::Fill(1)]).areas(area);
        self.draw_head(frame, head, theme);
        draw_lines(frame, body, (&self.facts((today, Breadth::Narrow), usize::from(body.width)), theme));
    }

    fn draw_head(&self, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
        let ((words, role), more) = self.headline();
        write(frame, area, 0, (&words, theme.style(role)));
        write(frame, area, 1, (&format!("     {more}"), theme.style(Role::Quiet)));
    }

    fn draw_findings(&self, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
        let findings = self.findings(usize::from(area.width), usize::from(area.height));
        draw_lines(frame, area, (&findings, theme));
    }

    /// What a clerk must see first, and what it means.
    fn headline(&self) -> (Line, String) {
        match (self.successor(), self.open_case()) {
            (Some(newest), _) => {
                let words = format!("[no] REPLACED BY {newest} - THIS UNIT IS RETIRED");
                ((words, Role::Bad), "Enter goes to the new unit, which has the plan.".to_owned())
            }
            (None, Some((number, state))) => {
                let words = format!("[--] CASE {number} IS OPEN - {}", state.words());
                ((words, Role::Ask), "Enter opens it. No second case can be taken on the device.".to_owned())
            }
            (None, None) => {
                let more = "if it came in today after an accident, brought by its owner";
                (verdict::line(&self.card.today), more.to_owned())
            }
        }
    }

    /// The facts, a label before each.
    fn facts(&self, (today, breadth): (NaiveDate, Breadth), room: usize) -> Vec<Line> {
        let card = &self.card;
        let mut facts = vec![("Product", format!("{}  {}", card.product, card.serial), Role::Title)];
        facts.extend(card.warnings.iter().map(|warning| ("", format!("[?] {warning}"), Role::Ask)));
        facts.push(("Owner", owner(card), Role::Plain));
        facts.push(("Bought", device::bought(card), Role::Plain));
        facts.extend(plan(card, today));
        facts.extend(more_plans(card));
        let many = [
            ("Warranty", self.warranty(today, breadth)),
            ("Units", device::chain(&self.card).into_iter().collect()),
            ("Cases", self.cases()),
        ];
        for (label, each) in many {
            facts.extend(breadth.arrange(label, each));
        }
        facts.iter().flat_map(|(label, says, role)| label_lines((label, says), *role, room)).collect()
    }

    /// The warranty, with what is to be known of its terms where there is room.
    fn warranty(&self, today: NaiveDate, breadth: Breadth) -> Vec<String> {
        let mut lines = device::warranty(&self.card, &self.edition, today);
        if breadth == Breadth::Wide && !self.card.warranty_note.is_empty() {
            lines.push(self.card.warranty_note.clone());
        }
        lines
    }

    fn cases(&self) -> Vec<String> {
        let one = |(number, state, outcome): &(String, State, String)| {
            let outcome = outcome.to_lowercase().replace('_', " ");
            match outcome.as_str() {
                "" | "none" => format!("{number} {}", state.words()),
                outcome => format!("{number} {}, {outcome}", state.words()),
            }
        };
        self.card.cases.iter().map(one).collect()
    }

    /// The findings that fit, the weightiest first, and where the others are.
    fn findings(&self, room: usize, height: usize) -> Vec<Line> {
        let mut lines = Vec::new();
        if height == 0 {
            return lines;
        }
        let all = verdict::weightiest(&self.card.today);
        let mut left = all.len();
        for finding in all {
            let more = verdict::finding(finding, room);
            let last = usize::from(left > 1);
            if lines.len() + more.len() + last > height {
                break;
            }
            lines.extend(more);
            left -= 1;
        }
        if left > 0 {
            lines.truncate(height - 1);
            lines.push((format!("     and {left} more: F8 shows all"), Role::Quiet));
        }
        lines
    }
}

/// How much room there is for facts that come in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Breadth {
    Narrow,
    Wide,
}

impl Breadth {
    /// On one line where room is short, else one below another.
    fn arrange(self, label: &'static str, each: Vec<String>) -> Vec<(&'static str, String, Role)> {
        match self {
            Self::Narrow if each.is_empty() => Vec::new(),
            Self::Narrow => vec![(label, each.join("; "), Role::Plain)],
            Self::Wide => {
                let label = |at| if at == 0 { label } else { "" };
                each.into_iter().enumerate().map(|(at, one)| (label(at), one, Role::Plain)).collect()
            }
        }
    }
}

fn draw_lines(frame: &mut Frame<'_>, area: Rect, (lines, theme): (&[Line], Theme)) {
    for (at, (line, role)) in lines.iter().take(usize::from(area.height)).enumerate() {
        write(frame, area, at, (line, theme.style(*role)));
    }
}

fn label_lines((label, says): (&str, &str), role: Role, room: usize) -> Vec<Line> {
    hanging((label, says), LABEL, room).into_iter().map(|line| (line, role)).collect()
}

fn owner(card: &Card) -> String {
    let (name, phone, mail) = &card.owner;
    let known: Vec<&str> = [name, phone, mail].into_iter().flatten().map(String::as_str).collect();
    if known.is_empty() { "not known".to_owned() } else { known.join(" · ") }
}

fn plan(card: &Card, today: NaiveDate) -> Vec<(&'static str, String, Role)> {
    let Some(plan) = &card.plan else {
        return vec![("Plan", no_plan(card.binding.as_ref()), Role::Plain)];
    };
    let (left, held, granted) = plan.balance;
    let held = if held == 0 { String::new() } else { format!(", {held} held by a case") };
    let term = term(plan.term, today);
    let mut rows = vec![(
        "Plan",
        format!("{} · {} · {term} · {left} of {granted} left{held}", plan.number, plan.region),
        Role::Plain,
    )];
    if let Some((plus, left, granted)) = plan.plus {
        rows.push(("Plus", format!("{} · {left} of {granted} left", self::term(plus, today)), Role::Plain));
    }
    if let Some(day) = plan.returned_on {
        rows.push(("", format!("[no] the plan was returned on {day}"), Role::Bad));
    }
    rows
}

/// What became of each other plan of this unit and of those it stands for, a line each: they are rare.
fn more_plans(card: &Card) -> impl Iterator<Item = (&'static str, String, Role)> {
    card.more_plans.iter().enumerate().map(|(at, plan)| {
        let OtherPlan { number, region, term: Term { first, last }, .. } = plan;
        let on = || format!("on {}", plan.bound);
        let became = plan.returned_on.map_or_else(on, |day| format!("returned {day}"));
        let label = if at == 0 { "More plans" } else { "" };
        (label, format!("{number} · {region} · {first} to {last} · {became}"), Role::Plain)
    })
}

/// No plan, and whether one can still be bound. Clause C11.
fn no_plan(binding: Option<&Binding>) -> String {
    let Some(Binding { verdict, says }) = binding else { return "none".to_owned() };
    match verdict {
        Verdict::Bind => format!("none yet; one can be bound now: {says} (C11)"),
        Verdict::Refer => format!("none; ask before one is bound: {says} (C11)"),
        _ => format!("none, and none can be bound now: {says} (C11)"),
    }
}

fn term(term: Term, today: NaiveDate) -> String {
    let Term { first, last } = term;
    if today > last {
        format!("{first} to {last}, ended")
    } else if today < first {
        format!("{first} to {last}, not begun")
    } else {
        format!("{first} to {last}")
    }
}
