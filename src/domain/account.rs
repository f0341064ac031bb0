//! A case's money: fee = paid − refunded + waived + due, always. And how long a quote stands.

use chrono::NaiveDate;

use crate::domain::case::{Guard, Refused};
use crate::domain::day::days_after;
use crate::domain::event::{Method, Payment};
use crate::domain::facts::Refusal;
use crate::domain::money::{Currency, Money};

/// What a case owes and has paid, in minor units of one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Account {
    /// What is due; none while the fee is not known.
    pub fee: Option<Money>,
    /// Paid by the customer.
    pub paid: i64,
    /// Paid back.
    pub refunded: i64,
    /// Let go of the fee that stands now; what was let go of an earlier quote went with it.
    pub waived: i64,
}

/// What the customer hands over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tendered {
    /// What is due.
    Due,
    /// Another amount, with a reason or without.
    Amount(i64, Reason),
}

/// What stood before the person as due when they decided what to take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// A fee that nobody knows.
    Unknown,
    /// This much.
    Due(Money),
}

/// Whether a reason was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// It was.
    Given,
    /// It was not.
    Missing,
}

/// The fee from now on, and the lines of money to write.
pub type Settlement = (Money, Vec<(Payment, Money)>);

impl Account {
    /// What is still due; none while the fee is not known.
    #[must_use]
    pub fn due(self) -> Option<i64> {
        Some(self.fee?.minor - self.net() - self.waived)
    }

    /// Refuses where another amount is due than the one that was shown: what was agreed, was agreed on that one.
    ///
    /// Once nothing is due, the payment itself says so.
    pub fn as_shown(self, shown: Shown) -> Result<(), Refused> {
        let now = self.fee.zip(self.due()).map(|(fee, minor)| Money { minor, ..fee });
        let changed = match (now, shown) {
            (Some(now), _) if now.minor <= 0 => return Ok(()),
            (Some(now), Shown::Due(before)) if now != before => format!("{now} is due now, and not {before}"),
            (Some(now), Shown::Unknown) => format!("{now} is due now"),
            (None, Shown::Due(_)) => "the fee is not known any more".to_owned(),
            (Some(_), Shown::Due(_)) | (None, Shown::Unknown) => return Ok(()),
        };
        let say = format!("{changed}: look at the case again before you take anything");
        Err(Refused::new(Guard::FeeUnpaid, say))
    }

    /// Tells whether nothing is owed either way. Without a fee nothing may have been paid.
    #[must_use]
    pub fn settled(self) -> bool {
        self.due().map_or(self.net() == 0, |due| due == 0)
    }

    /// What the customer has paid and not got back.
    #[must_use]
    pub const fn net(self) -> i64 {
        self.paid - self.refunded
    }

    /// Refuses while the customer's money is here: it goes back first.
    pub fn paid_back(self, act: &str) -> Result<(), Refused> {
        if self.net() == 0 {
            return Ok(());
        }
        let net = self.fee.map_or_else(
            || "money".to_owned(),
            |fee| Money { minor: self.net(), currency: fee.currency }.to_string(),
        );
        Err(Refused::new(Guard::MoneyNotSettled, format!("{net} was paid: refund it before you {act}")))
    }

    /// Refuses to give the unit out while something is owed either way.
    pub fn may_leave(self) -> Result<(), Refused> {
        if self.settled() {
            return Ok(());
        }
        match self.fee {
            Some(fee) if self.net() == 0 && self.waived == 0 => {
                Err(Refused::new(Guard::FeeUnpaid, format!("the fee of {fee} is not paid yet")))
            }
            Some(_) | None => self.may_close(),
        }
    }

    /// Refuses to close while something is owed either way, and says what settles it.
    pub fn may_close(self) -> Result<(), Refused> {
        if self.settled() {
            return Ok(());
        }
        let due = self.fee.zip(self.due()).filter(|(_, due)| *due > 0);
        let say = due.map_or_else(
            || "the customer has paid more than is due: pay the rest back, with a reason".to_owned(),
            |(fee, minor)| {
                let due = Money { minor, currency: fee.currency };
                format!("{due} is still due: take it, or write it off with a payment of 0 and a reason")
            },
        );
        Err(Refused::new(Guard::MoneyNotSettled, say))
    }

    /// Checks an amount to be paid back: something, and never more than the customer has paid.
    pub fn refund(self, amount: Money) -> Result<Money, Refusal> {
        let most = Money { minor: self.net(), currency: amount.currency };
        let problem = match amount.minor {
            minor if minor > most.minor => format!("{amount} is more than the {most} that was paid"),
            minor if minor <= 0 => "must be more than nothing".to_owned(),
            _ => return Ok(amount),
        };
        Err(Refusal { field: "amount".to_owned(), problem })
    }

    /// Takes money: the amount due, or another one with a reason. Clause C4.
    ///
    /// Less than what is due is waived for the rest; more becomes the fee; an unknown fee becomes the amount.
    pub fn pay(self, tendered: Tendered, currency: Currency) -> Result<Settlement, Refused> {
        let money = |minor| Money { minor, currency };
        let taken = |minor: i64| (Payment::Taken, money(minor));
        let (amount, reason) = match (tendered, self.due()) {
            (_, Some(due)) if due <= 0 => {
                return Err(Refused::new(Guard::WrongState, "the fee is settled already; nothing is due"));
            }
            (Tendered::Due, Some(due)) => (due, Reason::Given),
            (Tendered::Amount(amount, _), Some(due)) if amount == due => (due, Reason::Given),
            (Tendered::Amount(amount, reason), _) => (amount, reason),
            (Tendered::Due, None) => {
                let say = "the fee is not known: enter the amount and a reason";
                return Err(Refused::new(Guard::FeeUnknown, say));
            }
        };
        let Some((fee, due)) = self.fee.zip(self.due()) else {
            return match reason {
                Reason::Given if amount == 0 => Ok((money(0), vec![(Payment::Waived, money(0))])),
                Reason::Given => Ok((money(amount), vec![taken(amount)])),
                Reason::Missing => Err(Refused::new(
                    Guard::FeeUnknown,
                    "the fee is not known: enter a reason with the amount",
                )),
            };
        };
        if reason == Reason::Missing {
            let say = format!("{} is due: another amount needs a reason", money(due));
            return Err(Refused::new(Guard::FeeUnpaid, say));
        }
        let mut lines = Vec::new();
        if amount > 0 {
            lines.push(taken(amount));
        }
        if amount < due {
            lines.push((Payment::Waived, money(due - amount)));
        }
        Ok((money(fee.minor + (amount - due).max(0)), lines))
    }
}

/// What goes back by each method when all of the customer's money does, from the net of each.
///
/// A method by which more went back than came in has nothing left; the others never give more than the whole.
#[must_use]
pub fn all_back(nets: &[(Method, i64)]) -> Vec<(Method, i64)> {
    let mut rest: i64 = nets.iter().map(|(_, net)| net).sum();
    let mut back = Vec::new();
    for (method, net) in nets {
        let amount = rest.min(*net);
        if amount > 0 {
            rest -= amount;
            back.push((*method, amount));
        }
    }
    back
}

/// The last day of a quote (setting `quote.valid_days`; none means that it stands for ever).
#[must_use]
pub fn quote_until(quoted_on: NaiveDate, valid: Option<u32>) -> Option<NaiveDate> {
    valid.map(|days| days_after(quoted_on, days))
}

/// Refuses once a quote has run out.
pub fn quote_stands(quoted_on: NaiveDate, today: NaiveDate, valid: Option<u32>) -> Result<(), Refused> {
    if quote_until(quoted_on, valid).is_some_and(|last| today > last) {
        let say = format!("the quote of {quoted_on} has run out: change the choice and choose again");
        return Err(Refused::new(Guard::WrongState, say));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn account(fee: Option<i64>, paid: i64) -> Account {
        let currency = "USD".parse().unwrap();
        Account { fee: fee.map(|minor| Money { minor, currency }), paid, refunded: 0, waived: 0 }
    }

    #[rstest]
    #[case::the_fee(Some(7900), Tendered::Due, &[(Payment::Taken, 7900)], 7900)]
    #[case::the_fee_named(Some(7900), Tendered::Amount(7900, Reason::Missing), &[(Payment::Taken, 7900)], 7900)]
    #[case::less_with_a_reason(Some(7900), Tendered::Amount(5000, Reason::Given), &[(Payment::Taken, 5000), (Payment::Waived, 2900)], 7900)]
    #[case::nothing_with_a_reason(Some(7900), Tendered::Amount(0, Reason::Given), &[(Payment::Waived, 7900)], 7900)]
    #[case::more_with_a_reason(Some(7900), Tendered::Amount(9900, Reason::Given), &[(Payment::Taken, 9900)], 9900)]
    #[case::unknown_with_a_reason(None, Tendered::Amount(4900, Reason::Given), &[(Payment::Taken, 4900)], 4900)]
    fn every_payment_balances(
        #[case] fee: Option<i64>,
        #[case] tendered: Tendered,
        #[case] lines: &[(Payment, i64)],
        #[case] fee_after: i64,
    ) {
        let (fee, written) = account(fee, 0).pay(tendered, "USD".parse().unwrap()).unwrap();
        let written: Vec<_> = written.iter().map(|(kind, money)| (*kind, money.minor)).collect();
        assert_eq!((fee.minor, written.as_slice()), (fee_after, lines));
        let sum: i64 = written.iter().map(|(_, minor)| minor).sum();
        assert_eq!(fee.minor, sum);
    }

    #[rstest]
    #[case::the_same(Some(7900), 0, Some(7900), None)]
    #[case::the_rest_of_it(Some(7900), 5000, Some(2900), None)]
    #[case::still_not_known(None, 0, None, None)]
    #[case::another_price(Some(25000), 0, Some(7900), Some("250.00 USD is due now, and not 79.00 USD"))]
    #[case::less_is_due(Some(7900), 5000, Some(7900), Some("29.00 USD is due now, and not 79.00 USD"))]
    #[case::known_now(Some(7900), 0, None, Some("79.00 USD is due now"))]
    #[case::known_no_more(None, 0, Some(7900), Some("the fee is not known any more"))]
    #[case::paid_meanwhile(Some(7900), 7900, Some(7900), None)]
    fn money_is_taken_only_for_the_due_that_was_shown(
        #[case] fee: Option<i64>,
        #[case] paid: i64,
        #[case] shown: Option<i64>,
        #[case] says: Option<&str>,
    ) {
        let money = |minor| Money { minor, currency: "USD".parse().unwrap() };
        let shown = shown.map_or(Shown::Unknown, |minor| Shown::Due(money(minor)));
        let refused = account(fee, paid).as_shown(shown).err();
        let changed = refused.as_ref().and_then(|refused| refused.say.split(':').next());
        assert_eq!(changed, says);
    }

    #[rstest]
    #[case::all_of_it(7900, true)]
    #[case::a_part(1, true)]
    #[case::more_than_was_paid(7901, false)]
    #[case::nothing(0, false)]
    fn no_more_goes_back_than_was_paid(#[case] minor: i64, #[case] allowed: bool) {
        let amount = Money { minor, currency: "USD".parse().unwrap() };
        assert_eq!(account(Some(7900), 7900).refund(amount).is_ok(), allowed);
    }

    #[rstest]
    #[case::free_of_charge(None, 0, 0, None)]
    #[case::paid(Some(7900), 7900, 0, None)]
    #[case::nothing_paid(Some(7900), 0, 0, Some(Guard::FeeUnpaid))]
    #[case::paid_in_part(Some(7900), 5000, 0, Some(Guard::MoneyNotSettled))]
    #[case::the_rest_let_go(Some(7900), 5000, 2900, None)]
    #[case::let_go_in_part(Some(7900), 0, 2900, Some(Guard::MoneyNotSettled))]
    #[case::too_much(Some(7900), 8000, 0, Some(Guard::MoneyNotSettled))]
    #[case::paid_for_nothing(None, 100, 0, Some(Guard::MoneyNotSettled))]
    fn a_unit_leaves_when_nothing_is_owed(
        #[case] fee: Option<i64>,
        #[case] paid: i64,
        #[case] waived: i64,
        #[case] guard: Option<Guard>,
    ) {
        let account = Account { waived, ..account(fee, paid) };
        assert_eq!(account.may_leave().err().map(|refused| refused.guard), guard);
        assert_eq!(account.may_close().is_err(), guard.is_some());
    }

    #[rstest]
    #[case::goodwill(
        6900,
        "10.00 USD is still due: take it, or write it off with a payment of 0 and a reason"
    )]
    #[case::nothing_paid(
        0,
        "79.00 USD is still due: take it, or write it off with a payment of 0 and a reason"
    )]
    #[case::too_much(8000, "the customer has paid more than is due: pay the rest back, with a reason")]
    fn what_is_owed_is_said_with_the_way_to_settle_it(#[case] paid: i64, #[case] says: &str) {
        assert_eq!(account(Some(7900), paid).may_close().unwrap_err().say, says);
    }

    #[rstest]
    #[case::one_method(&[(Method::Card, 7900)], &[(Method::Card, 7900)])]
    #[case::two_methods(&[(Method::Card, 5000), (Method::Cash, 2900)], &[(Method::Card, 5000), (Method::Cash, 2900)])]
    #[case::paid_back_another_way(&[(Method::Card, 7900), (Method::Cash, -2900)], &[(Method::Card, 5000)])]
    #[case::nothing_is_here(&[(Method::Card, 7900), (Method::Cash, -7900)], &[])]
    fn all_money_goes_back_the_way_it_came(#[case] nets: &[(Method, i64)], #[case] back: &[(Method, i64)]) {
        assert_eq!(all_back(nets), back);
    }

    #[rstest]
    #[case::for_ever("2021-01-01", None, true)]
    #[case::the_same_day("2020-03-02", Some(0), true)]
    #[case::the_next_day("2020-03-03", Some(0), false)]
    #[case::the_last_day("2020-03-16", Some(14), true)]
    #[case::a_day_late("2020-03-17", Some(14), false)]
    fn a_quote_stands_for_its_days(#[case] today: &str, #[case] valid: Option<u32>, #[case] stands: bool) {
        let day = |text: &str| crate::domain::day::parse_day(text).unwrap();
        assert_eq!(quote_stands(day("2020-03-02"), day(today), valid).is_ok(), stands);
    }

    #[rstest]
    #[case::another_amount_without_a_reason(
        Some(7900),
        0,
        Tendered::Amount(7800, Reason::Missing),
        Guard::FeeUnpaid
    )]
    #[case::unknown_fee(None, 0, Tendered::Due, Guard::FeeUnknown)]
    #[case::unknown_fee_without_a_reason(None, 0, Tendered::Amount(1, Reason::Missing), Guard::FeeUnknown)]
    #[case::paid_already(Some(7900), 7900, Tendered::Due, Guard::WrongState)]
    fn a_payment_that_would_not_balance_is_refused(
        #[case] fee: Option<i64>,
        #[case] paid: i64,
        #[case] tendered: Tendered,
        #[case] guard: Guard,
    ) {
        let refused = account(fee, paid).pay(tendered, "USD".parse().unwrap()).unwrap_err();
        assert_eq!(refused.guard, guard);
    }
}
