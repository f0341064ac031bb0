//! Papers on their way out: the file at once, the printer on a thread of its own.

use std::path::Path;
use std::thread;

use crate::desk::Desk;
use crate::desk::print::printer::{LIMIT, Printer, Printing};
use crate::desk::print::{Kind, Loose, Printed, Wanted};
use crate::domain::event::Way;
use crate::paper::Width;
use crate::tui::effect::{Answer, Sorry};
use crate::tui::runner::{Clerk, sorry, tell};

/// No printer, and a page wide.
pub(super) const fn nowhere() -> Printing {
    Printing { printer: Printer::Off, width: Width::Page }
}

impl Clerk {
    /// Prints a paper: its file is written, and the printer gets it when there is one.
    pub(super) fn print(&mut self, (number, kind): (&str, Kind), width: Option<Width>) -> Answer {
        let wanted = self.wanted(width);
        let printed = self.with(String::new(), |desk, act| desk.print(act, number, (kind, wanted)));
        self.out(printed)
    }

    /// Prints a paper of no case in the same way.
    pub(super) fn print_sheet(&mut self, which: &Loose, width: Option<Width>) -> Answer {
        let wanted = self.wanted(width);
        let printed = self.with(String::new(), |desk, act| desk.print_sheet(act, which, wanted));
        self.out(printed)
    }

    fn wanted(&self, width: Option<Width>) -> Wanted {
        let way = match self.printing.printer {
            Printer::Command(..) => Way::Printer,
            Printer::Off | Printer::Missing => Way::File,
        };
        Wanted { width: width.unwrap_or(self.printing.width), way }
    }

    fn out(&self, printed: Result<Printed, Sorry>) -> Answer {
        let failed = printed.as_ref().ok().and_then(|printed| Desk::file(printed).err()).map(sorry);
        if let Ok(printed) = &printed {
            self.send(printed);
        }
        Answer::Paper(printed, failed)
    }

    /// Gives a paper to the printer; the loop never waits for it.
    fn send(&self, printed: &Printed) {
        if self.printing.printer == Printer::Off {
            return;
        }
        let (device, outbox) = (self.printing.printer.clone(), self.outbox.clone());
        let Printed { text, file, .. } = printed.clone();
        let kept = file.clone();
        let sending = move || {
            let sent = device.send(&text, LIMIT);
            let answer = match sent {
                Ok(()) => Answer::Sent(file),
                Err(why) => trouble(&why.to_string(), &file),
            };
            tell(&outbox, answer);
        };
        if let Err(cause) = thread::Builder::new().name("printer".to_owned()).spawn(sending) {
            tell(&self.outbox, trouble(&cause.to_string(), &kept));
        }
    }
}

fn trouble(why: &str, file: &Path) -> Answer {
    let file = file.display();
    let say = format!("printer: {why}; the paper is kept in {file}, print it again with Ctrl+P");
    Answer::Told(Sorry { guard: None, say })
}
