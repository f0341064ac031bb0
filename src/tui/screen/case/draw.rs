//! A case on the screen: what it is on top, the form below, and beside it, where there is room, why.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::desk::CaseView;
use crate::paper::text;
use crate::tui::screen::case::about::About;
use crate::tui::screen::case::facts::{self, Said, signed};
use crate::tui::screen::case::next::Next;
use crate::tui::screen::case::steps::{self, Over};
use crate::tui::screen::case::task::Task;
use crate::tui::screen::case::{CasePage, Subject};
use crate::tui::theme::{Role, Theme};
use crate::tui::widget::{Focus, Look, below, write};

/// From this width on, what is known stands beside the form.
const WIDE: u16 = 110;
/// Cells of the form where something stands beside it.
const LEFT: u16 = 66;
/// Cells of a label beside the form.
const LABEL: usize = 16;
/// Rows below a form: a hint, and what is still needed.
const FOOT: u16 = 2;
/// The fewest rows below a form that are worth filling.
const LEAST_BELOW: u16 = 3;

/// Draws the page.
pub(super) fn page(frame: &mut Frame<'_>, area: Rect, (page, about): (&CasePage, &About<'_>)) {
    let theme = about.seen.theme;
    match &page.over {
        Some(Over::Steps(list)) => return steps::draw(frame, area, (list, about)),
        Some(Over::Life) => return history(frame, area, (page, theme)),
        None => {}
    }
    let wide = area.width >= WIDE;
    let form = if wide { Rect { width: LEFT, ..area } } else { area };
    let head = head(page, about);
    let mut body = lines(frame, form, (&head, theme));
    if tight(form, &head, page) {
        body = Rect { y: body.y - 1, height: body.height + 1, ..body };
    }
    let facts = match (&page.task, page.view()) {
        (task, Some(view)) if !wide && task.as_ref().is_none_or(Task::is_bare) => facts::case(about, view),
        _ => Vec::new(),
    };
    left(frame, body, (page, about, &facts));
    if wide {
        let beside = Rect { x: area.x + LEFT + 2, width: area.width - LEFT - 2, ..area };
        right(frame, beside, (page, about));
    }
}

/// Draws a case whose unit is no customer's any more: what it was, and its life.
pub(super) fn without_device(
    frame: &mut Frame<'_>,
    area: Rect,
    (page, view, theme): (&CasePage, &CaseView, Theme),
) {
    let head = [
        (Role::Title, format!("Case {} · {}", view.number, facts::state(view))),
        (Role::Plain, facts::customer(view)),
        (Role::Plain, format!("Unit {}", view.serial)),
    ];
    let body = lines(frame, area, (&head, theme));
    history(frame, body, (page, theme));
}

/// Writes lines from the top and returns what is left below them and a blank one.
fn lines(frame: &mut Frame<'_>, area: Rect, (lines, theme): (&[Said], Theme)) -> Rect {
    for (at, (role, line)) in lines.iter().enumerate() {
        write(frame, area, at, (line, theme.style(*role)));
    }
    below(area, lines.len() + 1)
}

/// Tells whether the form needs the blank line below the head.
fn tight(area: Rect, head: &[Said], page: &CasePage) -> bool {
    let form = page.task.as_ref().map_or(0, Task::rows);
    let head = u16::try_from(head.len()).unwrap_or(u16::MAX);
    area.height > head && area.height < head.saturating_add(1 + FOOT).saturating_add(form)
}

fn head(page: &CasePage, about: &About<'_>) -> Vec<Said> {
    match &page.subject {
        Subject::Case(_, Some(view)) => facts::head(about, view),
        Subject::Case(number, None) => vec![(Role::Title, format!("Case {number}"))],
        Subject::New(_) => vec![
            (Role::Title, format!("New case · {}", facts::product(about.card))),
            facts::plan(about.card),
            signed(facts::verdict(page.decision(about))),
        ],
    }
}

/// The form with its two lines below, and where rows are left the rules' findings or the history.
fn left(frame: &mut Frame<'_>, area: Rect, (page, about, facts): (&CasePage, &About<'_>, &Facts<'_>)) {
    let read = u16::try_from(facts.len()).unwrap_or(u16::MAX);
    let form = page.task.as_ref().map_or(0, Task::rows).max(read);
    let foot = u16::try_from(foot(page, about, usize::from(area.width)).concat().len()).unwrap_or(FOOT);
    let wanted = form.saturating_add(foot.max(FOOT) + 1);
    if area.height.saturating_sub(wanted.saturating_add(1)) < LEAST_BELOW {
        form_and_foot(frame, area, (page, about, facts));
        return;
    }
    form_and_foot(frame, Rect { height: wanted, ..area }, (page, about, facts));
    let rest = below(area, usize::from(wanted) + 1);
    match page.view() {
        Some(_) => history(frame, rest, (page, about.seen.theme)),
        None => findings(frame, rest, (page, about)),
    }
}

type Facts<'a> = [(&'a str, String)];

/// The form, or where there is none the facts, and two lines about it.
fn form_and_foot(
    frame: &mut Frame<'_>,
    area: Rect,
    (page, about, facts): (&CasePage, &About<'_>, &Facts<'_>),
) {
    let theme = about.seen.theme;
    let body = Rect { height: area.height.saturating_sub(FOOT), ..area };
    let drawn = match &page.task {
        Some(task) if !task.is_bare() => {
            task.draw(frame, body, (about, theme));
            usize::from(task.rows())
        }
        Some(_) | None => labelled(frame, body, (facts, theme)),
    };
    let rows = (drawn + usize::from(drawn > 0)).min(usize::from(area.height.saturating_sub(FOOT)));
    foot_lines(frame, below(area, rows), (page, about));
}

/// A word about the field, then what is still needed or what F9 does now, in lines of `room` cells.
fn foot(page: &CasePage, about: &About<'_>, room: usize) -> [Vec<Said>; 2] {
    let (hint, standing) = match (&page.task, page.next(about.seen)) {
        (Some(task), _) => {
            let ready = (Role::Good, format!("Ready: F9 {}", task.label().to_lowercase()));
            (task.hint(about), task.refusal(about).map_or(ready, |why| (Role::Ask, why)))
        }
        (None, Some(Next::Issue)) => {
            ("Paid. The new unit can go out.".to_owned(), (Role::Good, "Ready: F9 hand out".to_owned()))
        }
        (None, Some(Next::Nothing(why))) => (String::new(), (Role::Quiet, why.into_owned())),
        (None, _) => (String::new(), (Role::Quiet, String::new())),
    };
    [(Role::Quiet, hint), signed(standing)]
        .map(|(role, says)| text::wrap(&says, room).into_iter().map(|line| (role, line)).collect())
}

fn foot_lines(frame: &mut Frame<'_>, area: Rect, (page, about): (&CasePage, &About<'_>)) {
    let [mut hint, standing] = foot(page, about, usize::from(area.width));
    // What is still needed must be seen; a hint may be cut.
    if hint.len() + standing.len() > usize::from(area.height) {
        let whole = hint.iter().map(|(_, line)| line.as_str()).collect::<Vec<_>>().join(" ");
        hint = vec![(Role::Quiet, whole)];
    }
    for (at, (role, line)) in hint.iter().chain(&standing).enumerate() {
        write(frame, area, at, (line, about.seen.theme.style(*role)));
    }
}

/// Writes labels and values, wrapped; returns the rows it took.
fn labelled(frame: &mut Frame<'_>, area: Rect, (facts, theme): (&Facts<'_>, Theme)) -> usize {
    let room = usize::from(area.width).saturating_sub(LABEL);
    let mut row = 0;
    for (label, value) in facts {
        write(frame, area, row, (&text::cut(label, LABEL - 1), theme.style(Role::Quiet)));
        let shift = u16::try_from(LABEL).unwrap_or(0).min(area.width);
        let beside = Rect { x: area.x + shift, width: area.width - shift, ..area };
        for line in text::wrap(value, room) {
            write(frame, beside, row, (&line, theme.style(Role::Plain)));
            row += 1;
        }
    }
    row
}

/// What is known, beside the form.
fn right(frame: &mut Frame<'_>, area: Rect, (page, about): (&CasePage, &About<'_>)) {
    let theme = about.seen.theme;
    let mut area = area;
    if let Some(view) = page.view() {
        write(frame, area, 0, ("The case", theme.style(Role::Title)));
        let rows = labelled(frame, below(area, 1), (&facts::case(about, view), theme));
        area = below(area, rows + 2);
    }
    write(frame, area, 0, ("The device", theme.style(Role::Title)));
    labelled(frame, below(area, 1), (&facts::of_device(about), theme));
}

/// What the rules say, a finding after the other.
fn findings(frame: &mut Frame<'_>, area: Rect, (page, about): (&CasePage, &About<'_>)) {
    let theme = about.seen.theme;
    write(frame, area, 0, (page.decision_title(), theme.style(Role::Title)));
    let mut row = 1;
    for (role, finding) in facts::findings(page.decision(about)) {
        for (at, line) in text::wrap(&finding, usize::from(area.width).saturating_sub(5)).iter().enumerate() {
            let line = if at == 0 { line.clone() } else { format!("     {line}") };
            write(frame, area, row, (&line, theme.style(role)));
            row += 1;
        }
    }
}

/// The steps of the case's life, the newest marked at first.
fn history(frame: &mut Frame<'_>, area: Rect, (page, theme): (&CasePage, Theme)) {
    let steps = page.view().map_or(0, |view| view.history.len());
    let count = if steps == 1 { "1 step".to_owned() } else { format!("{steps} steps") };
    let title = format!("History · {count} (PgUp, PgDn)");
    write(frame, area, 0, (&title, theme.style(Role::Title)));
    let look = Look { theme, focus: Focus::Elsewhere };
    let row = |at: usize| page.life.get(at).cloned().unwrap_or_default();
    page.history.draw(frame, below(area, 1), (look, &row));
}
