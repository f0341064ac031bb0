//! The settings of `programme` files: one enum for each question the published texts leave open.

use crate::domain::clause::Clause;

/// All settings of an edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The plan's term.
    pub term: TermRules,
    /// Whose calendar day it is.
    pub clock_day: ClockDay,
    /// Binding a plan (C10–C12).
    pub bind: BindRules,
    /// Claims.
    pub claim: ClaimRules,
    /// Plus (C21–C23).
    pub plus: PlusRules,
    /// The maker's warranty.
    pub warranty: WarrantyRules,
    /// A plan returned after a replacement was used (C16).
    pub return_after_use: AfterUse,
    /// Days that a quote stands; none means for ever.
    pub quote_valid_days: Option<u32>,
}

/// The plan's term. Clause C2.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermRules {
    /// Months a plan lasts.
    pub months: u32,
    /// Whether the anniversary day is covered.
    pub last_day: LastDay,
    /// Where the first day comes from, the best first.
    pub starts: Vec<FirstDay>,
    /// Days from shipping to the first day of a plan bundled with its product.
    pub ship_days: u32,
}

/// Binding. Clauses C11b to C12.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BindRules {
    /// Hours after activation for aircraft and gimbals (C11b).
    pub activation_hours: u32,
    /// Days after activation for handhelds (C11c).
    pub handheld_window_days: u32,
    /// How those days are counted.
    pub handheld_days: HandheldClock,
    /// Hours after the invitation that follows an official repair (C11d).
    pub invitation_hours: u32,
    /// Hours after the notice of an approved video verification (C12).
    pub approval_hours: u32,
    /// What an activation known as a bare day allows.
    pub date_only: DateOnly,
    /// A plan for a serial that has or had one.
    pub rebind: Rebind,
}

/// Claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimRules {
    /// Another person brings the unit (C18).
    pub owner_policy: OwnerPolicy,
    /// Which dates must lie in the term.
    pub damage_in_term: DamageInTerm,
    /// A listed damaged part is not handed in (C33).
    pub incomplete: Incomplete,
    /// Broke in normal use, warranty over (C1).
    pub normal_use: Openness,
}

/// Plus. Clauses C21 to C23.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlusRules {
    /// Months that plus adds to the term and to every part's warranty.
    pub months: u32,
    /// Replacements that plus grants.
    pub granted: u8,
    /// Replacements of the first year that are left when it ends.
    pub leftover: Leftover,
    /// Whether a product takes plus only once.
    pub once: bool,
    /// Where plus may be bought.
    pub region: PlusRegion,
    /// Whether a part warranty that had run out lives again.
    pub revives: bool,
}

/// The maker's warranty. Clause C5.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WarrantyRules {
    /// Days from manufacture to the warranty's first day where there is no receipt.
    pub no_receipt_days: u32,
    /// Least days of warranty on a unit from the day it was handed out.
    pub min_days_after_replacement: u32,
}

macro_rules! choices {
    ($($(#[doc = $doc:literal])+ $name:ident { $($(#[doc = $word:literal])+ $variant:ident = $text:literal),+ $(,)? })+) => {
        $($(#[doc = $doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name { $($(#[doc = $word])+ $variant),+ }

        impl $name {
            /// Every word of the setting with what it means.
            pub const WORDS: &[(&str, Self)] = &[$(($text, Self::$variant)),+];
        })+
    };
}

choices! {
    /// Setting `term.last_day`.
    LastDay {
        /// The last covered day is the day before the anniversary.
        DayBefore = "day-before",
        /// The anniversary itself is covered.
        Anniversary = "anniversary",
    }
    /// Setting `term.starts`.
    FirstDay {
        /// The date on the agreement.
        Agreement = "agreement",
        /// The product's shipping date and some days.
        Shipped = "shipped",
        /// The day of binding.
        Bound = "bound",
    }
    /// Setting `clock.day`.
    ClockDay {
        /// The centre's local date.
        Centre = "centre",
        /// The date in UTC.
        Utc = "utc",
    }
    /// Setting `bind.handheld_days`.
    HandheldClock {
        /// Local dates.
        Calendar = "calendar",
        /// Elapsed days of 24 hours.
        Elapsed = "elapsed",
    }
    /// Setting `bind.rebind`.
    Rebind {
        /// Never.
        Never = "never",
        /// When the earlier plan has been returned or has run out.
        AfterEnd = "after-end",
    }
    /// Setting `owner.policy`.
    OwnerPolicy {
        /// No replacement.
        Strict = "strict",
        /// A person with more rights decides.
        Refer = "refer",
        /// It makes no difference.
        Ignore = "ignore",
    }
    /// Setting `claim.damage_in_term`.
    DamageInTerm {
        /// The damage date and the day the case is recorded.
        Both = "both",
        /// Only the day the case is recorded.
        Recorded = "recorded",
    }
    /// Setting `parts.incomplete`.
    Incomplete {
        /// Ask for the part.
        Refer = "refer",
        /// Go on without it.
        Ignore = "ignore",
    }
    /// Whether something is open.
    Openness {
        /// Open.
        Open = "open",
        /// A person with more rights decides.
        Refer = "refer",
        /// Closed.
        Closed = "closed",
    }
    /// Setting `plus.leftover`.
    Leftover {
        /// They lapse at the original's last day.
        Lapse = "lapse",
        /// They can still be used in plus's term.
        Carry = "carry",
    }
    /// Setting `plus.region`.
    PlusRegion {
        /// Only in the plan's region.
        Same = "same",
        /// Anywhere.
        Any = "any",
    }
    /// Setting `return.after_use`.
    AfterUse {
        /// A person with more rights decides.
        Refer = "refer",
        /// Refused.
        Refuse = "refuse",
        /// Allowed.
        Allow = "allow",
    }
    /// What a cause means for warranty repair.
    WarrantyRoute {
        /// Never.
        Closed = "closed",
        /// By the warranty rule.
        Rule = "rule",
        /// To be asked while a damaged part is in warranty.
        AskWhileInWarranty = "ask-while-in-warranty",
    }
}

/// Setting `bind.date_only`: whole days after the activation's date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateOnly {
    /// Up to here the window certainly was open at some time of day: inside.
    pub inside_days: u32,
    /// Up to here: refer; later: outside.
    pub refer_days: u32,
}

/// What a cause of damage opens, with its clauses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CauseRoute {
    /// Warranty repair.
    pub warranty: WarrantyRoute,
    /// Replacement by the plan; for a defect this holds when no damaged part is in warranty.
    pub replacement: Openness,
    /// Paid repair.
    pub paid: Openness,
    /// The clauses that say so.
    pub clauses: Vec<Clause>,
    /// The cause in words, on screen and paper.
    pub name: String,
}
