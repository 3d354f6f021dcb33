//! Setting a table: heights of rows, page breaks, edges, and text within the cells.

use super::super::content::{Cell, Sheet};
use super::wrap;
use super::{Area, Composer, MARGIN, Placed, Run, pt};

const SIZE: i32 = pt(9);
const LEADING: i32 = pt(11);
/// Between an edge and the text.
const PADDING: i32 = pt(2);

/// A row, or the row of a header that stands there again, on a page.
struct Strip {
    row: usize,
    again: bool,
    page: usize,
    top: i32,
    bottom: i32,
}

pub(super) fn set(composer: &mut Composer, sheet: &Sheet) {
    let columns = columns(sheet, composer.measure());
    let heights = heights(sheet, &columns);
    composer.y += pt(6);
    let header = sheet.cells.iter().filter(|cell| cell.figure).map(|cell| cell.row).min().unwrap_or(0);
    let repeated: Vec<usize> =
        if composer.design.repeats_headers && sheet.part != 2 { (0..header).collect() } else { Vec::new() };
    let mut strips: Vec<Strip> = Vec::new();
    for row in 0..sheet.rows {
        // The rows of a header stay together.
        let needed: i32 = if row == 0 { heights[..=header].iter().sum() } else { heights[row] };
        if composer.y + needed > composer.bottom() {
            composer.turn();
            if row > 0 {
                for &row in &repeated {
                    strips.push(strip(composer, row, true, heights[row]));
                }
            }
        }
        strips.push(strip(composer, row, false, heights[row]));
    }
    for cell in &sheet.cells {
        for again in [false, true] {
            paint(composer, cell, &columns, &portions(&strips, cell, again), again);
        }
    }
    composer.y += pt(6);
}

fn strip(composer: &mut Composer, row: usize, again: bool, height: i32) -> Strip {
    let top = composer.y;
    composer.y += height;
    Strip { row, again, page: composer.pages.len() - 1, top, bottom: composer.y }
}

/// The left limits of the columns, and the right limit of the last.
fn columns(sheet: &Sheet, measure: i32) -> Vec<i32> {
    let widths: Vec<i32> =
        if sheet.columns == 10 { [&[7, 10, 27][..], &[8; 7][..]].concat() } else { vec![1; sheet.columns] };
    let whole: i32 = widths.iter().sum();
    let mut used = 0;
    let mut limits = vec![MARGIN];
    for width in widths {
        used += width;
        limits.push(MARGIN + measure * used / whole);
    }
    limits
}

fn text_lines(cell: &Cell, columns: &[i32]) -> Vec<String> {
    let room = columns[cell.column + cell.column_span] - columns[cell.column] - 2 * PADDING;
    wrap::lines(&cell.text, SIZE, room, room)
}

fn needed(cell: &Cell, columns: &[i32]) -> i32 {
    i32::try_from(text_lines(cell, columns).len()).unwrap() * LEADING + 2 * PADDING
}

/// Every row high enough for its cells, the last row of a merged cell for what is left of that.
fn heights(sheet: &Sheet, columns: &[i32]) -> Vec<i32> {
    let mut heights = vec![LEADING + 4 * PADDING; sheet.rows];
    let mut cells: Vec<&Cell> = sheet.cells.iter().collect();
    cells.sort_by_key(|cell| cell.row_span);
    for cell in cells {
        let rows = cell.row..cell.row + cell.row_span;
        let missing = needed(cell, columns) - heights[rows.clone()].iter().sum::<i32>();
        heights[rows.end - 1] += missing.max(0);
    }
    heights
}

/// The part of a cell that stands on each page.
fn portions(strips: &[Strip], cell: &Cell, again: bool) -> Vec<(usize, i32, i32)> {
    let rows = cell.row..cell.row + cell.row_span;
    let mut portions: Vec<(usize, i32, i32)> = Vec::new();
    for strip in strips.iter().filter(|strip| strip.again == again && rows.contains(&strip.row)) {
        match portions.last_mut() {
            Some((page, _, bottom)) if *page == strip.page => *bottom = strip.bottom,
            _ => portions.push((strip.page, strip.top, strip.bottom)),
        }
    }
    portions
}

fn paint(composer: &mut Composer, cell: &Cell, columns: &[i32], portions: &[(usize, i32, i32)], again: bool) {
    let (left, right) = (columns[cell.column], columns[cell.column + cell.column_span]);
    let height = needed(cell, columns);
    // The text of a cell that a page break cuts stands where there is room for it.
    let fitting = portions.iter().position(|&(_, top, bottom)| bottom - top >= height);
    let tallest = (0..portions.len()).max_by_key(|&index| portions[index].2 - portions[index].1);
    let texted = if again { (0..portions.len()).collect() } else { Vec::from_iter(fitting.or(tallest)) };
    for (index, &(page, top, bottom)) in portions.iter().enumerate() {
        let area = Area { left, top, right, bottom };
        let mut glyphs: Option<Area> = None;
        if texted.contains(&index) {
            let slack = (bottom - top - height).max(0);
            let mut y = top + PADDING + if composer.design.centred { slack / 2 } else { 0 };
            for line in text_lines(cell, columns) {
                let width = wrap::width(&line, SIZE);
                let run = Run { text: line, left: (left + right - width) / 2, baseline: y + SIZE, size: SIZE };
                y += LEADING;
                if !run.text.is_empty() {
                    glyphs = Some(glyphs.map_or_else(|| run.area(), |before| before.around(run.area())));
                    composer.pages[page].runs.push(run);
                }
            }
        }
        if composer.design.ruled {
            composer.pages[page].rules.extend(edges(area));
        }
        if let (Some(key), false) = (cell.key, again) {
            composer.pages[page].cells.push(Placed { key, cell: area, glyphs });
        }
    }
}

fn edges(area: Area) -> [Area; 4] {
    [
        Area { bottom: area.top, ..area },
        Area { top: area.bottom, ..area },
        Area { right: area.left, ..area },
        Area { left: area.right, ..area },
    ]
}
