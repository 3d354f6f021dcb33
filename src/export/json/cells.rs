//! The cells of the tables, keyed by the names of rows and columns in the form's order.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};

use super::{At, Number};
use crate::audit::Places;
use crate::report::form::trial::{TRIAL, column_in_force, row_in_force};
use crate::report::form::{Form, Row, RowKind};
use crate::report::{Cell, CellRef, CellValue, Edition, Report, RowFound, Table, TableKind};

/// A cell as it stands in the file.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Cell")]
struct CellEntry<'a> {
    raw: &'a str,
    value: Option<Number>,
    kind: Kind,
    /// A unit printed with the figure.
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'a str>,
    at: At,
}

/// What stands in a cell.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "CellKind")]
enum Kind {
    Number,
    Blank,
    NotApplicable,
    Unreadable,
}

impl<'a> CellEntry<'a> {
    fn new(cell: &'a Cell, decimal: bool, places: &Places) -> Self {
        let (kind, value) = match cell.value {
            CellValue::Number(figure) if decimal => (Kind::Number, Some(Number::decimal(figure))),
            CellValue::Number(figure) => (Kind::Number, Some(Number::count(figure))),
            CellValue::Blank => (Kind::Blank, None),
            CellValue::NotApplicable => (Kind::NotApplicable, None),
            CellValue::Unreadable => (Kind::Unreadable, None),
        };
        Self { raw: &cell.raw, value, kind, unit: cell.unit.as_deref(), at: At::of(cell.source, places) }
    }
}

/// A row that the form does not have, as printed.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ExtraRow")]
struct Extra<'a> {
    label: &'a str,
    values: &'a [String],
    at: At,
}

/// A row printed under another label than the form's.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "RenamedRow")]
struct Renamed<'a> {
    row: &'static str,
    printed: &'a str,
    at: At,
}

/// The three tables of a report, each `null` where it was not found.
#[derive(Debug)]
pub(super) struct Tables<'a> {
    pub(super) report: &'a Report,
    pub(super) places: &'a Places,
}

impl Serialize for Tables<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let entry = |table| TableEntry { table, places: self.places };
        serializer.collect_map(TableKind::ALL.map(|kind| (kind.id(), self.report.table(kind).map(entry))))
    }
}

#[derive(Clone, Copy)]
struct TableEntry<'a> {
    table: &'a Table,
    places: &'a Places,
}

impl Serialize for TableEntry<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { table, places } = *self;
        let (form, found) =
            table.trial.as_ref().map_or((table.kind.form(), &table.rows), |trial| (&TRIAL, &trial.rows));
        let rows = || form.rows.iter().zip(found);
        let missing: Vec<_> = rows().filter(|(_, found)| **found == RowFound::Missing).map(|(row, _)| row.id).collect();
        let renamed: Vec<_> = rows()
            .filter_map(|(row, found)| match found {
                RowFound::Renamed { printed, source } => {
                    Some(Renamed { row: row.id, printed, at: At::of(*source, places) })
                }
                _ => None,
            })
            .collect();
        let extra: Vec<_> = table
            .extra
            .iter()
            .map(|row| Extra { label: &row.label, values: &row.values, at: At::of(row.source, places) })
            .collect();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("at", &At::of(table.source, places))?;
        if table.kind == TableKind::ProactiveDisclosure {
            map.serialize_entry("edition", &table.edition)?;
        }
        map.serialize_entry("cells", &Rows(*self))?;
        map.serialize_entry("missing", &missing)?;
        map.serialize_entry("renamed", &renamed)?;
        map.serialize_entry("extra", &extra)?;
        map.end()
    }
}

struct Rows<'a>(TableEntry<'a>);

impl Serialize for Rows<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let TableEntry { table, places } = self.0;
        let printed = |row: usize| {
            (0..table.kind.form().columns.len())
                .any(|column| table.cell(CellRef::new(table.kind, row, column)).is_some())
        };
        let form = table.kind.form();
        let columns =
            |own, trial: Option<usize>| Columns { table, places, own, trial: trial.filter(|_| table.trial.is_some()) };
        let prescribed =
            form.rows.iter().enumerate().filter(|&(index, row)| row.kind == RowKind::Value || printed(index));
        let rows = prescribed.map(|(index, row)| (row.id, columns(Some(index), trial_row(table.kind, row))));
        let only_trial = only_trial().filter(|_| table.trial.is_some());
        serializer.collect_map(rows.chain(only_trial.map(|(index, row)| (row.id, columns(None, Some(index))))))
    }
}

/// The row of the trial form that is `row` of the table of `kind`.
fn trial_row(kind: TableKind, row: &Row) -> Option<usize> {
    TRIAL.rows.iter().position(|trial| kind == TRIAL.kind && trial.id == row.id)
}

/// The rows that only the trial form has.
fn only_trial() -> impl Iterator<Item = (usize, &'static Row)> {
    TRIAL.rows.iter().enumerate().filter(|(index, _)| row_in_force(*index).is_none())
}

/// The columns of a row of the trial form that its row of the form in force does not have.
fn trial_columns(row: usize) -> impl Iterator<Item = usize> {
    let columns = TRIAL.rows[row].columns.iter().map(|&column| usize::from(column));
    columns.filter(move |&column| column_in_force(row, column).is_none())
}

/// The cells of a row: those of the form in force, then those that only the trial form has.
struct Columns<'a> {
    table: &'a Table,
    places: &'a Places,
    own: Option<usize>,
    trial: Option<usize>,
}

impl Serialize for Columns<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { table, places, .. } = *self;
        let entry = |form, column, cell| named(form, column, cell, places);
        let form = table.kind.form();
        let own = self.own.into_iter().flat_map(|row| {
            let columns = form.rows[row].columns.iter().map(|&column| usize::from(column));
            columns.map(move |column| entry(form, column, table.cell(CellRef::new(table.kind, row, column))))
        });
        let trial = self.trial.into_iter().flat_map(|row| {
            let cell = move |column| table.trial.as_ref().and_then(|trial| trial.cell(row, column));
            trial_columns(row).map(move |column| entry(&TRIAL, column, cell(column)))
        });
        serializer.collect_map(own.chain(trial))
    }
}

/// A cell under the name of its column.
fn named<'a>(
    form: &Form,
    column: usize,
    cell: Option<&'a Cell>,
    places: &Places,
) -> (&'static str, Option<CellEntry<'a>>) {
    let (id, decimal) = (form.columns[column].id, form.columns[column].decimal);
    (id, cell.map(|cell| CellEntry::new(cell, decimal, places)))
}

impl JsonSchema for Tables<'_> {
    fn schema_name() -> Cow<'static, str> {
        "Tables".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let cell = generator.subschema_for::<Option<CellEntry<'_>>>();
        let at = generator.subschema_for::<At>();
        let renamed = generator.subschema_for::<Vec<Renamed<'_>>>();
        let extra = generator.subschema_for::<Vec<Extra<'_>>>();
        let edition = generator.subschema_for::<Edition>();
        let tables: Map<String, Value> = TableKind::ALL
            .into_iter()
            .map(|kind| {
                let cells = cells_schema(kind, &cell, generator);
                let mut table = json!({
                    "type": ["object", "null"],
                    "properties": {
                        "at": at, "cells": cells, "renamed": renamed, "extra": extra,
                        "missing": {"type": "array", "items": {"type": "string"},
                            "description": "rows of the form that the report does not print"},
                    },
                    "required": ["at", "cells", "missing", "renamed", "extra"],
                });
                if kind == TableKind::ProactiveDisclosure {
                    table["properties"]["edition"] = json!(edition);
                }
                (kind.id().to_owned(), table)
            })
            .collect();
        json_schema!({
            "type": "object",
            "description": "the three tables; null where a table was not found",
            "required": TableKind::ALL.map(TableKind::id),
            "properties": tables,
        })
    }
}

fn cells_schema(kind: TableKind, cell: &Schema, generator: &mut SchemaGenerator) -> Value {
    let form = kind.form();
    let mut schema_of = |id: &str, required: &[&str], only_trial: &[&str]| {
        let all = required.iter().chain(only_trial);
        let cells: Map<String, Value> = all.map(|&id| (id.to_owned(), json!(cell))).collect();
        let name = format!("{}_{}", kind.id(), required[0]);
        let reference = json!({"$ref": format!("#/$defs/{name}")});
        let mut schema = json!({"type": "object", "properties": cells, "required": required});
        if !only_trial.is_empty() {
            schema["description"] = json!("on the trial form of 2019 with the columns that only it has");
        }
        generator.definitions_mut().insert(name, schema);
        (id.to_owned(), reference)
    };
    let trial_ids = |row: usize| trial_columns(row).map(|column| TRIAL.columns[column].id).collect::<Vec<_>>();
    let mut rows: Map<String, Value> = Map::new();
    for row in form.rows {
        let columns: Vec<_> = row.columns.iter().map(|&column| form.columns[usize::from(column)].id).collect();
        rows.extend([schema_of(row.id, &columns, &trial_row(kind, row).map_or_else(Vec::new, trial_ids))]);
    }
    if kind == TRIAL.kind {
        // Printed on the trial form only.
        rows.extend(only_trial().map(|(index, row)| schema_of(row.id, &trial_ids(index), &[])));
    }
    let required: Vec<_> = form.rows.iter().filter(|row| row.kind == RowKind::Value).map(|row| row.id).collect();
    json!({"type": "object", "properties": rows, "required": required})
}
