//! First start: this counter's name, its region and its till number.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::desk::Counter;
use crate::domain::writing::Writing;
use crate::paper::text;
use crate::tui::effect::{Answer, Effect, Request};
use crate::tui::key::{Action, Edit};
use crate::tui::run::Echo;
use crate::tui::scan::Scan;
use crate::tui::screen::sorry::{pasted, told};
use crate::tui::screen::welcome::draw_two_things;
use crate::tui::screen::{Page, Seen, Want};
use crate::tui::theme::Role;
use crate::tui::widget::choice::Choice;
use crate::tui::widget::field::Field;
use crate::tui::widget::footer::Offer;
use crate::tui::widget::form::{Entry, Form};
use crate::tui::widget::notice::Notice;
use crate::tui::widget::{Reply, below, write};

const SITE: usize = 0;
const REGION: usize = 1;
const TILL: usize = 2;
const FIELDS: usize = 3;

/// The form that names a counter.
#[derive(Debug, Clone)]
pub struct SetupPage {
    regions: Vec<String>,
    form: Form,
}

/// The names of regions, for a list that can be typed into.
const NAMES: &[(&str, &str)] = &[
    ("AU", "Australia"),
    ("CA", "Canada"),
    ("CH", "Switzerland"),
    ("CN", "mainland China"),
    ("EU", "European Union"),
    ("GB", "United Kingdom"),
    ("HK", "Hong Kong"),
    ("JP", "Japan"),
    ("KR", "South Korea"),
    ("NO", "Norway"),
    ("TW", "Taiwan"),
    ("US", "United States"),
];

fn named(code: &String) -> String {
    let name = NAMES.iter().find(|(known, _)| known == code);
    name.map_or_else(|| code.clone(), |(code, name)| format!("{code}  {name}"))
}

impl SetupPage {
    /// An empty form with these regions to choose from.
    #[must_use]
    pub fn new(regions: &[String]) -> Self {
        let list = regions.iter().map(named).collect();
        let form = Form::new(vec![
            Entry::Text(Field::new("Centre", Writing::Centre.most())),
            Entry::Choice(Choice::new("Region", list)),
            Entry::Text(Field::new("Till number", 4).with_text("1")),
        ]);
        Self { regions: regions.to_vec(), form }
    }

    /// What was filled in, or where something is missing and what.
    fn counter(&self) -> Result<Counter, (usize, &'static str)> {
        let site = self.form.text(SITE).to_owned();
        if site.is_empty() {
            return Err((SITE, "Type the centre's name as it shall stand on papers"));
        }
        let chosen = self.form.chosen(REGION).and_then(|at| self.regions.get(at));
        let region =
            chosen.cloned().ok_or((REGION, "Choose the centre's region: F4 lists them, or type its name"))?;
        let till = self.form.text(TILL).parse().ok().filter(|till| (1..=9999).contains(till));
        Ok(Counter { site, region, till: till.ok_or((TILL, "A till's number is from 1 to 9999"))? })
    }

    fn commit(&mut self) -> Vec<Want> {
        match self.counter() {
            Ok(counter) => vec![Want::Do(Effect::SetUp(counter))],
            Err((at, why)) => {
                self.form.go_to(at);
                vec![Want::Say(Notice::refused("The counter is not named yet.", why))]
            }
        }
    }
}

impl Page for SetupPage {
    fn title(&self) -> &'static str {
        "Set-up"
    }

    fn open(&mut self, _seen: &Seen<'_>, _request: Request) -> Vec<Want> {
        Vec::new()
    }

    fn offers(&self, _seen: &Seen<'_>) -> Vec<Offer> {
        vec![
            Offer::yes(Action::Commit).called("name this counter"),
            Offer::yes(Action::Values),
            Offer::yes(Action::Back).called("later"),
            Offer::yes(Action::Help),
        ]
    }

    fn act(&mut self, action: Action, _seen: &Seen<'_>) -> Vec<Want> {
        match (self.form.act(action), action) {
            (Reply::Ignored, Action::Commit) => self.commit(),
            (Reply::Ignored, Action::Back) => vec![
                Want::Back,
                Want::Say(Notice::refused(
                    "This counter has no name yet.",
                    "Ctrl+G 0 asks again; cases need it.",
                )),
            ],
            (Reply::Ignored, _) => told(self.form.why_not(action)),
            _ => Vec::new(),
        }
    }

    fn edit(&mut self, edit: Edit, _seen: &Seen<'_>) -> Vec<Want> {
        match self.form.edit(edit) {
            Reply::Ignored => told(self.form.why_no_edit(edit)),
            _ => Vec::new(),
        }
    }

    fn take_back(&mut self) {
        self.form.take_back();
    }

    fn paste(&mut self, text: &str, _seen: &Seen<'_>) -> Vec<Want> {
        pasted(self.form.paste(text))
    }

    fn scan(&mut self, _scan: &Scan, _seen: &Seen<'_>) -> Vec<Want> {
        vec![Want::Say(Notice::refused(
            "The scan was not taken.",
            "Name this counter first, or leave with Esc.",
        ))]
    }

    fn answer(&mut self, answer: Answer, _seen: &Seen<'_>) -> Vec<Want> {
        match answer {
            Answer::SetUp(Err(sorry)) => {
                vec![Want::Say(Notice::refused("The counter is not named yet.", &sorry.say))]
            }
            _ => Vec::new(),
        }
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, seen: &Seen<'_>) {
        let says = "This counter needs a name, once; it cannot be changed later. It stands on every paper, \
                    and the region decides which plans can be served here.";
        let lines = text::wrap(says, usize::from(area.width).min(90));
        for (at, line) in lines.iter().enumerate() {
            write(frame, area, at + 1, (line, seen.theme.style(Role::Plain)));
        }
        let form = below(area, lines.len() + 2);
        self.form.draw(frame, Rect { width: form.width.min(80), ..form }, seen.theme);
        if seen.shop.empty {
            let says = "There is no device here yet. After this, or before it, one of two things:";
            draw_two_things(frame, below(form, FIELDS + 1), ((says, Role::Plain), seen));
        }
    }

    fn echo(&self) -> Echo {
        Echo::AtOnce
    }

    fn help(&self) -> Vec<String> {
        vec![
            "Centre: the name customers know. It stands on every paper.".to_owned(),
            "Region: where this centre is. A plan is good only in the region it was bought for (C9).".to_owned(),
            "Till number: each counter of the centre has its own, from 1 on, so that case numbers never meet."
                .to_owned(),
            "Enter goes to the next field. F9 saves. The same name again changes nothing.".to_owned(),
        ]
    }
}
