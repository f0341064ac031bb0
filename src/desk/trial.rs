//! A desk in memory for tests, the files it is filled from, and the case that most of them begin with.

use crate::desk::assess::Assessment;
use crate::desk::config::House;
use crate::desk::import::{Aim, BadRows, Job, Kind, Report, import};
use crate::desk::record::Draft;
use crate::desk::{Act, Counter, Desk, Purpose, Shop};
use crate::domain::claim::{Cause, Channel, Cycles, Owner};
use crate::domain::edition::Editions;
use crate::programme;
use crate::repository::journal::{Person, Stamp};

/// A desk whose counter has no name yet.
pub fn nameless(editions: Editions) -> Desk {
    let (folder, house) = (std::env::temp_dir(), House::default());
    Desk::in_memory(Shop { editions, folder, purpose: Purpose::Real, house }).unwrap()
}

/// A desk in the United States.
pub fn desk(act: &Act, editions: Editions) -> Desk {
    let mut desk = nameless(editions);
    desk.set_up(act, &Counter { site: "Alameda".to_owned(), region: "US".to_owned(), till: 1 }).unwrap();
    desk
}

/// The editions that come with the program.
pub fn editions() -> Editions {
    programme::editions(None).unwrap()
}

/// Brings a file in.
pub fn bring(desk: &mut Desk, stamp: Stamp, (kind, text): (Kind, &str), bad_rows: BadRows) -> Report {
    let editions = desk.shop().editions.clone();
    let job = Job { kind, file: "f.csv", editions: &editions, aim: Aim::Merge, bad_rows, stamp };
    import(desk.repository(), &job, text.as_bytes(), &mut |_| ()).unwrap()
}

/// An aircraft that crashed, brought by its owner.
pub fn crashed(serial: &str, (name, phone): (&str, &str)) -> Draft {
    Draft {
        serial: serial.to_owned(),
        cause: Cause::Accident,
        parts: vec!["aircraft".to_owned()],
        said: "It crashed in flight.".to_owned(),
        customer: Person { name: name.to_owned(), phone: Some(phone.to_owned()), email: None },
        owner: Owner::Same,
        channel: Channel::Swift,
        damaged_on: None,
        battery_cycles: None,
    }
}

/// What a technician finds on it.
pub fn found(words: &str) -> Assessment {
    Assessment {
        cause: Cause::Accident,
        parts: vec!["aircraft".to_owned()],
        finding: words.to_owned(),
        owner: None,
        damaged_on: None,
        battery_cycles: Cycles::AsSaid,
        repaired_elsewhere: None,
    }
}
