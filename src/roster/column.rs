//! The columns of a roster, by the names that people give them.

use super::table::Row;
use super::value::{Fault, folded, suggest};
use crate::text::Wording;

/// A column of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Agency,
    Aliases,
    Level,
    Kind,
    Parent,
    Contact,
    Due,
    Exempt,
}

pub(super) const COLUMNS: [(Column, &[&str]); 8] = [
    (Column::Agency, &["机关", "单位名称", "机关名称", "单位", "agency"]),
    (Column::Aliases, &["别名", "简称", "aliases", "alias"]),
    (Column::Level, &["级别", "层级", "level"]),
    (Column::Kind, &["类型", "类别", "kind"]),
    (Column::Parent, &["上级", "上级机关", "parent"]),
    (Column::Contact, &["联系人", "电话", "联系电话", "联系方式", "contact"]),
    (Column::Due, &["截止", "截止日期", "due"]),
    (Column::Exempt, &["免报", "exempt"]),
];

/// What stands in each column of the file.
pub(super) fn columns(head: &Row) -> Result<Vec<Option<Column>>, Fault> {
    let mut columns: Vec<Option<Column>> = Vec::new();
    for (index, field) in head.fields.iter().enumerate() {
        if field.is_empty() {
            columns.push(None);
            continue;
        }
        let Some(found) = column(field) else {
            let near = suggest(&folded(field), COLUMNS.iter().flat_map(|(_, names)| names.iter().copied()));
            return Err((
                head.line,
                Wording::new(format!("没有“{field}”这一列{}", near.zh), format!("unknown column {field}{}", near.en)),
            ));
        };
        // 联系人 and 电话 are two halves of one thing.
        if found != Column::Contact && columns.contains(&Some(found)) {
            let first = columns.iter().position(|other| *other == Some(found)).and_then(|at| head.fields.get(at));
            let first = first.map_or("", String::as_str);
            return Err((
                head.line,
                Wording::new(
                    format!("第 {} 列“{field}”与“{first}”是同一列", index + 1),
                    format!("column {} ({field}) is the same as {first}", index + 1),
                ),
            ));
        }
        columns.push(Some(found));
    }
    if columns.contains(&Some(Column::Agency)) {
        return Ok(columns);
    }
    Err((
        head.line,
        Wording::new(
            "第一行应是表头，其中要有“机关”这一列",
            "the first line must be a header with a column agency (机关)",
        ),
    ))
}

/// The column that goes by the name `field`.
pub(super) fn column(field: &str) -> Option<Column> {
    let written = folded(field);
    COLUMNS.iter().find(|(_, names)| names.contains(&written.as_str())).map(|&(column, _)| column)
}
