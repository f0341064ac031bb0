//! Where things are and who works here: flags, then environment, then the config file, then the platform.

use std::path::{Path, PathBuf};

use etcetera::{BaseStrategy, choose_base_strategy};
use serde::Deserialize;
use thiserror::Error;

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
            .filter(|name| !name.trim().is_empty())
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

    /// The database's file.
    #[must_use]
    pub fn database(&self) -> PathBuf {
        self.data_dir.join("caredesk.db")
    }
}
