//! Set-up: this counter's name and place, once.

use crate::desk::failure::{refused, wrong};
use crate::desk::{Act, Counter, Desk, Failure, act};
use crate::domain::case::Guard;
use crate::domain::event::Event;
use crate::domain::region::Code;
use crate::repository::journal::{self, new_id};

impl Desk {
    /// Names this counter. The same words again change nothing; other words are refused, once and for all.
    pub fn set_up(&mut self, act: &Act, wanted: &Counter) -> Result<Counter, Failure> {
        let region: Code = wanted.region.parse().map_err(|bad| wrong("region", bad))?;
        let site = wanted.site.trim();
        if site.is_empty() {
            return Err(wrong("site", "the centre needs a name"));
        }
        if !(1..=9999).contains(&wanted.till) {
            return Err(wrong("till", "a till's number is from 1 to 9999"));
        }
        let wanted = Counter { site: site.to_owned(), region: region.to_string(), till: wanted.till };
        self.repository.write(|tx| {
            if let Some(there) = act::counter(tx)? {
                let same = there == wanted;
                let say = format!(
                    "this counter is {} in {}, till {}, already",
                    there.site, there.region, there.till
                );
                return if same { Ok(there) } else { Err(refused(Guard::WrongState, say)) };
            }
            let event = Event::Setup {
                site: wanted.site.clone(),
                region: wanted.region.clone(),
                till: new_id(),
                number: wanted.till,
            };
            journal::append(tx, &act.stamp, &event)?;
            Ok(wanted.clone())
        })
    }
}
