//! How the lookup looks: the field, and below it a hint, a list, a card or a unit of the stock.

use chrono::NaiveDate;
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};

use crate::desk::search::Hit;
use crate::paper::text;
use crate::tui::screen::Seen;
use crate::tui::screen::lookup::hits::Hits;
use crate::tui::screen::lookup::{Below, LookupPage, Shown};
use crate::tui::screen::welcome::draw_two_things;
use crate::tui::theme::{Role, Theme};
use crate::tui::widget::list::unseen;
use crate::tui::widget::{Focus, Look, write};

impl LookupPage {
    /// Draws the field and what stands below it.
    pub(super) fn draw_all(&self, frame: &mut Frame<'_>, area: Rect, seen: &Seen<'_>) {
        let [field, _, below] =
            Layout::vertical([Constraint::Length(1), Constraint::Length(1), Constraint::Fill(1)]).areas(area);
        let look = Look { theme: seen.theme, focus: Focus::Here };
        self.field.draw(frame, Rect { width: field.width.min(60), ..field }, look);
        let today = seen.now.date_naive();
        match &self.below {
            Below::Hint => draw_hint(frame, below, (seen, self.above)),
            Below::List(hits, shown) => draw_list(frame, below, (hits, shown.as_deref(), seen.theme, today)),
            Below::Card(shown) => shown.draw(frame, below, (seen.theme, today)),
            Below::Stock(hit) => draw_stock(frame, below, (hit, seen.theme)),
        }
    }
}

fn draw_hint(frame: &mut Frame<'_>, area: Rect, (seen, above): (&Seen<'_>, usize)) {
    if !seen.tasks.is_empty() {
        return draw_tasks(frame, area, (seen, above));
    }
    if seen.shop.empty {
        let says = "There is no device here yet. One of two things comes next:";
        return draw_two_things(frame, area, ((says, Role::Plain), seen));
    }
    let lines = [
        "Scan the unit, its box or a case slip. Or type:",
        "",
        "  a serial, whole, its start, or its last four    08QDE5J01200B3 · 00B3",
        "  a case number or a plan number                  0001-00012-4 · CR010000001",
        "  a phone number or a name                        +45 3098 6382 · Garcia",
        "",
        "Ctrl+G 5 shows the open cases.",
    ];
    for (at, line) in lines.iter().enumerate() {
        write(frame, area, at, (line, seen.theme.style(Role::Quiet)));
    }
}

/// What to try in a practice shop, as far as it fits.
fn draw_tasks(frame: &mut Frame<'_>, area: Rect, (seen, above): (&Seen<'_>, usize)) {
    let style = seen.theme.style(Role::Plain);
    write(frame, area, 0, ("Everybody here is made up, and all goes when you leave (Ctrl+Q).", style));
    write(
        frame,
        area,
        1,
        ("Type the last four characters, then Enter; F8 says why, F6 opens a case:", style),
    );
    let room = usize::from(area.height).saturating_sub(4);
    let above = above.min(seen.tasks.len().saturating_sub(room));
    for (at, task) in seen.tasks.iter().skip(above).take(room).enumerate() {
        let skip = task.serial.chars().count().saturating_sub(4);
        let (start, end): (String, String) =
            (task.serial.chars().take(skip).collect(), task.serial.chars().skip(skip).collect());
        let line = format!("  {start} {end}   {}", task.what);
        write(frame, area, at + 3, (&line, seen.theme.style(Role::Quiet)));
    }
    let says = unseen(above, seen.tasks.len().saturating_sub(above + room));
    if !says.is_empty() {
        let says = format!("  {says}: Up and Down");
        write(frame, area, room + 3, (&says, seen.theme.style(Role::Quiet)));
    }
}

type Listed<'a> = (&'a Hits, Option<&'a Shown>, Theme, NaiveDate);

fn draw_list(frame: &mut Frame<'_>, area: Rect, (hits, shown, theme, today): Listed<'_>) {
    let (says, role) = hits.says();
    write(frame, area, 0, (&says, theme.style(role)));
    let rows = u16::try_from(hits.len()).unwrap_or(u16::MAX).min((area.height / 2).max(3));
    let [_, list, _, below] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(rows),
        Constraint::Length(1),
        Constraint::Fill(1),
    ])
    .areas(area);
    hits.draw(frame, list, theme);
    if hits.is_empty() {
        let room = usize::from(below.width);
        let lines = hits.advice().into_iter().flat_map(|line| text::wrap(&line, room));
        for (at, line) in lines.enumerate() {
            write(frame, below, at, (&line, theme.style(Role::Plain)));
        }
    }
    if let Some(shown) = shown {
        shown.draw_short(frame, below, (theme, today));
    }
}

fn draw_stock(frame: &mut Frame<'_>, area: Rect, (hit, theme): (&Hit, Theme)) {
    let place = hit.why.trim_start_matches("stock unit").trim_start_matches([',', ' ']);
    let lines = [
        ("[--] A UNIT OF OUR STOCK, no customer's".to_owned(), Role::Ask),
        (String::new(), Role::Plain),
        (format!("Serial     {}", hit.serial), Role::Plain),
        (format!("Product    {}", hit.product), Role::Plain),
        (format!("Where      {place}"), Role::Plain),
        (String::new(), Role::Plain),
        ("To hand it out, open the customer's case and scan it at Issue.".to_owned(), Role::Quiet),
    ];
    for (at, (line, role)) in lines.iter().enumerate() {
        write(frame, area, at, (line, theme.style(*role)));
    }
}
