//! A case's money: due = paid − refunded + waived, always.

use crate::domain::case::{Guard, Refused};
use crate::domain::event::Payment;
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
    /// Let go.
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
        Some(self.fee?.minor - (self.paid - self.refunded) - self.waived)
    }

    /// Tells whether nothing is owed either way. Without a fee nothing may have been paid.
    #[must_use]
    pub fn settled(self) -> bool {
        self.due().map_or(self.paid == self.refunded, |due| due == 0)
    }

    /// Takes money: the amount due, or another one with a reason. Clause C4.
    ///
    /// Less than what is due is waived for the rest; more becomes the fee; an unknown fee becomes the amount.
    pub fn pay(self, tendered: Tendered, currency: Currency) -> Result<Settlement, Refused> {
        let money = |minor| Money { minor, currency };
        let taken = |minor: i64| (Payment::Taken, money(minor));
        let (amount, reason) = match (tendered, self.due()) {
            (_, Some(0)) => {
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
