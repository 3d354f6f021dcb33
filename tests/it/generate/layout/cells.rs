//! Layouts that keep cells apart: tabs, bars, commas, a line each.

use super::grid::{self, Grid, Merge, Slot};
use super::text::wrap;
use super::{Layout, TableLines};
use crate::generate::rng::Rng;
use crate::generate::tables::Tables;

/// What stands for a place that a merged cell covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Covered {
    /// An empty cell, as spreadsheets write it.
    Empty,
    /// Nothing, as browsers copy it.
    Omitted,
    /// The text again, as unmerged cells have it.
    Repeated,
}

pub(super) fn render(layout: Layout, tables: &Tables, rng: &mut Rng) -> TableLines {
    let mut grids = [grid::disclosure(tables), grid::requests(tables, rng), grid::disputes(tables, rng)];
    if layout == Layout::Tabs && rng.chance(25) {
        break_header_cells(&mut grids[2], rng);
    }
    match layout {
        Layout::Tabs => tabs(&grids, rng),
        Layout::Commas => commas(&grids, rng),
        Layout::Pipes => pipes(&grids, rng),
        Layout::CellsBetweenBars => {
            let gap = rng.chance(30);
            grids.map(|grid| between_bars(&grid, gap))
        }
        _ => {
            // A page copied from a browser may have a tab or a blank on the lines between.
            let gap = rng.chance(40).then(|| *rng.pick(&["", "", "\t", "\u{a0}"]));
            let gap_after_row = rng.chance(40);
            // Text taken from a PDF cell by cell has the labels wrapped.
            let label_width = if rng.chance(40) { rng.between(5, 16) } else { usize::MAX };
            grids.map(|grid| a_line_each(&grid, gap, gap_after_row, label_width))
        }
    }
}

/// The texts of a row under a policy for merged cells.
fn texts(row: &[Slot], covered: Covered) -> Vec<String> {
    row.iter()
        .filter_map(|slot| match (slot.merge, covered) {
            (Merge::Own, _) => Some(slot.text.clone()),
            (_, Covered::Repeated) if !slot.figure => Some(slot.text.clone()),
            (_, Covered::Empty | Covered::Repeated) => Some(String::new()),
            (_, Covered::Omitted) => None,
        })
        .collect()
}

/// Cells of several lines: a word processor copies the line breaks, a spreadsheet puts quotes around.
fn break_header_cells(grid: &mut Grid, rng: &mut Rng) {
    let quote = if rng.chance(50) { "\"" } else { "" };
    for slot in grid.iter_mut().flatten().filter(|slot| !slot.figure && slot.merge == Merge::Own) {
        let text = slot.text.replace(' ', "");
        if text.starts_with("结果") || text.ends_with("结果") || text == "尚未审结" {
            let (first, second) = text.split_at("结果".len());
            slot.text = format!("{quote}{first}\n{second}{quote}");
        }
    }
}

fn tabs(grids: &[Grid; 3], rng: &mut Rng) -> TableLines {
    let covered = *rng.pick(&[Covered::Empty, Covered::Empty, Covered::Omitted]);
    let trailing = if rng.chance(50) { "\t" } else { "" };
    // A word processor drops one of the places that a wide label covers and ends the line with a tab.
    let narrow = covered == Covered::Empty && rng.chance(50);
    let shifted = rng.chance(40).then(|| 5 + rng.below(grids[1].len() - 5));
    grids.each_ref().map(|grid| {
        let requests = grid[0].len() == 10;
        grid.iter()
            .enumerate()
            .map(|(index, row)| {
                let mut cells = texts(row, covered);
                let mut end = trailing;
                if requests && narrow && cells.len() == 10 && row[2].merge == Merge::Across {
                    cells.remove(2);
                    end = "\t";
                }
                let whole = row.iter().all(|slot| !slot.figure || !slot.text.is_empty());
                if requests && shifted == Some(index) && whole && cells[0].is_empty() {
                    cells.remove(0);
                    end = "\t";
                }
                cells.join("\t") + end
            })
            .flat_map(|row| row.split('\n').map(ToOwned::to_owned).collect::<Vec<_>>())
            .collect()
    })
}

fn commas(grids: &[Grid; 3], rng: &mut Rng) -> TableLines {
    let covered = *rng.pick(&[Covered::Empty, Covered::Empty, Covered::Repeated]);
    let quoted = rng.chance(30);
    grids.each_ref().map(|grid| {
        grid.iter()
            .map(|row| {
                let cells = texts(row, covered);
                let quote = |cell: &String| {
                    if (quoted && !cell.is_empty()) || cell.contains([',', '"']) {
                        format!("\"{}\"", cell.replace('"', "\"\""))
                    } else {
                        cell.clone()
                    }
                };
                cells.iter().map(quote).collect::<Vec<_>>().join(",")
            })
            .collect()
    })
}

fn pipes(grids: &[Grid; 3], rng: &mut Rng) -> TableLines {
    let covered = *rng.pick(&[Covered::Empty, Covered::Empty, Covered::Omitted, Covered::Repeated]);
    let rule = rng.chance(75);
    let outer = rng.chance(80);
    let tight = rng.chance(30);
    // Merged places without blanks between their bars: `|||`.
    let dangling = rng.chance(50);
    // Converters add an empty cell for a column they saw and did not need.
    let closing = if outer && rng.chance(15) { "|  |" } else { "|" };
    grids.each_ref().map(|grid| {
        let mut lines = Vec::new();
        for (index, row) in grid.iter().enumerate() {
            let cells = texts(row, covered);
            let mut line = String::new();
            for cell in &cells {
                if cell.is_empty() && dangling {
                    line.push('|');
                } else if tight {
                    line.push_str(&format!("|{cell}"));
                } else {
                    line.push_str(&format!("| {cell} "));
                }
            }
            line.push_str(closing);
            lines.push(if outer { line } else { line[1..line.len() - 1].to_owned() });
            if index == 0 && rule {
                let count = grid[0].len();
                lines.push(if tight {
                    format!("|{}", "---|".repeat(count))
                } else {
                    format!("|{}", " --- |".repeat(count))
                });
            }
        }
        lines
    })
}

/// Every cell followed by a bar on a line of its own.
fn between_bars(grid: &Grid, gap: bool) -> Vec<String> {
    let mut lines = vec!["|".to_owned()];
    for cell in grid.iter().flat_map(|row| texts(row, Covered::Omitted)) {
        if !cell.is_empty() {
            lines.push(cell);
            if gap {
                lines.push(String::new());
            }
        }
        lines.push("|".to_owned());
    }
    lines
}

/// Every cell on a line; a blank cell leaves no trace.
fn a_line_each(grid: &Grid, gap: Option<&str>, gap_after_row: bool, label_width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for row in grid {
        for slot in row.iter().filter(|slot| slot.merge == Merge::Own && !slot.text.is_empty()) {
            let whole = slot.figure || label_width == usize::MAX;
            lines.extend(if whole { vec![slot.text.clone()] } else { wrap(&slot.text, label_width) });
            lines.extend(gap.map(ToOwned::to_owned));
        }
        if gap_after_row && gap.is_none() {
            lines.push(String::new());
        }
    }
    lines
}
