//! The keys of what lies over the list: the jobs of the shelf, one unit, and the form of a step.

use crate::tui::effect::Effect;
use crate::tui::effect::stock::Ask as Wish;
use crate::tui::key::{Action, Edit};
use crate::tui::screen::sorry::{told, useless};
use crate::tui::screen::stock::step::Kind;
use crate::tui::screen::stock::{JOBS, Over, StockPage, View};
use crate::tui::screen::{Destination, Want};
use crate::tui::widget::Reply;
use crate::tui::widget::footer::Offer;
use crate::tui::widget::list::List;
use crate::tui::widget::notice::Notice;

/// The line that a digit stands before.
fn line_of(edit: Edit) -> Option<usize> {
    let Edit::Insert(c) = edit else { return None };
    usize::try_from(c.to_digit(10)?).ok()?.checked_sub(1)
}

fn refuse(why: &str) -> Vec<Want> {
    let (says, next) = why.rsplit_once(": ").unwrap_or((why, ""));
    vec![Want::Say(Notice::refused(says, &crate::tui::screen::sorry::capital(next)))]
}

impl StockPage {
    pub(super) fn act_over(&mut self, action: Action) -> Vec<Want> {
        match (&mut self.over, action) {
            (Over::Jobs(_) | Over::Unit(..), Action::Back) => self.over = Over::List,
            (Over::Jobs(list), Action::Accept | Action::Commit) => {
                let at = list.at();
                return self.choose_job(at);
            }
            (Over::Unit(_, list), Action::Accept | Action::Commit) => {
                let at = list.at();
                return self.choose_step(at);
            }
            (Over::Jobs(_) | Over::Unit(..), Action::Recheck) => {
                return vec![Want::Do(Effect::Stock(Wish::List))];
            }
            (Over::Jobs(list) | Over::Unit(_, list), other) => {
                if list.act(other) == Reply::Ignored {
                    return useless();
                }
            }
            (Over::Step(..), _) => return self.act_on_step(action),
            (Over::List, _) => {}
        }
        Vec::new()
    }

    pub(super) fn edit_over(&mut self, edit: Edit) -> Vec<Want> {
        let at = line_of(edit);
        match &mut self.over {
            Over::Jobs(_) if at.is_some_and(|at| at < JOBS.len()) => self.choose_job(at),
            Over::Unit(..) if at.is_some_and(|at| at < Kind::ALL.len()) => self.choose_step(at),
            Over::Step(_, _, form) => match form.edit(edit) {
                Reply::Ignored => told(form.why_no_edit(edit)),
                _ => Vec::new(),
            },
            Over::Jobs(_) | Over::Unit(..) | Over::List => {
                let next = "A digit chooses its line, Enter the marked one, Esc goes back.";
                vec![Want::Say(Notice::refused("This key chooses nothing here.", next))]
            }
        }
    }

    fn choose_job(&mut self, at: Option<usize>) -> Vec<Want> {
        let Some((job, _)) = at.and_then(|at| JOBS.get(at)) else { return useless() };
        self.over = Over::List;
        vec![Want::Open(Destination::Shelf(*job))]
    }

    fn choose_step(&mut self, at: Option<usize>) -> Vec<Want> {
        let Over::Unit(serial, _) = &self.over else { return useless() };
        let serial = serial.clone();
        let Some((kind, unit)) = at.and_then(|at| Kind::ALL.get(at)).zip(self.unit(&serial)) else {
            return useless();
        };
        if let Some(why) = kind.refusal(unit) {
            return refuse(&why);
        }
        if let (Kind::Case, Some(case)) = (kind, &unit.case) {
            return vec![Want::Open(Destination::Case(case.clone()))];
        }
        let form = kind.form(unit);
        self.over = Over::Step(serial, *kind, form);
        Vec::new()
    }

    fn act_on_step(&mut self, action: Action) -> Vec<Want> {
        let Over::Step(serial, kind, form) = &mut self.over else { return Vec::new() };
        match action {
            // What was typed is put aside by the program.
            Action::Back if form.is_edited() => vec![Want::Back],
            Action::Back => {
                let serial = std::mem::take(serial);
                self.over = Over::Unit(serial, List::new(Kind::ALL.len()));
                Vec::new()
            }
            Action::Commit => self.commit_step(),
            other => match form.act(other) {
                Reply::Ignored if form.at() == 0 && form.rows() == 0 => {
                    let says = format!("There is nothing to fill in: F9 does it ({}).", kind.label());
                    vec![Want::Say(Notice::refused(&says, "Esc leaves it."))]
                }
                Reply::Ignored => told(form.why_not(other)),
                _ => Vec::new(),
            },
        }
    }

    fn commit_step(&mut self) -> Vec<Want> {
        let request = self.next_request();
        let Over::Step(serial, kind, form) = &self.over else { return Vec::new() };
        let Some(unit) = self.unit(serial) else { return useless() };
        match kind.step(unit, form) {
            Ok(step) => vec![Want::Do(Effect::Stock(Wish::Step(step, request)))],
            Err((at, why)) => {
                if let Over::Step(_, _, form) = &mut self.over {
                    form.go_to(at);
                }
                refuse(why)
            }
        }
    }

    pub(super) fn all_offers(&self) -> Vec<Offer> {
        let [help, back, again] = [Action::Help, Action::Back, Action::Recheck].map(Offer::yes);
        let again = again.called("read again");
        match &self.over {
            Over::Step(_, kind, _) => vec![Offer::yes(Action::Commit).called(kind.label()), help, back],
            Over::Jobs(_) | Over::Unit(..) => vec![
                Offer::yes(Action::Accept).called("choose"),
                Offer::yes(Action::Commit).called("choose"),
                again,
                help,
                back,
            ],
            Over::List => {
                let show = match self.view {
                    View::Units => "show unit",
                    View::Waiting => "open case",
                };
                let first = if self.shown.is_empty() {
                    Offer::no(Action::Accept, "The list is empty: Esc clears what is typed")
                } else {
                    Offer::yes(Action::Accept)
                };
                let other = match self.view {
                    View::Units => "waiting for the maker",
                    View::Waiting => "units",
                };
                let jobs = Offer::yes(Action::Commit).called("count, receive, send");
                vec![first.called(show), jobs, Offer::yes(Action::Right).called(other), again, help, back]
            }
        }
    }
}
