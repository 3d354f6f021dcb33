//! Figures and labels dressed up: separators, full-width digits, blanks inside.

use super::{TableLines, rows};
use crate::generate::form::FOUR;
use crate::generate::rng::Rng;
use crate::generate::tables::Tables;

/// Changes how labels and figures are printed, not what they mean.
pub(super) fn put_on(tables: &mut Tables, rng: &mut Rng) {
    let full_width = rng.chance(35);
    let separated = !full_width && rng.chance(60);
    let padding = *rng.pick(&["", "", " ", "\u{a0}"]);
    for ((table, _, _), cell) in tables.cells_mut() {
        if full_width {
            *cell = cell.chars().map(widen).collect();
        } else if separated && table != FOUR {
            *cell = separate(cell);
        }
        if !cell.is_empty() {
            *cell = format!("{padding}{cell}{padding}");
        }
    }
    tables.dressed |= full_width || separated;
    let every = rng.chance(50);
    for row in &mut tables.three {
        for text in [Some(&mut row.label), row.group.as_mut(), row.results.as_mut()].into_iter().flatten() {
            if text.starts_with(|c: char| c.is_ascii_digit()) {
                let points = [". ", "．", "、", "."];
                *text = text.replacen('.', points[rng.below(points.len())], 1);
            }
        }
        if every || rng.chance(20) {
            row.label = air(&row.label, rng);
        }
    }
    for block in &mut tables.two {
        for (_, label, _) in &mut block.rows {
            *label = air(label, rng);
        }
        block.item = air(&block.item, rng);
    }
}

fn widen(c: char) -> char {
    match c {
        '0'..='9' | '.' => char::from_u32(c as u32 + 0xfee0).unwrap(),
        c => c,
    }
}

/// `1234567.8` becomes `1,234,567.8`.
fn separate(cell: &str) -> String {
    let (whole, rest) = cell.split_at(cell.find('.').unwrap_or(cell.len()));
    if !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return cell.to_owned();
    }
    let mut text = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text + rest
}

/// Puts a blank between some of the characters.
fn air(label: &str, rng: &mut Rng) -> String {
    let blank = *rng.pick(&[" ", " ", "\u{3000}", "\u{a0}"]);
    let mut text = String::new();
    let share = *rng.pick(&[0, 15, 100]);
    let mut chars = label.chars().peekable();
    while let Some(c) = chars.next() {
        text.push(c);
        let inner = chars.peek().is_some_and(|next| !next.is_ascii() && !next.is_whitespace());
        if inner && !c.is_ascii() && !c.is_whitespace() && rng.chance(share) {
            text.push_str(blank);
        }
    }
    text
}

/// Rows a line, with wide, no-break or several blanks between cells.
pub(super) fn spaced_rows(tables: &Tables, rng: &mut Rng) -> TableLines {
    let blank = *rng.pick(&["\u{a0}", "  ", "\u{a0}\u{a0} ", "\u{3000}", "    "]);
    rows::render(tables, rng, rows::Groups::draw).map(|lines| {
        let figure =
            |part: &str| part.chars().all(|c| c.is_ascii_digit() || "０１２３４５６７８９，．,./—-无".contains(c));
        lines
            .into_iter()
            .map(|line| {
                let mut text = String::new();
                for (index, part) in line.split(' ').enumerate() {
                    if index > 0 {
                        text.push_str(if figure(part) { blank } else { " " });
                    }
                    text.push_str(part);
                }
                text
            })
            .collect()
    })
}
