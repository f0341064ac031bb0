//! Imports that broke off while they merged: finished at the next start that can, and told until then.

use std::fmt;

use crate::desk::import::{Failure, Kind};
use crate::desk::names;
use crate::repository::journal::Stamp;
use crate::repository::registry::{self, Attached};
use crate::repository::{Fault, Repository};

/// An import that is only partly in, and what keeps the rest out; the counter works on meanwhile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfinished {
    kind: Kind,
    why: String,
    next: &'static str,
}

impl Unfinished {
    /// Takes a fault that a later start may not meet; none of one that would only be met again, or that harms more
    /// than the import.
    pub(super) fn of(kind: Kind, fault: &Fault) -> Option<Self> {
        let (why, next) = match fault {
            Fault::Full => ("the disk is full".to_owned(), "free some space"),
            Fault::Busy => ("another counter is writing just now".to_owned(), "wait a moment"),
            Fault::Disk(say) | Fault::CommitUnknown(say) => {
                (format!("the disk gave an error ({say})"), "check the disk and its free space")
            }
            Fault::ReadOnly(say) => {
                (format!("the database cannot be written: {say}"), "check that the folder is not read-only")
            }
            Fault::Folder { path, problem } => {
                (format!("the folder {} cannot be used: {problem}", path.display()), "check the folder")
            }
            Fault::Constraint(say) => (format!("the database refused a row: {say}"), "put that right"),
            Fault::NotADatabase(_)
            | Fault::Unreadable { .. }
            | Fault::NotOurs(_)
            | Fault::Newer { .. }
            | Fault::Older { .. }
            | Fault::NotSaved(_)
            | Fault::Row { .. }
            | Fault::Damaged(_)
            | Fault::Pragma(_)
            | Fault::InMemory
            | Fault::Interrupted
            | Fault::Sqlite(_) => return None,
        };
        Some(Self { kind, why, next })
    }
}

impl fmt::Display for Unfinished {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kind, why, next } = self;
        write!(
            out,
            "an import of {kind} is only partly in: what is in stays, the rest is still to come ({why}): \
             {next} and start caredesk again to finish it"
        )
    }
}

/// What keeps an import from its end, or the fault where it is none of that kind.
pub(super) fn broken_off(kind: Kind, fault: Fault) -> Failure {
    Unfinished::of(kind, &fault).map_or_else(|| fault.into(), Failure::Unfinished)
}

/// Finishes an import that was cut off while it merged, and deletes what others left behind; for the start.
///
/// Returns what was finished. When another program imports just now, nothing is done.
///
/// # Errors
/// [`Failure::Unfinished`] when it cannot be finished now, which is no reason not to work on.
pub fn finish_interrupted(repository: &mut Repository, stamp: &Stamp) -> Result<Option<Kind>, Failure> {
    let lock = match registry::lock(repository) {
        Ok(lock) => lock,
        Err(fault) => match registry::interrupted(repository)? {
            Some((merge, _)) => return Err(broken_off(merge.kind, fault)),
            None => return Err(fault.into()),
        },
    };
    lock.map_or(Ok(None), |_lock| resume(repository, stamp))
}

/// Finishes what was cut off; the lock is held.
pub(super) fn resume(repository: &mut Repository, stamp: &Stamp) -> Result<Option<Kind>, Failure> {
    let mut last = None;
    while let Some((merge, path)) = registry::interrupted(repository)? {
        if !path.is_file() {
            registry::give_up(repository, &merge)?;
            return Err(Failure::StagedGone { kind: merge.kind, staged: merge.staged });
        }
        let stamp = Stamp { actor: merge.actor.clone(), ..stamp.clone() };
        let mut staged = Attached::new(repository, merge.kind, path)?;
        registry::merge(&mut staged, (&merge, &stamp), names::words, &mut |_| {})
            .and_then(|_| registry::finish(&mut staged, &merge, &stamp, None))
            .map_err(|fault| broken_off(merge.kind, fault))?;
        last = Some(merge.kind);
    }
    registry::forget_unsealed(repository)?;
    Ok(last)
}
