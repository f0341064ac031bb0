//! The issue on the screen: two sides and the unit to scan; afterwards the certificate and what comes next.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::domain::stock::State;
use crate::paper::text;
use crate::tui::screen::issue::{Before, IssuePage, is_incomplete};
use crate::tui::screen::paper::PaperPage;
use crate::tui::screen::sorry::capital;
use crate::tui::screen::{Page, Seen};
use crate::tui::theme::{Role, Theme, sign};
use crate::tui::widget::confirm;
use crate::tui::widget::{Focus, LABEL_CELLS, Look, below, write};

/// Draws both sides, the field, and what the desk says to the units.
pub(super) fn before(frame: &mut Frame<'_>, area: Rect, (page, theme): (&IssuePage, Theme)) {
    let style = |role| theme.style(role);
    let case = &page.case;
    let product = page.ground.as_ref().map_or("", |ground| ground.0.product.as_str());
    let title = format!("Hand out on case {} · {product} · {}", case.number, case.customer.name);
    write(frame, area, 0, (&title, style(Role::Title)));
    let table = below(area, 2);
    let rows = page.sides().rows();
    confirm::draw_rows(frame, table, (&rows, theme));
    let scan = below(table, rows.len() + 2);
    page.typed.draw(frame, scan, Look { theme, focus: Focus::Here });
    for (at, unit) in page.units.iter().enumerate() {
        let label = text::pad(if at == 0 { "Scanned" } else { "" }, usize::from(LABEL_CELLS));
        write(frame, scan, at + 1, (&format!("{label}{unit}"), style(Role::Plain)));
    }
    let rest = below(scan, page.units.len() + 2);
    let said = standing(frame, rest, (page, theme));
    shelf(frame, below(rest, said + 1), (page, theme));
}

/// Where units that fit are to be found: what the clerk walks to the shelf with.
fn shelf(frame: &mut Frame<'_>, area: Rect, (page, theme): (&IssuePage, Theme)) {
    if page.before != Before::Nothing {
        return;
    }
    if page.shelf.is_empty() {
        let says = "None is in stock here: the case waits as it is, or another centre sends a unit.";
        return write(frame, area, 0, (says, theme.style(Role::Ask)));
    }
    write(frame, area, 0, ("In stock", theme.style(Role::Quiet)));
    let room = usize::from(area.height).saturating_sub(1);
    let shown = if page.shelf.len() > room { room.saturating_sub(1) } else { room };
    let left = page.shelf.len().saturating_sub(shown);
    if left > 0 {
        let says = format!("  and {left} more: Ctrl+G 6 shows the shelf");
        write(frame, area, shown + 1, (&says, theme.style(Role::Quiet)));
    }
    for (at, unit) in page.shelf.iter().take(shown).enumerate() {
        let place = unit.place.as_deref().unwrap_or("");
        let kept = if unit.state == State::Reserved { "  kept for this case" } else { "" };
        let line = format!(
            "  {}  {}  {place}{kept}",
            text::pad(&unit.serial, 20),
            text::pad(&page.part_name(&unit.part), 12)
        );
        write(frame, area, at + 1, (&line, theme.style(Role::Quiet)));
    }
}

/// What is to be done now, or why the unit does not go out; returns the rows it took.
fn standing(frame: &mut Frame<'_>, area: Rect, (page, theme): (&IssuePage, Theme)) -> usize {
    let (role, says) = match &page.before {
        Before::Nothing if page.case.parts.len() > 1 => (
            Role::Ask,
            format!(
                "Scan the unit that goes out: a whole one, or one for each of: {}.",
                page.case.parts.iter().map(|part| page.part_name(part)).collect::<Vec<_>>().join(", ")
            ),
        ),
        Before::Nothing => {
            (Role::Ask, "Scan the unit that goes out, or type its serial and Enter.".to_owned())
        }
        Before::Fits(_) => (Role::Good, "The unit fits. F9 asks once more, then hands it out.".to_owned()),
        Before::Refused(sorry) if is_incomplete(sorry) => (Role::Ask, capital(&sorry.say)),
        Before::Refused(sorry) => (Role::Bad, capital(&sorry.say)),
    };
    let says = format!("{} {says}", sign(role));
    let lines = text::wrap(&says, usize::from(area.width));
    for (at, line) in lines.iter().enumerate() {
        write(frame, area, at, (line, theme.style(role)));
    }
    lines.len()
}

/// Draws what comes next above the certificate.
pub(super) fn after(
    frame: &mut Frame<'_>,
    area: Rect,
    (page, paper, seen): (&IssuePage, &PaperPage, &Seen<'_>),
) {
    let says = match page.owed() {
        _ if page.is_over() => "[ok] Handed out and closed. F2 serves the next customer.".to_owned(),
        Some(owed) => format!("[ok] Handed out. Esc goes to the case. Still owed: {owed}"),
        None => "[ok] Handed out. Give the certificate. F9 closes the case, F2 next customer.".to_owned(),
    };
    let says = text::cut(&says, usize::from(area.width));
    write(frame, area, 0, (&says, seen.theme.style(Role::Good)));
    paper.draw(frame, below(area, 1), seen);
}
