//! The least that a program on ratatui does: raw mode, alternate screen, one frame, wait.

use std::io::stdout;

use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::event;
use ratatui::crossterm::execute;
use ratatui::crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};

/// The argument that makes the benchmark this program.
pub const FLAG: &str = "--bare";

/// The word on its one frame.
pub const WORD: &str = "Bare";

pub fn run() -> anyhow::Result<()> {
    enable_raw_mode()?;
    execute!(stdout(), EnterAlternateScreen)?;
    let mut screen = Terminal::new(CrosstermBackend::new(stdout()))?;
    screen.draw(|frame| frame.render_widget(WORD, frame.area()))?;
    event::read()?;
    execute!(stdout(), LeaveAlternateScreen)?;
    disable_raw_mode()?;
    Ok(())
}
