//! The lines of a document that are running text, and what stands between them.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use crate::text::pattern::Regex;

use crate::report::TableKind;
use crate::report::recognise::stream::{Char, LineKind, Sheet, SheetCell, Stream};
use crate::report::recognise::tables::Region;

/// A line, or what a table leaves of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Its characters in the stream, surrounding blanks left out.
    pub(super) range: Range<usize>,
    /// Width of the blanks it is indented by, in columns of a terminal.
    pub(super) indent: usize,
    /// Width of its characters.
    pub(super) width: usize,
    /// Whether an empty line stands before it.
    pub(super) after_blank: bool,
    /// How it hangs together with what stands before it.
    pub(super) flow: Flow,
}

/// How a line hangs together with the line before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Flow {
    /// It may go on a paragraph: lines are broken at the width of a page.
    #[default]
    Wrapped,
    /// It begins a paragraph of its own.
    Whole,
    /// It stands in the same row of a table as what stands before it.
    Beside,
}

/// What follows what in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// Running text.
    Line(Line),
    /// Something that belongs to a table, of this kind if that could be told.
    Table {
        /// Which table, if its words tell.
        kind: Option<TableKind>,
        /// Its characters in the stream.
        range: Range<usize>,
    },
}

/// Cuts the stream into lines of running text and tables. Page numbers, rules and lines without a
/// single letter or digit are neither.
pub(super) fn pieces(stream: &Stream, tables: &[Region]) -> Vec<Piece> {
    let tables = merged(tables, stream.chars.len());
    let mut tables = tables.into_iter().peekable();
    let mut sheets = stream.sheets.iter().peekable();
    let mut pieces = Vec::new();
    let mut after_blank = false;
    for (index, line) in stream.lines.iter().enumerate() {
        let flow = match stream.kinds[index] {
            LineKind::Paragraph => Flow::Whole,
            _ => Flow::Wrapped,
        };
        let mut start = line.start;
        while let Some(Region { range: table, piece_of }) = tables.next_if(|table| table.range.start < line.end) {
            if start < table.start {
                push_line(stream, start..table.start, flow, &mut after_blank, &mut pieces);
            }
            start = start.max(table.end);
            pieces.push(Piece::Table { kind: piece_of.or_else(|| kind_of(stream, table.clone())), range: table });
            after_blank = false;
        }
        // A table that began on an earlier line may reach into or over this one.
        if let Some(Piece::Table { range, .. }) = pieces.last() {
            start = start.max(range.end);
        }
        if stream.kinds[index] == LineKind::Row {
            while sheets.next_if(|sheet| sheet.line + sheet.rows <= index).is_some() {}
            if let Some(sheet) = sheets.peek().filter(|_| start < line.end) {
                push_row(stream, sheet, index, start..line.end, &mut pieces);
            }
        } else if start < line.end || (line.is_empty() && start == line.start) {
            push_line(stream, start..line.end, flow, &mut after_blank, &mut pieces);
        }
    }
    pieces
}

/// More characters than this in a cell are running text.
const LONGEST_WORD: usize = 30;

/// Adds the cells of a row that belongs to none of the tables: those with running text as paragraphs, short ones
/// side by side.
fn push_row(stream: &Stream, sheet: &Sheet, line: usize, range: Range<usize>, pieces: &mut Vec<Piece>) {
    let row = line - sheet.line;
    let first = sheet.cells.partition_point(|cell| cell.rows.start < row);
    let own = sheet.cells[first..].iter().take_while(|cell| cell.rows.start == row);
    let mut beside = false;
    for cell in own.filter(|cell| cell.range.start >= range.start && cell.range.end <= range.end) {
        for (index, paragraph) in paragraphs(cell).enumerate() {
            let short = paragraph.len() <= LONGEST_WORD && cell.breaks.is_empty();
            let flow = match index {
                // A frame round the text, with a row for each line.
                _ if sheet.columns == 1 => Flow::Wrapped,
                0 if short && beside => Flow::Beside,
                0 => Flow::Whole,
                // In a cell of a page lines are broken at its width.
                _ => Flow::Wrapped,
            };
            let before = pieces.len();
            push_line(stream, paragraph, flow, &mut false, pieces);
            beside = short && (pieces.len() > before || beside);
        }
    }
}

/// The paragraphs of a cell.
fn paragraphs(cell: &SheetCell) -> impl Iterator<Item = Range<usize>> + '_ {
    let starts = std::iter::once(cell.range.start).chain(cell.breaks.iter().map(|at| at + 1));
    starts.zip(cell.breaks.iter().copied().chain([cell.range.end])).map(|(start, end)| start..end.max(start))
}

/// Takes the title out of `pieces`, and every line that only repeats it, as the heads of pages do.
pub(super) fn take_out(stream: &Stream, pieces: &mut Vec<Piece>, title: &Range<usize>, text: &str) {
    let count = text.chars().count();
    *pieces = std::mem::take(pieces)
        .into_iter()
        .flat_map(|piece| {
            let Piece::Line(line) = piece else { return vec![piece] };
            if line.range.end > title.start && line.range.start < title.end {
                let mut rest = Vec::new();
                for range in [line.range.start..title.start, title.end..line.range.end] {
                    if !range.is_empty() {
                        push_line(stream, range, line.flow, &mut false, &mut rest);
                    }
                }
                return rest;
            }
            let chars =
                || stream.chars[line.range.clone()].iter().map(|char| char.c).filter(|c| !matches!(c, ' ' | '\t'));
            // Blanks apart, a repetition is as long as the title; longer lines need no look.
            let repeats = line.range.len() <= 2 * count && chars().eq(text.chars());
            if repeats { Vec::new() } else { vec![Piece::Line(line)] }
        })
        .collect();
}

/// Most columns that the head of a page takes, and fewest lines between two of them.
const HEAD_WIDTH: usize = 80;
const PAGE_LINES: usize = 8;

/// Leaves out the heads of pages: short lines that come again and again, a page apart. The first stays.
pub(super) fn drop_page_heads(stream: &Stream, pieces: &mut Vec<Piece>) {
    let text = |line: &Line| -> String {
        stream.chars[line.range.clone()].iter().map(|char| char.c).filter(|c| !matches!(c, ' ' | '\t')).collect()
    };
    let is_short = |line: &Line| (8..=HEAD_WIDTH).contains(&line.width);
    // How often a line comes, and where it came last; `None` if it ever came twice on a page.
    let mut seen: HashMap<String, Option<(usize, usize)>> = HashMap::new();
    for (index, piece) in pieces.iter().enumerate() {
        if let Piece::Line(line) = piece
            && is_short(line)
        {
            let known = seen.entry(text(line)).or_insert(Some((0, index)));
            *known = known
                .and_then(|(count, last)| (count == 0 || index - last >= PAGE_LINES).then_some((count + 1, index)));
        }
    }
    seen.retain(|_, known| known.is_some_and(|(count, _)| count >= 3));
    if seen.is_empty() {
        return;
    }
    pieces.retain(|piece| match piece {
        Piece::Line(line) if is_short(line) => match seen.get_mut(&text(line)) {
            Some(first) => first.take().is_some(),
            None => true,
        },
        _ => true,
    });
}

/// `tables` in order, inside the stream, none overlapping another.
fn merged(tables: &[Region], end: usize) -> Vec<Region> {
    let inside = |table: &Region| Region { range: table.range.start.min(end)..table.range.end.min(end), ..*table };
    let mut sorted: Vec<_> = tables.iter().map(inside).filter(|table| !table.range.is_empty()).collect();
    sorted.sort_by_key(|table| (table.range.start, table.range.end));
    let mut merged: Vec<Region> = Vec::with_capacity(sorted.len());
    for table in sorted {
        match merged.last_mut() {
            Some(last) if table.range.start < last.range.end => {
                last.range.end = last.range.end.max(table.range.end);
            }
            _ => merged.push(table),
        }
    }
    merged
}

fn push_line(stream: &Stream, range: Range<usize>, flow: Flow, after_blank: &mut bool, pieces: &mut Vec<Piece>) {
    let chars = &stream.chars[range.clone()];
    let is_mark = |char: &Char| matches!(char.c, ' ' | '\t');
    // Marks that mark-up puts round a line say nothing: `## 一、总体情况`, `**一、总体情况**`.
    let is_markup = |char: &Char| is_mark(char) || matches!(char.c, '#' | '*');
    let Some(first) = chars.iter().position(|char| !is_markup(char)) else {
        *after_blank |= chars.iter().all(is_mark);
        return;
    };
    let last = chars.iter().rposition(|char| !is_markup(char)).unwrap_or(first);
    let indent = chars.iter().take_while(|char| is_mark(char)).map(|char| width(char.c).max(1)).sum();
    let body = &chars[first..=last];
    if is_page_furniture(body) {
        return;
    }
    pieces.push(Piece::Line(Line {
        range: range.start + first..range.start + last + 1,
        indent,
        width: body.iter().map(|char| width(char.c)).sum(),
        after_blank: std::mem::take(after_blank),
        flow,
    }));
}

/// Columns of a terminal that a character takes: enough to tell full lines from short ones.
fn width(c: char) -> usize {
    if c.is_ascii() { 1 } else { 2 }
}

static PAGE_NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^[-—–―─·•~]*(?:第|page|p)?\.?\d{1,3}页?[,，]?(?:[/／]|共|of)?(?:\d{1,3}页?)?[-—–―─·•~]*$")
        .expect("a valid pattern")
});

/// A page number, a rule, a row of a table that no table was made of, or nothing but punctuation.
fn is_page_furniture(chars: &[Char]) -> bool {
    let words = chars.iter().any(|char| char.c.is_alphabetic());
    let is_row = chars.first().is_some_and(|first| first.c == '|')
        || (!words && chars.iter().any(|char| matches!(char.c, ' ' | '\t' | '|')));
    if is_row || !chars.iter().any(|char| char.c.is_alphanumeric()) {
        return true;
    }
    // Longer lines are no page numbers; looking at them would only cost time.
    if chars.len() > 40 {
        return false;
    }
    let text: String = chars.iter().map(|char| char.c).filter(|c| !matches!(c, ' ' | '\t')).collect();
    PAGE_NUMBER.is_match(&text)
}

/// Words that only one of the tables has.
const TELLING: [(TableKind, [&str; 3]); 3] = [
    (TableKind::ProactiveDisclosure, ["第二十条第", "信息内容", "行政事业性收费"]),
    (TableKind::Requests, ["本年新收", "申请人情况", "无法提供"]),
    (TableKind::Disputes, ["未经复议直接起诉", "结果维持", "尚未审结"]),
];

/// Which table the characters of `range` belong to.
fn kind_of(stream: &Stream, range: Range<usize>) -> Option<TableKind> {
    let text: String = stream.chars[range].iter().map(|char| char.c).filter(|c| !matches!(c, ' ' | '\t')).collect();
    TELLING.iter().find(|(_, words)| words.iter().any(|word| text.contains(word))).map(|&(kind, _)| kind)
}
