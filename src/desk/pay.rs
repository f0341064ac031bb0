//! Pay: the fee, or another amount with a reason; money back. And close, once nothing is owed.

use crate::desk::act::{Work, state};
use crate::desk::choose::fee_currency;
use crate::desk::failure::{refused, wrong};
use crate::desk::life::parts::still_owed;
use crate::desk::life::{begin, needed, outcome, quote};
use crate::desk::names::written;
use crate::desk::{Act, CaseView, Desk, Failure};
use crate::domain::account::{Account, Reason, Shown, Tendered};
use crate::domain::case::{Guard, State, Step};
use crate::domain::event::{Closed, Event, Line, Method, Paid, Payment, Refunded};
use crate::domain::money::Money;
use crate::domain::writing::Writing;
use crate::repository::case::{self, Case};
use crate::repository::journal::{new_id, store_text};
use crate::repository::row::parsed;
use crate::repository::{Fault, Tx};

/// What the customer hands over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tender {
    /// How.
    pub method: Method,
    /// Another amount than what is due, in major units as typed.
    pub amount: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// What the form showed as due; none where nothing was shown, as to a command.
    pub shown: Option<Shown>,
}

/// What goes back to the customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoneyBack {
    /// How; else the way they paid last.
    pub method: Option<Method>,
    /// How much, in major units as typed.
    pub amount: String,
    /// Why.
    pub reason: String,
}

impl Desk {
    /// Takes money. Clause C4.
    pub fn pay(&mut self, act: &Act, number: &str, tender: &Tender) -> Result<CaseView, Failure> {
        self.act((act, &format!("pay/{number}")), |work| pay(work, number, tender))
    }

    /// Pays money back, as a line of its own.
    pub fn refund(&mut self, act: &Act, number: &str, back: &MoneyBack) -> Result<CaseView, Failure> {
        self.act((act, &format!("refund/{number}")), |work| refund(work, number, back))
    }

    /// Closes a case; from then on it is read-only.
    pub fn close(&mut self, act: &Act, number: &str) -> Result<CaseView, Failure> {
        self.act((act, &format!("close/{number}")), |work| {
            let case = begin(work, number, Step::Close)?;
            account(work.tx, &case)?.may_close()?;
            if case.assessment_owed {
                let say = format!("case {number} was never assessed: note the finding first");
                return Err(refused(Guard::AssessmentOwed, say));
            }
            let parts = still_owed(work.tx, &work.shop.editions, &case)?;
            if !parts.is_empty() {
                let say =
                    format!("the customer still owes: {}: take them in, or let them go", parts.join(", "));
                return Err(refused(Guard::PartsOwed, say));
            }
            work.write(&Event::Closed(Closed { case: case.id.clone() }))?;
            Ok(case.id)
        })
    }
}

/// A case's money.
pub(super) fn account(tx: &Tx<'_>, case: &Case) -> Result<Account, Fault> {
    let [paid, refunded, waived] = case::money(tx, &case.id)?;
    let fee = match &case.fee {
        None => None,
        Some((minor, code)) => Some(Money { minor: *minor, currency: parsed("cases", &case.number, code)? }),
    };
    Ok(Account { fee, paid, refunded, waived })
}

fn pay(work: &Work<'_, '_>, number: &str, tender: &Tender) -> Result<String, Failure> {
    let case = begin(work, number, Step::Pay)?;
    if !outcome(&case)?.costs() {
        return Err(refused(Guard::WrongState, format!("nothing is to be paid on case {number}")));
    }
    if state(&case)? == State::Chosen {
        quote(work, &case, &work.ground(&case.serial)?)?;
    }
    let account = account(work.tx, &case)?;
    tender.shown.map_or(Ok(()), |shown| account.as_shown(shown))?;
    let currency = match account.fee {
        Some(fee) => fee.currency,
        None => fee_currency(work, &work.ground(&case.serial)?)?,
    };
    let reason = tender.reason.as_deref().map(|reason| written(Writing::Reason, reason)).transpose()?;
    let reason = reason.filter(|reason| !reason.is_empty());
    let tendered = match &tender.amount {
        None => Tendered::Due,
        Some(text) => {
            let amount = currency.amount(text).map_err(|bad| wrong("amount", bad))?;
            let given = if reason.is_some() { Reason::Given } else { Reason::Missing };
            Tendered::Amount(amount.minor, given)
        }
    };
    let (fee, lines) = account.pay(tendered, currency)?;
    let mut written = Vec::new();
    for (kind, amount) in lines {
        let why = reason.as_deref().map(|reason| store_text(work.tx, reason)).transpose()?;
        let method = (kind != Payment::Waived).then_some(tender.method);
        written.push(Line { id: new_id(), kind, method, amount, reason: why });
    }
    work.write(&Event::Paid(Paid { case: case.id.clone(), fee, lines: written }))?;
    Ok(case.id)
}

fn refund(work: &Work<'_, '_>, number: &str, back: &MoneyBack) -> Result<String, Failure> {
    let case = begin(work, number, Step::Refund)?;
    let ways = case::by_method(work.tx, &case.id)?;
    let Some((last, _, code)) = ways.last() else {
        return Err(wrong("amount", format!("nothing was paid on case {number}")));
    };
    let currency: crate::domain::money::Currency = parsed("payment", &case.number, code)?;
    let amount = currency.amount(&back.amount).map_err(|bad| wrong("amount", bad))?;
    let amount = account(work.tx, &case)?.refund(amount)?;
    let method = match back.method {
        Some(method) => method,
        None => parsed("payment", &case.number, last)?,
    };
    let reason = Some(needed(work, Writing::Reason, &back.reason, "write why the money goes back")?);
    let line = Line { id: new_id(), kind: Payment::Refunded, method: Some(method), amount, reason };
    work.write(&Event::Refunded(Refunded { case: case.id.clone(), line }))?;
    Ok(case.id)
}
