//! The go keys: another screen about what is on screen now.

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
        let case = self.about.case.as_deref();
        match place {
            Place::Lookup => Ok(None),
            Place::Queue => Ok(Some(Destination::Queue)),
            Place::Stock => Ok(Some(Destination::Stock)),
            Place::Day => Ok(Some(Destination::Day)),
            Place::Line => Ok(Some(Destination::Line)),
            Place::Appointment => {
                let number = case.map(|case| case.number.clone());
                number.map(|number| Some(Destination::Appointment(number))).ok_or_else(|| {
                    "No case is on screen: scan its number, or find it in the queue (Ctrl+G 5)".to_owned()
                })
            }
            Place::Plan => {
                let serial = self.about.serial.clone();
                serial
                    .map(|serial| Some(Destination::Plan(serial)))
                    .ok_or_else(|| "No device is on screen: scan its serial first".to_owned())
            }
            Place::Setup => match &self.shop.counter {
                None => Ok(Some(Destination::Setup)),
                Some(counter) => Err(format!(
                    "This counter is till {} of {} already: its name stands in every case and stays",
                    counter.till, counter.site
                )),
            },
            Place::Eligibility => {
                let serial = self.about.serial.clone();
                serial
                    .map(|serial| Some(Destination::Eligibility(serial)))
                    .ok_or_else(|| "No device is on screen: scan its serial first".to_owned())
            }
            Place::Case => case.map(|case| Some(Destination::Case(case.number.clone()))).ok_or_else(|| {
                "No case is on screen: scan its number, or find it in the queue (Ctrl+G 5)".to_owned()
            }),
            Place::Issue => {
                let ready = |case: &&crate::desk::CaseView| {
                    case.state == State::Chosen.as_str() && case.outcome == Outcome::Replacement.as_str()
                };
                case.filter(ready).map(|case| Some(Destination::Issue(Box::new(case.clone())))).ok_or_else(
                    || {
                        "No replacement waits to be handed out here: open a case in which it was chosen"
                            .to_owned()
                    },
                )
            }
        }
    }
}
