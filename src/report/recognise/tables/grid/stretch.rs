//! Which rows of which sheets belong to which table.

use std::ops::Range;

use super::super::labels::{self, Label};
use super::block::{Block, Cell};
use super::likeness::{SAME, SURE, likeness};
use crate::report::form::requests;
use crate::report::recognise::prose::opens_part;
use crate::report::recognise::stream::{Sheet, Stream};
use crate::report::{Figure, TableKind};

/// What a row of a sheet is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    /// Its words are those of a table.
    Of(TableKind),
    /// Nothing in it tells.
    Open,
    /// Figures or empty cells without words.
    Bare,
    /// A heading, a sentence: no row of a table.
    Prose,
}

/// A sheet of a few rows with so many figures is a piece of the table before it.
const FIGURES: usize = 7;

/// The blocks of all sheets, in order.
pub(super) fn stretches(stream: &Stream) -> Vec<Block> {
    let sorter = Sorter::new();
    let mut blocks: Vec<Block> = Vec::new();
    // What the last sheet ended with.
    let mut last: Option<(TableKind, usize)> = None;
    for sheet in &stream.sheets {
        let mut cells: Vec<Cell> = sheet.cells.iter().map(|cell| Cell::of(stream, cell)).collect();
        drop_running_numbers(&mut cells, sheet.rows);
        let sorts = sorter.sorts(stream, sheet, &cells);
        // What has no words of its own goes on with the table before where it has as many columns.
        let tells = sorts.iter().any(|sort| matches!(sort, Sort::Of(_)));
        let figures = cells.iter().filter(|cell| cell.is_figure()).count();
        let goes_on = |(_, columns): &(TableKind, usize)| {
            tells || *columns == sheet.columns || sheet.rows <= 3 && figures >= FIGURES
        };
        let found = ranges(&sorts, last.filter(goes_on).map(|(kind, _)| kind));
        let open = found.last().filter(|(_, rows)| !sorts[rows.end..].contains(&Sort::Prose));
        last = open.map(|(kind, _)| (*kind, sheet.columns));
        // A cell from above may reach into a block, but not make one.
        for (kind, rows) in found {
            blocks.push(Block::new(kind, sheet, &cells, rows, stream));
        }
    }
    blocks
}

/// Fewer numbers in a row do not make a column of running numbers.
const RUNNING: usize = 4;

/// Leaves out a first column that only counts the rows, one by one, beside words.
fn drop_running_numbers(cells: &mut Vec<Cell>, rows: usize) {
    let is_first = |cell: &Cell| cell.columns == (0..1);
    let number = |cell: &Cell| cell.value.as_ref()?.value.number();
    let numbers: Vec<(usize, Figure)> =
        cells.iter().filter(|cell| is_first(cell)).filter_map(|cell| Some((cell.rows.start, number(cell)?))).collect();
    let counts = numbers.windows(2).all(|pair| {
        let distance = Figure::from(pair[1].0 - pair[0].0);
        pair[1].1 - pair[0].1 == distance && pair[0].1.scale() == 0
    });
    let in_bounds =
        numbers.iter().all(|(_, number)| *number <= Figure::from(MOST_NUMBER) && !number.is_sign_negative());
    let whole = cells.iter().filter(|cell| is_first(cell)).all(|cell| {
        cell.rows.len() == 1 && (number(cell).is_some() || cell.is_blank() || cell.says(&["序号", "行次", "编号"]))
    });
    let first_only = cells.iter().all(|cell| cell.columns.start > 0 || is_first(cell));
    let mut worded: Vec<usize> = cells.iter().filter(|cell| cell.is_text()).map(|cell| cell.rows.start).collect();
    worded.dedup();
    if counts
        && in_bounds
        && whole
        && first_only
        && numbers.len() >= RUNNING
        && numbers.len() * 2 >= rows
        && worded.len() * 2 >= rows
    {
        cells.retain(|cell| !is_first(cell));
    }
}

/// No table has more rows.
const MOST_NUMBER: usize = 10_000;

/// The stretches of rows of one table each. `before` is the table the sheet before ended with, if this one may go
/// on with it.
fn ranges(sorts: &[Sort], before: Option<TableKind>) -> Vec<(TableKind, Range<usize>)> {
    let mut found: Vec<(TableKind, Range<usize>)> = Vec::new();
    let first = sorts.iter().find_map(|sort| if let Sort::Of(kind) = sort { Some(*kind) } else { None });
    // Rows before the first that tells go on with the table of the page before, or begin this one.
    let mut current = before.filter(|kind| first.is_none_or(|first| first == *kind)).map(|kind| (kind, 0..0));
    for (row, sort) in sorts.iter().enumerate() {
        match sort {
            Sort::Of(kind) => match &mut current {
                Some((same, rows)) if same == kind => rows.end = row + 1,
                _ => {
                    found.extend(current.replace((*kind, row..row + 1)));
                }
            },
            Sort::Bare => {
                if let Some((_, rows)) = &mut current {
                    rows.end = row + 1;
                }
            }
            // Taken in if a row of the table follows.
            Sort::Open => {}
            Sort::Prose => found.extend(current.take()),
        }
    }
    found.extend(current);
    found.retain(|(_, rows)| !rows.is_empty());
    found
}

/// Tells rows by their words.
struct Sorter {
    requests: Vec<Label>,
    proactive: Vec<Label>,
}

const REQUESTS: [&str; 9] = [
    "自然人",
    "法人或其他组织",
    "商业企业",
    "科研机构",
    "社会公益组织",
    "法律服务机构",
    "申请人情况",
    "三本年度办理结果",
    "本年度办理结果",
];
const DISPUTES: [&str; 8] =
    ["行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉", "结果维持", "结果纠正", "其他结果", "尚未审结"];
const PROACTIVE: [&str; 9] = [
    "制发件数",
    "废止件数",
    "有效件数",
    "处理决定数量",
    "收费金额",
    "新制作数量",
    "新公开数量",
    "公开总数量",
    "采购总金额",
];

impl Sorter {
    fn new() -> Self {
        let heading = Some((requests::FIRST_OUTCOME, "三、本年度办理结果"));
        Self {
            requests: labels::labels(TableKind::Requests.form(), heading),
            proactive: labels::labels(TableKind::ProactiveDisclosure.form(), None),
        }
    }

    fn sorts(&self, stream: &Stream, sheet: &Sheet, cells: &[Cell]) -> Vec<Sort> {
        let mut sorts = Vec::with_capacity(sheet.rows);
        let mut rest = cells;
        for row in 0..sheet.rows {
            let count = rest.iter().take_while(|cell| cell.rows.start == row).count();
            let (own, others) = rest.split_at(count);
            sorts.push(self.sort(stream, own));
            rest = others;
        }
        sorts
    }

    fn sort(&self, stream: &Stream, row: &[Cell]) -> Sort {
        // The heading of a part ends a table, whatever else the row holds: empty cells, a unit, a remark.
        let first = row.iter().find(|cell| !cell.is_blank());
        if first.is_some_and(|cell| opens_part(&stream.text(cell.range.clone()))) {
            return Sort::Prose;
        }
        let told: Vec<TableKind> =
            row.iter().filter(|cell| cell.is_text()).filter_map(|cell| self.tells(cell)).collect();
        let count = |kind| told.iter().filter(|told| **told == kind).count();
        let best = TableKind::ALL.into_iter().map(|kind| (count(kind), kind)).max_by_key(|(count, _)| *count);
        if let Some((1.., kind)) = best {
            return Sort::Of(kind);
        }
        let mut texts = row.iter().filter(|cell| cell.value.is_none());
        match (texts.next(), texts.next()) {
            (None, _) => Sort::Bare,
            (Some(only), None) if row.len() == 1 || is_long(only) || is_sentence(stream, only) => Sort::Prose,
            _ if row.iter().any(|cell| is_long(cell) || is_sentence(stream, cell)) => Sort::Prose,
            _ if row.iter().any(Cell::is_figure) || row.len() >= 5 => Sort::Bare,
            _ => Sort::Open,
        }
    }

    /// The table that the text of a cell belongs to.
    fn tells(&self, cell: &Cell) -> Option<TableKind> {
        let length = cell.text.len();
        let is = |labels: &[Label], least: u32, shortest: usize| {
            labels.iter().any(|label| length >= shortest && likeness(&cell.text, label) >= least)
        };
        if cell.says(&DISPUTES) {
            Some(TableKind::Disputes)
        } else if cell.says(&REQUESTS) || cell.mentions(&["勾稽关系"]) {
            Some(TableKind::Requests)
        } else if cell.says(&["信息内容", "规章", "政府集中采购"])
            || cell.mentions(&["第二十条第"]) && length <= 14
            || cell.mentions(&PROACTIVE) && length <= 16
            || is(&self.proactive, SAME, 4)
        {
            Some(TableKind::ProactiveDisclosure)
        } else if is(&self.requests, SURE, 4) || is(&self.requests, SAME, 3) {
            Some(TableKind::Requests)
        } else {
            None
        }
    }
}

/// Whether a cell holds a sentence: no label of a row ends with a full stop.
fn is_sentence(stream: &Stream, cell: &Cell) -> bool {
    cell.is_text()
        && cell.text.len() >= 10
        && stream.chars[cell.range.clone()].last().is_some_and(|char| char.c == '。')
}

/// Whether a cell holds running text.
fn is_long(cell: &Cell) -> bool {
    cell.text.len() > 45
}
