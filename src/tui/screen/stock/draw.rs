//! The shelf's picture.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::domain::stock::State;
use crate::tui::screen::sorry::capital;
use crate::tui::screen::stock::step::Kind;
use crate::tui::screen::stock::{JOBS, Over, StockPage, View, lines};
use crate::tui::theme::{Role, Theme};
use crate::tui::widget::list::List;
use crate::tui::widget::{Focus, Look, below, write};

pub(super) fn page(page: &StockPage, frame: &mut Frame<'_>, (area, theme): (Rect, Theme)) {
    match &page.over {
        Over::List => list(page, frame, (area, theme)),
        Over::Jobs(jobs) => {
            write(frame, area, 0, ("What is to be done on the shelf?", theme.style(Role::Title)));
            let rows = JOBS.map(|(_, label)| (label.to_owned(), Role::Plain));
            choices(frame, (below(area, 2), theme), (jobs, &rows));
        }
        Over::Unit(serial, steps) => {
            let at = unit(page, frame, (area, theme), serial);
            let Some(shown) = page.unit(serial) else { return };
            let rows: Vec<(String, Role)> = Kind::ALL
                .iter()
                .map(|kind| {
                    let role = if kind.refusal(shown).is_some() { Role::Quiet } else { Role::Plain };
                    (kind.label().to_owned(), role)
                })
                .collect();
            choices(frame, (below(area, at + 1), theme), (steps, &rows));
        }
        Over::Step(serial, kind, form) => {
            let at = unit(page, frame, (area, theme), serial);
            write(frame, area, at + 1, (&capital(kind.label()), theme.style(Role::Title)));
            if form.rows() == 0 {
                write(frame, area, at + 2, ("F9 does it.", theme.style(Role::Plain)));
            }
            form.draw(frame, below(area, at + 2), theme);
        }
    }
}

/// Numbered lines, one marked; what cannot be done stands back.
fn choices(frame: &mut Frame<'_>, (area, theme): (Rect, Theme), (list, rows): (&List, &[(String, Role)])) {
    for (at, (label, role)) in rows.iter().enumerate() {
        let role = if list.at() == Some(at) { Role::Focus } else { *role };
        write(frame, area, at, (&format!(" {}  {label}", at + 1), theme.style(role)));
    }
}

/// All that is known of a unit; returns the rows it took.
fn unit(page: &StockPage, frame: &mut Frame<'_>, (area, theme): (Rect, Theme), serial: &str) -> usize {
    let Some((stocked, unit)) = page.stocked().zip(page.unit(serial)) else { return 0 };
    let none = || "none".to_owned();
    let rows = [
        ("Product", stocked.product(&unit.model).to_owned()),
        ("Part", stocked.part(&unit.part).to_owned()),
        ("State", unit.state.words().to_owned()),
        ("Shelf", unit.place.clone().unwrap_or_else(none)),
        ("Case", unit.case.clone().unwrap_or_else(none)),
    ];
    write(frame, area, 0, (&format!("Unit {serial}"), theme.style(Role::Title)));
    for (at, (label, value)) in rows.iter().enumerate() {
        let look = Look { theme, focus: Focus::Elsewhere };
        let beside = crate::tui::widget::write_label(frame, below(area, at + 1), (label, look));
        write(frame, beside, 0, (value, theme.style(Role::Plain)));
    }
    rows.len() + 1
}

fn says(page: &StockPage) -> String {
    match (&page.stocked, page.view) {
        (None, _) => "Reading the shelf.".to_owned(),
        (Some(Err(sorry)), _) => sorry.say.clone(),
        (Some(Ok(_)), View::Units) => {
            let counts = State::ALL.iter().map(|state| (page.count(*state), state.words()));
            let some =
                counts.filter(|(count, _)| *count > 0).map(|(count, words)| format!("{count} {words}"));
            let all = some.collect::<Vec<_>>().join(", ");
            if all.is_empty() { "No unit was ever booked. F4 receives units.".to_owned() } else { all }
        }
        (Some(Ok(stocked)), View::Waiting) => {
            let overdue = stocked.parts.iter().filter(|part| part.overdue).count();
            format!("{} waiting for the maker, {overdue} overdue", stocked.parts.len())
        }
    }
}

fn list(page: &StockPage, frame: &mut Frame<'_>, (area, theme): (Rect, Theme)) {
    let look = Look { theme, focus: Focus::Here };
    write(frame, area, 0, (&says(page), look.style(Role::Title)));
    page.find.draw(frame, below(area, 1), look);
    let head = match page.view {
        View::Units => lines::units_head(area.width),
        View::Waiting => lines::WAITING_HEAD.to_owned(),
    };
    write(frame, area, 2, (&head, look.style(Role::Quiet)));
    if page.shown.is_empty() && page.stocked().is_some() {
        write(frame, area, 3, ("Nothing here.", look.style(Role::Plain)));
    }
    let row = |at: usize| page.shown.get(at).map_or_else(String::new, |at| page.line(*at, area.width));
    page.list.draw(frame, below(area, 3), (look, &row));
}
