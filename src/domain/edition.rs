//! One edition of the programme: every clause, product, region, fee and setting a rule may ask for.
//!
//! Values only; the files they come from are the business of [`crate::programme`].

use std::collections::BTreeMap;

use chrono::NaiveDate;
use thiserror::Error;

use crate::domain::case::{Guard, Refused};
use crate::domain::claim::{Cause, Channel};
use crate::domain::clause::Clause;
use crate::domain::facts::Refusal;
use crate::domain::money::{Currency, Money};
use crate::domain::product::{Model, ModelId, Part};
use crate::domain::region::{Code, Region, Standing};

mod serials;
mod settings;

pub use serials::{Made, SerialShapes};
pub use settings::{
    AfterUse, BindRules, CauseRoute, ClaimRules, ClockDay, DamageInTerm, DateOnly, FirstDay, HandheldClock,
    Incomplete, LastDay, Leftover, Openness, OwnerPolicy, PlusRegion, PlusRules, Rebind, Settings, TermRules,
    WarrantyRoute, WarrantyRules,
};

/// The rules that plans of one time were sold under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    /// The id in facts and files, such as `2019-05`.
    pub id: String,
    /// The first day on which it applies to a new plan.
    pub first_day: NaiveDate,
    /// Replacements a plan grants (C3).
    pub allowance: u8,
    /// A short text for every clause.
    pub clauses: BTreeMap<Clause, String>,
    /// All settings of the programme.
    pub settings: Settings,
    /// What each cause opens (C1, C5, C6, C28, C35).
    pub causes: BTreeMap<Cause, CauseRoute>,
    /// Parts that can be damaged, in the order staff see them, with their names.
    pub parts: Vec<(Part, String)>,
    /// Models in the order staff see them.
    pub models: Vec<Model>,
    /// Listed regions (C13).
    pub regions: Regions,
    /// Channels that are not offered, by region (C31).
    pub closed_channels: Vec<(Channel, Code)>,
    /// Fees with their sources (C4).
    pub fees: Vec<Fee>,
    /// What serial numbers tell.
    pub serials: SerialShapes,
}

/// The listed regions and their members. Clause C13.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Regions {
    /// Region, currency and member countries (none for a region that is one country).
    pub listed: Vec<(Code, Currency, Vec<Code>)>,
    /// Pairs whose mismatch is referred and not refused (setting `regions.eu`).
    pub refer: Vec<(Code, Code)>,
}

/// The place of a replacement in the row of fees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FeeOrdinal {
    /// The first, second … replacement of the plan.
    Refresh(u8),
    /// Plus's replacement.
    Plus,
}

/// What a replacement costs. Clause C4.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fee {
    /// The model.
    pub model: ModelId,
    /// Which replacement.
    pub ordinal: FeeOrdinal,
    /// The amount.
    pub amount: Money,
    /// Where the figure comes from.
    pub source: String,
}

/// The editions at hand, oldest first and never none.
#[derive(Debug, Clone)]
pub struct Editions {
    earliest: Edition,
    later: Vec<Edition>,
}

/// A part that an edition does not have.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("unknown part \"{id}\" (one of {all})")]
pub struct UnknownPart {
    id: String,
    /// Those that it has, one behind another.
    all: String,
}

impl Edition {
    /// The model with this id.
    #[must_use]
    pub fn model(&self, id: &str) -> Option<&Model> {
        self.models.iter().find(|model| model.id.as_str() == id)
    }

    /// The part with this id.
    #[must_use]
    pub fn part(&self, id: &str) -> Option<&Part> {
        self.parts.iter().map(|(part, _)| part).find(|part| part.as_str() == id)
    }

    /// The same of an id that somebody typed; the error names those that there are.
    pub fn part_named(&self, id: &str) -> Result<&Part, UnknownPart> {
        let all = || self.parts.iter().map(|(part, _)| part.as_str()).collect::<Vec<_>>().join(", ");
        self.part(id).ok_or_else(|| UnknownPart { id: id.to_owned(), all: all() })
    }

    /// The name of a part on screen and paper.
    #[must_use]
    pub fn part_name<'a>(&'a self, part: &'a Part) -> &'a str {
        self.parts.iter().find(|(known, _)| known == part).map_or(part.as_str(), |(_, name)| name)
    }

    /// The region that a country stands for. An unlisted one is a fact, not a mistake (C13).
    #[must_use]
    pub fn region(&self, code: Code) -> Region {
        let home = |(id, _, members): &&(Code, Currency, Vec<Code>)| *id == code || members.contains(&code);
        match self.regions.listed.iter().find(home) {
            Some((id, currency, _)) => Region::new(*id, Standing::Listed(*currency)),
            None => Region::new(code, Standing::Unlisted),
        }
    }

    /// Tells whether a mismatch of these two is referred (setting `regions.eu`).
    #[must_use]
    pub fn refers_mismatch(&self, a: Region, b: Region) -> bool {
        let pair = (a.code(), b.code());
        self.regions.refer.iter().any(|&(x, y)| pair == (x, y) || pair == (y, x))
    }

    /// Tells whether the centre's region offers a channel. Clause C31.
    #[must_use]
    pub fn offers(&self, channel: Channel, region: Region) -> bool {
        !self.closed_channels.contains(&(channel, region.code()))
    }

    /// The channels a region offers.
    #[must_use]
    pub fn channels(&self, region: Region) -> Vec<Channel> {
        Channel::ALL.iter().copied().filter(|&channel| self.offers(channel, region)).collect()
    }

    /// Refuses a channel that the centre's region does not offer, and names those that it does. Clause C31.
    pub fn must_offer(&self, channel: Channel, region: Region) -> Result<(), Refused> {
        if self.offers(channel, region) {
            return Ok(());
        }
        let offered: Vec<_> = self.channels(region).iter().map(|channel| channel.as_str()).collect();
        let say =
            format!("the {channel} channel is not offered in {region}: offered are {}", offered.join(", "));
        Err(Refused::new(Guard::ChannelNotOffered, say))
    }

    /// The edition's own fee; none when it is unknown. Clause C4.
    #[must_use]
    pub fn fee(&self, model: &ModelId, ordinal: FeeOrdinal, currency: Currency) -> Option<Money> {
        let hit =
            |fee: &&Fee| fee.model == *model && fee.ordinal == ordinal && fee.amount.currency == currency;
        self.fees.iter().find(hit).map(|fee| fee.amount)
    }

    /// The short text of a clause.
    #[must_use]
    pub fn clause_text(&self, clause: Clause) -> &str {
        self.clauses.get(&clause).map_or("", String::as_str)
    }
}

impl Editions {
    /// Puts editions in order of their first day; an edition with an id that is there already replaces it.
    #[must_use]
    pub fn new(first: Edition, others: Vec<Edition>) -> Self {
        let mut all: BTreeMap<String, Edition> = BTreeMap::new();
        let mut earliest = first;
        for edition in others {
            if edition.id == earliest.id {
                earliest = edition;
            } else {
                all.insert(edition.id.clone(), edition);
            }
        }
        let mut later: Vec<_> = all.into_values().collect();
        let by_day = |a: &Edition, b: &Edition| (a.first_day, &a.id).cmp(&(b.first_day, &b.id));
        later.sort_unstable_by(by_day);
        if let Some(first) = later.first_mut().filter(|first| first.first_day < earliest.first_day) {
            std::mem::swap(&mut earliest, first);
            later.sort_unstable_by(by_day);
        }
        Self { earliest, later }
    }

    /// Every edition, oldest first.
    #[must_use]
    pub fn all(&self) -> impl DoubleEndedIterator<Item = &Edition> {
        std::iter::once(&self.earliest).chain(&self.later)
    }

    /// The edition with this id.
    #[must_use]
    pub fn named(&self, id: &str) -> Option<&Edition> {
        self.all().find(|edition| edition.id == id)
    }

    /// The latest edition whose first day is not after `day`, else the earliest.
    #[must_use]
    pub fn on(&self, day: NaiveDate) -> &Edition {
        self.later.iter().rev().find(|edition| edition.first_day <= day).unwrap_or(&self.earliest)
    }

    /// The first edition that knows a model, newest first.
    #[must_use]
    pub fn model(&self, id: &str) -> Option<&Model> {
        self.all().rev().find_map(|edition| edition.model(id))
    }

    /// The region that a country stands for, by the newest edition that lists it; itself where none does.
    #[must_use]
    pub fn region(&self, code: Code) -> Region {
        let regions = || self.all().rev().map(|edition| edition.region(code));
        let listed = regions().find(|region| region.standing() != Standing::Unlisted);
        listed.unwrap_or(Region::new(code, Standing::Unlisted))
    }

    /// Every region that an edition lists, the newest edition's first. Clause C13.
    #[must_use]
    pub fn regions(&self) -> Vec<Code> {
        let mut known: Vec<Code> = Vec::new();
        for (code, ..) in self.all().rev().flat_map(|edition| &edition.regions.listed) {
            if !known.contains(code) {
                known.push(*code);
            }
        }
        known
    }

    /// Refuses a region for a centre that no edition lists, and names those that are. Clause C13.
    pub fn must_list(&self, code: Code) -> Result<Region, Refusal> {
        let region = self.region(code);
        if region.standing() != Standing::Unlisted {
            return Ok(region);
        }
        let known: Vec<String> = self.regions().iter().map(Code::to_string).collect();
        let problem = format!(
            "the programme is not offered in {code}: it is in {} (a country of the EU is EU)",
            known.join(", ")
        );
        Err(Refusal { field: "region".to_owned(), problem })
    }
}

impl FeeOrdinal {
    /// Reads `1`, `2` … or `plus`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "plus" => Some(Self::Plus),
            _ => text.parse().ok().filter(|&n: &u8| n > 0 && n.to_string() == text).map(Self::Refresh),
        }
    }
}

impl std::fmt::Display for FeeOrdinal {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Refresh(ordinal) => ordinal.fmt(out),
            Self::Plus => out.pad("plus"),
        }
    }
}
