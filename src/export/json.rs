//! JSON: `check --format json|ndjson` and `show --format json`, with their published schema.

mod cells;
mod check;
mod show;

use std::io::{self, Write};

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;
use serde_json::ser::{CharEscape, CompactFormatter, Formatter, PrettyFormatter};

use crate::audit::{Place, Places};
use crate::report::{Figure, Source};
use crate::text::is_printable;

pub use check::{Check, ReportEntry};
pub use show::{File, Show};

/// Version of the published form of the output.
pub const SCHEMA: u32 = 1;

/// A place in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum At {
    /// In a text file; lines and columns count from 1, columns in characters.
    Text {
        /// Line.
        line: u32,
        /// Column.
        column: u32,
    },
    /// On a page: points from the upper left corner of the page as it is shown.
    Page {
        /// Page, from 1.
        page: u32,
        /// Left, upper, right and lower limit.
        #[serde(rename = "box")]
        #[schemars(with = "[f64; 4]")]
        area: [Points; 4],
    },
    /// A cell of a table; all count from 1.
    Cell {
        /// Table of the document, or sheet of the workbook.
        table: u32,
        /// Row of the table, the rows that merged cells cover counted.
        row: u32,
        /// Column of the table, the columns that merged cells cover counted.
        cell: u32,
    },
    /// A paragraph, from 1; tables between do not count.
    Paragraph {
        /// Which.
        paragraph: u32,
    },
}

/// A length in hundredths of a point, written in points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Points(i32);

impl Serialize for Points {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // A hundredth has an exact short decimal form, and this is the only place where it becomes a fraction.
        #[allow(clippy::float_arithmetic)]
        serializer.serialize_f64(f64::from(self.0) / 100.0)
    }
}

impl At {
    /// Where `source` stands in the file whose rendering `places` knows.
    #[must_use]
    pub fn of(source: Source, places: &Places) -> Self {
        match places.at(source) {
            Place::Line { line, column } => Self::Text { line, column },
            Place::Paragraph(paragraph) => Self::Paragraph { paragraph },
            Place::Cell { table, row, cell } => Self::Cell { table, row, cell },
            Place::Page { page, area } => {
                Self::Page { page, area: [area.left, area.top, area.right, area.bottom].map(Points) }
            }
        }
    }
}

/// A figure: an integer where it was printed as one, otherwise the decimal as printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Number {
    /// A count.
    Count(i64),
    /// A decimal, as a string.
    Decimal(String),
}

impl Number {
    fn count(figure: Figure) -> Self {
        match i64::try_from(figure) {
            Ok(count) if figure.scale() == 0 => Self::Count(count),
            _ => Self::decimal(figure),
        }
    }

    fn decimal(figure: Figure) -> Self {
        Self::Decimal(figure.to_string())
    }
}

/// `value` as indented JSON with a final line break.
///
/// # Errors
/// Those of `out`.
pub fn pretty(value: &impl Serialize, out: &mut impl Write) -> io::Result<()> {
    write(value, PrettyFormatter::new(), out)
}

/// `value` as JSON on a line of its own.
///
/// # Errors
/// Those of `out`.
pub fn line(value: &impl Serialize, out: &mut impl Write) -> io::Result<()> {
    write(value, CompactFormatter, out)
}

fn write(value: &impl Serialize, layout: impl Formatter, out: &mut impl Write) -> io::Result<()> {
    value.serialize(&mut serde_json::Serializer::with_formatter(&mut *out, Safe(layout))).map_err(io::Error::from)?;
    out.write_all(b"\n")
}

/// The JSON Schema of what `T` is put out as.
#[must_use]
pub fn schema<T: JsonSchema>() -> serde_json::Value {
    SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<T>().to_value()
}

/// A layout whose strings never hold a character that must not reach a terminal: those are escaped,
/// so that the value stays exact.
struct Safe<F>(F);

impl<F: Formatter> Formatter for Safe<F> {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some((at, c)) = rest.char_indices().find(|&(_, c)| !is_printable(c)) {
            self.0.write_string_fragment(writer, &rest[..at])?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = &rest[at + c.len_utf8()..];
        }
        self.0.write_string_fragment(writer, rest)
    }

    fn write_char_escape<W: ?Sized + Write>(&mut self, writer: &mut W, escape: CharEscape) -> io::Result<()> {
        self.0.write_char_escape(writer, escape)
    }

    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_array(writer)
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array(writer)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_array_value(writer, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array_value(writer)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object(writer)
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object(writer)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(writer, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object_value(writer)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object_value(writer)
    }
}
