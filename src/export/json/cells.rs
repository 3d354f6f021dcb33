//! The cells of the tables, keyed by the names of rows and columns in the form's order.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};

use super::{At, Number};
use crate::audit::Places;
use crate::report::form::{Row, RowKind};
use crate::report::{Cell, CellRef, CellValue, Report, RowFound, Table, TableKind};

/// A cell as it stands in the file.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Cell")]
struct CellEntry<'a> {
    raw: &'a str,
    value: Option<Number>,
    kind: Kind,
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
        Self { raw: &cell.raw, value, kind, at: At::of(cell.source, places) }
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
        let rows = || table.kind.form().rows.iter().zip(&table.rows);
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
        let mut map = serializer.serialize_map(Some(5))?;
        map.serialize_entry("at", &At::of(table.source, places))?;
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
        serializer.collect_map(
            table
                .kind
                .form()
                .rows
                .iter()
                .enumerate()
                .filter(|&(index, row)| row.kind == RowKind::Value || printed(index))
                .map(|(index, row)| (row.id, Columns { table, places, index, row })),
        )
    }
}

struct Columns<'a> {
    table: &'a Table,
    places: &'a Places,
    index: usize,
    row: &'static Row,
}

impl Serialize for Columns<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let form = self.table.kind.form();
        serializer.collect_map(self.row.columns.iter().map(|&column| {
            let column = usize::from(column);
            let at = CellRef::new(self.table.kind, self.index, column);
            let cell = self.table.cell(at).map(|cell| CellEntry::new(cell, form.columns[column].decimal, self.places));
            (form.columns[column].id, cell)
        }))
    }
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
        let tables: Map<String, Value> = TableKind::ALL
            .into_iter()
            .map(|kind| {
                let cells = cells_schema(kind, &cell, generator);
                let table = json!({
                    "type": ["object", "null"],
                    "properties": {
                        "at": at, "cells": cells, "renamed": renamed, "extra": extra,
                        "missing": {"type": "array", "items": {"type": "string"},
                            "description": "rows of the form that the report does not print"},
                    },
                    "required": ["at", "cells", "missing", "renamed", "extra"],
                });
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
    let mut row_schema = |row: &Row| {
        let columns: Vec<_> = row.columns.iter().map(|&column| form.columns[usize::from(column)].id).collect();
        let cells: Map<String, Value> = columns.iter().map(|&id| (id.to_owned(), json!(cell))).collect();
        let name = format!("{}_{}", kind.id(), columns[0]);
        let reference = json!({"$ref": format!("#/$defs/{name}")});
        let schema = json!({"type": "object", "properties": cells, "required": columns});
        generator.definitions_mut().insert(name, schema);
        (row.id.to_owned(), reference)
    };
    let rows: Map<String, Value> = form.rows.iter().map(&mut row_schema).collect();
    let required: Vec<_> = form.rows.iter().filter(|row| row.kind == RowKind::Value).map(|row| row.id).collect();
    json!({"type": "object", "properties": rows, "required": required})
}
