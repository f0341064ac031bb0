//! The go keys: another screen about what is on screen now.

use crate::desk::CaseView;
use crate::domain::case::{Outcome, State};
use crate::tui::app::App;
use crate::tui::effect::Effect;
use crate::tui::key::Place;
use crate::tui::screen::Destination;

impl App {
    /// Goes to a place, or says what is missing for it.
    pub(super) fn go(&mut self, place: Place) -> Vec<Effect> {
        match self.destination(place) {
            Ok(Some(to)) => self.open(to),
            Ok(None) => self.home(),
            Err(why) => {
                self.refuse(&why);
                Vec::new()
            }
        }
    }

    fn destination(&self, place: Place) -> Result<Option<Destination>, String> {
        Ok(Some(match place {
            Place::Lookup => return Ok(None),
            Place::Queue => Destination::Queue,
            Place::Stock => Destination::Stock,
            Place::Day => Destination::Day,
            Place::Line => Destination::Line,
            Place::Appointment => Destination::Appointment(self.number()?),
            Place::Plan => Destination::Plan(self.serial()?),
            Place::Setup => match &self.shop.counter {
                None => Destination::Setup,
                Some(counter) => {
                    return Err(format!(
                        "This counter is till {} of {} already: its name stands in every case and stays",
                        counter.till, counter.site
                    ));
                }
            },
            Place::Eligibility => Destination::Eligibility(self.serial()?),
            Place::Case => Destination::Case(self.number()?),
            Place::Issue => {
                let ready = |case: &&CaseView| {
                    case.state == State::Chosen.as_str() && case.outcome == Outcome::Replacement.as_str()
                };
                let why = "No replacement waits to be handed out here: open a case in which it was chosen";
                Destination::Issue(Box::new(self.about.case.as_deref().filter(ready).ok_or(why)?.clone()))
            }
        }))
    }

    /// The serial of the device on screen.
    fn serial(&self) -> Result<String, String> {
        self.about.serial.clone().ok_or_else(|| "No device is on screen: scan its serial first".to_owned())
    }

    /// The number of the case on screen.
    fn number(&self) -> Result<String, String> {
        let why = "No case is on screen: scan its number, or find it in the queue (Ctrl+G 5)";
        self.about.case.as_ref().map(|case| case.number.clone()).ok_or_else(|| why.to_owned())
    }
}
