//! From the tree to what follows one after the other: paragraphs, tables with their cells, pictures.

use super::grid::{self, Slot};
use super::layout::{self, Content, Shape};
use super::list::Marker;
use super::tree::{Id, Kind, LINE, NODES, PARAGRAPH, Tree, is_blank};

/// One thing after the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// A paragraph.
    Paragraph(Paragraph),
    /// A table, or the next stretch of it.
    Table(Table),
    /// A picture.
    Picture {
        /// Its number.
        number: u32,
        /// The node it stands in.
        node: Id,
        /// Its cell in the table before, from 0.
        cell: Option<(u16, u16)>,
    },
}

/// A paragraph; forced breaks are line feeds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Paragraph {
    pub(super) text: String,
    /// How many of its characters are the text of links, blanks not counted.
    pub(super) linked: usize,
    /// 1 to 6 for a heading.
    pub(super) heading: u8,
    /// The node it stands in.
    pub(super) node: Id,
}

/// Cells of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Table {
    /// Where they lie in their table.
    pub(super) slots: Vec<Slot>,
    /// Their texts.
    pub(super) texts: Vec<String>,
    /// Whether they belong to the same table as the cells before.
    pub(super) continued: bool,
    /// The node of the table.
    pub(super) node: Id,
}

/// Everything on the page, in reading order; `None` where there are more lines than on any page.
pub(super) fn pieces(tree: &Tree) -> Option<Vec<Piece>> {
    let contents = layout::contents(tree);
    // A text with tables in it, and no tag to tell its lines apart: they are those of the source.
    let plain = tree.lines == 0;
    let mut flow = Flow { tree, contents, plain, pieces: Vec::new(), lines: 0, open: Opened::default() };
    flow.block(0);
    flow.flush();
    (flow.lines <= NODES).then_some(flow.pieces)
}

struct Flow<'a> {
    tree: &'a Tree,
    contents: Vec<Content>,
    plain: bool,
    pieces: Vec<Piece>,
    /// How many lines of text there are.
    lines: usize,
    open: Opened,
}

/// The paragraph that is being put together.
#[derive(Default)]
struct Opened {
    raw: String,
    linked: usize,
    pictures: Vec<u32>,
    node: Id,
    heading: u8,
    marker: Option<Marker>,
}

impl Flow<'_> {
    fn block(&mut self, id: Id) {
        if let Kind::Block { heading, marker, .. } = self.tree.kind(id) {
            // A heading or an item may hold a block of its own for its text.
            self.open.heading = heading.max(self.open.heading);
            self.open.marker = marker.or(self.open.marker);
        }
        self.open.node = id;
        let tree = self.tree;
        for child in tree.children(id) {
            match tree.kind(child) {
                Kind::Text { start, end, link } => self.text(tree.text(start, end), link),
                Kind::Picture(number) => self.open.pictures.push(number),
                Kind::Table { .. } => {
                    self.flush();
                    self.table(child);
                    self.open.node = id;
                }
                Kind::Block { .. } => {
                    self.flush();
                    let (heading, marker) = (self.open.heading, self.open.marker);
                    self.block(child);
                    self.flush();
                    self.open.heading = heading;
                    self.open.marker = marker.filter(|_| self.open.marker.is_some());
                    self.open.node = id;
                }
                Kind::Group(_) | Kind::Row | Kind::Cell { .. } => {}
            }
        }
    }

    fn text(&mut self, text: &str, is_link: bool) {
        let plain = self.plain;
        let is_limit = |c| c == PARAGRAPH || plain && c == '\n';
        for (index, text) in text.split(is_limit).enumerate() {
            if index > 0 {
                self.flush();
            }
            self.open.raw.push_str(text);
            if is_link {
                self.open.linked += text.chars().filter(|c| !c.is_whitespace()).count();
            }
        }
    }

    /// Ends the paragraph.
    fn flush(&mut self) {
        let mut text = collapse(&self.open.raw);
        self.open.raw.clear();
        let linked = std::mem::take(&mut self.open.linked);
        let node = self.open.node;
        self.lines += text.split('\n').count();
        if !text.is_empty() && self.lines <= NODES {
            if let Some(marker) = self.open.marker.take() {
                text.insert_str(0, &marker.before(&text));
            }
            self.pieces.push(Piece::Paragraph(Paragraph { text, linked, heading: self.open.heading, node }));
        }
        let pictures = self.open.pictures.drain(..);
        self.pieces.extend(pictures.map(|number| Piece::Picture { number, node, cell: None }));
    }

    fn table(&mut self, table: Id) {
        let slots = grid::form(self.tree, table);
        let shape = slots.as_ref().map(|slots| layout::shape(self.tree, &self.contents, table, slots));
        match (slots, shape) {
            (Some(slots), Some(Shape::Figures(prose))) => self.figures(table, &slots, &prose),
            _ => {
                for cell in layout::cells(self.tree, table) {
                    self.block(cell);
                    self.flush();
                }
            }
        }
        self.open.heading = 0;
        self.open.marker = None;
    }

    /// A table of figures; the rows in `prose` are paragraphs between.
    fn figures(&mut self, table: Id, slots: &[Slot], prose: &[u16]) {
        let mut continued = false;
        let is_prose = |slot: &Slot| prose.binary_search(&slot.row).is_ok();
        for stretch in slots.chunk_by(|a, b| !is_prose(a) && !is_prose(b)) {
            if is_prose(&stretch[0]) {
                self.block(stretch[0].cell);
                self.flush();
                continue;
            }
            let end = stretch.iter().map(|slot| slot.row).max().unwrap_or(0) + 1;
            let next = prose.iter().find(|row| **row >= end);
            let mut cells = Table { slots: Vec::new(), texts: Vec::new(), continued, node: table };
            let mut pictures = Vec::new();
            for slot in stretch {
                let mut text =
                    CellText { tree: self.tree, raw: String::new(), lines: Vec::new(), pictures: Vec::new() };
                text.gather(slot.cell);
                text.flush();
                let place = (slot.row, slot.column);
                pictures.extend(text.pictures.iter().map(|&number| (number, place)));
                cells.texts.push(text.lines.join("\n"));
                let left = next.map_or(u16::MAX, |next| next - slot.row);
                cells.slots.push(Slot { row_span: slot.row_span.min(left), ..*slot });
            }
            self.pieces.push(Piece::Table(cells));
            let picture = |(number, cell)| Piece::Picture { number, node: table, cell: Some(cell) };
            self.pieces.extend(pictures.into_iter().map(picture));
            continued = true;
        }
    }
}

/// The text of a cell, with whatever stands in it.
struct CellText<'a> {
    tree: &'a Tree,
    raw: String,
    lines: Vec<String>,
    pictures: Vec<u32>,
}

impl CellText<'_> {
    fn gather(&mut self, id: Id) {
        let tree = self.tree;
        for child in tree.children(id) {
            match tree.kind(child) {
                Kind::Text { start, end, .. } => self.raw.push_str(tree.text(start, end)),
                Kind::Picture(number) => self.pictures.push(number),
                Kind::Block { .. } | Kind::Table { .. } | Kind::Group(_) | Kind::Row | Kind::Cell { .. } => {
                    self.flush();
                    let before = self.lines.len();
                    self.gather(child);
                    self.flush();
                    if let (Kind::Block { marker: Some(marker), .. }, Some(line)) =
                        (tree.kind(child), self.lines.get_mut(before))
                    {
                        line.insert_str(0, &marker.before(line));
                    }
                }
            }
        }
    }

    fn flush(&mut self) {
        let lines = self.raw.split(PARAGRAPH).map(collapse).filter(|line| !line.is_empty());
        self.lines.extend(lines);
        self.raw.clear();
    }
}

/// The characters of a paragraph as they are shown: runs of blanks are one, a line end of the source between
/// Chinese characters is nothing, forced breaks are line feeds, and lines without text are dropped.
fn collapse(raw: &str) -> String {
    let lines = raw.split(LINE).map(line).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

fn line(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let (mut blank, mut wraps) = (false, false);
    for c in raw.chars() {
        if is_blank(c) {
            blank = true;
            wraps |= c == '\n' || c == '\r';
            continue;
        }
        if c.is_control() {
            continue;
        }
        if std::mem::take(&mut blank) && !(wraps && is_wide(c) && text.ends_with(is_wide)) {
            text.push(' ');
        }
        wraps = false;
        text.push(c);
    }
    text.trim().to_owned()
}

/// Whether lines of a Chinese text are broken beside `c` without a blank.
const fn is_wide(c: char) -> bool {
    matches!(c, '\u{2014}' | '\u{2018}'..='\u{201d}' | '\u{2026}' | '\u{2e80}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_of_the_source_are_not_those_of_the_page() {
        let cases = [
            ("  a \n  b\t c ", "a b c"),
            ("政府\n  信息", "政府信息"),
            ("政府 信息", "政府 信息"),
            ("2023\n年", "2023 年"),
            ("0\n0", "0 0"),
            ("\u{3000}\u{3000}一、总体情况\u{a0}", "一、总体情况"),
            ("地址\u{2028}\u{a0}\u{2028}电话", "地址\n电话"),
            ("\u{a0}", ""),
            ("一\u{a0}二", "一\u{a0}二"),
        ];
        for (raw, text) in cases {
            assert_eq!(collapse(raw), text, "{raw:?}");
        }
    }
}
