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
    /// What an office notes for itself; it is passed over.
    Own,
}

/// The columns that are read, under the names they are known by: the first Chinese one and the last English one are
/// those a new roster is written with.
pub(super) const COLUMNS: [(Column, &[&str]); 8] = [
    (Column::Agency, &["机关", "单位名称", "机关名称", "单位", "报送单位", "行政机关", "agency name", "agency"]),
    (Column::Aliases, &["别名", "简称", "alias", "aliases"]),
    (Column::Level, &["级别", "层级", "level"]),
    (Column::Kind, &["类型", "类别", "type", "kind"]),
    (Column::Parent, &["上级", "上级机关", "parent agency", "parent"]),
    (Column::Contact, &["联系人", "电话", "联系电话", "联系方式", "phone", "telephone", "contact"]),
    (
        Column::Due,
        &["截止", "截止日期", "截止日", "截止时间", "报送截止日期", "deadline", "due day", "due date", "due"],
    ),
    (Column::Exempt, &["免报", "是否免报", "exempted", "exempt"]),
];

/// Columns that offices keep for themselves.
const OWN: [&str; 22] = [
    "备注",
    "说明",
    "附注",
    "序号",
    "编号",
    "代码",
    "统一社会信用代码",
    "地址",
    "邮编",
    "邮箱",
    "电子邮箱",
    "传真",
    "网址",
    "科室",
    "分管领导",
    "remark",
    "remarks",
    "note",
    "notes",
    "no.",
    "address",
    "email",
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
            return Err((head.line, unknown(field)));
        };
        // 联系人 and 电话 are two halves of one thing.
        if !matches!(found, Column::Contact | Column::Own) && columns.contains(&Some(found)) {
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

/// That no column goes by the name `field`, which ones there are, and what to do.
fn unknown(field: &str) -> Wording {
    let mut near = suggest(field, COLUMNS.iter().flat_map(|(_, names)| names.iter().copied()));
    if near == Wording::default() {
        near = Wording::new("。", ".");
    }
    let known = |name: fn(&'static [&'static str]) -> Option<&'static &'static str>| {
        COLUMNS.iter().filter_map(|(_, names)| name(names).copied()).collect::<Vec<_>>()
    };
    let (zh, en) = (known(<[_]>::first).join("、"), known(<[_]>::last).join(", "));
    Wording::new(
        format!("不认识“{field}”这一列{}可用的列：{zh}；自用的列请在列名前加 #", near.zh),
        format!("unknown column {field}{} Known are {en}; put # before the name of a column of your own", near.en),
    )
}

/// The column that goes by the name `field`.
pub(super) fn column(field: &str) -> Option<Column> {
    let written = folded(field);
    let found = COLUMNS.iter().find(|(_, names)| names.iter().any(|name| folded(name) == written));
    let is_own = || written.starts_with('#') || OWN.contains(&written.as_str());
    found.map(|&(column, _)| column).or_else(|| is_own().then_some(Column::Own))
}
