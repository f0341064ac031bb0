//! Where the shop and its settings are: all that the screens are called with.

use std::ffi::OsString;

use clap::{Args, Parser};

use crate::cli::File;
use crate::cli::arguments::Arguments;

impl Arguments {
    /// Reads the words that the program was called with.
    ///
    /// The screens are called without a command, and their first frame waits for this: the words of all commands,
    /// half of what is done before it, are made only when these alone do not fit.
    pub fn read(words: &[OsString]) -> Result<Self, clap::Error> {
        match Bare::try_parse_from(words) {
            Ok(Bare { places }) => Ok(Self { places, command: None }),
            Err(_) => Self::try_parse_from(words),
        }
    }
}

/// No command.
#[derive(Debug, Parser)]
#[command(disable_help_flag = true)]
struct Bare {
    #[command(flatten)]
    places: Places,
}

/// Where the shop and its settings are.
#[derive(Debug, Args)]
pub struct Places {
    /// Keep the database and the papers in this folder
    #[arg(long, value_name = "DIR", global = true)]
    pub data_dir: Option<File>,
    /// Read this config file
    #[arg(long, value_name = "FILE", global = true)]
    pub config: Option<File>,
    /// Add or replace editions of the programme from this folder
    #[arg(long, value_name = "DIR", global = true)]
    pub programmes: Option<File>,
}
