//! How a place in a file is called.

use super::Wording;
use crate::document::{Place, Rect};

/// A place in a few words, for lists: 第 12 行, 第 3 页, 表 2 第 5 行第 3 格.
#[must_use]
pub fn name(place: Place) -> Wording {
    match place {
        Place::Line { line, .. } => Wording::new(format!("第 {line} 行"), format!("line {line}")),
        Place::Paragraph(number) => Wording::new(format!("第 {number} 段"), format!("paragraph {number}")),
        Place::Cell { table, row, cell } => Wording::new(
            format!("表格 {table} 第 {row} 行第 {cell} 格"),
            format!("table {table}, row {row}, cell {cell}"),
        ),
        Place::Page { page, .. } => Wording::new(format!("第 {page} 页"), format!("page {page}")),
    }
}

/// A line by its number alone, any other place as [`code`].
#[must_use]
pub fn line_or_code(place: Place) -> String {
    match place {
        Place::Line { line, .. } => line.to_string(),
        _ => code(place),
    }
}

/// A place as exactly as it is known, as short as it goes: `12:5`, `¶17`, `T2 R5 C3`, `p3 (72,90)`.
#[must_use]
pub fn code(place: Place) -> String {
    match place {
        Place::Line { line, column } => format!("{line}:{column}"),
        Place::Paragraph(number) => format!("¶{number}"),
        Place::Cell { table, row, cell } => format!("T{table} R{row} C{cell}"),
        Place::Page { page, area: Rect { left, top, .. } } => format!("p{page} ({},{})", left / 100, top / 100),
    }
}
