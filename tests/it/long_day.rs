//! A whole day at the counter: 25 customers with every outcome, and a sheet whose sums the journal confirms.

use serde_json::{Value, json};

use crate::shop::{Ran, Shop};

mod sums;

pub(crate) use sums::confirmed;

pub(crate) const CUSTOMERS: usize = 25;
pub(crate) const UNITS: usize = 24;

pub(crate) fn device(customer: usize) -> String {
    format!("08QDG6C01{customer:03}B3")
}

pub(crate) fn unit(number: usize) -> String {
    format!("08QDH32F4{number:03}ZY")
}

/// A day that goes on: each command comes a minute after the one before.
pub(crate) struct Day {
    pub(crate) shop: Shop,
    minute: u32,
    pub(crate) next_unit: usize,
}

impl Day {
    /// A shop with a device and a plan for each customer, and units on shelf A1.
    pub(crate) fn begins() -> Self {
        let shop = Shop::bare();
        shop.run(&["setup", "--site", "Alameda Center", "--region", "US"]).well();
        let mut files = [
            (
                "devices",
                "serial,model,purchase_region,purchased_on,warranty_starts_on,owner_name\n".to_owned(),
            ),
            ("plans", "number,tier,serial,region,programme,starts_on,granted\n".to_owned()),
            ("stock", "serial,model,part,state,place\n".to_owned()),
        ];
        for at in 1..=CUSTOMERS {
            let serial = device(at);
            files[0].1.push_str(&[&serial, ",mavic-pro,US,2019-06-15,2019-06-15,Customer\n"].concat());
            files[1]
                .1
                .push_str(&["P-", &serial, ",refresh,", &serial, ",US,2019-05,2019-06-15,2\n"].concat());
        }
        for at in 1..=UNITS {
            files[2].1.push_str(&[&unit(at), ",mavic-pro,aircraft,in-stock,A1\n"].concat());
        }
        for (kind, text) in files {
            shop.import(kind, &text).well();
        }
        Self { shop, minute: 0, next_unit: 1 }
    }

    fn run(&mut self, who: &str, arguments: &[&str]) -> Ran {
        self.minute += 1;
        let (hour, minute) = (9 + self.minute / 60, self.minute % 60);
        let now = format!("2020-03-02T{hour:02}:{minute:02}:00-08:00");
        let mut command = self.shop.command();
        command.env("CAREDESK_NOW", now).args(arguments).args(["--who", who, "--json"]);
        command.output().unwrap().into()
    }

    fn does(&mut self, arguments: &[&str]) -> Value {
        self.run("Ana", arguments).well().json()
    }

    fn refused(&mut self, arguments: &[&str]) -> String {
        let ran = self.run("Ana", arguments);
        assert_eq!(ran.code, 1, "{ran:?}");
        ran.guard()
    }

    fn recorded(&mut self, customer: usize, claim: [&str; 3]) -> String {
        let [cause, part, channel] = claim;
        let (serial, name) = (device(customer), format!("Customer {customer} 王小明"));
        let said = "It came down in the park by the lake";
        let view = self.does(&[
            "case",
            "record",
            &serial,
            "--cause",
            cause,
            "--part",
            part,
            "--said",
            said,
            "--customer",
            &name,
            "--phone",
            "+1 415 555 0100",
            "--owner",
            "same",
            "--channel",
            channel,
        ]);
        view["number"].as_str().unwrap().to_owned()
    }

    fn received(&mut self, customer: usize, claim: [&str; 3]) -> String {
        let case = self.recorded(customer, claim);
        self.does(&["case", "receive", &case, "--serial", &device(customer), "--part", claim[1]]);
        case
    }

    fn assessed(&mut self, customer: usize, cause: &str) -> String {
        let number = self.received(customer, [cause, "aircraft", "swift"]);
        self.does(&[
            "case",
            "assess",
            &number,
            "--cause",
            cause,
            "--part",
            "aircraft",
            "--finding",
            "Arm broken",
        ]);
        number
    }

    fn chosen(&mut self, customer: usize) -> String {
        let case = self.assessed(customer, "accident");
        self.does(&["case", "choose", &case, "replacement"]);
        case
    }

    fn paid(&mut self, case: &str, method: &str) {
        self.does(&["case", "pay", case, "--method", method]);
    }

    fn issued(&mut self, case: &str) -> String {
        let unit = unit(self.next_unit);
        self.next_unit += 1;
        assert_eq!(self.does(&["issue", case, "--unit", &unit])["state"], "HANDED_OVER");
        unit
    }

    fn closed(&mut self, case: &str) {
        assert_eq!(self.does(&["case", "close", case])["state"], "CLOSED");
    }

    fn replaced(&mut self, customer: usize, method: &str) -> String {
        let case = self.chosen(customer);
        self.paid(&case, method);
        self.issued(&case);
        self.closed(&case);
        case
    }

    fn repaired(&mut self, case: &str) {
        self.does(&["case", "work", case]);
        self.does(&["case", "finish", case, "--result", "Arm replaced, flown for ten minutes"]);
        self.does(&["case", "tell", case]);
    }

    fn handed_over(&mut self, case: &str, customer: usize) {
        self.does(&["case", "hand-over", case, "--serial", &device(customer)]);
        self.closed(case);
    }
}

/// Replacements, straight and not so straight.
fn replacements(day: &mut Day) {
    for customer in 1..=8 {
        day.replaced(customer, if customer % 3 == 0 { "cash" } else { "card" });
    }
    let case = day.chosen(9);
    day.does(&["case", "pay", &case, "--method", "card", "--amount", "50.00", "--reason", "goodwill"]);
    day.issued(&case);
    day.closed(&case);

    let quick = day.received(10, ["accident", "aircraft", "quick"]);
    day.does(&["case", "choose", &quick, "replacement"]);
    day.paid(&quick, "card");
    day.issued(&quick);
    assert_eq!(day.refused(&["case", "close", &quick]), "assessment-owed");
    day.does(&[
        "case",
        "assess",
        &quick,
        "--cause",
        "accident",
        "--part",
        "aircraft",
        "--finding",
        "Arm broken",
    ]);
    day.closed(&quick);

    let asked = day.assessed(11, "unknown");
    assert_eq!(day.refused(&["case", "choose", &asked, "replacement"]), "refer");
    day.does(&["case", "choose", &asked, "replacement", "--by", "Ben", "--reason", "the log shows a crash"]);
    day.paid(&asked, "card");
    day.issued(&asked);
    let certificate = day.shop.run(&["paper", "certificate", &asked]).well().out;
    assert!(certificate.contains("Left on plan          1 of 2"), "{certificate}");
    day.closed(&asked);

    let reopened = day.replaced(12, "card");
    assert_eq!(
        day.refused(&["case", "reopen", &reopened, "--by", "ana", "--reason", "wrong paper"]),
        "same-person"
    );
    day.does(&["case", "reopen", &reopened, "--by", "Ben", "--reason", "wrong paper"]);
    day.closed(&reopened);
}

/// Two hand-outs that were taken back: one unit is here again, the other is lost.
fn voids(day: &mut Day) {
    for (customer, lost) in [(13, false), (14, true)] {
        let case = day.chosen(customer);
        day.paid(&case, "card");
        let unit = day.issued(&case);
        let back = if lost { "lost" } else { &unit };
        let view = day.does(&["case", "void", &case, "--by", "Ben", "--reason", "wrong box", "--unit", back]);
        assert_eq!((&view["state"], &view["balance"]), (&"ASSESSED".into(), &2.into()));
        if lost {
            day.does(&["case", "choose", &case, "return-unrepaired", "--reason", "does not want it"]);
            day.handed_over(&case, customer);
        } else {
            day.does(&["case", "choose", &case, "replacement"]);
            day.paid(&case, "cash");
            day.issued(&case);
            day.closed(&case);
        }
    }
}

/// Repairs, a change of mind, a refund.
fn repairs(day: &mut Day) {
    let later = day.assessed(15, "accident");
    day.does(&["case", "choose", &later, "paid-repair", "--price", "120.00"]);
    day.repaired(&later);
    assert_eq!(day.refused(&["case", "hand-over", &later, "--serial", &device(15)]), "fee-unpaid");
    day.paid(&later, "cash");
    day.handed_over(&later, 15);

    let refunded = day.chosen(16);
    day.does(&["case", "change-mind", &refunded, "--reason", "wants its own back"]);
    day.does(&["case", "choose", &refunded, "paid-repair", "--price", "90.00"]);
    day.paid(&refunded, "card");
    day.repaired(&refunded);
    day.does(&["case", "refund", &refunded, "--amount", "20.00", "--reason", "took too long"]);
    day.does(&["case", "pay", &refunded, "--method", "card", "--amount", "0", "--reason", "took too long"]);
    day.handed_over(&refunded, 16);

    let warranty = day.assessed(17, "defect");
    day.does(&["case", "choose", &warranty, "warranty-repair"]);
    day.repaired(&warranty);
    day.handed_over(&warranty, 17);
}

/// Units that go home as they came, cases that end early, and nobody who comes.
fn the_rest(day: &mut Day) {
    for (customer, choice) in [(18, "return-unrepaired"), (19, "no-fault"), (20, "no-fault")] {
        let case = day.assessed(customer, "accident");
        day.does(&["case", "choose", &case, choice, "--reason", "nothing to be found"]);
        day.handed_over(&case, customer);
    }
    let early = day.recorded(21, ["accident", "aircraft", "swift"]);
    day.does(&["case", "cancel", &early, "--reason", "called off by phone"]);
    let late = day.chosen(22);
    day.paid(&late, "card");
    assert_eq!(
        day.refused(&["case", "cancel", &late, "--reason", "wants it sent home"]),
        "money-not-settled"
    );
    day.does(&["case", "refund", &late, "--amount", "79.00", "--reason", "cancelled"]);
    day.does(&["case", "cancel", &late, "--reason", "wants it sent home"]);

    let held = day.assessed(23, "accident");
    day.does(&["case", "hold", &held, "--reason", "waits for the customer's call"]);
    let wet = day.assessed(24, "water");
    assert_eq!(day.does(&["case", "choose", &wet, "replacement"])["state"], "CHOSEN");

    let booked = day.recorded(25, ["accident", "aircraft", "swift"]);
    day.does(&["appointment", "book", &booked, "--slot", "2020-03-02T15:00:00-08:00"]);
    while day.minute < 7 * 60 {
        day.minute += 60;
    }
    day.does(&["appointment", "no-show", &booked]);
}

#[test]
fn a_day_with_every_outcome_ends_with_a_sheet_that_the_journal_confirms() {
    let mut day = Day::begins();
    replacements(&mut day);
    voids(&mut day);
    repairs(&mut day);
    the_rest(&mut day);

    let on_shelf: Vec<String> = (day.next_unit..UNITS).map(unit).collect();
    let mut count = vec!["stock", "count", "--place", "A1"];
    count.extend(on_shelf.iter().map(String::as_str));
    assert_eq!(day.does(&count)["missing"], json!([unit(UNITS)]));

    confirmed(&day.shop);

    let unexplained = day.run("Ana", &["day", "close"]);
    assert_eq!(unexplained.json()["error"]["field"], "explain", "{unexplained:?}");
    let closed = day.does(&["day", "close", "--explain", "unit sent to the other centre by mistake"]);
    let again = day.shop.run(&["day", "show", "--day", "2020-03-02", "--json"]).well().json();
    assert_eq!(again, closed);
    let journal = day.shop.run(&["export", "journal"]).well().out;
    for private in ["wrong box", "wrong paper", "goodwill", "by mistake", "waits for the customer", "王小明"]
    {
        assert!(!journal.contains(private), "the journal holds \"{private}\", which nobody could erase");
    }
    day.shop.verified();
}
