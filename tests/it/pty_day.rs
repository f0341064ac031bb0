//! The long day once more, lived in the real program through its screens: keys and scans, and no command.

use crate::long_day::{Day, UNITS, confirmed, device, unit};
use crate::terminal::{Terminal, bytes_of};

/// The counter's screen on a day that goes on.
struct Counter {
    day: Day,
    at: Terminal,
}

impl Counter {
    fn opens(day: Day) -> Self {
        let at = Terminal::start(&day.shop, &[]);
        at.wait_for("Find");
        Self { day, at }
    }

    /// The same shop at a later hour.
    fn later(mut self, now: &str) -> Self {
        self.leaves();
        let at = Terminal::start_with(&self.day.shop, &[], (24, 80), &[("CAREDESK_NOW", now)]);
        at.wait_for("Find");
        Self { at, ..self }
    }

    fn leaves(&mut self) {
        self.press("Ctrl+Q");
        assert_eq!(self.at.ended(), 0);
    }

    /// Keys as fast as they come: too few letters in a row for a scan.
    fn press(&mut self, keys: &str) {
        let bytes: String = keys.split(' ').map(bytes_of).collect();
        self.at.send(bytes.as_bytes());
    }

    fn sees(&self, text: &str) -> String {
        self.at.wait_for(text)
    }

    /// Words that are pasted: a person's typing takes minutes.
    fn says(&mut self, words: &str) {
        self.at.send(format!("\x1b[200~{words}\x1b[201~").as_bytes());
    }

    /// What F9 is wanted for, and what then is on the screen.
    fn does(&mut self, then: &str) -> String {
        self.press("F9");
        self.sees(then)
    }

    /// The case page in this state.
    fn stands(&self, state: &str) -> String {
        let wanted = format!("· {state}");
        self.at.wait(&wanted, |screen| screen.contains("Case ") && screen.contains(&wanted))
    }

    fn does_to(&mut self, state: &str) -> String {
        self.press("F9");
        self.stands(state)
    }

    fn found(&mut self, what: &str, then: &str) {
        self.press("F2");
        self.sees("Scan the unit");
        self.at.scan(what);
        self.at.wait(then, |screen| screen.contains(what) && screen.contains(then));
    }

    /// The filled-in form of a new case: a cause by its letter.
    fn asks(&mut self, customer: usize, cause: &str) {
        self.found(&device(customer), "COVERED");
        self.press("F6");
        self.sees("Brought by");
        self.says("+1 415 555 0100");
        self.press(&format!("Enter Enter s Enter {cause} Enter Enter 1"));
        self.sees("Ready");
    }

    fn walk_in(&mut self, customer: usize, cause: &str) {
        self.asks(customer, cause);
        self.does_to("RECEIVED");
    }

    /// Recorded, while the unit comes later.
    fn calls(&mut self, customer: usize) {
        self.asks(customer, "a");
        self.press("Enter Enter Enter c");
        self.sees("comes later");
        self.does_to("RECORDED");
    }

    fn assess(&mut self, customer: usize, cause: &str) {
        self.walk_in(customer, cause);
        self.does_to("ASSESSED");
    }

    /// The choice this many lines below the first, and what it asks.
    fn choose(&mut self, line: usize, asked: &str) {
        self.sees("Costs the customer");
        self.press(&["Home", "Down", "Down", "Down", "Down"][..=line].join(" "));
        if !asked.is_empty() {
            self.press("Tab");
            self.says(asked);
        }
        self.press("F9");
    }

    fn replacement(&mut self, customer: usize) {
        self.assess(customer, "a");
        self.does_to("CHOSEN");
    }

    fn pay(&mut self, method: &str) {
        self.sees("Paid by");
        if method == "cash" {
            self.press("Right");
        }
        self.press("F9");
    }

    /// Another amount than what stands in the field, and why.
    fn amount(&mut self, amount: &str, then: &str, reason: &str) {
        self.press("Ctrl+U");
        self.says(amount);
        self.press(then);
        self.says(reason);
        self.press("F9");
    }

    /// The new unit goes out; the certificate stands on the screen.
    fn hand_out(&mut self) -> String {
        let unit = unit(self.day.next_unit);
        self.day.next_unit += 1;
        self.sees("BEFORE");
        self.at.scan(&unit);
        self.sees(&unit);
        self.does("Last four");
        self.at.send(&unit.as_bytes()[unit.len() - 4..]);
        self.does("REPLACEMENT CERTIFICATE");
        unit
    }

    fn issue(&mut self, method: &str) {
        self.pay(method);
        self.hand_out();
        self.does("is closed. The next customer can come");
    }

    fn other_step(&mut self, letter: &str) {
        self.press("Ctrl+G o");
        self.sees("Other steps");
        self.press(letter);
        self.at.wait("the step's form", |screen| !screen.contains("Other steps"));
    }

    /// Another step that asks a reason.
    fn other(&mut self, letter: &str, reason: &str) {
        self.other_step(letter);
        self.says(reason);
        self.press("F9");
    }

    fn repair(&mut self) {
        self.does_to("IN WORK");
        self.says("Arm replaced, flown for ten minutes");
        self.does_to("READY");
        self.other_step("t");
        self.does("The customer was told");
    }

    fn give_back(&mut self, customer: usize) {
        self.sees("Serial on unit");
        self.at.scan(&device(customer));
        self.does_to("HANDED OVER");
        self.does_to("CLOSED");
    }

    fn number(&self) -> String {
        let screen = self.sees("Case 0");
        let (_, behind) = screen.split_once("Case 0").unwrap();
        format!("0{}", behind.split_whitespace().next().unwrap())
    }
}

fn replacements(counter: &mut Counter) {
    for customer in 1..=8 {
        counter.replacement(customer);
        counter.issue(if customer % 3 == 0 { "cash" } else { "card" });
    }
    counter.replacement(9);
    counter.press("Tab");
    counter.amount("50.00", "Tab", "goodwill of the centre");
    counter.hand_out();
    counter.does("is closed. The next customer can come");
}

/// A quick case whose assessment is owed, a decision of two persons, a closed case opened again.
fn not_so_straight(counter: &mut Counter) {
    counter.asks(10, "a");
    counter.press("Enter Enter q");
    counter.does_to("RECEIVED");
    counter.does_to("CHOSEN");
    counter.pay("card");
    counter.hand_out();
    counter.does("Still owed");
    counter.press("F3");
    counter.sees("Finding");
    counter.does("Close case");
    counter.does_to("CLOSED");

    counter.assess(11, "n o t Space k");
    counter.choose(0, "");
    counter.sees("Still needed: the reason");
    counter.says("the log shows a crash");
    counter.does("Still needed: a second person");
    counter.says("Ben");
    counter.does_to("CHOSEN");
    counter.issue("card");

    counter.replacement(12);
    let case = counter.number();
    counter.issue("card");
    counter.found(&case, "CLOSED");
    counter.other_step("o");
    counter.says("Ben");
    counter.press("Tab");
    counter.says("wrong paper");
    counter.does_to("HANDED OVER");
    counter.does_to("CLOSED");
}

fn voids(counter: &mut Counter) {
    for (customer, lost) in [(13, false), (14, true)] {
        counter.replacement(customer);
        counter.pay("card");
        let unit = counter.hand_out();
        counter.press("F3");
        counter.stands("HANDED OVER");
        counter.other_step("v");
        if lost {
            counter.says("lost");
        } else {
            counter.at.scan(&unit);
        }
        counter.press("Tab");
        counter.says("Ben");
        counter.press("Tab");
        counter.says("wrong box");
        counter.does("Last four");
        counter.at.send(&device(customer).as_bytes()[10..]);
        counter.does_to("ASSESSED");
        if lost {
            counter.choose(3, "does not want it");
            counter.give_back(customer);
        } else {
            counter.choose(0, "");
            counter.issue("cash");
        }
    }
}

fn repairs(counter: &mut Counter) {
    counter.assess(15, "a");
    counter.choose(1, "120.00");
    counter.repair();
    counter.pay("cash");
    counter.give_back(15);

    counter.replacement(16);
    counter.other("m", "wants its own back");
    counter.stands("ASSESSED");
    counter.choose(1, "90.00");
    counter.stands("CHOSEN");
    counter.other_step("p");
    counter.pay("card");
    counter.repair();
    counter.other_step("r");
    counter.amount("20.00", "Tab Tab", "took too long");
    counter.sees("Paid by");
    counter.press("Tab");
    counter.amount("0", "Tab", "took too long");
    counter.give_back(16);

    counter.assess(17, "d");
    counter.choose(2, "");
    counter.repair();
    counter.give_back(17);
}

/// Units that go home as they came, cases that end early or wait, and one customer on a wide screen.
fn the_rest(counter: &mut Counter) {
    for (customer, line) in [(18, 3), (19, 4), (20, 4)] {
        counter.assess(customer, "a");
        counter.choose(line, "nothing to be found");
        counter.give_back(customer);
    }
    counter.calls(21);
    counter.other("c", "called off by phone");
    counter.stands("CANCELLED");

    counter.replacement(22);
    counter.pay("card");
    counter.sees("BEFORE");
    counter.press("F3");
    counter.stands("CHOSEN");
    counter.press("Ctrl+G o c");
    counter.sees("was paid: pay it back first");
    counter.press("F3");
    counter.other_step("r");
    counter.press("Tab Tab");
    counter.says("cancelled by the customer");
    counter.does("Paid by");
    counter.other("c", "wants it sent home");
    counter.stands("CANCELLED");

    counter.assess(23, "a");
    counter.other("h", "waits for the customer's call");
    counter.sees("ON HOLD");

    counter.at.resize(40, 120);
    counter.found(&device(24), "COVERED");
    counter.press("F6");
    counter.sees("Brought by");
    counter.says("+1 415 555 0100");
    counter.press("Shift+Tab Ctrl+U");
    counter.says("王小明 陳怡君");
    counter.press("Enter Enter Enter s Enter w Enter Enter 1");
    counter.sees("Ready");
    assert!(counter.does_to("RECEIVED").contains("王小明 陳怡君 · +1 415 555 0100"));
    counter.does_to("ASSESSED");
    counter.choose(0, "");
    counter.stands("CHOSEN");
    counter.at.resize(24, 80);
}

/// An appointment in the afternoon to which nobody comes, a unit that is missed, and the end of the day.
fn the_evening(mut counter: Counter) -> Day {
    counter.calls(25);
    counter.press("Ctrl+G a");
    counter.sees("Time");
    counter.press("Tab");
    counter.press("1 5");
    counter.sees("book 15:00");
    counter.does("is booked for 2020-03-02 15:00");
    let mut counter = counter.later("2020-03-02T17:30:00-08:00");
    counter.press("Ctrl+G t");
    counter.sees("booked");
    counter.press("F4");
    counter.sees("move it to another time");
    counter.press("n");
    counter.does("nobody came at 2020-03-02 15:00");

    counter.press("Ctrl+G 6");
    counter.sees("Find");
    counter.press("F9 1");
    counter.sees("Shelf");
    counter.says("A1");
    counter.press("Enter");
    for number in counter.day.next_unit..UNITS {
        counter.at.scan(&unit(number));
    }
    assert!(counter.does("Missing units").contains(&unit(UNITS)));
    counter.press("1");
    counter.does("The count is written down");

    confirmed(&counter.day.shop);
    counter.press("Ctrl+G 7");
    counter.sees("to explain");
    counter.does("Still open");
    counter.says("unit sent to the other centre by mistake");
    counter.does("Month and day");
    counter.press("0 3 0 2");
    counter.does(": CLOSED");
    counter.leaves();
    counter.day
}

#[test]
fn the_long_day_is_lived_on_the_screens_and_its_sheet_is_what_the_journal_says() {
    let mut counter = Counter::opens(Day::begins());
    replacements(&mut counter);
    not_so_straight(&mut counter);
    voids(&mut counter);
    repairs(&mut counter);
    the_rest(&mut counter);
    let day = the_evening(counter);
    confirmed(&day.shop);
    let sheet = day.shop.run(&["day", "show", "--day", "2020-03-02", "--json"]).well().json();
    assert_eq!(sheet["state"], "closed");
    day.shop.verified();
}
