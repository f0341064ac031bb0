//! Papers on their way out: the file at once, the printer on a thread of its own.

use std::path::Path;
use std::thread;

use crate::desk::Desk;
use crate::desk::print::printer::{LIMIT, Printer, Printing};
use crate::desk::print::{About, Printed, Wanted};
use crate::domain::event::Way;
use crate::paper::Width;
use crate::repository::Patience;
use crate::tui::effect::{Answer, Sorry};
use crate::tui::run::Done;
use crate::tui::runner::{Clerk, tell};

/// No printer, and a page wide.
pub(super) const fn nowhere() -> Printing {
    Printing { printer: Printer::Off, width: Width::Page }
}

impl Clerk {
    /// Prints a paper into its file, which is the print where there is no printer; else the printer gets it on a
    /// thread, whose answer is told when it is there.
    pub(super) fn print(&mut self, about: About, width: Option<Width>) -> Done<Answer> {
        match self.printing.printer {
            Printer::Command(..) => match self.send(about, self.wanted(width, Way::Printer)) {
                Ok(()) => Done::Nothing,
                Err(sorry) => Done::Answer(Answer::Told(sorry)),
            },
            Printer::Off | Printer::Missing => {
                Done::Answer(self.write(&about, self.wanted(width, Way::File)))
            }
        }
    }

    fn wanted(&self, width: Option<Width>, way: Way) -> Wanted {
        Wanted { width: width.unwrap_or(self.printing.width), way }
    }

    fn write(&mut self, about: &About, wanted: Wanted) -> Answer {
        let mut failed = None;
        let deliver = |printed: &Printed| {
            failed = Desk::file(printed).err().map(Sorry::from);
            Ok(None)
        };
        let printed = self.with(String::new(), |desk, act| desk.print_out(act, (about, wanted), deliver));
        Answer::Paper(printed.map(|(printed, _)| printed), failed)
    }

    /// Gives a paper to the printer with a desk of its own; the loop never waits for it.
    fn send(&mut self, about: About, wanted: Wanted) -> Result<(), Sorry> {
        let act = self.act(String::new())?;
        let mut desk = self.desk()?.another(Patience::Command).map_err(Sorry::from)?;
        let (device, outbox) = (self.printing.printer.clone(), self.outbox.clone());
        let sending = move || {
            let deliver = |printed: &Printed| {
                Desk::file(printed)?;
                Ok(device.send(&printed.text, LIMIT).err())
            };
            let answer = match desk.print_out(&act, (&about, wanted), deliver) {
                Ok((printed, None)) => Answer::Sent(printed.file),
                Ok((printed, Some(why))) => trouble(&why.to_string(), &printed.file),
                Err(failure) => Answer::Told(failure.into()),
            };
            tell(&outbox, answer);
        };
        let started = thread::Builder::new().name("printer".to_owned()).spawn(sending);
        started
            .map(drop)
            .map_err(|cause| Sorry { guard: None, say: format!("no thread for printing: {cause}") })
    }
}

fn trouble(why: &str, file: &Path) -> Answer {
    let file = file.display();
    let say = format!("printer: {why}; the paper is kept in {file}, print it again with Ctrl+P");
    Answer::Told(Sorry { guard: None, say })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::print::{Loose, Stage};
    use crate::tui::effect::Effect;
    use crate::tui::event::Event;
    use crate::tui::run::Runner;
    use crate::tui::runner::tests::Rig;

    #[test]
    fn a_print_on_the_screen_that_fails_changes_nothing() {
        let mut rig = Rig::filled();
        let day = Loose::Day("2020-03-02".parse().unwrap());
        for (program, stage) in [("false", Stage::Draft), ("true", Stage::Original)] {
            let (clerk, inbox) = rig.clerk_and_inbox();
            clerk.printing.printer = Printer::Command(program.to_owned(), Vec::new());
            assert!(matches!(clerk.run(Effect::PrintSheet(day.clone(), None)), Done::Nothing));
            let Ok(Event::Answer(_, answer)) = inbox.recv() else { panic!("no answer") };
            assert_eq!(matches!(answer, Answer::Sent(_)), stage == Stage::Original, "{answer:?}");
            assert_eq!(clerk.sheet(&day, None).unwrap().stage, stage);
        }
    }
}
