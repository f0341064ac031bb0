//! The one thread for what may take longer than a frame.
//!
//! It owns its own state (a connection). A newer question stops the one that runs and skips those
//! that wait: only the answer to the newest is of use.

use std::io;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};

use crate::tui::event::{Event, Outbox, Ticket};
use crate::tui::input::Alarm;

type Work<W, A> = Box<dyn FnOnce(&mut W) -> A + Send>;

/// A handle on the thread; dropping it stops the running work and waits for the thread.
pub struct Worker<W, A> {
    jobs: Option<Sender<(Ticket, Work<W, A>)>>,
    newest: Arc<AtomicU64>,
    interrupt: Box<dyn Fn()>,
    thread: Option<JoinHandle<()>>,
}

impl<W: Send + 'static, A: Send + 'static> Worker<W, A> {
    /// Starts the thread with its state; `interrupt` stops what runs on that state.
    pub fn start(state: W, interrupt: impl Fn() + 'static, outbox: Outbox<A>) -> io::Result<Self> {
        let (jobs, waiting) = channel();
        let thread = thread::Builder::new()
            .name("worker".to_owned())
            .spawn(move || serve(state, &waiting, &outbox))?;
        let newest = Arc::new(AtomicU64::new(0));
        Ok(Self { jobs: Some(jobs), newest, interrupt: Box::new(interrupt), thread: Some(thread) })
    }

    /// Asks something; what was asked before is given up.
    pub fn ask(&self, work: impl FnOnce(&mut W) -> A + Send + 'static) {
        let ticket = Ticket::draw(&self.newest);
        (self.interrupt)();
        if let Some(jobs) = &self.jobs {
            // A thread that has ended has told the loop itself.
            let _ = jobs.send((ticket, Box::new(work)));
        }
    }
}

impl<W, A> Drop for Worker<W, A> {
    fn drop(&mut self) {
        self.jobs = None;
        let _void = Ticket::draw(&self.newest);
        (self.interrupt)();
        if let Some(thread) = self.thread.take() {
            // Its panic was reported when it happened.
            let _ = thread.join();
        }
    }
}

/// Works until the handle is gone.
fn serve<W, A>(mut state: W, waiting: &Receiver<(Ticket, Work<W, A>)>, outbox: &Outbox<A>) {
    let alarm = Alarm::new(outbox.clone(), "searching stopped");
    for (ticket, work) in waiting {
        if !ticket.is_newest() {
            continue;
        }
        let answer = work(&mut state);
        if outbox.send(Event::Answer(ticket, answer)).is_err() {
            break;
        }
    }
    alarm.disarm();
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;

    #[test]
    fn only_the_newest_of_waiting_questions_is_worked_on() {
        let (outbox, inbox) = channel();
        let (go, gate) = channel::<()>();
        let (tell, started) = channel::<()>();
        let worker = Worker::start(0_u32, || {}, outbox).unwrap();
        worker.ask(move |_| {
            tell.send(()).unwrap();
            gate.recv().unwrap();
            0
        });
        started.recv().unwrap();
        worker.ask(|count| {
            *count += 1;
            1
        });
        worker.ask(|count| 10 + *count);
        go.send(()).unwrap();
        let answers: Vec<_> = inbox
            .iter()
            .take(2)
            .map(|event| match event {
                Event::Answer(ticket, answer) => (ticket.is_newest(), answer),
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(answers, [(false, 0), (true, 10)], "the second was skipped");
    }

    #[test]
    fn asking_again_interrupts_what_runs() {
        let (outbox, inbox) = channel();
        let (stop, stopped) = channel::<()>();
        let worker = Worker::start((), move || stop.send(()).unwrap_or_default(), outbox).unwrap();
        worker.ask(|()| "first");
        assert!(stopped.recv().is_ok());
        worker.ask(|()| "second");
        assert!(stopped.recv().is_ok());
        let newest =
            inbox.iter().find(|event| matches!(event, Event::Answer(ticket, _) if ticket.is_newest()));
        assert!(matches!(newest, Some(Event::Answer(_, "second"))));
    }
}
