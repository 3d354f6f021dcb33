//! A line of the file with the offending place underlined, aligned where characters are wide.

use std::io::{self, Write};

use super::{Ink, Style};
use crate::audit::{Lines, Places};
use crate::report::Source;
use crate::text::place;
use crate::text::{printable, privacy, width};

/// Columns of a line that are shown.
const SHOWN: usize = 96;

/// Columns shown before the place, where a line is too long to be shown whole.
const BEFORE: usize = 30;

/// Quotes the line of `lines` (line `n` at index `n - 1`) in which `at` stands.
pub(super) fn quote(
    lines: &Lines,
    places: &Places,
    at: Source,
    ink: Ink,
    indent: &str,
    style: Style,
    out: &mut impl Write,
) -> io::Result<()> {
    let Source { line, column, end_line, end_column } = at;
    let Some(text) = lines.get((line as usize).saturating_sub(1)) else {
        return writeln!(out, "{indent}{}", style.paint(Ink::Faint, &place::code(places.at(at))));
    };
    let shown: Vec<char> = privacy::mask(&printable(text)).chars().collect();
    let start = (column as usize).saturating_sub(1).min(shown.len());
    let end = if end_line == line { (end_column as usize).saturating_sub(1) } else { shown.len() };
    let end = end.clamp(start, shown.len()).max((start + 1).min(shown.len()));
    let window = window(&shown, start);
    let (left, right) = (window.start > 0, window.end < shown.len());
    let end = end.min(window.end);
    let piece = |range: std::ops::Range<usize>| shown[range].iter().collect::<String>();
    let dots = |cut: bool| if cut { "…" } else { "" };
    let number = place::line_or_code(places.at(at));
    let gutter = " ".repeat(width(&number));
    let (head, body, tail) = (piece(window.start..start), piece(start..end), piece(end..window.end));
    writeln!(
        out,
        "{indent}{} {}{head}{}{tail}{}",
        style.paint(Ink::Faint, &format!("{number} │")),
        dots(left),
        if style.colour { style.paint(ink, &body) } else { body.clone() },
        dots(right),
    )?;
    let before = " ".repeat(width(dots(left)) + width(&head));
    let under = "^".repeat(width(&body).max(1));
    writeln!(out, "{indent}{gutter} {} {before}{}", style.paint(Ink::Faint, "│"), style.paint(ink, &under))
}

/// The part of a long line that is shown: some of what precedes `start`, and as much as fits after.
fn window(chars: &[char], start: usize) -> std::ops::Range<usize> {
    let wide = |c: &char| width(c.encode_utf8(&mut [0; 4]));
    if chars.iter().map(wide).sum::<usize>() <= SHOWN {
        return 0..chars.len();
    }
    let mut first = start;
    let mut used = 0;
    while first > 0 && used + wide(&chars[first - 1]) <= BEFORE {
        first -= 1;
        used += wide(&chars[first]);
    }
    let mut last = start;
    while last < chars.len() && used + wide(&chars[last]) <= SHOWN {
        used += wide(&chars[last]);
        last += 1;
    }
    first..last
}
