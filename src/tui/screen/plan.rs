//! The plan of a product: bound, extended, taken back, and the maker's notices that a binding rests on.

use chrono::{DateTime, FixedOffset};
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};

use crate::desk::enrol::{NoticeView, PlanView, Unit};
use crate::domain::facts::ProductGoes;
use crate::paper::text;
use crate::repository::request::Parked;
use crate::tui::effect::enrol::{Standing, Told, Wish};
use crate::tui::effect::{Answer, Effect, Request, Sorry};
use crate::tui::key::{Action, Edit};
use crate::tui::run::Echo;
use crate::tui::screen::sorry::{capital, notice, pasted, told};
use crate::tui::screen::verdict::Line;
use crate::tui::screen::{Page, Seen, Want, keep_first};
use crate::tui::theme::Role;
use crate::tui::widget::footer::Offer;
use crate::tui::widget::list::unseen;
use crate::tui::widget::notice::Notice;
use crate::tui::widget::{Reply, write};

mod form;
mod says;

use form::{Asked, Saved, Verb};

/// Rows a page key goes.
const STEP: usize = 5;

/// The plan of one product.
#[derive(Debug)]
pub struct PlanPage {
    serial: String,
    standing: Option<Result<Box<Standing>, Sorry>>,
    asked: Asked,
    /// For what the rules were asked.
    seen: Option<(Unit, ProductGoes)>,
    /// Lines of the decision that are scrolled away.
    above: usize,
    request: Request,
    acts: u32,
    /// The request of a form that was taken up from the parked ones.
    parked: Option<String>,
    now: DateTime<FixedOffset>,
}

impl PlanPage {
    /// The plan of the product with this serial.
    #[must_use]
    pub fn new(serial: String) -> Self {
        let now = DateTime::default();
        Self {
            serial,
            standing: None,
            asked: Asked::new(Verb::Bind, now),
            seen: None,
            above: 0,
            request: Request::new(),
            acts: 0,
            parked: None,
            now,
        }
    }

    /// A form that was put aside; none when it is another screen's.
    #[must_use]
    pub fn take_up(parked: &Parked) -> Option<Self> {
        let saved = Saved::read(&parked.body)?;
        let (asked, request) = (saved.asked(), saved.request.clone());
        Some(Self { asked, request, parked: Some(saved.request), ..Self::new(saved.serial) })
    }

    fn standing(&self) -> Option<&Standing> {
        self.standing.as_ref()?.as_ref().ok().map(Box::as_ref)
    }

    /// The request of the next act: the same until it is done.
    fn request(&self) -> Request {
        if self.acts == 0 { self.request.clone() } else { format!("{}-{}", self.request, self.acts) }
    }

    /// Asks the rules, when they were not asked for just this.
    fn ask(&mut self) -> Vec<Want> {
        self.asked.follow();
        let now = (self.asked.unit(&self.serial), self.asked.goes());
        if self.seen.as_ref() == Some(&now) {
            return Vec::new();
        }
        self.seen = Some(now.clone());
        vec![Want::Do(Effect::Enrol(Wish::See(now.0, now.1)))]
    }

    fn ask_again(&mut self) -> Vec<Want> {
        self.seen = None;
        self.ask()
    }

    /// Why the verb cannot be done now.
    fn refusal(&self, now: DateTime<FixedOffset>) -> Option<String> {
        match &self.standing {
            None => Some("The plan is not read yet".to_owned()),
            Some(Err(sorry)) => Some(sorry.say.clone()),
            Some(Ok(standing)) => {
                let missing = || self.asked.missing(now).map(|(_, why)| why);
                says::against(standing, self.asked.verb()).or_else(missing)
            }
        }
    }

    fn commit(&mut self, now: DateTime<FixedOffset>) -> Vec<Want> {
        let (request, number) = (self.request(), self.asked.number().to_owned());
        let plan =
            self.standing().and_then(|standing| standing.plan.as_ref()).map(|plan| plan.view.number.clone());
        let wish = match (self.asked.verb(), plan) {
            (Verb::Bind, _) => Wish::Bind(self.asked.unit(&self.serial), number, request),
            (Verb::Extend, Some(plan)) => Wish::Extend(plan, number, request),
            (Verb::GiveBack, Some(plan)) => Wish::GiveBack(plan, self.asked.goes(), request),
            (Verb::Extend | Verb::GiveBack, None) => return Vec::new(),
            (Verb::Notice, _) => {
                let (Some(kind), Ok(sent)) = (self.asked.notice(), self.asked.sent(now)) else {
                    return Vec::new();
                };
                Wish::Notice(self.serial.clone(), kind, sent, request)
            }
        };
        vec![Want::Do(Effect::Enrol(wish))]
    }

    fn loaded(&mut self, standing: Result<Box<Standing>, Sorry>) -> Vec<Want> {
        let said = standing.as_ref().err().map(|sorry| Want::Say(notice(sorry)));
        let plan = standing.as_ref().is_ok_and(|standing| standing.plan.is_some());
        let first = !matches!(self.standing, Some(Ok(_)));
        self.standing = Some(standing);
        if first && !self.asked.form.is_edited() {
            self.asked = Asked::new(if plan { Verb::Extend } else { Verb::Bind }, self.now);
        }
        said.into_iter().collect()
    }

    /// An act is done: what it asked for is gone, and what stands is read again.
    fn done(&mut self, says: &str) -> Vec<Want> {
        self.acts += 1;
        self.standing = None;
        self.asked = Asked::new(Verb::Bind, self.now);
        self.above = 0;
        let mut wants: Vec<Want> =
            self.parked.take().map(|id| Want::Do(Effect::Unpark(id))).into_iter().collect();
        wants.extend(self.ask_again());
        wants.push(Want::Say(Notice::info(says)));
        wants
    }

    fn planned(&mut self, view: &PlanView) -> Vec<Want> {
        let says = match (self.asked.verb(), &view.plus, &view.returned_on) {
            (Verb::Extend, Some(plus), _) => {
                format!("Plus {} is sold for plan {}: it ends on {}.", plus.number, view.number, plus.ends_on)
            }
            (_, _, Some(day)) => format!("Plan {} is taken back on {day}.", view.number),
            _ => format!(
                "Plan {} is bound to {}: {} to {}.",
                view.number, view.serial, view.starts_on, view.ends_on
            ),
        };
        self.done(&says)
    }

    fn noticed(&mut self, told: &NoticeView) -> Vec<Want> {
        let sent = text::moment(&told.issued_at);
        self.done(&format!("Noted: {}, sent {sent}.", told.kind.words()))
    }

    fn refused(sorry: &Sorry) -> Vec<Want> {
        vec![Want::Say(notice(sorry))]
    }
}

impl Page for PlanPage {
    fn title(&self) -> &'static str {
        "Plan"
    }

    fn open(&mut self, seen: &Seen<'_>, request: Request) -> Vec<Want> {
        keep_first(&mut self.request, request);
        self.now = seen.now;
        self.ask_again()
    }

    fn offers(&self, seen: &Seen<'_>) -> Vec<Offer> {
        let act = match self.refusal(seen.now) {
            None => Offer::yes(Action::Commit),
            Some(why) => Offer::no(Action::Commit, why),
        };
        vec![
            act.called(self.asked.verb().words()),
            Offer::yes(Action::Values),
            Offer::yes(Action::Recheck),
            Offer::yes(Action::PageDown).called("more"),
            Offer::yes(Action::Back),
            Offer::yes(Action::Help),
        ]
    }

    fn act(&mut self, action: Action, seen: &Seen<'_>) -> Vec<Want> {
        self.now = seen.now;
        match (action, self.asked.form.is_open()) {
            (Action::Commit, _) => return self.commit(seen.now),
            (Action::Recheck, _) => return self.ask_again(),
            (Action::PageDown, false) => {
                let all = self.standing().map_or(0, |standing| {
                    says::lines(standing, self.asked.verb(), (seen.now, NARROWEST)).len()
                });
                self.above = (self.above + STEP).min(all.saturating_sub(1));
                return Vec::new();
            }
            (Action::PageUp, false) => {
                self.above = self.above.saturating_sub(STEP);
                return Vec::new();
            }
            _ => {}
        }
        match (self.asked.form.act(action), action) {
            (Reply::Ignored, Action::Back) => vec![Want::Back],
            (Reply::Ignored, _) => told(self.asked.form.why_not(action)),
            _ => self.ask(),
        }
    }

    fn refused(&mut self, action: Action, seen: &Seen<'_>) {
        if let (Action::Commit, Some((at, _))) = (action, self.asked.missing(seen.now)) {
            self.asked.form.go_to(at);
        }
    }

    fn edit(&mut self, edit: Edit, _seen: &Seen<'_>) -> Vec<Want> {
        match self.asked.form.edit(edit) {
            Reply::Ignored => told(self.asked.form.why_no_edit(edit)),
            _ => self.ask(),
        }
    }

    fn take_back(&mut self) {
        self.asked.form.take_back();
    }

    fn paste(&mut self, text: &str, _seen: &Seen<'_>) -> Vec<Want> {
        let done = self.asked.form.paste(text);
        let mut wants = self.ask();
        wants.extend(pasted(done));
        wants
    }

    fn answer(&mut self, answer: Answer, seen: &Seen<'_>) -> Vec<Want> {
        self.now = seen.now;
        match answer {
            Answer::Enrol(Told::Standing(standing)) => self.loaded(standing),
            Answer::Enrol(Told::Plan(Ok(view))) => self.planned(&view),
            Answer::Enrol(Told::Noticed(Ok(told))) => self.noticed(&told),
            Answer::Enrol(Told::Plan(Err(sorry)) | Told::Noticed(Err(sorry))) => Self::refused(&sorry),
            _ => Vec::new(),
        }
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, seen: &Seen<'_>) {
        let style = |role| seen.theme.style(role);
        let Some(standing) = self.standing() else {
            let says = match &self.standing {
                Some(Err(sorry)) => capital(&sorry.say),
                _ => "Reading the plan.".to_owned(),
            };
            for (at, line) in text::wrap(&says, usize::from(area.width)).iter().enumerate() {
                write(frame, area, at, (line, style(Role::Plain)));
            }
            return;
        };
        let room = usize::from(area.width.min(110));
        let head = format!("{}  {}", standing.enrolment.product, standing.enrolment.serial);
        let plan = standing.plan.as_ref().map(|plan| says::plan(&plan.view, room)).unwrap_or_default();
        let fields = u16::try_from(self.asked.form.rows()).unwrap_or(u16::MAX);
        let facts = u16::try_from(plan.len()).unwrap_or(u16::MAX);
        let rows = [1, facts, 1, fields, 1].map(Constraint::Length).into_iter().chain([Constraint::Fill(1)]);
        let [top, card, _, fields, _, below] = Layout::vertical(rows).areas(area);
        write(frame, top, 0, (&head, style(Role::Title)));
        for (at, (line, role)) in plan.iter().enumerate() {
            write(frame, card, at, (line, style(*role)));
        }
        let lines = says::lines(standing, self.asked.verb(), (seen.now, room));
        self.draw_lines(frame, below, (&lines, seen));
        // An open list lies over what is below the form.
        let over = Rect { height: fields.height.saturating_add(1).saturating_add(below.height), ..fields };
        self.asked.form.draw(frame, over, seen.theme);
    }

    fn form(&self) -> Option<Parked> {
        if !self.asked.form.is_edited() {
            return None;
        }
        let request = self.request();
        let body = serde_json::to_string(&Saved::of(&self.asked, &request, &self.serial)).ok()?;
        let title = format!("{} for {}", self.asked.verb().words(), self.serial);
        Some(Parked { id: request, title, body, at: self.now.to_rfc3339() })
    }

    fn echo(&self) -> Echo {
        Echo::AtOnce
    }

    fn help(&self) -> Vec<String> {
        [
            "\"What\" says what F9 does: bind a plan, note a notice of the maker's, sell plus, or take the plan back. \
             Below the fields stands what the rules say to it now, each finding with its clause.",
            "A plan is bound to a sealed product (C11a), within the hours after activation (C11b), within the days of a \
             handheld (C11c), after an official repair (C11d) or a video verification (C11e). The clocks show how long \
             each way stays open.",
            "Plus is sold while the plan runs and a replacement is left (C21). A plan goes back only with its product, \
             and unused (C16, C17).",
        ]
        .map(str::to_owned)
        .to_vec()
    }
}

/// Cells of a line in a window of 80 by 24.
const NARROWEST: usize = 78;

impl PlanPage {
    fn draw_lines(&self, frame: &mut Frame<'_>, area: Rect, (lines, seen): (&[Line], &Seen<'_>)) {
        let height = usize::from(area.height);
        let fits = lines.len() <= height || height < 3;
        let body = if fits { height } else { height - 1 };
        let above = self.above.min(lines.len().saturating_sub(body));
        for (at, (line, role)) in lines.iter().skip(above).take(body).enumerate() {
            write(frame, area, at, (line, seen.theme.style(*role)));
        }
        if !fits {
            let says = unseen(above, lines.len().saturating_sub(above + body));
            write(frame, area, body, (&format!("{says}: PgUp, PgDn"), seen.theme.style(Role::Quiet)));
        }
    }
}

#[cfg(test)]
mod tests;
