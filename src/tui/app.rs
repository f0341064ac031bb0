//! The model: a stack of screens, the lines around them, and what every screen has in common.
//!
//! `update` is pure: messages in, effects out. The bottom of the stack is always a lookup.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};
use ratatui::layout::Size;

use crate::desk::practice::Task;
use crate::desk::{CaseView, Purpose};
use crate::domain::clause::Clause;
use crate::tui::effect::{Answer, Effect, Shop, Sorry};
use crate::tui::event::Msg;
use crate::tui::key::{Action, Edit};
use crate::tui::run::{Echo, Program};
use crate::tui::scan::Scan;
use crate::tui::screen::{Page, Seen};
use crate::tui::theme::Theme;
use crate::tui::widget::form::LastTime;
use crate::tui::widget::notice::Notice;
use crate::tui::widget::{footer, too_small};

mod draw;
mod go;
mod over;
mod slot;
mod stack;

use over::{Over, Reaction};
pub use slot::Screen;
use slot::Slot;

/// What the model is made with.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Who works here.
    pub who: String,
    /// Stock phrases for the customer's words.
    pub phrases: Vec<String>,
    /// A real shop, or one to learn in.
    pub purpose: Purpose,
    /// How meaning looks.
    pub theme: Theme,
    /// The regions a counter can stand in.
    pub regions: Vec<String>,
    /// The clauses' short texts, for help.
    pub clauses: BTreeMap<Clause, String>,
    /// What to try in a practice shop.
    pub tasks: Vec<Task>,
    /// How the program is called for this shop.
    pub command: String,
    /// Where request ids start, another for each run.
    pub seed: String,
    /// The moment before the first clock message.
    pub now: DateTime<FixedOffset>,
}

/// The model.
pub struct App {
    settings: Settings,
    shop: Shop,
    file: File,
    stack: Vec<Slot>,
    over: Over,
    notice: Notice,
    requests: u64,
    about: About,
    /// Screens left with a form whose parking has not been answered.
    left: Vec<Slot>,
    /// What forms held when they were done.
    last: LastTime,
    /// The window, once it is known.
    window: Option<Size>,
}

/// What was on screen last, for the go menu.
#[derive(Debug, Default)]
struct About {
    serial: Option<String>,
    case: Option<Box<CaseView>>,
}

/// Whether the shop's file is open.
#[derive(Debug, Clone, PartialEq, Eq)]
enum File {
    Opening,
    Open,
    Shut(Sorry),
}

impl App {
    /// The model before anything has happened.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self {
            settings,
            shop: Shop::default(),
            file: File::Opening,
            stack: vec![Slot::new(Screen::lookup())],
            over: Over::None,
            notice: Notice::default(),
            requests: 0,
            about: About::default(),
            left: Vec::new(),
            last: LastTime::new(),
            window: None,
        }
    }

    /// Tells whether nobody can see what a key would do.
    fn is_hidden(&self) -> bool {
        self.window.is_some_and(too_small::is_too_small)
    }

    fn page(&self) -> Option<&dyn Page> {
        self.stack.last().map(|slot| slot.screen.page())
    }

    fn seen(&self) -> Seen<'_> {
        seen(&self.settings, (&self.shop, &self.last))
    }

    /// A key of the table: for what lies over the screen, for the program, or for the screen.
    fn act(&mut self, action: Action) -> Vec<Effect> {
        self.notice = Notice::default();
        match self.over.act(action) {
            Reaction::Mine => Vec::new(),
            Reaction::Do(chosen) => self.command(chosen),
            Reaction::Not => self.command(action),
        }
    }

    fn command(&mut self, action: Action) -> Vec<Effect> {
        match (action, &self.file) {
            (Action::Quit, _) => return self.quit(),
            (Action::Help, _) => self.over = self.help(),
            (Action::Menu, _) => self.over = Over::menu(),
            (Action::Recheck, File::Shut(_)) => {
                self.file = File::Opening;
                return vec![Effect::Open];
            }
            (_, File::Shut(_)) => self.notice = stuck(),
            (Action::Find, _) => return self.home(),
            (Action::Go(place), _) => return self.go(place),
            (Action::Park, _) => return self.park(),
            (Action::Parked, _) => return self.parked(),
            (Action::Lock, _) => self.refuse("There is no lock yet: anybody here can work."),
            _ => return self.for_page(action),
        }
        Vec::new()
    }

    /// Gives an action to the screen, or says why it cannot be done now.
    fn for_page(&mut self, action: Action) -> Vec<Effect> {
        let offers = self.page().map(|page| page.offers(&self.seen())).unwrap_or_default();
        let offered = offers.iter().any(|offer| offer.action == action);
        match footer::refusal(&offers, action) {
            Some(why) if offered || is_verb(action) => {
                let effects = self.with_page(|page, seen| {
                    page.refused(action, seen);
                    Vec::new()
                });
                self.refuse(&why);
                effects
            }
            _ => self.with_page(|page, seen| page.act(action, seen)),
        }
    }

    fn refuse(&mut self, why: &str) {
        // What to do stands behind the first colon or full stop of a reason, on a line of its own.
        let (says, next) = why.split_once(": ").or_else(|| why.split_once(". ")).unwrap_or((why, ""));
        self.notice = Notice::refused(&capital(says), &capital(next));
    }

    fn edit(&mut self, edit: Edit) -> Vec<Effect> {
        self.notice = Notice::default();
        match self.over.edit(edit) {
            Reaction::Mine => Vec::new(),
            Reaction::Do(action) => self.command(action),
            Reaction::Not => self.with_page(|page, seen| page.edit(edit, seen)),
        }
    }

    fn scan(&mut self, scan: &Scan) -> Vec<Effect> {
        if let File::Shut(_) = self.file {
            self.notice = stuck();
            return Vec::new();
        }
        // A question drops the scan and says so itself.
        self.over = Over::None;
        self.notice = Notice::default();
        self.with_page(|page, seen| page.scan(scan, seen))
    }

    fn paste(&mut self, text: &str) -> Vec<Effect> {
        if !self.over.is_none() {
            self.notice =
                Notice::refused("The paste was not taken.", "Esc closes what lies over the screen.");
            return Vec::new();
        }
        self.notice = Notice::default();
        self.with_page(|page, seen| page.paste(text, seen))
    }

    fn unknown(&mut self, text: &str) {
        let question = self.page().and_then(Page::question).is_some();
        self.notice = if question { Notice::dropped_scan() } else { Notice::unknown_scan(text) };
    }

    fn take_back(&mut self) {
        if let Some(slot) = self.stack.last_mut().filter(|_| self.over.is_none()) {
            slot.screen.page_mut().take_back();
        }
    }

    /// What the desk says: the program's own share, then the screen's.
    fn answer(&mut self, answer: Answer) -> Vec<Effect> {
        match answer {
            Answer::Opened(Ok(shop)) => self.opened(shop),
            Answer::Opened(Err(sorry)) => {
                self.file = File::Shut(sorry);
                Vec::new()
            }
            Answer::Put(Err(sorry)) => self.not_put(&sorry),
            Answer::Put(Ok(shop)) => {
                self.left.clear();
                self.counted(shop)
            }
            Answer::Shop(shop) => self.counted(shop),
            Answer::SetUp(Ok(shop)) => self.named(shop),
            Answer::Told(sorry) => {
                self.say(&sorry);
                Vec::new()
            }
            other => self.for_screens(other),
        }
    }

    fn for_screens(&mut self, answer: Answer) -> Vec<Effect> {
        self.note(&answer);
        let changed = match &answer {
            Answer::Case(Ok(_)) | Answer::Issued(Ok(_)) => true,
            Answer::Stock(said) => said.is_done(),
            _ => false,
        };
        // Another window has imported while this one stood on an empty shop.
        let filled = self.shop.empty && matches!(answer, Answer::Card(_, Ok(Some(_))));
        let mut effects = self.with_page(|page, seen| page.answer(answer, seen));
        if filled {
            effects.push(Effect::Counts);
        }
        if changed {
            effects.extend(self.done_with_form());
            effects.push(Effect::Counts);
        }
        effects
    }

    /// Remembers what is spoken of, for the go menu.
    fn note(&mut self, answer: &Answer) {
        match answer {
            Answer::Card(serial, Ok(Some(_))) => {
                self.about.serial = Some(serial.clone());
                self.about.case = self.about.case.take().filter(|case| case.serial == *serial);
            }
            Answer::Case(Ok(case)) | Answer::Issued(Ok(case)) => {
                self.about.serial = Some(case.serial.clone());
                self.about.case = Some(case.clone());
            }
            _ => {}
        }
    }

    fn say(&mut self, sorry: &Sorry) {
        self.refuse(&sorry.say);
    }

    /// The help of the screen on top, with the clauses it names.
    fn help(&self) -> Over {
        let lines = self.page().map(Page::help).unwrap_or_default();
        Over::help(&lines, &self.settings.clauses)
    }
}

/// What a screen may see.
fn seen<'a>(settings: &'a Settings, (shop, last): (&'a Shop, &'a LastTime)) -> Seen<'a> {
    Seen {
        now: settings.now,
        shop,
        theme: settings.theme,
        phrases: &settings.phrases,
        tasks: &settings.tasks,
        last,
        command: &settings.command,
    }
}

/// Tells whether an action is a verb that must be offered; the others move about in what is there.
fn is_verb(action: Action) -> bool {
    matches!(
        action,
        Action::Commit | Action::NewCase | Action::Why | Action::Print | Action::Recheck | Action::Steps
    )
}

fn stuck() -> Notice {
    Notice::refused("The shop's file is not open.", "F5 tries again, Ctrl+Q leaves.")
}

/// A sentence with its first letter in capitals; a serial or a word of the file stays as it is.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

impl Program for App {
    type Effect = Effect;
    type Answer = Answer;

    fn update(&mut self, msg: Msg<Answer>) -> Vec<Effect> {
        match msg {
            Msg::Clock(now) => self.settings.now = now,
            Msg::Start => return vec![Effect::Open],
            Msg::Act(action) if self.is_hidden() && action != Action::Quit => {}
            Msg::Edit(_) | Msg::TakeBack | Msg::Scan(_) | Msg::Unknown(_) | Msg::Paste(_)
                if self.is_hidden() => {}
            Msg::Act(action) => return self.act(action),
            Msg::Edit(edit) => return self.edit(edit),
            Msg::TakeBack => self.take_back(),
            Msg::Scan(scan) => return self.scan(&scan),
            Msg::Unknown(text) => self.unknown(&text),
            Msg::Paste(text) => return self.paste(&text),
            Msg::Resize(window) => self.window = Some(window),
            Msg::Answer(answer) => return self.answer(answer),
            Msg::Stop => return self.park_all(),
        }
        Vec::new()
    }

    fn view(&self, frame: &mut ratatui::Frame<'_>) {
        self.draw(frame);
    }

    fn echo(&self) -> Echo {
        match self.over {
            Over::None => self.page().map_or(Echo::AtOnce, Page::echo),
            Over::Menu(_) | Over::Help(_) => Echo::Held,
        }
    }

    fn question(&self) -> Option<u64> {
        self.page().and_then(Page::question)
    }
}

#[cfg(test)]
mod tests;
