//! PDF text in reading order: every cell's lines together, cell after cell.

use super::rows::{disclosure, join, spanning};
use super::text::{pieces, wrap};
use super::{TableLines, header};
use crate::generate::rng::Rng;
use crate::generate::tables::{Row, Tables};

/// Where the figures stand and how much air there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    /// Figures beside, inside or under their label.
    ReadingOrder,
    /// Figures before their label, where the label is wrapped.
    Above,
    /// Blank lines between nearly all lines.
    Spread,
}

/// Where a row's figures stand with respect to its wrapped label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Above,
    FirstLine,
    Middle,
    LastLine,
    Under,
    UnderAfterGap,
}

/// Where the pieces of a label that spans several rows stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pieces {
    /// Together before the first row.
    Before,
    /// Together, a row or more further down.
    Further,
    /// One by one, each before another row.
    Scattered,
}

struct Style {
    place: Place,
    pieces: Pieces,
    label_width: usize,
    piece_width: usize,
    gap_after_row: bool,
    gap_between_lines: bool,
    spill: usize,
}

pub(super) fn render(tables: &Tables, rng: &mut Rng, manner: Manner) -> TableLines {
    let spread = manner == Manner::Spread;
    let style = Style {
        place: match manner {
            Manner::Above => Place::Above,
            Manner::Spread => *rng.pick(&[Place::Under, Place::LastLine, Place::UnderAfterGap]),
            Manner::ReadingOrder => {
                *rng.pick(&[Place::UnderAfterGap, Place::Under, Place::FirstLine, Place::Middle, Place::LastLine])
            }
        },
        pieces: *rng.pick(&[Pieces::Before, Pieces::Before, Pieces::Further, Pieces::Scattered]),
        label_width: rng.between(10, 19),
        piece_width: rng.between(2, 5),
        gap_after_row: spread || rng.chance(50),
        gap_between_lines: spread,
        spill: if rng.chance(50) { 60 } else { 0 },
    };
    let mut three = if spread || rng.chance(80) { header::requests_cut(rng) } else { header::requests(rng) };
    three.extend(requests(&tables.three, &style, rng));
    let mut four = if spread || rng.chance(80) { header::disputes_cut(rng) } else { header::disputes(rng) };
    four.push(join(&tables.four, " "));
    if rng.chance(20) {
        spill(&mut four, rng);
    }
    let mut all = [disclosure(tables, rng), three, four];
    if spread {
        all = all.map(|lines| air(lines, rng));
    }
    all
}

/// Moves the last figure of the last line to a line of its own.
fn spill(lines: &mut Vec<String>, rng: &mut Rng) {
    if let Some(last) = lines.last_mut()
        && let Some((kept, moved)) = last.rsplit_once(' ').map(|(kept, moved)| (kept.to_owned(), moved.to_owned()))
    {
        *last = kept;
        if rng.chance(15) {
            lines.push(String::new());
        }
        lines.push(moved);
    }
}

/// Blank lines between nearly all lines, never two together.
fn air(lines: Vec<String>, rng: &mut Rng) -> Vec<String> {
    let mut airy: Vec<String> = Vec::new();
    for line in lines {
        if line.is_empty() && airy.last().is_none_or(String::is_empty) {
            continue;
        }
        let figures_follow = line.chars().all(|c| c.is_ascii_digit() || c == ' ');
        if airy.last().is_some_and(|last| !last.is_empty()) && !line.is_empty() && !figures_follow && rng.chance(85) {
            airy.push(String::new());
        }
        airy.push(line);
    }
    airy
}

fn requests(rows: &[Row], style: &Style, rng: &mut Rng) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut pending: Vec<String> = Vec::new();
    let mut wait = 0;
    for (index, row) in rows.iter().enumerate() {
        let labels = spanning(rows, index);
        if !labels.is_empty() {
            set(&mut lines, &mut pending, usize::MAX, style);
            wait = if style.pieces == Pieces::Further { rng.between(1, 2) } else { 0 };
            for label in labels {
                pending.extend(pieces(label, style.piece_width));
                if style.pieces == Pieces::Before {
                    set(&mut lines, &mut pending, usize::MAX, style);
                }
            }
        }
        if wait == 0 {
            set(&mut lines, &mut pending, if style.pieces == Pieces::Scattered { 1 } else { usize::MAX }, style);
        }
        wait = wait.saturating_sub(1);
        lines.extend(row_lines(row, style, rng));
        if style.gap_after_row {
            lines.push(String::new());
        }
    }
    set(&mut lines, &mut pending, usize::MAX, style);
    lines
}

/// Sets up to `count` pending pieces of a spanning label.
fn set(lines: &mut Vec<String>, pending: &mut Vec<String>, count: usize, style: &Style) {
    let count = count.min(pending.len());
    if count > 0 {
        lines.extend(pending.drain(..count));
        if style.gap_after_row {
            lines.push(String::new());
        }
    }
}

/// A row's label and figures.
fn row_lines(row: &Row, style: &Style, rng: &mut Rng) -> Vec<String> {
    // A label that spans the narrow columns too is wrapped later.
    let width = match (&row.results, &row.group) {
        (None, _) => 26,
        (Some(_), None) => style.label_width + 6,
        _ => style.label_width,
    };
    let mut label = wrap(&row.label, width);
    let figures = join(&row.cells, " ");
    if label.len() == 1 {
        return vec![format!("{} {figures}", label[0]).trim_end().to_owned()];
    }
    let count = label.len();
    match style.place {
        Place::Above => label.insert(0, figures),
        Place::FirstLine => label[0] = format!("{} {figures}", label[0]),
        Place::Middle if count.is_multiple_of(2) => label.insert(count / 2, figures),
        Place::Middle => label[count / 2] = format!("{} {figures}", label[count / 2]),
        Place::LastLine => label[count - 1] = format!("{} {figures}", label[count - 1]),
        Place::Under => label.push(figures),
        Place::UnderAfterGap => label.extend([String::new(), figures]),
    }
    if style.gap_between_lines && style.place == Place::Under && rng.chance(30) {
        label.insert(count, String::new());
    }
    let figures_last = matches!(style.place, Place::LastLine | Place::Under | Place::UnderAfterGap);
    if figures_last && rng.chance(style.spill) {
        spill(&mut label, rng);
    }
    label
}
