//! What is written in a cell.

use super::glyph::{Glyph, percent};
use super::line::{columns, compose, rows};
use super::turn::Turn;
use crate::document::Rect;

/// The text of a cell and the box it takes: lines from top to bottom, separated by line feeds.
pub(super) fn read(glyphs: Vec<Glyph>, frame: Rect) -> (String, Option<Rect>) {
    let shown = || glyphs.iter().filter(|glyph| !glyph.is_blank());
    let area = shown().map(|glyph| glyph.area).reduce(Rect::around);
    let count = shown().count();
    let usual = [Turn::Right, Turn::Half, Turn::Left]
        .into_iter()
        .find(|&turn| shown().filter(|glyph| glyph.turn == turn).count() * 2 > count);
    if shown().filter(|glyph| glyph.vertical).count() * 2 > count {
        return (below(columns(glyphs)), area);
    }
    // Turned about the corner of the page: only distances matter.
    let (glyphs, frame) = match usual {
        Some(turn) => {
            let upright = turn.inverse();
            (glyphs.into_iter().map(|glyph| upright.glyph(glyph, (0, 0))).collect(), upright.of(frame, (0, 0)))
        }
        None => (glyphs, frame),
    };
    let rows: Vec<Vec<Glyph>> = rows(glyphs);
    let stacked = rows.len() > 2
        && rows.iter().all(|row| row.iter().filter(|glyph| !glyph.is_blank()).count() == 1)
        && rows.iter().flatten().all(|glyph| !glyph.c.is_ascii_digit());
    if stacked {
        return (below(vec![rows.into_iter().flatten().filter(|glyph| !glyph.is_blank()).collect()]), area);
    }
    let mut text = String::new();
    let mut previous: Option<&Vec<Glyph>> = None;
    for row in &rows {
        if let Some(previous) = previous
            && !is_broken_figure(previous, row, frame)
        {
            text.push('\n');
        }
        text.push_str(&compose(row, None).0);
        previous = Some(row);
    }
    (text, area)
}

/// Columns written downwards, each as one text.
fn below(columns: Vec<Vec<Glyph>>) -> String {
    let column = |column: Vec<Glyph>| column.into_iter().map(|glyph| glyph.c).collect::<String>();
    columns.into_iter().map(column).collect::<Vec<_>>().join("\n")
}

/// Whether a figure goes on in the next row only because its cell is too narrow for it.
fn is_broken_figure(row: &[Glyph], next: &[Glyph], frame: Rect) -> bool {
    let figure = |glyph: &&Glyph| glyph.is_numeric() && !matches!(glyph.c, '-' | '－' | '−');
    let last = row.iter().rfind(|glyph| !glyph.is_blank()).filter(figure);
    let first = next.iter().find(|glyph| !glyph.is_blank()).filter(figure);
    let (Some(last), Some(first)) = (last, first) else { return false };
    let left = row.iter().map(|glyph| glyph.area.left).min().unwrap_or(frame.left);
    let room = frame.width() - (last.area.right - left);
    // Margins of a cell take up to about a size on both sides together.
    row.iter().all(|glyph| glyph.is_numeric() || glyph.is_blank())
        && row.len() > 1
        && room < first.area.width() + percent(first.size, 120)
}
