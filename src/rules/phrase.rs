//! How messages name cells and quote text.

use std::collections::BTreeMap;

use crate::report::form::RowKind;
use crate::report::{CellRef, TableKind};
use crate::text::{Words, words};

/// How many places a message names before it only counts the rest.
const NAMED: usize = 6;

/// 表二, 表三, 表四: the tables by the part they stand in.
pub(super) const fn table(kind: TableKind) -> Words {
    match kind {
        TableKind::ProactiveDisclosure => words("表二", "table 2"),
        TableKind::Requests => words("表三", "table 3"),
        TableKind::Disputes => words("表四", "table 4"),
    }
}

/// The six parts of the form.
pub(crate) const fn part(number: u8) -> Words {
    match number {
        1 => words("一、总体情况", "part 1 (overview)"),
        2 => words("二、主动公开政府信息情况", "part 2 (proactive disclosure)"),
        3 => words("三、收到和处理政府信息公开申请情况", "part 3 (requests)"),
        4 => words("四、政府信息公开行政复议、行政诉讼情况", "part 4 (reconsideration and litigation)"),
        5 => words("五、存在的主要问题及改进情况", "part 5 (problems and improvements)"),
        _ => words("六、其他需要报告的事项", "part 6 (other matters)"),
    }
}

/// A row by its label: without ordinal and without what stands in brackets after it.
pub(super) fn row(at: CellRef) -> &'static str {
    short(at.row_label())
}

/// The label of a row of the form, shortened for a message.
pub(super) fn short(label: &'static str) -> &'static str {
    let label = match label.rfind('（') {
        Some(open) if open > 0 => &label[..open],
        _ => label,
    };
    let label = label.split_once('、').filter(|(ordinal, _)| ordinal.chars().count() == 1).map_or(label, |(_, l)| l);
    let label = label.split_once('）').map_or(label, |(_, rest)| rest);
    let label = label.split_once('.').map_or(label, |(_, rest)| rest);
    label.split_once("、行政机关").map_or(label, |(head, _)| head)
}

/// A column by its label, without the unit.
pub(super) fn column(at: CellRef) -> &'static str {
    let label = at.column_label();
    label.split_once('（').map_or(label, |(head, _)| head)
}

/// A cell in Chinese: its row, with the group it belongs to where the row alone is ambiguous, and its column.
pub(super) fn cell_zh(at: CellRef) -> String {
    format!("“{}”行“{}”列", row_zh(at), column(at))
}

/// A row in Chinese.
pub(super) fn row_zh(at: CellRef) -> String {
    let rows = at.table.form().rows;
    let name = row(at);
    let group = rows.iter().find(
        |row| matches!(row.kind, RowKind::Group { first, last } if (first..=last).contains(&at.row) && name == "其他"),
    );
    group.map_or_else(|| name.to_owned(), |group| format!("{}·{name}", short(group.label)))
}

/// A row in English: its identifier in words.
pub(super) fn row_en(at: CellRef) -> String {
    at.row_id().replace('.', ": ").replace('_', " ")
}

/// A column in English.
pub(super) fn column_en(at: CellRef) -> String {
    at.column_id().replace('_', " ")
}

/// A cell in English.
pub(super) fn cell_en(at: CellRef) -> String {
    format!("row “{}”, column “{}”", row_en(at), column_en(at))
}

/// Several cells, gathered by row or by column, whichever is shorter.
pub(super) fn cells(places: &[CellRef]) -> (String, String) {
    if let [only] = places {
        return (cell_zh(*only), cell_en(*only));
    }
    let mut by_row: BTreeMap<u8, Vec<CellRef>> = BTreeMap::new();
    let mut by_column: BTreeMap<u8, Vec<CellRef>> = BTreeMap::new();
    for &at in places {
        by_row.entry(at.row).or_default().push(at);
        by_column.entry(at.column).or_default().push(at);
    }
    if by_row.len() <= by_column.len() {
        let zh = by_row.values().map(|cells| format!("“{}”行 {} 格", row_zh(cells[0]), cells.len()));
        let en = by_row.values().map(|cells| format!("row “{}” ({})", row_en(cells[0]), cells.len()));
        (list_zh(zh), list_en(en))
    } else {
        let zh = by_column.values().map(|cells| format!("“{}”列 {} 格", column(cells[0]), cells.len()));
        let en = by_column.values().map(|cells| format!("column “{}” ({})", column_en(cells[0]), cells.len()));
        (list_zh(zh), list_en(en))
    }
}

/// A list in Chinese; what exceeds the first few is only counted.
pub(super) fn list_zh(items: impl Iterator<Item = String>) -> String {
    let items: Vec<String> = items.collect();
    let named = items[..items.len().min(NAMED)].join("、");
    if items.len() > NAMED { format!("{named}等 {} 处", items.len()) } else { named }
}

/// A list in English; what exceeds the first few is only counted.
pub(super) fn list_en(items: impl Iterator<Item = String>) -> String {
    let items: Vec<String> = items.collect();
    let named = items[..items.len().min(NAMED)].join(", ");
    if items.len() > NAMED { format!("{named} and {} more", items.len() - NAMED) } else { named }
}

/// The part of `text` around the characters in `range`, at most `around` characters on each side.
pub(super) fn excerpt(text: &str, range: std::ops::Range<usize>, around: usize) -> String {
    let start = range.start.saturating_sub(around);
    text.chars().skip(start).take(range.end + around - start).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_shortened() {
        assert_eq!(short("（二）部分公开（区分处理的，只计这一情形，不计其他情形）"), "部分公开");
        assert_eq!(short("（七）总计"), "总计");
        assert_eq!(short("一、本年新收政府信息公开申请数量"), "本年新收政府信息公开申请数量");
        assert_eq!(short("1.属于国家秘密"), "属于国家秘密");
        assert_eq!(short("行政诉讼：复议后起诉"), "行政诉讼：复议后起诉");
    }
}
