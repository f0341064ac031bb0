//! The pace of a merge: how many rows go in together, so that a counter waits no more than a moment.

use std::time::Duration;

/// Rows of the first transaction.
pub(super) const FIRST: i64 = 2000;
/// On a disk of any speed; more would gain nothing, and fewer would spend their time on syncs.
const LEAST: i64 = 100;
const MOST: i64 = 4000;
/// How long a transaction should hold the counter up: the screen's own patience is four times that.
const AIM: Duration = Duration::from_millis(60);

/// The rows of the next transaction, when the last had so many and took so long.
pub(super) fn next(rows: i64, took: Duration) -> i64 {
    let fit = if took > AIM * 2 {
        rows / 2
    } else if took < AIM / 2 {
        rows * 2
    } else {
        rows
    };
    fit.clamp(LEAST, MOST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::about_right((1000, 60), 1000)]
    #[case::twice_as_long_is_still_right((1000, 120), 1000)]
    #[case::longer((1000, 121), 500)]
    #[case::half_as_long_is_still_right((1000, 30), 1000)]
    #[case::shorter((1000, 29), 2000)]
    #[case::never_fewer_than_the_least((100, 10_000), 100)]
    #[case::never_more_than_the_most((4000, 1), 4000)]
    fn a_slow_disk_takes_fewer_rows_at_once(#[case] (rows, took): (i64, u64), #[case] fit: i64) {
        assert_eq!(next(rows, Duration::from_millis(took)), fit);
    }
}
