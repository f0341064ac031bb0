//! Regions, the channels they lack, and fees.

use toml::Spanned;

use crate::domain::claim::Channel;
use crate::domain::edition::{Fee, FeeOrdinal, Regions};
use crate::domain::money::Currency;
use crate::domain::product::{Model, ModelId};
use crate::domain::region::Code;
use crate::programme::document::{self, Rows, Text};
use crate::programme::mistake::{Wrong, once, parsed, said};
use crate::programme::settings::only;

/// The listed regions with their members, and the pairs whose mismatch is referred.
pub(super) fn regions(written: &document::Regions) -> Result<Regions, Wrong> {
    only(&written.eu, "one", "the EU is one region, with its countries as members")?;
    let rows = &written.listed.get_ref().0;
    let mut listed: Vec<(Code, Currency, Vec<Code>)> = Vec::new();
    for (id, row) in rows {
        let code = parsed(id)?;
        let currency = parsed(&row.currency)?;
        once("country", &row.members)?;
        let members = row.members.iter().map(parsed).collect::<Result<_, _>>()?;
        listed.push((code, currency, members));
    }
    for member in rows.iter().flat_map(|(_, row)| &row.members) {
        only_home(member, &listed)?;
    }
    if !listed.iter().any(|(code, _, members)| code.as_str() == "EU" && !members.is_empty()) {
        return Err(Wrong::missing(&written.listed, "EU"));
    }
    let refer = written.refer.iter().map(|pair| referred(pair, &listed)).collect::<Result<_, _>>()?;
    Ok(Regions { listed, refer })
}

/// A country stands for one region.
fn only_home(member: &Text, listed: &[(Code, Currency, Vec<Code>)]) -> Result<(), Wrong> {
    let code: Code = parsed(member)?;
    let homes = listed.iter().filter(|(id, _, members)| *id == code || members.contains(&code)).count();
    let problem = || format!("the country \"{code}\" stands in two regions; keep one");
    if homes > 1 { Err(Wrong::at(member, problem())) } else { Ok(()) }
}

fn referred(
    pair: &Spanned<[Text; 2]>,
    listed: &[(Code, Currency, Vec<Code>)],
) -> Result<(Code, Code), Wrong> {
    let [a, b] = pair.get_ref();
    let (a, b) = (region(a, listed)?, region(b, listed)?);
    if a == b {
        return Err(Wrong::at(pair, format!("\"{a}\" stands here with itself; name two regions")));
    }
    Ok((a, b))
}

fn region(id: &Text, listed: &[(Code, Currency, Vec<Code>)]) -> Result<Code, Wrong> {
    let code: Code = parsed(id)?;
    let known = || listed.iter().map(|(code, ..)| code.as_str());
    let unknown = || Wrong::unknown("region", id, known());
    listed.iter().map(|&(known, ..)| known).find(|known| *known == code).ok_or_else(unknown)
}

/// The channels that regions lack. Every channel has its row.
pub(super) fn closed_channels(
    written: &Spanned<Rows<Vec<Text>>>,
    regions: &Regions,
) -> Result<Vec<(Channel, Code)>, Wrong> {
    let rows = &written.get_ref().0;
    let mut closed = Vec::new();
    for (id, codes) in rows {
        let channel: Channel = parsed(id)?;
        once("region", codes)?;
        for code in codes {
            closed.push((channel, region(code, &regions.listed)?));
        }
    }
    match Channel::ALL.iter().find(|channel| rows.iter().all(|(id, _)| id.get_ref() != channel.as_str())) {
        Some(absent) => Err(Wrong::missing(written, absent.as_str())),
        None => Ok(closed),
    }
}

/// The fees, each with its source. Clause C4.
pub(super) fn fees(
    written: &[document::Fee],
    (models, regions, allowance): (&[Model], &Regions, u8),
) -> Result<Vec<Fee>, Wrong> {
    let mut fees: Vec<Fee> = Vec::new();
    for row in written {
        let fee = Fee {
            model: model(&row.model, models)?,
            ordinal: ordinal(&row.ordinal, allowance)?,
            amount: currency(&row.currency, regions)?
                .amount(row.amount.get_ref())
                .map_err(|error| Wrong::at(&row.amount, error))?,
            source: said(&row.source)?,
        };
        let place = |fee: &Fee| (fee.model.clone(), fee.ordinal, fee.amount.currency);
        if fees.iter().any(|earlier| place(earlier) == place(&fee)) {
            let problem = format!("this fee of {} stands here twice; keep one", fee.model);
            return Err(Wrong::at(&row.ordinal, problem));
        }
        fees.push(fee);
    }
    Ok(fees)
}

/// The id of a model that the file knows.
pub(super) fn model(id: &Text, models: &[Model]) -> Result<ModelId, Wrong> {
    let known = models.iter().map(|model| &model.id).find(|known| known.as_str() == id.get_ref());
    known.cloned().ok_or_else(|| Wrong::unknown("model", id, models.iter().map(|model| model.id.as_str())))
}

fn ordinal(written: &Text, allowance: u8) -> Result<FeeOrdinal, Wrong> {
    let ordinal = FeeOrdinal::parse(written.get_ref());
    ordinal
        .filter(|ordinal| *ordinal <= FeeOrdinal::Refresh(allowance) || *ordinal == FeeOrdinal::Plus)
        .ok_or_else(|| {
            let text = written.get_ref();
            let problem =
                format!("\"{text}\" is no replacement of the plan (\"1\" to \"{allowance}\", or \"plus\")");
            Wrong::at(written, problem)
        })
}

fn currency(written: &Text, regions: &Regions) -> Result<Currency, Wrong> {
    let currency: Currency = parsed(written)?;
    let known = || regions.listed.iter().map(|(_, currency, _)| currency.as_str());
    let used = regions.listed.iter().any(|(_, known, _)| *known == currency);
    if used { Ok(currency) } else { Err(Wrong::unknown("currency", written, known())) }
}
