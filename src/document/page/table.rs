//! Tables from rulings: a lattice of unit cells, joined where no ruling parts them, filled with what is written
//! in them.

mod lattice;

use super::cell;
use super::glyph::{Glyph, percent};
use crate::document::Rect;

pub(super) use lattice::{Lattice, lattices};

/// A table on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Table {
    /// The box it takes.
    pub(super) area: Rect,
    /// Its cells.
    pub(super) cells: Vec<Cell>,
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    /// Its first row, from 0.
    pub(super) row: u16,
    /// Its first column, from 0.
    pub(super) column: u16,
    /// How many rows it spans.
    pub(super) row_span: u16,
    /// How many columns it spans.
    pub(super) column_span: u16,
    /// What is written in it.
    pub(super) text: String,
    /// The box of what is written, or of the cell if it is empty.
    pub(super) area: Rect,
}

/// Edges of two pieces of one table on two pages are no further apart.
const SAME_EDGE: i32 = 300;

/// Keeps, of the lattices of each page, those that are tables. A lattice of one row or one column can be a frame
/// or a few rules; it is a table only where one that is goes on over the limit of the pages.
pub(super) fn settle(pages: &mut [Vec<Lattice>], glyphs: &[&[Glyph]]) {
    for (lattices, glyphs) in pages.iter_mut().zip(glyphs) {
        for lattice in lattices.iter_mut() {
            lattice.count(glyphs);
        }
        lattices.retain(|lattice| lattice.written > 0);
    }
    let sure = |lattice: &Lattice| {
        lattice.rows() > 1 && lattice.columns() > 1 && lattice.written > 1
            || lattice.columns() > 2 && lattice.cells.len() > 2
    };
    let before = pages.to_vec();
    let goes_on = |lattice: &Lattice, neighbour: Option<&Lattice>| {
        neighbour.is_some_and(|other| {
            sure(other)
                && (other.area().left - lattice.area().left).abs() <= SAME_EDGE
                && (other.area().right - lattice.area().right).abs() <= SAME_EDGE
        })
    };
    for (page, lattices) in pages.iter_mut().enumerate() {
        let previous = page.checked_sub(1).and_then(|page| before.get(page)).and_then(|lattices| lattices.last());
        let next = before.get(page + 1).and_then(|lattices| lattices.first());
        let count = lattices.len();
        let mut index = 0;
        lattices.retain(|lattice| {
            index += 1;
            sure(lattice) || (index == 1 && goes_on(lattice, previous)) || (index == count && goes_on(lattice, next))
        });
    }
}

/// Writes the glyphs into the lattices, the smallest first, and gives back those that belong to none.
pub(super) fn fill(mut lattices: Vec<Lattice>, mut glyphs: Vec<Glyph>) -> (Vec<Table>, Vec<Glyph>) {
    lattices.sort_by_key(|lattice| lattice.area().size());
    let mut tables = Vec::new();
    for lattice in lattices {
        let (inside, outside): (Vec<Glyph>, Vec<Glyph>) =
            glyphs.into_iter().partition(|glyph| lattice.area().holds(stand(glyph)));
        glyphs = outside;
        let mut contents: Vec<Vec<Glyph>> = vec![Vec::new(); lattice.cells.len()];
        for (glyph, cell) in inside.iter().zip(assigned(&lattice, &inside)) {
            contents[cell].push(*glyph);
        }
        let cells = lattice.cells.iter().zip(contents).map(|(frame, glyphs)| {
            let (text, area) = cell::read(glyphs, frame.area);
            Cell {
                row: frame.row,
                column: frame.column,
                row_span: frame.row_span,
                column_span: frame.column_span,
                text,
                area: area.unwrap_or(frame.area),
            }
        });
        tables.push(Table { area: lattice.area(), cells: cells.collect() });
    }
    (tables, glyphs)
}

/// A cell this near to the edge of the page may go on beyond it.
const AT_EDGE: i32 = 1_000;

/// Marks empty cells at the edge of a page of this `width` as not to be told, where writing of their rows lies
/// `beyond` it.
pub(super) fn cut_off(tables: &mut [Table], beyond: &[Rect], width: i32) {
    for cell in tables.iter_mut().flat_map(|table| &mut table.cells).filter(|cell| cell.text.trim().is_empty()) {
        let frame = cell.area;
        let is_cut = beyond.iter().any(|glyph| {
            let (x, y) = glyph.centre();
            let side = x >= width && frame.right >= width - AT_EDGE || x <= 0 && frame.left <= AT_EDGE;
            side && (frame.top..=frame.bottom).contains(&y)
        });
        if is_cut {
            cell.text = char::REPLACEMENT_CHARACTER.to_string();
        }
    }
}

/// The point by which a glyph belongs to a cell.
const fn stand(glyph: &Glyph) -> (i32, i32) {
    glyph.middle()
}

/// For each glyph its cell. A figure that is a little wider than its cell stays whole: it belongs where its
/// middle is.
fn assigned(lattice: &Lattice, glyphs: &[Glyph]) -> Vec<usize> {
    let mut cells: Vec<usize> = glyphs.iter().map(|glyph| lattice.cell_at(stand(glyph))).collect();
    let mut figures: Vec<usize> = (0..glyphs.len()).filter(|&index| glyphs[index].is_numeric()).collect();
    figures.sort_by_key(|&index| (glyphs[index].origin.1, glyphs[index].area.left));
    let mut start = 0;
    for end in 1..=figures.len() {
        let goes_on = end < figures.len() && {
            let (left, right) = (&glyphs[figures[end - 1]], &glyphs[figures[end]]);
            let gap = right.area.left - left.area.right;
            left.origin.1 == right.origin.1 && gap.abs() < percent(right.size, 12)
        };
        if goes_on {
            continue;
        }
        let figure = &figures[start..end];
        start = end;
        let own = cells[figure[0]];
        if figure.iter().any(|&index| cells[index] != own)
            && let Some(area) = figure.iter().map(|&index| glyphs[index].area).reduce(Rect::around)
        {
            let cell = lattice.cell_at(area.centre());
            for &index in figure {
                cells[index] = cell;
            }
        }
    }
    cells
}
