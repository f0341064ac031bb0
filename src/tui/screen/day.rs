//! The day: its figures as they will stand on its sheet, and its closing.

use chrono::{Days, NaiveDate};
use ratatui::Frame;
use ratatui::layout::Rect;

use crate::desk::print::Loose;
use crate::domain::writing::Writing;
use crate::paper::text;
use crate::tui::effect::{Answer, DayShown, Effect, Request, Sorry};
use crate::tui::key::{Action, Edit};
use crate::tui::run::Echo;
use crate::tui::scan::Scan;
use crate::tui::screen::sorry::{not_pasted, notice, pasted, scanned_elsewhere, useless};
use crate::tui::screen::{Page, Seen, Want, keep_first};
use crate::tui::theme::Role;
use crate::tui::widget::ask::{Ask, Asked};
use crate::tui::widget::field::Field;
use crate::tui::widget::footer::Offer;
use crate::tui::widget::form::LastTime;
use crate::tui::widget::notice::Notice;
use crate::tui::widget::{Focus, Look, below, confirm, write};

/// Lines a page key goes.
const PAGE: usize = 10;
/// The label of the explanation, by which it is kept for when the screen is left.
const EXPLAIN: &str = "What became of it";

/// A day.
#[derive(Debug, Default)]
pub struct DayPage {
    day: Option<NaiveDate>,
    shown: Option<Result<Box<DayShown>, Sorry>>,
    top: usize,
    explain: Option<Field>,
    ask: Option<Ask>,
    questions: u64,
    request: Request,
}

impl DayPage {
    /// Today; opening it loads the figures.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn shown(&self) -> Option<&DayShown> {
        self.shown.as_ref().and_then(|shown| shown.as_ref().ok()).map(Box::as_ref)
    }

    fn load(&self) -> Vec<Want> {
        self.day.map(|day| Want::Do(Effect::Day(day))).into_iter().collect()
    }

    fn go(&mut self, to: Option<NaiveDate>, today: NaiveDate) -> Vec<Want> {
        let Some(to) = to.filter(|to| *to <= today) else {
            let next = "Left goes to the day before.";
            return vec![Want::Say(Notice::refused("This is today: no later day has figures.", next))];
        };
        self.day = Some(to);
        self.shown = None;
        self.top = 0;
        self.load()
    }

    /// Why the day cannot be closed now.
    fn refusal(&self) -> Option<String> {
        let Some(shown) = self.shown() else { return Some("The day is not read yet: press F5".to_owned()) };
        let day = shown.day.day;
        match shown.closed_until {
            _ if shown.day.state == "closed" => {
                Some(format!("The day {day} is closed and its figures never change: Ctrl+P prints its sheet"))
            }
            Some(closed) if day <= closed => Some(format!(
                "The day {closed} is closed, and with it every day before: nothing of {day} can change"
            )),
            Some(_) | None => None,
        }
    }

    fn commit(&mut self, seen: &Seen<'_>) -> Vec<Want> {
        let Some(shown) = self.shown() else { return Vec::new() };
        let day = shown.day.day;
        match &self.explain {
            None if !shown.day.to_explain.is_empty() => {
                let kept = seen.last.get(EXPLAIN).and_then(|kept| kept.strip_prefix(&format!("{day} ")));
                self.explain = Some(
                    Field::new(EXPLAIN, Writing::Explanation.most()).with_text(kept.unwrap_or_default()),
                );
                return Vec::new();
            }
            Some(field) if field.text().trim().is_empty() => {
                let says = "Something is still open and not explained.";
                return vec![Want::Say(Notice::refused(says, "Type what became of it, then press F9."))];
            }
            Some(_) | None => {}
        }
        self.ask(day);
        Vec::new()
    }

    fn ask(&mut self, day: NaiveDate) {
        self.questions += 1;
        let mut lines = vec![
            "Final from then on:".to_owned(),
            "  - the figures on this sheet: counts, money, shelf".to_owned(),
            format!("  - {day} and every day before it: no case, payment or unit can be booked on them"),
        ];
        lines.extend(self.explained().map(|text| format!("Explained: {text}")));
        let asked = Asked {
            title: format!("Close the day {day}"),
            lines,
            label: "Month and day",
            answer: day.format("%m%d").to_string(),
            hint: "Type the four digits of the day's month and day, then F9. A closed day is never opened again. \
                   Esc leaves it open."
                .to_owned(),
        };
        self.ask = Some(Ask::new(7_000_000_000 + self.questions, asked));
    }

    fn explained(&self) -> Option<&str> {
        self.explain.as_ref().map(|field| field.text().trim()).filter(|text| !text.is_empty())
    }

    fn answer_question(&mut self, action: Action) -> Vec<Want> {
        let Some(day) = self.day else { return Vec::new() };
        match confirm::answered(&mut self.ask, |ask| ask.act(action)) {
            confirm::Answer::Open => Vec::new(),
            confirm::Answer::No => vec![Want::Say(Notice::info("The day stays open."))],
            confirm::Answer::Yes => {
                let explained = self.explained().unwrap_or_default().to_owned();
                vec![Want::Do(Effect::CloseDay(day, explained, self.request.clone()))]
            }
        }
    }

    fn scroll(&mut self, action: Action) {
        let last = self.shown().map_or(0, |shown| shown.sheet.lines().count().saturating_sub(1));
        let to = match action {
            Action::Up => self.top.saturating_sub(1),
            Action::Down => self.top + 1,
            Action::PageUp => self.top.saturating_sub(PAGE),
            Action::PageDown => self.top + PAGE,
            Action::Last => last,
            _ => 0,
        };
        self.top = to.min(last);
    }

    fn act_on_explanation(&mut self, action: Action, seen: &Seen<'_>) -> Vec<Want> {
        match action {
            Action::Commit => self.commit(seen),
            Action::Back => {
                self.explain = None;
                vec![Want::Say(Notice::info("The day stays open; what was typed is kept."))]
            }
            Action::Accept => {
                vec![Want::Say(Notice::told("This is the only field.", "F9 goes on to the closing."))]
            }
            other => {
                let ignored = self.explain.as_mut().map(|field| field.act(other))
                    == Some(crate::tui::widget::Reply::Ignored);
                if ignored { useless() } else { Vec::new() }
            }
        }
    }

    fn says(&self, today: NaiveDate) -> String {
        let Some(day) = self.day else { return String::new() };
        let when = if day == today { " (today)" } else { "" };
        match &self.shown {
            None => format!("Reading the day {day}."),
            Some(Err(sorry)) => sorry.say.clone(),
            Some(Ok(shown)) => match (self.refusal(), shown.day.to_explain.len()) {
                (Some(_), _) => format!("{day}{when}: CLOSED"),
                (None, 0) => format!("{day}{when}: open"),
                (None, open) => format!("{day}{when}: open, {open} to explain before it can be closed"),
            },
        }
    }

    fn draw_explanation(&self, frame: &mut Frame<'_>, area: Rect, (seen, field): (&Seen<'_>, &Field)) {
        let style = |role| seen.theme.style(role);
        let open = self.shown().map_or(&[][..], |shown| &shown.day.to_explain);
        write(frame, area, 0, ("Still open: say what became of it, then F9.", style(Role::Title)));
        let room = usize::from(area.height).saturating_sub(4);
        for (at, say) in open.iter().take(room).enumerate() {
            let line = crate::tui::screen::sorry::capital(say);
            write(frame, area, at + 1, (&format!("  {line}"), style(Role::Plain)));
        }
        if open.len() > room {
            write(frame, area, room + 1, (&format!("  and {} more", open.len() - room), style(Role::Quiet)));
        }
        let place = below(area, open.len().min(room) + 2);
        field.draw(frame, place, Look { theme: seen.theme, focus: Focus::Here });
    }
}

impl Page for DayPage {
    fn title(&self) -> &'static str {
        "Day"
    }

    fn open(&mut self, seen: &Seen<'_>, request: Request) -> Vec<Want> {
        keep_first(&mut self.request, request);
        self.day.get_or_insert(seen.now.date_naive());
        self.load()
    }

    fn offers(&self, seen: &Seen<'_>) -> Vec<Offer> {
        let [help, back] = [Action::Help, Action::Back].map(Offer::yes);
        if self.ask.is_some() {
            return vec![Offer::yes(Action::Commit).called("close the day"), back.called("leave it open")];
        }
        if self.explain.is_some() {
            return vec![Offer::yes(Action::Commit).called("go on"), help, back];
        }
        let commit = self.refusal().map_or(Offer::yes(Action::Commit), |why| Offer::no(Action::Commit, why));
        let today = self.day.is_some_and(|day| day >= seen.now.date_naive());
        let later = if today {
            Offer::no(Action::Right, "This is today: no later day has figures")
        } else {
            Offer::yes(Action::Right)
        };
        vec![
            commit.called("close the day"),
            Offer::yes(Action::Print).called("print the sheet"),
            Offer::yes(Action::Left).called("day before"),
            later.called("day after"),
            Offer::yes(Action::PageDown).called("scroll"),
            Offer::yes(Action::Recheck),
            help,
            back,
        ]
    }

    fn act(&mut self, action: Action, seen: &Seen<'_>) -> Vec<Want> {
        if self.ask.is_some() {
            return self.answer_question(action);
        }
        if self.explain.is_some() {
            return self.act_on_explanation(action, seen);
        }
        let today = seen.now.date_naive();
        match action {
            Action::Commit => self.commit(seen),
            Action::Back => vec![Want::Back],
            Action::Recheck => self.load(),
            Action::Left => self.go(self.day.and_then(|day| day.pred_opt()), today),
            Action::Right => self.go(self.day.and_then(|day| day.checked_add_days(Days::new(1))), today),
            Action::Print => match self.day {
                Some(day) => vec![Want::Do(Effect::PrintSheet(Loose::Day(day), None))],
                None => useless(),
            },
            Action::Up | Action::Down | Action::PageUp | Action::PageDown | Action::First | Action::Last => {
                self.scroll(action);
                Vec::new()
            }
            _ => useless(),
        }
    }

    fn edit(&mut self, edit: Edit, _seen: &Seen<'_>) -> Vec<Want> {
        match (&mut self.ask, &mut self.explain, self.day) {
            (Some(ask), ..) => ask.edit(edit),
            (None, Some(field), Some(day)) => {
                field.edit(edit);
                // The day cannot be parked: a parked form would itself have to be explained.
                let kept = format!("{day} {}", field.text());
                return vec![Want::Remember(LastTime::from([(EXPLAIN, kept)]))];
            }
            _ => {
                let next = "F9 closes the day, Left and Right go to other days.";
                return vec![Want::Say(Notice::refused("Nothing is typed here.", next))];
            }
        }
        Vec::new()
    }

    fn take_back(&mut self) {
        match (&mut self.ask, &mut self.explain) {
            (Some(ask), _) => ask.take_back(),
            (None, Some(field)) => drop(field.take_back()),
            (None, None) => {}
        }
    }

    fn paste(&mut self, text: &str, _seen: &Seen<'_>) -> Vec<Want> {
        if let (None, Some(field)) = (&self.ask, &mut self.explain) {
            return pasted(field.paste(text));
        }
        not_pasted()
    }

    fn scan(&mut self, scan: &Scan, _seen: &Seen<'_>) -> Vec<Want> {
        match &mut self.ask {
            Some(ask) => {
                ask.drop_scan();
                Vec::new()
            }
            None => scanned_elsewhere(scan),
        }
    }

    fn answer(&mut self, answer: Answer, _seen: &Seen<'_>) -> Vec<Want> {
        match answer {
            Answer::Day(shown) => {
                self.shown = Some(shown);
                Vec::new()
            }
            Answer::DayClosed(Ok(day)) => {
                self.explain = None;
                self.top = 0;
                let says = format!("The day {} is closed. Ctrl+P prints its sheet.", day.day);
                let mut wants = self.load();
                wants.push(Want::Say(Notice::info(&says)));
                wants
            }
            Answer::Paper(Ok(printed), None) => {
                let says = format!("Written to {}", printed.file.display());
                vec![Want::Say(Notice::info(&says))]
            }
            Answer::Sent(file) => {
                vec![Want::Say(Notice::info(&format!("The printer has it: {}", file.display())))]
            }
            Answer::DayClosed(Err(sorry)) | Answer::Paper(Err(sorry), _) | Answer::Paper(_, Some(sorry)) => {
                vec![Want::Say(notice(&sorry))]
            }
            _ => Vec::new(),
        }
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, seen: &Seen<'_>) {
        match (&self.ask, &self.explain) {
            (Some(ask), _) => return ask.draw(frame, area, seen.theme),
            (None, Some(field)) => return self.draw_explanation(frame, area, (seen, field)),
            (None, None) => {}
        }
        let lines: Vec<&str> = self.shown().map_or_else(Vec::new, |shown| shown.sheet.lines().collect());
        let body = usize::from(area.height).saturating_sub(1);
        let top = self.top.min(lines.len().saturating_sub(body));
        let place = if lines.len() > body {
            format!("  (lines {} to {} of {})", top + 1, (top + body).min(lines.len()), lines.len())
        } else {
            String::new()
        };
        let says = self.says(seen.now.date_naive());
        let room = usize::from(area.width).saturating_sub(text::width(&place));
        let head = format!("{}{place}", text::cut(&says, room));
        write(frame, area, 0, (&head, seen.theme.style(Role::Title)));
        let sheet = crate::tui::screen::paper::full_width(area, frame.area());
        for (at, line) in lines.iter().skip(top).take(body).enumerate() {
            write(frame, sheet, at + 1, (line, seen.theme.style(Role::Plain)));
        }
    }

    fn echo(&self) -> Echo {
        Echo::AtOnce
    }

    fn question(&self) -> Option<u64> {
        self.ask.as_ref().map(Ask::number)
    }

    fn help(&self) -> Vec<String> {
        [
            "A day as it will stand on its sheet: cases, replacements, money by method, what took two persons, \
             parts that customers owe, the shelf, and the journal's newest line.",
            "Left and Right go to other days, Up, Down, PgUp and PgDn scroll, Ctrl+P prints the sheet.",
            "F9 closes the day. What is still open (missing units, bookings nobody kept, parked forms) must be \
             explained first. A closed day and those before it never change.",
        ]
        .map(str::to_owned)
        .to_vec()
    }
}

#[cfg(test)]
mod tests;
