//! Times, their percentiles, and the table they are told in.

use std::io::{Stdout, Write, stdout};
use std::time::{Duration, Instant};

use caredesk::desk::clock;

/// How long something took, again and again.
#[derive(Debug, Default, Clone)]
pub struct Times(Vec<Duration>);

impl Times {
    /// Does something and notes how long it took.
    pub fn take<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let begin = Instant::now();
        let done = work();
        self.0.push(begin.elapsed());
        done
    }

    /// Adds a time taken elsewhere.
    pub fn push(&mut self, time: Duration) {
        self.0.push(time);
    }

    /// Adds all times of another.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Tells whether nothing was measured.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The time that so many of a hundred stay below.
    pub fn percentile(&self, of_hundred: usize) -> Duration {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let at = (sorted.len() * of_hundred).div_ceil(100).saturating_sub(1);
        sorted.get(at).copied().unwrap_or_default()
    }

    fn both(&self) -> String {
        format!("{} / {}", told(self.percentile(50)), told(self.percentile(99)))
    }
}

/// Measures two things in turns, so that a drifting machine drifts under both.
pub fn in_turns<E>(
    rounds: usize,
    mut ours: impl FnMut(usize) -> Result<(), E>,
    mut yardstick: impl FnMut(usize) -> Result<(), E>,
) -> Result<(Times, Times), E> {
    let (mut first, mut second) = (Times::default(), Times::default());
    for round in 0..rounds + rounds / 10 {
        let warm = round >= rounds / 10;
        let (mut a, mut b) = (Times::default(), Times::default());
        a.take(|| ours(round))?;
        b.take(|| yardstick(round))?;
        if warm {
            first.extend(a);
            second.extend(b);
        }
    }
    Ok((first, second))
}

fn told(time: Duration) -> String {
    let micros = time.as_secs_f64() * 1e6;
    match micros {
        0.0..10.0 => format!("{micros:.1} µs"),
        10.0..1_000.0 => format!("{micros:.0} µs"),
        1_000.0..100_000.0 => format!("{:.2} ms", micros / 1e3),
        _ => format!("{:.2} s", micros / 1e6),
    }
}

/// The table, a row at a time as it is known.
pub struct Table(Stdout);

impl Table {
    /// Prints its head.
    pub fn begin() -> Self {
        println!("| What | p50 / p99 | Yardstick | p50 / p99 | Ratio | Goal |\n|---|---|---|---|---|---|");
        Self::more()
    }

    /// Goes on with one whose head was printed.
    pub fn more() -> Self {
        Self(stdout())
    }

    /// A row of times beside a yardstick's.
    pub fn times(&mut self, what: &str, (ours, name, yardstick): (&Times, &str, &Times), goal: &str) {
        let ratio = |percent| {
            ours.percentile(percent).as_secs_f64() / yardstick.percentile(percent).as_secs_f64().max(1e-9)
        };
        let ratio = format!("{:.2} / {:.2}", ratio(50), ratio(99));
        self.row([what, &ours.both(), name, &yardstick.both(), &ratio, goal]);
    }

    /// A row of times without a yardstick.
    pub fn alone(&mut self, what: &str, ours: &Times, goal: &str) {
        self.row([what, &ours.both(), "–", "–", "–", goal]);
    }

    /// A row of things a second beside a yardstick's; none where it could not be measured.
    pub fn rates(&mut self, what: &str, (ours, name, yardstick): (f64, &str, Option<f64>), goal: &str) {
        let told = |rate: f64| format!("{:.0} k/s", rate / 1e3);
        let ratio = yardstick.map_or_else(|| "–".to_owned(), |rate| format!("{:.2}", ours / rate));
        let missing = if name.is_empty() { "–" } else { "not here" };
        let other = yardstick.map_or_else(|| missing.to_owned(), told);
        self.row([what, &told(ours), name, &other, &ratio, goal]);
    }

    /// A row of other figures.
    pub fn figure(&mut self, what: &str, (ours, name, yardstick): (&str, &str, &str), goal: &str) {
        self.row([what, ours, name, yardstick, "–", goal]);
    }

    fn row(&mut self, cells: [&str; 6]) {
        writeln!(self.0, "| {} |", cells.join(" | ")).unwrap();
    }
}

fn first_line_after(file: &str, start: &str) -> String {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix(start)).unwrap_or_default();
    line.trim_matches([' ', '\t', ':']).to_owned()
}

/// Says on what machine, when and how all this was measured.
pub fn tell_machine(devices: u64) {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let processor = first_line_after("/proc/cpuinfo", "model name");
    let memory = first_line_after("/proc/meminfo", "MemTotal");
    let day = clock::now(None).map(|(now, _)| now.format("%Y-%m-%d").to_string()).unwrap_or_default();
    println!("{day}, {cores} cores of {processor}, {memory} of memory, {devices} devices.");
    println!("Warm; ours and yardstick in turns, a tenth of the rounds before the clock starts.\n");
}
