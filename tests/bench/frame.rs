//! From a key to the end of its frame, beside a bare loop that draws a table.

use std::collections::VecDeque;
use std::io::{self, Write};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use caredesk::desk::Purpose;
use caredesk::tui::app::{App, Settings};
use caredesk::tui::effect::Answer;
use caredesk::tui::event::{Event, Msg};
use caredesk::tui::key::{Action, Edit};
use caredesk::tui::run::{Done, Program, Runner};
use caredesk::tui::runner::Clerk;
use caredesk::tui::scan::{Detector, Heard};
use caredesk::tui::theme::Theme;
use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::{Constraint, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::widgets::{Row, Table as Widget, TableState};
use ratatui::{Terminal, TerminalOptions, Viewport};

use crate::makers::{name, phone, serial};
use crate::measure::{Table, in_turns};
use crate::world::{World, act};

/// Takes a frame's bytes as a terminal does, and forgets them.
struct Sink;

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Ok(std::hint::black_box(bytes).len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

type Screen = Terminal<CrosstermBackend<io::BufWriter<Sink>>>;

fn screen(width: u16, height: u16) -> anyhow::Result<Screen> {
    let out = io::BufWriter::with_capacity(65_536, Sink);
    let viewport = Viewport::Fixed(Rect::new(0, 0, width, height));
    Ok(Terminal::with_options(CrosstermBackend::new(out), TerminalOptions { viewport })?)
}

/// The program without its loop.
struct Seat {
    app: App,
    clerk: Clerk,
    inbox: Receiver<Event<Answer>>,
    screen: Screen,
}

impl Seat {
    fn new(world: &World, screen: Screen) -> Self {
        let now = act().stamp.at;
        let (outbox, inbox) = channel();
        let shop = world.shop();
        let newest = shop.editions.on(now.date_naive());
        let app = App::new(Settings {
            who: "bench".to_owned(),
            phrases: Vec::new(),
            purpose: Purpose::Real,
            theme: Theme::Colour,
            regions: newest.regions.listed.iter().map(|(code, ..)| code.to_string()).collect(),
            clauses: newest.clauses.clone(),
            seed: "bench".to_owned(),
            tasks: Vec::new(),
            command: String::new(),
            now,
        });
        let clerk = Clerk::new(shop, "bench".to_owned(), (outbox, now));
        let mut seat = Self { app, clerk, inbox, screen };
        seat.give(Msg::Clock(now));
        seat.give(Msg::Start);
        seat
    }

    /// Gives a message, does its effects and gives their answers, as the loop does.
    fn give(&mut self, msg: Msg<Answer>) {
        let mut messages = VecDeque::from([msg]);
        while let Some(msg) = messages.pop_front() {
            for effect in self.app.update(msg) {
                if let Done::Answer(answer) = self.clerk.run(effect) {
                    messages.push_back(Msg::Answer(answer));
                }
            }
        }
    }

    fn draw(&mut self) -> anyhow::Result<()> {
        self.screen.draw(|frame| self.app.view(frame))?;
        Ok(())
    }

    /// Waits for the worker's answer to the newest question.
    fn hear(&mut self) -> anyhow::Result<()> {
        loop {
            if let Event::Answer(ticket, answer) = self.inbox.recv_timeout(Duration::from_secs(10))?
                && ticket.is_newest()
            {
                self.give(Msg::Answer(answer));
                return Ok(());
            }
        }
    }

    fn scan(&mut self, code: &str) -> anyhow::Result<()> {
        let mut detector = Detector::default();
        let codes = code.chars().map(KeyCode::Char).chain([KeyCode::Enter]);
        for key in codes {
            for heard in detector.key(KeyEvent::new(key, KeyModifiers::NONE), Instant::now()) {
                if let Heard::Scan(scan) = heard {
                    self.give(Msg::Scan(scan));
                }
            }
        }
        self.draw()
    }
}

/// The yardstick: a table of as many rows as fit, one of them marked.
struct Bare {
    screen: Screen,
    state: TableState,
    rows: Vec<[String; 5]>,
}

impl Bare {
    fn new(screen: Screen, rows: usize) -> Self {
        let rows = (0..rows as u64).map(|number| {
            [serial(number), "mavic-pro".to_owned(), "US".to_owned(), name(number), phone(number)]
        });
        Self { screen, state: TableState::new(), rows: rows.collect() }
    }

    fn key(&mut self, round: usize) -> anyhow::Result<()> {
        self.state.select(Some(round % 2));
        let rows = self.rows.iter().map(|row| Row::new(row.iter().map(String::as_str)));
        let widths = [20, 16, 4, 24, 16].map(Constraint::Length);
        let widget =
            Widget::new(rows, widths).row_highlight_style(Style::new().add_modifier(Modifier::REVERSED));
        self.screen.draw(|frame| frame.render_stateful_widget(widget, frame.area(), &mut self.state))?;
        Ok(())
    }
}

pub fn run(world: &World, table: &mut Table) -> anyhow::Result<()> {
    for (width, height) in [(80, 24), (200, 60)] {
        at_size(world, (width, height), table)?;
    }
    Ok(())
}

fn at_size(world: &World, (width, height): (u16, u16), table: &mut Table) -> anyhow::Result<()> {
    let mut seat = Seat::new(world, screen(width, height)?);
    let mut bare = Bare::new(screen(width, height)?, usize::from(height));
    let size = format!("{width}×{height}");
    let yardstick = "bare table loop";
    let rounds = (world.devices as usize / 20).clamp(50, 1_000);

    let start = serial(1).chars().take(3).collect::<String>();
    for c in start.chars() {
        seat.give(Msg::Edit(Edit::Insert(c)));
    }
    seat.hear()?;
    seat.draw()?;
    let moved = |round: usize| {
        seat.give(Msg::Act(if round.is_multiple_of(2) { Action::Down } else { Action::Up }));
        seat.draw()
    };
    let (ours, bare_ones) = in_turns(rounds, moved, |round| bare.key(round))?;
    table.times(&format!("↓ in a list, with its card, {size}"), (&ours, yardstick, &bare_ones), "≤ 1.5");

    let typed = |round: usize| {
        seat.give(Msg::Edit(if round.is_multiple_of(2) { Edit::Insert('D') } else { Edit::Backspace }));
        seat.draw()
    };
    let (ours, bare_ones) = in_turns(rounds, typed, |round| bare.key(round))?;
    table.times(&format!("a typed character → shown, {size}"), (&ours, yardstick, &bare_ones), "≤ 1.5");

    let searched = |round: usize| {
        seat.give(Msg::Edit(if round.is_multiple_of(2) { Edit::Insert('D') } else { Edit::Backspace }));
        seat.draw()?;
        seat.hear()?;
        seat.draw()
    };
    let (ours, bare_ones) = in_turns(rounds, searched, |round| bare.key(round))?;
    table.times(&format!("a typed character → its hits, {size}"), (&ours, yardstick, &bare_ones), "–");

    let scanned = |round: usize| seat.scan(&serial(round as u64 % world.devices));
    let (ours, bare_ones) = in_turns(rounds, scanned, |round| bare.key(round))?;
    table.times(&format!("scan of 14 characters → card, {size}"), (&ours, yardstick, &bare_ones), "≤ 2");
    Ok(())
}
