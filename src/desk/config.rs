//! Where things are and who works here: flags, then environment, then the config file, then the platform.

use std::path::{Path, PathBuf};

use etcetera::{BaseStrategy, choose_base_strategy};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use thiserror::Error;

use crate::desk::names::clean;
use crate::desk::print::printer::{Printer, Printing};
use crate::paper::Width;

use crate::domain::visit::{Calendar, Length, Opening};

/// The config file as written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Who works at this counter, until people sign in.
    pub who: Option<String>,
    /// Folder with further editions of the programme.
    pub programmes: Option<PathBuf>,
    /// Phrases for the customer's words that one key picks.
    #[serde(default)]
    pub phrases: Vec<String>,
    /// The command that prints a text from its standard input; an empty list turns printing off.
    pub print: Option<Words>,
    /// How wide papers are printed: 80 or 42.
    #[serde(default, deserialize_with = "width")]
    pub paper: Option<Width>,
    /// When this centre sees people.
    #[serde(default)]
    pub opening: Opening,
    /// How long one visit takes.
    #[serde(default)]
    pub slot_minutes: Length,
    /// How many visits begin at once; one is all this program can do.
    #[serde(default)]
    pub places_per_slot: Places,
    /// How many days an old part may wait for the maker.
    #[serde(default)]
    pub parts_due_days: DueDays,
}

/// How many visits begin at once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "u32")]
pub struct Places;

impl TryFrom<u32> for Places {
    type Error = String;

    fn try_from(places: u32) -> Result<Self, String> {
        if places == 1 { Ok(Self) } else { Err(format!("{places} places: only 1 visit can begin at once")) }
    }
}

/// How many days an old part may wait for the maker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct DueDays(pub u32);

impl Default for DueDays {
    fn default() -> Self {
        Self(14)
    }
}

/// How this centre works, where every centre settles it for itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct House {
    /// When it sees people.
    pub calendar: Calendar,
    /// How many days an old part may wait for the maker.
    pub parts_due: DueDays,
}

/// A command as one text or as a list of its words.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged, expecting = "`print` is a command, or a list of its words")]
pub enum Words {
    /// Words with blanks between them.
    Text(String),
    /// Word by word.
    List(Vec<String>),
}

fn width<'de, D: Deserializer<'de>>(given: D) -> Result<Option<Width>, D::Error> {
    match i64::deserialize(given)? {
        80 => Ok(Some(Width::Page)),
        42 => Ok(Some(Width::Roll)),
        other => Err(D::Error::custom(format!("papers are 80 or 42 columns wide, not {other}"))),
    }
}

/// What was given on the command line.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// `--data-dir`.
    pub data_dir: Option<PathBuf>,
    /// `--config`.
    pub config: Option<PathBuf>,
    /// `--programmes`.
    pub programmes: Option<PathBuf>,
}

/// Everything settled.
#[derive(Debug, Clone)]
pub struct Settled {
    /// The folder of the database and the papers.
    pub data_dir: PathBuf,
    /// Folder with further editions.
    pub programmes: Option<PathBuf>,
    /// The config file's words.
    pub config: Config,
}

/// What is wrong with the config.
#[derive(Debug, Error)]
pub enum BadConfig {
    /// It cannot be read.
    #[error("cannot read the config {0}: {1}: check the path")]
    Unreadable(PathBuf, String),
    /// Its text is wrong.
    #[error("{0}:{1}: {2}: correct the line or remove it")]
    Wrong(PathBuf, usize, String),
    /// The platform names no home.
    #[error("no home folder is known: name a folder with --data-dir")]
    NoHome,
}

/// The environment's data folder.
pub const DATA_DIR: &str = "CAREDESK_DATA_DIR";

/// Settles where things are.
pub fn settle(given: Given) -> Result<Settled, BadConfig> {
    let config = config(given.config.as_deref())?;
    let from_environment = || std::env::var_os(DATA_DIR).filter(|text| !text.is_empty()).map(PathBuf::from);
    let data_dir = match given.data_dir.or_else(from_environment) {
        Some(folder) => folder,
        None => platform()?.data_dir().join("caredesk"),
    };
    let programmes = given.programmes.or_else(|| config.programmes.clone());
    Ok(Settled { data_dir, programmes, config })
}

/// How this program is called for the shop in a folder, to be typed in another window.
#[must_use]
pub fn command(folder: &Path) -> String {
    let usual = platform().is_ok_and(|platform| platform.data_dir().join("caredesk") == folder);
    let folder = folder.display().to_string();
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_' | '~');
    match (usual, folder.chars().all(plain)) {
        (true, _) => "caredesk".to_owned(),
        (false, true) => format!("caredesk --data-dir {folder}"),
        (false, false) => format!("caredesk --data-dir '{}'", folder.replace('\'', r"'\''")),
    }
}

fn platform() -> Result<impl BaseStrategy, BadConfig> {
    choose_base_strategy().map_err(|_| BadConfig::NoHome)
}

fn config(given: Option<&Path>) -> Result<Config, BadConfig> {
    if let Some(path) = given {
        return read(path);
    }
    let usual = platform().map(|platform| platform.config_dir().join("caredesk").join("config.toml"));
    match usual {
        Ok(path) if path.exists() => read(&path),
        Ok(_) | Err(_) => Ok(Config::default()),
    }
}

fn read(path: &Path) -> Result<Config, BadConfig> {
    let unreadable = |cause: std::io::Error| BadConfig::Unreadable(path.to_owned(), cause.to_string());
    let text = std::fs::read_to_string(path).map_err(unreadable)?;
    toml::from_str(&text).map_err(|wrong| {
        let before = wrong.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        BadConfig::Wrong(path.to_owned(), line, wrong.message().replace('\n', " "))
    })
}

impl Settled {
    /// The person who works here: named, else the config's, else the system's user.
    #[must_use]
    pub fn who(&self, named: Option<&str>) -> String {
        let system = || std::env::var("USER").or_else(|_| std::env::var("USERNAME")).ok();
        named
            .map(str::to_owned)
            .or_else(|| self.config.who.clone())
            .or_else(system)
            .map(|name| clean(&name).into_owned())
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| "staff".to_owned())
    }

    /// Phrases for the customer's words: the config's own, else the built-in ones.
    #[must_use]
    pub fn phrases(&self) -> Vec<String> {
        if self.config.phrases.is_empty() {
            return include_str!("../../assets/words/phrases.txt").lines().map(str::to_owned).collect();
        }
        self.config.phrases.clone()
    }

    /// How this centre works.
    #[must_use]
    pub fn house(&self) -> House {
        let calendar = Calendar { opening: self.config.opening.clone(), length: self.config.slot_minutes };
        House { calendar, parts_due: self.config.parts_due_days }
    }

    /// Where papers are printed, and how wide.
    #[must_use]
    pub fn printing(&self) -> Printing {
        let words = self.config.print.as_ref().map(|words| match words {
            Words::Text(text) => text.split_whitespace().map(str::to_owned).collect(),
            Words::List(list) => list.clone(),
        });
        Printing {
            printer: Printer::settle(words.as_deref()),
            width: self.config.paper.unwrap_or(Width::Page),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::day::parse_day;
    use rstest::rstest;

    fn written(text: &str) -> Result<Config, String> {
        let folder = std::env::temp_dir().join(format!("caredesk-config-{}", uuid::Uuid::now_v7()));
        std::fs::create_dir(&folder).unwrap();
        let path = folder.join("config.toml");
        std::fs::write(&path, text).unwrap();
        let read = read(&path).map_err(|bad| bad.to_string().replace(&*folder.to_string_lossy(), ""));
        std::fs::remove_dir_all(&folder).unwrap();
        read
    }

    #[rstest]
    #[case::plain("/srv/shop", "caredesk --data-dir /srv/shop")]
    #[case::with_a_blank("/srv/the shop", "caredesk --data-dir '/srv/the shop'")]
    #[case::with_a_quote("/srv/ana's", r"caredesk --data-dir '/srv/ana'\''s'")]
    fn a_shop_elsewhere_is_named_in_its_command(#[case] folder: &str, #[case] says: &str) {
        assert_eq!(command(Path::new(folder)), says);
    }

    #[test]
    fn the_usual_shop_needs_no_name() {
        assert_eq!(command(&platform().unwrap().data_dir().join("caredesk")), "caredesk");
    }

    #[test]
    fn what_is_not_said_is_as_usual() {
        let config = written("opening = { sat = \"closed\" }\nslot_minutes = 30\n").unwrap();
        let calendar = Calendar { opening: config.opening, length: config.slot_minutes };
        let slots = |day: &str| calendar.grid(parse_day(day).unwrap()).len();
        assert_eq!(["2020-03-06", "2020-03-07", "2020-03-08"].map(slots), [18, 0, 0]);
        assert_eq!(config.parts_due_days, DueDays(14));
    }

    #[rstest]
    #[case::loose("who = \"Ann\"\n[opening]\nmon = \"9-18\"\n", 3, "is not opening hours")]
    #[case::backwards("[opening]\nmon = \"18:00-09:00\"\n", 2, "runs backwards")]
    #[case::no_such_day("[opening]\nmoon = \"closed\"\n", 2, "unknown field `moon`")]
    #[case::no_time_at_all("slot_minutes = 0\n", 1, "0 is not the length of a slot")]
    #[case::two_at_once("who = \"Ann\"\nplaces_per_slot = 2\n", 2, "only 1 visit can begin at once")]
    #[case::negative("parts_due_days = -1\n", 1, "invalid value")]
    fn a_mistake_is_named_with_its_line(#[case] text: &str, #[case] line: usize, #[case] problem: &str) {
        let bad = written(text).unwrap_err();
        assert!(bad.starts_with(&format!("/config.toml:{line}: ")) && bad.contains(problem), "{bad}");
    }
}
