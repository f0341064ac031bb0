//! Deciding: facts in memory to a verdict, and lines a second.

use std::io::BufWriter;

use caredesk::desk::question::{self, Answered};
use caredesk::domain::decision::decide;
use caredesk::programme;
use serde_json::Value;

use crate::measure::{Table, Times};

const ROUNDS: usize = 200;

pub fn run(table: &mut Table) -> anyhow::Result<()> {
    let editions = programme::editions(None)?;
    let examples = include_str!("../fixtures/decisions.jsonl").lines();
    let lines: Vec<String> = examples
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["facts"].to_string())
        .filter(|line| matches!(question::answer(line, &editions), Answered::Decision(_)))
        .collect();
    let mut times = Times::default();
    for line in &lines {
        let question = question::read(line).unwrap().check(&editions).unwrap();
        for _ in 0..ROUNDS {
            std::hint::black_box(times.take(|| decide(std::hint::black_box(&question))));
        }
    }
    table.alone("decision, facts in memory", &times, "≤ 10 µs");

    // Through the buffer that the command writes through.
    let mut out = BufWriter::with_capacity(1 << 16, std::io::sink());
    let mut passes = Times::default();
    for _ in 0..ROUNDS {
        passes.take(|| {
            for line in &lines {
                serde_json::to_writer(&mut out, &question::answer(line, &editions)).unwrap();
            }
        });
    }
    let rate = lines.len() as f64 / passes.percentile(50).as_secs_f64();
    table.rates("decide, JSON in and out, lines on one core", (rate, "", None), "≥ 100 k/s");
    Ok(())
}
