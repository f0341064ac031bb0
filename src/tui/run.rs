//! The loop: wait, update, do effects, draw if something changed.
//!
//! It blocks on one channel and wakes once a minute for the clock and never else, but for the
//! 50 ms in which a burst of keys is undecided. All waiting events are taken before a frame is drawn.

use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use anyhow::{Context, anyhow};
use chrono::{DateTime, FixedOffset, Timelike};
use ratatui::backend::Backend;
use ratatui::{Frame, Terminal};

use crate::tui::event::{Event, Msg};
use crate::tui::key::{self, Meaning};
use crate::tui::scan::{Detector, Heard};

mod gate;

use gate::Gate;

/// The most events taken before a frame is drawn, so that a flood does not freeze the picture.
const BATCH: usize = 4_096;

/// What the loop runs: a model with its update and its view.
pub trait Program {
    /// What the program wants done outside.
    type Effect;
    /// What an effect comes to.
    type Answer: Send + 'static;

    /// Takes a message and says what is to be done: no IO, no clock, no terminal.
    fn update(&mut self, msg: Msg<Self::Answer>) -> Vec<Self::Effect>;

    /// Draws the model: no IO, no clock.
    fn view(&self, frame: &mut Frame<'_>);

    /// Whether a typed character can be taken back where the focus is now.
    ///
    /// Where it can, the first character of a burst is shown without waiting.
    fn echo(&self) -> Echo;

    /// The number of the question that is open, another for each; keys pressed before it was drawn
    /// do not answer it.
    fn question(&self) -> Option<u64>;
}

/// Whether a typed character may be given out before it is known not to be a scanner's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Echo {
    /// At once: [`Msg::TakeBack`] undoes it (a field).
    AtOnce,
    /// When its burst is over: a letter here does something (a menu).
    Held,
}

/// Does effects, on the loop's own thread: each within a frame's time, or handed to a worker.
pub trait Runner<P: Program> {
    /// The time at this counter.
    fn now(&self) -> DateTime<FixedOffset>;

    /// Does one effect.
    fn run(&mut self, effect: P::Effect) -> Done<P::Answer>;
}

/// What came of an effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done<A> {
    /// This, at once.
    Answer(A),
    /// Nothing to say, or the worker will.
    Nothing,
    /// The program is over.
    Leave,
}

/// How the loop ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// A person left.
    Left,
    /// The system asked for it with this signal.
    Signal(i32),
}

/// Runs `program` on `screen` until it ends.
pub fn run<P, R, B>(
    screen: &mut Terminal<B>,
    program: &mut P,
    runner: &mut R,
    inbox: &Receiver<Event<P::Answer>>,
) -> anyhow::Result<End>
where
    P: Program,
    R: Runner<P>,
    B: Backend,
    B::Error: Send + Sync + 'static,
{
    let mut round = Round::new(program, runner);
    if let ControlFlow::Break(end) = round.tell_time() {
        return Ok(end);
    }
    round.draw(screen)?;
    let mut flow = round.give(Msg::Start);
    loop {
        if let ControlFlow::Break(end) = flow {
            return Ok(end);
        }
        if round.changed {
            round.draw(screen)?;
        }
        flow = round.wait(inbox)?;
    }
}

/// The loop's own state.
struct Round<'a, P: Program, R> {
    program: &'a mut P,
    runner: &'a mut R,
    detector: Detector,
    gate: Gate,
    minute: Option<DateTime<FixedOffset>>,
    next_minute: Instant,
    changed: bool,
}

impl<'a, P: Program, R: Runner<P>> Round<'a, P, R> {
    fn new(program: &'a mut P, runner: &'a mut R) -> Self {
        Self {
            program,
            runner,
            detector: Detector::default(),
            gate: Gate::default(),
            minute: None,
            next_minute: Instant::now(),
            changed: true,
        }
    }

    fn draw<B>(&mut self, screen: &mut Terminal<B>) -> anyhow::Result<()>
    where
        B: Backend,
        B::Error: Send + Sync + 'static,
    {
        screen.draw(|frame| self.program.view(frame)).context("the screen cannot be drawn")?;
        self.gate.drawn(self.program.question(), Instant::now());
        self.changed = false;
        Ok(())
    }

    /// Waits for one event, takes all that wait behind it, then does what time has brought.
    fn wait(&mut self, inbox: &Receiver<Event<P::Answer>>) -> anyhow::Result<ControlFlow<End>> {
        let until =
            self.detector.deadline().map_or(self.next_minute, |deadline| deadline.min(self.next_minute));
        let mut waiting = match inbox.recv_timeout(until.saturating_duration_since(Instant::now())) {
            Ok(event) => Some(event),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => return Err(anyhow!("nothing feeds the screens any more")),
        };
        let mut taken = 0;
        while let Some(event) = waiting {
            if let ControlFlow::Break(end) = self.take(event)? {
                return Ok(ControlFlow::Break(end));
            }
            taken += 1;
            waiting = if taken < BATCH { inbox.try_recv().ok() } else { None };
        }
        Ok(self.pause())
    }

    /// Takes one event.
    fn take(&mut self, event: Event<P::Answer>) -> anyhow::Result<ControlFlow<End>> {
        match event {
            Event::Key(key, at) => {
                let heard = self.detector.key(key, at);
                Ok(self.give_heard(heard, at))
            }
            Event::Paste(text, at) => {
                let heard = self.detector.paste(&text);
                Ok(self.give_heard(heard, at))
            }
            Event::Resize(size) => Ok(self.give(Msg::Resize(size))),
            Event::Answer(ticket, answer) if ticket.is_newest() => Ok(self.give(Msg::Answer(answer))),
            Event::Answer(..) => Ok(ControlFlow::Continue(())),
            Event::Signal(signal) => {
                self.stop();
                Ok(ControlFlow::Break(End::Signal(signal)))
            }
            Event::Lost(why) => {
                self.stop();
                Err(anyhow!(why))
            }
        }
    }

    /// No more events wait: gives out what the detector need not hold, and the time.
    fn pause(&mut self) -> ControlFlow<End> {
        let now = Instant::now();
        let mut heard = self.detector.expire(now);
        if self.program.echo() == Echo::AtOnce {
            heard.extend(self.detector.settle());
        }
        self.give_heard(heard, now)?;
        if now >= self.next_minute { self.tell_time() } else { ControlFlow::Continue(()) }
    }

    /// Gives the program what a person or a scanner did, unless a question opened after it.
    fn give_heard(&mut self, heard: Vec<Heard>, at: Instant) -> ControlFlow<End> {
        for one in heard {
            let done_at = if let Heard::Key(_, pressed) = one { pressed } else { at };
            if !self.gate.admits(self.program.question(), done_at) {
                continue;
            }
            match one {
                Heard::Key(event, _) => match key::meaning(event) {
                    Meaning::Act(action) => self.give(Msg::Act(action))?,
                    Meaning::Edit(edit) => self.give(Msg::Edit(edit))?,
                    Meaning::Nothing => {}
                },
                Heard::TakeBack => self.give(Msg::TakeBack)?,
                Heard::Scan(scan) => self.give(Msg::Scan(scan))?,
                Heard::Unknown(text) => self.give(Msg::Unknown(text))?,
                Heard::Paste(text) => self.give(Msg::Paste(text))?,
            }
        }
        ControlFlow::Continue(())
    }

    /// Tells the time when the minute is another, and sets the next waking.
    fn tell_time(&mut self) -> ControlFlow<End> {
        let now = self.runner.now();
        let minute = now.with_second(0).and_then(|time| time.with_nanosecond(0)).unwrap_or(now);
        // A clock that stands still (a fixed one) must not be asked again at once.
        let seconds = if self.minute == Some(minute) { 60 } else { 60 - now.second().min(59) };
        self.next_minute = Instant::now() + Duration::from_secs(u64::from(seconds));
        if self.minute == Some(minute) {
            return ControlFlow::Continue(());
        }
        self.minute = Some(minute);
        self.give(Msg::Clock(now))
    }

    /// Gives a message, does its effects and gives their answers, until none is left.
    fn give(&mut self, msg: Msg<P::Answer>) -> ControlFlow<End> {
        self.changed = true;
        let mut messages = VecDeque::from([msg]);
        while let Some(msg) = messages.pop_front() {
            for effect in self.program.update(msg) {
                match self.runner.run(effect) {
                    Done::Answer(answer) => messages.push_back(Msg::Answer(answer)),
                    Done::Nothing => {}
                    Done::Leave => return ControlFlow::Break(End::Left),
                }
            }
        }
        ControlFlow::Continue(())
    }

    /// Lets the program put aside what is open; it ends either way.
    fn stop(&mut self) {
        let _ends_anyway = self.give(Msg::Stop);
    }
}

#[cfg(test)]
mod tests;
