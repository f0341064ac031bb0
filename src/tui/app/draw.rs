//! The frame around every screen: the bar on top, the path, the message lines, the keys.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};

use crate::desk::Purpose;
use crate::paper::text;
use crate::tui::app::{App, File};
use crate::tui::key::Action;
use crate::tui::theme::{Role, sign};
use crate::tui::widget::footer::{self, Offer};
use crate::tui::widget::pen::Pen;
use crate::tui::widget::top::{Practice, Top};
use crate::tui::widget::{too_small, write};

impl App {
    /// Draws everything.
    pub(super) fn draw(&self, frame: &mut Frame<'_>) {
        let area = frame.area();
        let theme = self.settings.theme;
        if too_small::is_too_small(area.as_size()) {
            too_small::draw(frame, area, theme);
            return;
        }
        let rows = [1, 1, 0, self.notice.rows(area.width), 1]
            .map(|rows| if rows == 0 { Constraint::Fill(1) } else { Constraint::Length(rows) });
        let [top, path, page, notice, keys] = Layout::vertical(rows).areas(area);
        self.top_line().draw(frame, top, theme);
        self.draw_path(frame, path);
        let page = Rect { x: page.x + 1, width: page.width.saturating_sub(2), ..page };
        let offers = self.offers();
        self.draw_page(frame, page, &offers);
        self.notice.draw(frame, notice, theme);
        footer::draw(frame, keys, (&offers, theme));
    }

    fn draw_page(&self, frame: &mut Frame<'_>, area: Rect, offers: &[Offer]) {
        let theme = self.settings.theme;
        match (&self.file, self.page()) {
            (File::Shut(sorry), _) => {
                let says = format!("{} The shop's file cannot be opened: {}", sign(Role::Bad), sorry.say);
                for (at, line) in text::wrap(&says, usize::from(area.width)).iter().enumerate() {
                    write(frame, area, at + 1, (line, theme.style(Role::Bad)));
                }
            }
            (File::Open | File::Opening, Some(page)) if self.over.is_none() => {
                page.draw(frame, area, &self.seen());
            }
            _ => {}
        }
        let possible = |action| !is_dead(offers, action);
        self.over.draw(frame, area, (theme, &possible));
    }

    fn offers(&self) -> Vec<Offer> {
        if let File::Shut(_) = self.file {
            return vec![Offer::yes(Action::Recheck).called("try again"), Offer::yes(Action::Quit)];
        }
        if !self.over.is_none() {
            return vec![Offer::yes(Action::Back)];
        }
        self.page().map(|page| page.offers(&self.seen())).unwrap_or_default()
    }

    fn top_line(&self) -> Top {
        let counter = self.shop.counter.as_ref();
        Top {
            site: counter.map(|counter| counter.site.clone()).unwrap_or_default(),
            counter: counter.map(|counter| format!("{:04}", counter.till)).unwrap_or_default(),
            person: self.settings.who.clone(),
            clock: self.settings.now.format("%Y-%m-%d %H:%M").to_string(),
            open_cases: self.shop.open,
            parked: self.shop.parked,
            practice: match self.settings.purpose {
                Purpose::Real => Practice::Real,
                Purpose::Practice => Practice::Practice,
            },
        }
    }

    /// The screens from the lookup to the one on top, which stands out.
    fn draw_path(&self, frame: &mut Frame<'_>, area: Rect) {
        let theme = self.settings.theme;
        let room = usize::from(area.width);
        let mut pen = Pen::new(frame, area);
        pen.put(" ", theme.style(Role::Plain));
        let mut used = 1;
        let last = self.stack.len().saturating_sub(1);
        for (at, slot) in self.stack.iter().enumerate() {
            let title = slot.screen.page().title();
            let (behind, role) = if at == last { ("", Role::Title) } else { (" > ", Role::Quiet) };
            for text in [title, behind] {
                pen.put(text, theme.style(role));
                used += text::width(text);
            }
        }
        let rule = "─".repeat(room.saturating_sub(used + 2));
        pen.put(&format!(" {rule} "), theme.style(Role::Quiet));
    }
}

/// Tells whether a command is known to be impossible here.
fn is_dead(offers: &[Offer], action: Action) -> bool {
    offers.iter().any(|offer| offer.action == action) && footer::refusal(offers, action).is_some()
}
