//! A paper's text and file, out of its stored snapshot.

use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::desk::{Desk, Failure};
use crate::paper::{self, Print, Sheet, Width};
use crate::repository::case::{self, Case, Paper};
use crate::repository::{Fault, Tx};

/// A paper's text, and where its file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// The text.
    pub text: String,
    /// The file it goes to.
    pub file: PathBuf,
    /// How wide the text is.
    pub width: Width,
    /// Whether it stands in the journal, and as what.
    pub stage: Stage,
}

/// How far a paper is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Not printed yet: what the original would say now.
    Draft,
    /// The original.
    Original,
    /// The copy of this number.
    Copy(u32),
}

impl Desk {
    /// Writes a paper's file; when that fails the act stands and the person is told.
    pub fn file(printed: &Printed) -> Result<(), Failure> {
        let failed = |cause: std::io::Error| {
            Failure::File(format!(
                "the paper could not be written to {}: {cause}: it is kept, print it again later",
                printed.file.display()
            ))
        };
        if let Some(folder) = printed.file.parent() {
            std::fs::create_dir_all(folder).map_err(failed)?;
        }
        std::fs::write(&printed.file, &printed.text).map_err(failed)
    }
}

impl Printed {
    pub(super) fn within(self, folder: &Path) -> Self {
        Self { file: folder.join(&self.file), ..self }
    }
}

/// Whether a snapshot says what the sheet says; when and by whom it was printed does not count.
pub(super) fn says_the_same(snapshot: &str, sheet: &Sheet) -> bool {
    serde_json::from_str::<Sheet>(snapshot).is_ok_and(|mut before| {
        before.head.at.clone_from(&sheet.head.at);
        before == *sheet
    })
}

/// A stored paper as text, in its file's name.
pub(super) fn shown(
    tx: &Tx<'_>,
    case: &Case,
    paper: &Paper,
    (width, copy): (Width, u32),
) -> Result<Printed, Failure> {
    let papers = case::papers(tx, &case.id)?;
    let same = papers.iter().filter(|other| other.kind == paper.kind);
    let which = same.take_while(|other| other.id != paper.id).count() + 1;
    let which = u32::try_from(which).unwrap_or(u32::MAX);
    let name = format!("{}-{}", case.number, paper.kind);
    let text = rendered(&case::text(tx, &paper.text)?, Print { width, copy });
    Ok(Printed { text, file: file_name(&name, (which, copy)), width, stage: stage(copy) })
}

pub(super) const fn stage(copy: u32) -> Stage {
    if copy == 0 { Stage::Original } else { Stage::Copy(copy) }
}

/// A later original and a copy do not write over what was there.
pub(super) fn file_name(name: &str, (which, copy): (u32, u32)) -> PathBuf {
    let again = if which > 1 { format!("-{which}") } else { String::new() };
    let copied = if copy > 0 { format!("-copy{copy}") } else { String::new() };
    PathBuf::from(format!("{name}{again}{copied}.txt"))
}

/// A stored snapshot as text; the first version of the program kept the page itself.
pub(super) fn rendered(snapshot: &str, print: Print) -> String {
    match serde_json::from_str::<Sheet>(snapshot) {
        Ok(sheet) => paper::render(&sheet, print),
        Err(_) if print.copy > 0 => format!("{:>80}\n{snapshot}", format!("COPY {}", print.copy)),
        Err(_) => snapshot.to_owned(),
    }
}

pub(super) fn json(value: &impl Serialize) -> Result<String, Fault> {
    serde_json::to_string(value).map_err(|cause| Fault::Sqlite(cause.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[test]
    fn a_page_that_the_first_version_kept_is_printed_as_it_was() {
        let page = "Alameda Center\nINTAKE SLIP\n";
        assert_eq!(rendered(page, Print { width: Width::Roll, copy: 0 }), page);
        let copy = rendered(page, Print { width: Width::Page, copy: 3 });
        let (mark, rest) = copy.split_once('\n').unwrap();
        assert_eq!((mark.trim(), rest), ("COPY 3", page));
    }

    #[rstest]
    #[case::the_first(1, 0, "c-quote.txt")]
    #[case::its_copy(1, 2, "c-quote-copy2.txt")]
    #[case::a_later_original(2, 0, "c-quote-2.txt")]
    #[case::the_copy_of_that(2, 1, "c-quote-2-copy1.txt")]
    fn no_print_writes_over_another(#[case] which: u32, #[case] copy: u32, #[case] name: &str) {
        assert_eq!(file_name("c-quote", (which, copy)), Path::new(name));
    }
}
