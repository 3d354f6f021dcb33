//! Whether a table holds figures, or only arranges the page.
//!
//! A table that arranges has other tables or long text in its cells. One that holds figures has many short cells.
//! Some are both: rows of figures between rows of text.

use super::grid::{Slot, groups};
use super::phrase;
use super::tree::{Id, Kind, Tree, is_blank};

/// A cell with more characters holds running text.
const LONG: u32 = 200;

/// A row of one cell with more characters is a paragraph in a table.
const LINE: u32 = 60;

/// A cell with at most so many characters may hold a label or a figure.
const SHORT: u32 = 40;

/// What stands in a node.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Content {
    /// Characters, blanks not counted.
    text: u32,
    /// Those that stand in no further table.
    own: u32,
    /// Tables in it, at any depth.
    tables: u32,
    /// Cells in it that hold a label or a figure, at any depth.
    values: u32,
    /// Headings in it.
    headings: u32,
}

/// What a table is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// It arranges the page: what is in its cells follows one after the other.
    Arrangement,
    /// It holds figures, but for the rows that are named: each of them is running text.
    Figures(Vec<u16>),
}

/// What stands in each node.
pub(super) fn contents(tree: &Tree) -> Vec<Content> {
    let mut all = vec![Content::default(); tree.len()];
    // Nodes stand behind those they stand in, so the last is complete first.
    for id in (1..tree.len()).rev() {
        let mut content = all[id];
        match tree.kind(id) {
            Kind::Text { start, end, .. } => {
                let is_ink = |c: &char| !c.is_whitespace() && !is_blank(*c);
                let count = tree.text(start, end).chars().filter(is_ink).count();
                content.text = u32::try_from(count).unwrap_or(u32::MAX / 2);
                content.own = content.text;
            }
            Kind::Block { heading: 1.., .. } => content.headings += 1,
            Kind::Table { .. } => {
                content.own = 0;
                content.tables += 1;
            }
            Kind::Cell { .. } if content.tables == 0 && (1..=SHORT).contains(&content.own) => content.values += 1,
            _ => {}
        }
        all[id] = content;
        let parent = &mut all[tree.parent(id)];
        parent.text = parent.text.saturating_add(content.text);
        parent.own = parent.own.saturating_add(content.own);
        parent.tables += content.tables;
        parent.values += content.values;
        parent.headings += content.headings;
    }
    all
}

/// What `table` is.
pub(super) fn shape(tree: &Tree, contents: &[Content], table: Id, slots: &[Slot]) -> Shape {
    let whole = contents[table];
    let cells = || slots.iter().map(|slot| contents[slot.cell]);
    let own = u32::try_from(cells().filter(|cell| cell.tables == 0 && (1..=SHORT).contains(&cell.own)).count());
    let own = own.unwrap_or(u32::MAX);
    let (nested, inner) = (whole.tables - 1, whole.values.saturating_sub(own));
    if nested > 0 && inner >= own {
        return Shape::Arrangement;
    }
    if slots.iter().all(|slot| slot.column == 0) {
        return column(tree, table, slots, contents);
    }
    let prose = prose_rows(tree, contents, slots);
    let long: u32 = cells().map(|cell| cell.text).filter(|text| *text > LONG).fold(0, u32::saturating_add);
    if long > whole.text / 2 && (prose.is_empty() || own < 8) {
        return Shape::Arrangement;
    }
    Shape::Figures(prose)
}

/// What a table of one column is: a frame around text, or the head of a table that was cut into pieces.
fn column(tree: &Tree, table: Id, slots: &[Slot], contents: &[Content]) -> Shape {
    let is_plain = |slot: &Slot| {
        let content = contents[slot.cell];
        content.text <= LINE && content.tables == 0 && content.headings == 0
    };
    let spans = slots.iter().any(|slot| matches!(tree.kind(slot.cell), Kind::Cell { columns: 2.., .. }));
    let drawn = tree.kind(table) == Kind::Table { border: true };
    if slots.iter().all(is_plain) && (spans || drawn) { Shape::Figures(Vec::new()) } else { Shape::Arrangement }
}

/// The rows that are one paragraph: long ones and sentences, and in a table that has such rows, which is a whole
/// report typed into a sheet, its titles, headings and dates, and what stands between two of them.
fn prose_rows(tree: &Tree, contents: &[Content], slots: &[Slot]) -> Vec<u16> {
    let mut rows: Vec<(u16, Option<String>)> = Vec::new();
    for row in slots.chunk_by(|a, b| a.row == b.row) {
        let mut filled = row.iter().filter(|slot| contents[slot.cell].text > 0);
        let only = filled.next().filter(|slot| filled.next().is_none() && slot.row_span == 1);
        let is_wide = |slot: &&Slot| row.len() == 1 && slot.column == 0 && slot.column_span > 1;
        let is_long = |slot: &&Slot| contents[slot.cell].text > LINE || contents[slot.cell].tables > 0;
        let text = only.filter(|slot| is_wide(slot) || is_long(slot)).map(|slot| beginning(tree, slot.cell));
        rows.push((row[0].row, text));
    }
    let is_sentence = |text: &str| text.ends_with(['。', '；']) || text.chars().count() > LINE as usize;
    let is_head = |text: &str| phrase::is_title(text) || phrase::is_numbered(text) || phrase::is_date(text);
    let is_mixed = rows.iter().filter_map(|(_, text)| text.as_deref()).any(is_sentence);
    let is_title = |text: &str| phrase::is_title(text);
    let mut prose: Vec<bool> = rows
        .iter()
        .map(|(_, text)| {
            text.as_deref().is_some_and(|text| is_sentence(text) || is_title(text) || is_mixed && is_head(text))
        })
        .collect();
    for index in 1..rows.len() {
        let next = prose.get(index + 1).copied().unwrap_or(true);
        prose[index] |= is_mixed && rows[index].1.is_some() && prose[index - 1] && next;
    }
    rows.into_iter().zip(prose).filter(|(_, prose)| *prose).map(|((row, _), _)| row).collect()
}

/// The text in a node, or its beginning where it is long.
fn beginning(tree: &Tree, id: Id) -> String {
    let mut text = String::new();
    let mut open = vec![id];
    while let Some(id) = open.pop() {
        if let Kind::Text { start, end, .. } = tree.kind(id) {
            text.extend(tree.text(start, end).chars().take(2 * LINE as usize));
        }
        if text.chars().count() > 4 * LINE as usize {
            break;
        }
        let at = open.len();
        open.extend(tree.children(id));
        open[at..].reverse();
    }
    text.trim().to_owned()
}

/// All cells of a table, in the order of the source.
pub(super) fn cells(tree: &Tree, table: Id) -> impl Iterator<Item = Id> {
    let rows = groups(tree, table).into_iter().flatten();
    rows.flat_map(|row| tree.children(row).filter(|id| matches!(tree.kind(*id), Kind::Cell { .. })))
}
