//! The appointment of a case: booked, moved, called off, or missed.

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta};
use ratatui::Frame;
use ratatui::layout::Rect;
use serde::{Deserialize, Serialize};

use crate::desk::CaseView;
use crate::desk::visit::Appointment;
use crate::domain::case::State;
use crate::domain::day::{parse_day, parse_instant};
use crate::domain::event::Booking;
use crate::paper::text;
use crate::repository::request::Parked;
use crate::tui::effect::visit::{Told, Wish};
use crate::tui::effect::{Answer, Effect, Request, Sorry};
use crate::tui::key::{Action, Edit};
use crate::tui::run::Echo;
use crate::tui::screen::queue;
use crate::tui::screen::sorry::{notice, pasted, told};
use crate::tui::screen::{Page, Seen, Want, keep_first};
use crate::tui::theme::Role;
use crate::tui::widget::choice::Choice;
use crate::tui::widget::footer::Offer;
use crate::tui::widget::form::{Entry, Form, Kept};
use crate::tui::widget::notice::Notice;
use crate::tui::widget::{Reply, below, write};

mod form;

use form::{DAY, TIME, Verb, WHAT, day_field, form};

/// How many closed or full days are passed over for the first free one.
const PASSED_OVER: i64 = 7;

type Slot = DateTime<FixedOffset>;

/// The form as it is put aside.
#[derive(Debug, Serialize, Deserialize)]
struct Saved {
    screen: String,
    request: String,
    number: String,
    form: Kept,
}

/// The word by which a parked form says that it is this screen's.
const SCREEN: &str = "appointment";

/// The appointment of one case.
#[derive(Debug)]
pub struct VisitPage {
    number: String,
    case: Option<Result<Box<CaseView>, Sorry>>,
    form: Form,
    /// The day whose free times were asked for, and these times.
    asked: Option<NaiveDate>,
    slots: Vec<Slot>,
    request: Request,
    /// Whether the form was taken up from the parked ones.
    parked: bool,
    now: String,
}

impl VisitPage {
    /// The appointment of the case with this number.
    #[must_use]
    pub fn new(number: String) -> Self {
        Self {
            number,
            case: None,
            form: form(Vec::new(), NaiveDate::default()),
            asked: None,
            slots: Vec::new(),
            request: Request::new(),
            parked: false,
            now: String::new(),
        }
    }

    /// A form that was put aside; none when it is another screen's.
    #[must_use]
    pub fn take_up(parked: &Parked) -> Option<Self> {
        let saved: Saved = serde_json::from_str(&parked.body).ok()?;
        let form = form(Verb::ON_BOOKED.to_vec(), NaiveDate::default()).with_kept(&saved.form);
        let page = Self::new(saved.number);
        (saved.screen == SCREEN).then_some(Self { form, request: saved.request, parked: true, ..page })
    }

    fn view(&self) -> Option<&CaseView> {
        self.case.as_ref()?.as_ref().ok().map(Box::as_ref)
    }

    /// The booked slot.
    fn booked(&self) -> Option<Slot> {
        let living = self.view()?.appointment.as_ref().filter(|it| it.state == Booking::Booked.as_str())?;
        parse_instant(&living.slot).ok()
    }

    fn verb(&self) -> Verb {
        let chosen = self.form.chosen(WHAT).and_then(|at| Verb::ON_BOOKED.get(at)).copied();
        if self.booked().is_some() { chosen.unwrap_or(Verb::Move) } else { Verb::Book }
    }

    fn slot(&self) -> Option<Slot> {
        self.slots.get(self.form.chosen(TIME)?).copied()
    }

    /// Why the verb cannot be done now.
    fn refusal(&self) -> Option<String> {
        let view = match &self.case {
            None => return Some("The case is not read yet".to_owned()),
            Some(Err(sorry)) => return Some(sorry.say.clone()),
            Some(Ok(view)) => view,
        };
        if view.state != State::Recorded.as_str() {
            let state = queue::state(&view.state);
            return Some(format!("Case {} is {state}: nothing is to be booked any more", view.number));
        }
        match self.verb() {
            Verb::CallOff | Verb::NoShow => None,
            Verb::Book | Verb::Move if self.slot().is_some() => None,
            Verb::Book | Verb::Move => Some(match parse_day(self.form.text(DAY)) {
                Err(bad) => format!("{bad}. F4 in the field lists the days"),
                Ok(day) if self.slots.is_empty() => {
                    format!("Nothing is free on {day}: choose another day, PgDn goes to the next")
                }
                Ok(_) => "No time is chosen: F4 in the field lists the free ones".to_owned(),
            }),
        }
    }

    fn label(&self) -> String {
        let time = self.slot().map_or_else(String::new, |slot| slot.format(" %H:%M").to_string());
        match self.verb() {
            Verb::Book => format!("book{time}"),
            Verb::Move => format!("move to{time}"),
            Verb::CallOff => "call it off".to_owned(),
            Verb::NoShow => "nobody came".to_owned(),
        }
    }

    fn commit(&mut self) -> Vec<Want> {
        let (number, request) = (self.number.clone(), self.request.clone());
        let wish = match (self.verb(), self.slot()) {
            (Verb::CallOff, _) => Wish::CallOff(number, request),
            (Verb::NoShow, _) => Wish::NoShow(number, request),
            (Verb::Book, Some(slot)) => Wish::Book(number, slot, request),
            (Verb::Move, Some(slot)) => Wish::Move(number, slot, request),
            (Verb::Book | Verb::Move, None) => return Vec::new(),
        };
        vec![Want::Do(Effect::Visit(wish))]
    }

    /// Hides what the verb does not ask for, and reads the free times of another day.
    fn follow(&mut self) -> Vec<Want> {
        let mut hidden = if self.booked().is_some() { Vec::new() } else { vec![WHAT] };
        if let Verb::CallOff | Verb::NoShow = self.verb() {
            hidden.extend([DAY, TIME]);
        }
        self.form.hide(hidden);
        if !self.form.is_shown(self.form.at()) {
            self.form.go_to(if self.form.is_shown(WHAT) { WHAT } else { DAY });
        }
        let day = parse_day(self.form.text(DAY)).ok();
        if day == self.asked {
            return Vec::new();
        }
        self.asked = day;
        self.show(Vec::new());
        day.map(|day| Want::Do(Effect::Visit(Wish::Slots(day)))).into_iter().collect()
    }

    fn show(&mut self, slots: Vec<Slot>) {
        let before = self.form.text(TIME).to_owned();
        let times: Vec<String> = slots.iter().map(|slot| slot.format("%H:%M").to_string()).collect();
        let at = times.iter().position(|time| *time == before).unwrap_or(0);
        self.form.replace(TIME, Entry::Choice(Choice::new("Time", times).with_chosen(at)));
        self.slots = slots;
    }

    fn turn_day(&mut self, days: i64) -> Vec<Want> {
        let Ok(day) = parse_day(self.form.text(DAY)) else { return Vec::new() };
        let to = day.checked_add_signed(TimeDelta::days(days)).unwrap_or(day);
        self.form.set_text(DAY, &to.to_string());
        self.follow()
    }

    fn free(&mut self, day: NaiveDate, free: Result<Vec<Slot>, Sorry>, seen: &Seen<'_>) -> Vec<Want> {
        if self.asked != Some(day) {
            return Vec::new();
        }
        match free {
            Err(sorry) => vec![Want::Say(notice(&sorry))],
            Ok(slots) => {
                let near = (day - seen.now.date_naive()).num_days() < PASSED_OVER;
                let none = slots.is_empty();
                self.show(slots);
                // Nobody has chosen a day yet: the first that has something free is meant.
                if none && near && !self.form.is_edited() {
                    self.open_on(day + TimeDelta::days(1), seen)
                } else {
                    Vec::new()
                }
            }
        }
    }

    fn open_on(&mut self, day: NaiveDate, seen: &Seen<'_>) -> Vec<Want> {
        let today = seen.now.date_naive();
        self.form = form(Verb::ON_BOOKED.to_vec(), today);
        self.form.replace(DAY, Entry::Text(day_field(today).with_text(&day.to_string())));
        self.follow()
    }

    fn loaded(&mut self, case: Result<Box<CaseView>, Sorry>, seen: &Seen<'_>) -> Vec<Want> {
        let said = case.as_ref().err().map(|sorry| Want::Say(notice(sorry)));
        self.case = Some(case);
        let today = seen.now.date_naive();
        let mut wants = if self.form.is_edited() {
            let text = self.form.text(DAY).to_owned();
            self.form.replace(DAY, Entry::Text(day_field(today).with_text(&text)));
            self.asked = None;
            self.follow()
        } else {
            self.asked = None;
            self.open_on(self.booked().map_or(today, |slot| slot.date_naive()).max(today), seen)
        };
        wants.extend(said);
        wants
    }

    fn done(&mut self, done: Result<Appointment, Sorry>) -> Vec<Want> {
        let done = match done {
            Ok(done) => done,
            Err(sorry) => {
                // Somebody else may have taken it: read what is free now.
                self.asked = None;
                let mut wants = self.follow();
                wants.push(Want::Say(notice(&sorry)));
                return wants;
            }
        };
        self.form = form(Vec::new(), NaiveDate::default());
        let slot = parse_instant(&done.slot).map_or(done.slot, |at| at.format("%Y-%m-%d %H:%M").to_string());
        let says = match done.state {
            Booking::Booked => format!("Case {} is booked for {slot}.", done.number),
            Booking::Moved => format!("Case {} is moved to {slot}.", done.number),
            Booking::Cancelled => format!("The appointment of case {} at {slot} is called off.", done.number),
            Booking::NoShow => {
                format!("Noted: nobody came at {slot}. Case {} can be booked again.", done.number)
            }
            Booking::Kept => format!("The customer of case {} came.", done.number),
        };
        let unpark = std::mem::take(&mut self.parked).then(|| Want::Do(Effect::Unpark(self.request.clone())));
        let mut wants: Vec<Want> = unpark.into_iter().collect();
        wants.extend([Want::Back, Want::Say(Notice::info(&says))]);
        wants
    }
}

impl Page for VisitPage {
    fn title(&self) -> &'static str {
        "Appointment"
    }

    fn open(&mut self, seen: &Seen<'_>, request: Request) -> Vec<Want> {
        keep_first(&mut self.request, request);
        self.now = seen.now.to_rfc3339();
        vec![Want::Do(Effect::Case(self.number.clone()))]
    }

    fn offers(&self, _seen: &Seen<'_>) -> Vec<Offer> {
        let act = match self.refusal() {
            None => Offer::yes(Action::Commit),
            Some(why) => Offer::no(Action::Commit, why),
        };
        vec![
            act.called(self.label()),
            Offer::yes(Action::Values),
            Offer::yes(Action::PageDown).called("next day"),
            Offer::yes(Action::Recheck).called("read again"),
            Offer::yes(Action::Back),
            Offer::yes(Action::Help),
        ]
    }

    fn act(&mut self, action: Action, _seen: &Seen<'_>) -> Vec<Want> {
        match (action, self.form.is_open()) {
            (Action::PageDown, false) => return self.turn_day(1),
            (Action::PageUp, false) => return self.turn_day(-1),
            (Action::Commit, _) => return self.commit(),
            (Action::Recheck, _) => return vec![Want::Do(Effect::Case(self.number.clone()))],
            _ => {}
        }
        match (self.form.act(action), action) {
            (Reply::Ignored, Action::Back) => vec![Want::Back],
            (Reply::Ignored, _) => told(self.form.why_not(action)),
            _ => self.follow(),
        }
    }

    fn edit(&mut self, edit: Edit, _seen: &Seen<'_>) -> Vec<Want> {
        match self.form.edit(edit) {
            Reply::Ignored => told(self.form.why_no_edit(edit)),
            _ => self.follow(),
        }
    }

    fn take_back(&mut self) {
        self.form.take_back();
    }

    fn paste(&mut self, text: &str, _seen: &Seen<'_>) -> Vec<Want> {
        let done = self.form.paste(text);
        let mut wants = self.follow();
        wants.extend(pasted(done));
        wants
    }

    fn answer(&mut self, answer: Answer, seen: &Seen<'_>) -> Vec<Want> {
        match answer {
            Answer::Case(case) => self.loaded(case, seen),
            Answer::Visit(Told::Slots(day, free)) => self.free(day, free, seen),
            Answer::Visit(Told::Done(done)) => self.done(done),
            _ => Vec::new(),
        }
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, seen: &Seen<'_>) {
        let style = |role| seen.theme.style(role);
        let Some(view) = self.view() else {
            let says = match &self.case {
                Some(Err(sorry)) => sorry.say.as_str(),
                _ => "Reading the case.",
            };
            write(frame, area, 0, (says, style(Role::Quiet)));
            return;
        };
        let head = format!("Case {}  {}  {}", view.number, view.serial, queue::state(&view.state));
        let phone = view.customer.phone.as_deref().unwrap_or("no phone");
        let now = match (self.booked(), &view.appointment) {
            (Some(slot), _) => format!("Booked for {}", slot.format("%Y-%m-%d %H:%M, %A")),
            (None, Some(last)) if last.state == Booking::NoShow.as_str() => {
                format!("Nobody came on {}", text::moment(&last.slot))
            }
            (None, _) => "No appointment is booked".to_owned(),
        };
        write(frame, area, 0, (&head, style(Role::Title)));
        write(frame, area, 1, (&format!("{}, {phone}", view.customer.name), style(Role::Plain)));
        write(frame, area, 2, (&now, style(Role::Plain)));
        let below = below(area, 4);
        if view.state == State::Recorded.as_str() {
            self.form.draw(frame, below, seen.theme);
        } else if let Some(why) = self.refusal() {
            write(frame, below, 0, (&why, style(Role::Bad)));
        }
    }

    fn form(&self) -> Option<Parked> {
        if !self.form.is_edited() {
            return None;
        }
        let saved = Saved {
            screen: SCREEN.to_owned(),
            request: self.request.clone(),
            number: self.number.clone(),
            form: self.form.kept(),
        };
        let body = serde_json::to_string(&saved).ok()?;
        let title = format!("Appointment of case {}", self.number);
        Some(Parked { id: self.request.clone(), title, body, at: self.now.clone() })
    }

    fn echo(&self) -> Echo {
        Echo::AtOnce
    }

    fn help(&self) -> Vec<String> {
        [
            "F4 in \"Day\" lists the coming days, in \"Time\" the free times of that day; PgDn and PgUp go a day on \
             and back. F9 does what its label says.",
            "A booked appointment can be moved, called off, or noted as missed once its time is over. \
             When the customer comes, the case is received as any other (C32).",
        ]
        .map(str::to_owned)
        .to_vec()
    }
}
