//! Arguments in, exit code out; the only place that prints an error.

use std::io::Write;
use std::process::ExitCode;

use caredesk::cli::{self, Done, Screens};

fn main() -> ExitCode {
    let mut out = std::io::stdout().lock();
    let done = cli::run(std::env::args_os(), &mut out);
    let done = done.and_then(|done| out.flush().map(|()| done).map_err(Into::into));
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

fn screens(_wanted: Screens) -> anyhow::Result<u8> {
    anyhow::bail!("soon")
}
