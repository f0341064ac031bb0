//! Parts, series, warranty tables and the models they make.

use crate::domain::product::{Model, ModelId, Part, PartWarranty};
use crate::programme::document::{Document, Model as Row, Rows, Series, Text, WarrantyTable};
use crate::programme::mistake::{Wrong, id_shape, once, said, within};

type Parts = [(Part, String)];

/// The parts that can be damaged, with their names.
pub(super) fn parts(names: &Rows<Text>) -> Result<Vec<(Part, String)>, Wrong> {
    names.0.iter().map(|(id, name)| Ok((Part::new(id_shape(id)?), said(name)?))).collect()
}

/// The models, each with its series' parts and its table's warranty.
pub(super) fn models(document: &Document, parts: &Parts) -> Result<Vec<Model>, Wrong> {
    for (_, series) in &document.series.0 {
        check_series(series, parts)?;
    }
    let tables = &document.warranty.tables.0;
    let tables: Vec<_> = tables
        .iter()
        .map(|(id, table)| Ok((id.get_ref().as_str(), table, warranty(table, parts)?)))
        .collect::<Result<_, _>>()?;
    let make = |(id, row): &(Text, Row)| {
        let series = series_of(&document.series, row)?;
        let (_, table, warranty) = tables
            .iter()
            .find(|(name, ..)| *name == row.warranty.get_ref())
            .ok_or_else(|| unknown_table(row, tables.iter().map(|(name, ..)| *name)))?;
        Ok(Model {
            id: ModelId::new(id_shape(id)?),
            name: said(&row.name)?,
            series: said(&series.name)?,
            kind: series.kind.get_ref().0,
            carrying: Some(part(&series.carrying, parts)?),
            replaceable: listed(&series.replaceable, parts)?,
            warranty: warranty.clone(),
            warranty_assumed: table.assumed,
            warranty_note: table.note.clone(),
        })
    };
    document.models.0.iter().map(make).collect()
}

fn unknown_table<'a>(row: &Row, known: impl Iterator<Item = &'a str>) -> Wrong {
    Wrong::unknown("warranty table", &row.warranty, known)
}

fn series_of<'a>(all: &'a Rows<Series>, row: &Row) -> Result<&'a Series, Wrong> {
    let named = all.0.iter().find(|(id, _)| id.get_ref() == row.series.get_ref());
    let known = || all.0.iter().map(|(id, _)| id.get_ref().as_str());
    named.map(|(_, series)| series).ok_or_else(|| Wrong::unknown("series", &row.series, known()))
}

/// A plan needs a kind, which opens the window for binding, and hangs on a part that it replaces.
fn check_series(series: &Series, parts: &Parts) -> Result<(), Wrong> {
    let carrying = part(&series.carrying, parts)?;
    let replaceable = listed(&series.replaceable, parts)?;
    if replaceable.is_empty() {
        return Ok(());
    }
    if series.kind.get_ref().0.is_none() {
        let problem = "a series with a plan needs its kind; write aircraft, handheld or gimbal";
        return Err(Wrong::at(&series.kind, problem));
    }
    if !replaceable.contains(&carrying) {
        let problem =
            format!("the carrying part \"{carrying}\" is not among the replaceable parts; add it there");
        return Err(Wrong::at(&series.carrying, problem));
    }
    Ok(())
}

fn part(id: &Text, parts: &Parts) -> Result<Part, Wrong> {
    let known = parts.iter().map(|(part, _)| part).find(|part| part.as_str() == id.get_ref());
    known.cloned().ok_or_else(|| Wrong::unknown("part", id, parts.iter().map(|(part, _)| part.as_str())))
}

fn listed(ids: &[Text], parts: &Parts) -> Result<Vec<Part>, Wrong> {
    once("part", ids)?;
    ids.iter().map(|id| part(id, parts)).collect()
}

/// Every part has months or is named as one without warranty: nothing is forgotten in silence.
fn warranty(table: &WarrantyTable, parts: &Parts) -> Result<Vec<PartWarranty>, Wrong> {
    let none = listed(&table.none, parts)?;
    let mut rows: Vec<PartWarranty> = Vec::new();
    for (id, months) in &table.months.get_ref().0 {
        let part = part(id, parts)?;
        if none.contains(&part) {
            return Err(Wrong::at(id, format!("\"{part}\" stands in none too; keep one")));
        }
        rows.push(PartWarranty { part, months: within(months, 1..=1_200)?, below_cycles: None });
    }
    let has = |part: &Part| none.contains(part) || rows.iter().any(|row| row.part == *part);
    if let Some((absent, _)) = parts.iter().find(|(part, _)| !has(part)) {
        let problem = format!("the part \"{absent}\" is missing; write its months, or name it in none");
        return Err(Wrong::at(&table.months, problem));
    }
    for (id, cycles) in &table.below_cycles.0 {
        let part = part(id, parts)?;
        let row = rows.iter_mut().find(|row| row.part == part);
        let row = row.ok_or_else(|| Wrong::at(id, format!("\"{part}\" has no months; add them")))?;
        row.below_cycles = Some(within(cycles, 1..=100_000)?);
    }
    Ok(rows)
}
