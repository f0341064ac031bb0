//! How much of a file is there, by its own header.

use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Says how much is missing; none when nothing is, or the header itself tells nothing, or the log may have the rest.
pub(super) fn cut_short(path: &Path) -> Option<String> {
    let log = path.with_extension("db-wal");
    if log.metadata().is_ok_and(|log| log.len() > 0) {
        return None;
    }
    let mut header = [0; 32];
    let mut file = File::open(path).ok()?;
    file.read_exact(&mut header).ok()?;
    let (_, from_16) = header.split_first_chunk::<16>()?;
    let (size, from_18) = from_16.split_first_chunk::<2>()?;
    let (_, from_28) = from_18.split_first_chunk::<10>()?;
    let pages = from_28.first_chunk::<4>()?;
    // 65,536 does not fit and stands as 1.
    let size = match u16::from_be_bytes(*size) {
        1 => 65_536,
        size => u64::from(size),
    };
    let (there, right) = (file.metadata().ok()?.len(), size * u64::from(u32::from_be_bytes(*pages)));
    (there < right).then(|| format!("cut short: {there} of its {right} bytes are there"))
}
