//! Arguments in, exit code out; the only place that prints an error.

use std::io::Write;
use std::process::ExitCode;

use caredesk::cli::{self, Done, Screens};
use caredesk::desk::clock;
use caredesk::desk::practice::Practice;
use caredesk::tui;
use caredesk::tui::run::End;

fn main() -> ExitCode {
    let mut out = std::io::stdout().lock();
    let done = cli::run(std::env::args_os(), &mut out);
    let done = done.and_then(|done| cli::heard(out.flush().map_err(Into::into)).map(|()| done));
    drop(out);
    let code = done.and_then(|done| match done {
        Done::Well => Ok(0),
        Done::Refused => Ok(1),
        Done::Screens(wanted) => screens(*wanted),
    });
    match code {
        Ok(code) => ExitCode::from(code),
        Err(error) if cli::closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            // A sentence that cannot be printed has nobody to read it.
            let _ = writeln!(std::io::stderr(), "caredesk: {}", cli::one_line(&error));
            ExitCode::from(cli::code_of(&error))
        }
    }
}

/// Opens the screens, on the real shop or on one to practise in.
fn screens(wanted: Screens) -> anyhow::Result<u8> {
    let Screens { shop, editions, who, phrases } = wanted;
    let end = if let Some(shop) = shop {
        tui::open(shop, who, phrases)?
    } else {
        let (now, _) = clock::now(None)?;
        let practice = Practice::make(editions, now)?;
        tui::open(practice.shop().clone(), who, phrases)?
    };
    Ok(match end {
        End::Left => 0,
        // As a shell has it for a program that a signal ended.
        End::Signal(number) => u8::try_from(128 + number).unwrap_or(1),
    })
}
