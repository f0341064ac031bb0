//! What the program asks of the page of a case: keys, scans, answers, drawing.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::repository::request::Parked;
use crate::tui::effect::{Answer, Effect, Request};
use crate::tui::key::{Action, Edit};
use crate::tui::run::Echo;
use crate::tui::scan::Scan;
use crate::tui::screen::case::next::Next;
use crate::tui::screen::case::saved::Saved;
use crate::tui::screen::case::task::Task;
use crate::tui::screen::case::{CasePage, Subject, draw, help};
use crate::tui::screen::sorry::{not_pasted, notice, pasted, scanned_elsewhere};
use crate::tui::screen::{Page, Seen, Want, keep_first};
use crate::tui::theme::Role;
use crate::tui::widget::confirm::Confirm;
use crate::tui::widget::footer::Offer;
use crate::tui::widget::notice::Notice;
use crate::tui::widget::{Pasted, Reply, write};

impl Page for CasePage {
    fn title(&self) -> &'static str {
        match self.subject {
            Subject::New(_) => "New case",
            Subject::Case(..) => "Case",
        }
    }

    fn open(&mut self, seen: &Seen<'_>, request: Request) -> Vec<Want> {
        self.now = Some(seen.now);
        keep_first(&mut self.request, request);
        self.go_on(seen);
        match (&self.subject, &self.ground) {
            // A form for this device may be parked already: it is the one to go on with.
            (Subject::New(_), Some(_)) if seen.shop.parked > 0 && self.parked.is_none() => {
                vec![Want::Do(Effect::Parked)]
            }
            (Subject::New(_), Some(_)) => Vec::new(),
            _ => self.load(),
        }
    }

    fn offers(&self, seen: &Seen<'_>) -> Vec<Offer> {
        help::offers(self, seen)
    }

    fn act(&mut self, action: Action, seen: &Seen<'_>) -> Vec<Want> {
        if self.confirm.is_some() {
            return self.answer_question(action, seen);
        }
        if self.over.is_some() {
            return self.act_over(action, seen);
        }
        let open = self.task.as_ref().is_some_and(Task::is_open);
        let own = matches!(action, Action::PageUp | Action::PageDown | Action::Commit | Action::Back);
        if self.is_bare() || (own && !open) {
            return self.command(action, seen);
        }
        match self.with_task(seen, |task, about| task.act(action, about)) {
            Some(Reply::Ignored) | None => self.command(action, seen),
            Some(Reply::Moved | Reply::Changed | Reply::NewStep) => self.check(seen),
        }
    }

    fn edit(&mut self, edit: Edit, seen: &Seen<'_>) -> Vec<Want> {
        if let Some(confirm) = &mut self.confirm {
            confirm.edit(edit);
            return Vec::new();
        }
        if self.over.is_some() {
            return self.edit_over(edit, seen);
        }
        let reply = self.with_task(seen, |task, about| task.edit(edit, about));
        let mut wants = self.check(seen);
        let why = match (&self.task, reply) {
            (Some(task), Some(Reply::Ignored)) => task.why_no_edit(edit),
            (None, _) => Some(Notice::refused(
                "Nothing is typed here now.",
                "F9 does what comes next, F4 lists all other steps.",
            )),
            _ => None,
        };
        wants.extend(why.map(Want::Say));
        wants
    }

    fn refused(&mut self, action: Action, seen: &Seen<'_>) {
        if action == Action::Commit {
            self.with_task(seen, Task::go_to_missing);
        }
    }

    fn take_back(&mut self) {
        match (&mut self.confirm, &mut self.task) {
            (Some(confirm), _) => confirm.take_back(),
            (None, Some(task)) if self.over.is_none() => task.take_back(),
            (None, _) => {}
        }
    }

    fn paste(&mut self, text: &str, seen: &Seen<'_>) -> Vec<Want> {
        if self.confirm.is_some() || self.over.is_some() {
            return not_pasted();
        }
        let done = self.with_task(seen, |task, about| task.paste(text, about));
        let mut wants = self.check(seen);
        wants.extend(pasted(done.unwrap_or(Pasted::NOWHERE)));
        wants
    }

    fn scan(&mut self, scan: &Scan, seen: &Seen<'_>) -> Vec<Want> {
        if let Some(confirm) = &mut self.confirm {
            confirm.drop_scan();
            return Vec::new();
        }
        self.over = None;
        let unit = match scan {
            Scan::Serial(serial) => Some(serial.as_str()),
            Scan::Stock(label) => Some(label.as_str()),
            Scan::Case(_) => None,
        };
        if let (Some(unit), Some(task)) = (unit, &mut self.task)
            && task.scan(unit)
        {
            return Vec::new();
        }
        let same = matches!(scan, Scan::Serial(serial) if Some(serial.as_str()) == self.serial());
        if same {
            return vec![Want::Say(Notice::info("This is the unit of this case."))];
        }
        match (scan, self.next(seen)) {
            (Scan::Serial(_) | Scan::Stock(_), Some(Next::Issue)) => {
                vec![Want::Say(Notice::refused(
                    "Nothing was handed out.",
                    "Press F9 first, then scan the new unit.",
                ))]
            }
            _ if self.form().is_some() => {
                let says = "The scan is another unit than the one of this form; the form stays.";
                vec![Want::Say(Notice::refused(says, "Put the form aside with F7 first, then scan again."))]
            }
            _ => scanned_elsewhere(scan),
        }
    }

    fn answer(&mut self, answer: Answer, seen: &Seen<'_>) -> Vec<Want> {
        match answer {
            Answer::Case(Ok(view)) | Answer::Issued(Ok(view)) => self.loaded(*view, seen),
            Answer::Card(serial, Ok(found)) if Some(serial.as_str()) == self.serial() => {
                self.card(found, seen)
            }
            Answer::Checked(asked, Ok(decision)) => {
                self.decided((&asked, &decision), seen);
                if let Some((now, shown)) = &mut self.checked
                    && *now == *asked
                {
                    *shown = Some(decision);
                }
                Vec::new()
            }
            Answer::Parked(Ok(forms)) => self.take_up_parked(&forms),
            Answer::Case(Err(sorry)) | Answer::Issued(Err(sorry)) | Answer::Card(_, Err(sorry)) => {
                self.acting = false;
                vec![Want::Say(notice(&sorry))]
            }
            _ => Vec::new(),
        }
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, seen: &Seen<'_>) {
        match self.about(seen) {
            Some(about) => {
                if let Some(confirm) = &self.confirm {
                    return confirm.draw(frame, area, seen.theme);
                }
                draw::page(frame, area, (self, &about));
            }
            None => match self.view() {
                Some(view) => draw::without_device(frame, area, (self, view, seen.theme)),
                None => write(frame, area, 0, ("Reading the case.", seen.theme.style(Role::Quiet))),
            },
        }
    }

    fn form(&self) -> Option<Parked> {
        let task = self.task.as_ref()?;
        let worth = task.form().is_edited() || self.parked_here().is_some();
        if !worth || task.is_bare() {
            return None;
        }
        let (serial, number) = (self.serial()?, self.view().map(|view| view.number.as_str()));
        let saved = Saved::of(task, (&self.request(), serial), number);
        let at = self.now.map(|now| now.to_rfc3339()).unwrap_or_default();
        let title = help::title(self, task, serial);
        Some(Parked { id: saved.request.clone(), title, body: saved.body(), at })
    }

    fn echo(&self) -> Echo {
        Echo::AtOnce
    }

    fn question(&self) -> Option<u64> {
        self.confirm.as_ref().map(Confirm::number)
    }

    fn help(&self) -> Vec<String> {
        help::help(self)
    }
}
