//! Arguments in, exit code out; the only place that prints an error.

use std::io::Write;
use std::process::ExitCode;

use caredesk::cli::{self, Done, Screens};
use caredesk::desk::Purpose;
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
        Done::Screens(wanted) => screens(&wanted),
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
fn screens(wanted: &Screens) -> anyhow::Result<u8> {
    let Screens { purpose, settled } = wanted;
    // Its folder goes when the screens are left.
    let mut practice = None;
    let end = tui::open((*purpose, settled.who(None)), |now| {
        let real = cli::shop(settled)?;
        let shop = match purpose {
            Purpose::Real => real,
            Purpose::Practice => practice.insert(Practice::make(real.editions, now)?).shop().clone(),
        };
        Ok(tui::Loaded { shop, phrases: settled.phrases(), printing: settled.printing() })
    })?;
    Ok(match end {
        End::Left => 0,
        // As a shell has it for a program that a signal ended.
        End::Signal(number) => u8::try_from(128 + number).unwrap_or(1),
    })
}
