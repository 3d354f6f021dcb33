//! Page numbers among the values of a table: numbers alone on a line where no cell can be.

use std::ops::Range;

use super::tokens::Tokens;

/// In a table of explicit cells a number alone on a line without cells is a page number.
pub(super) fn beside_cells(tokens: &mut Tokens) {
    let celled = tokens.values.iter().filter(|value| value.celled).count();
    if celled * 3 > tokens.values.len() * 2 {
        tokens.values.retain(|value| value.celled || !value.alone);
    }
}

/// Takes out numbers that stand alone on a line between complete rows of `width`: page numbers. Beside a
/// row that lacks a value such a number may be that value, and stays.
pub(super) fn between_rows(tokens: &mut Tokens, width: usize) {
    let mut rows: Vec<Range<usize>> = Vec::new();
    for (index, value) in tokens.values.iter().enumerate() {
        match rows.last_mut() {
            Some(row) if tokens.values[row.start].line == value.line => row.end = index + 1,
            _ => rows.push(index..index + 1),
        }
    }
    let complete = |row: Option<&Range<usize>>| row.is_none_or(|row| row.len() == width);
    let is_row = |row: &&Range<usize>| row.len() > 1;
    if rows.iter().filter(|row| row.len() == width).count() * 2 < rows.len() {
        return;
    }
    let mut stays = vec![true; tokens.values.len()];
    for (index, row) in rows.iter().enumerate() {
        let lone = row.len() == 1 && tokens.values[row.start].alone && !tokens.values[row.start].celled;
        let before = rows[..index].iter().rfind(is_row);
        let behind = rows[index + 1..].iter().find(is_row);
        stays[row.start] = !(lone && complete(before) && complete(behind));
    }
    let mut stays = stays.into_iter();
    tokens.values.retain(|_| stays.next().unwrap_or(true));
}
