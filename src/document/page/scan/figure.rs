//! Figures of cells: which reading of a strip is one beyond reasonable doubt.

use super::eye::Seen;
use super::grey::Grey;
use super::lines::Row;

/// The share of a strip that a digit takes, in pixels of its height.
pub(super) const SIZE: usize = 32;

/// How certain a character of a figure must be at the first look, in thousandths.
const CERTAIN: u16 = 900;

/// How certain it must be where it is seen several times.
const LIKELY: u16 = 600;

/// How certain a Chinese character must be to make a cell one of words, in thousandths.
const WORD: u16 = 500;

/// How often a figure stands in the strip that is looked at again.
const TIMES: usize = 3;

/// Characters that are read where a digit or a dash stands.
const TWINS: &str = "一丨口〇二";

/// The usual height of the lines of figures, in pixels: of narrow ones.
pub(super) fn usual_height<'r>(rows: impl Iterator<Item = &'r Row>) -> usize {
    let mut heights: Vec<usize> = rows
        .filter(|row| row.area.width() < row.area.height() * 4 && row.area.height() < row.area.width() * 4)
        .map(|row| row.area.height())
        .collect();
    heights.sort_unstable();
    heights.get(heights.len() / 2).copied().unwrap_or(0)
}

/// Whether these are words rather than a figure.
pub(super) fn is_words(seen: &[Seen]) -> bool {
    let is_han = |seen: &&Seen| matches!(seen.c, '\u{4e00}'..='\u{9fff}') && !TWINS.contains(seen.c);
    seen.iter().filter(is_han).any(|seen| seen.odds >= WORD)
}

/// The strip with the figure in it several times, with a blank between: alone it is seen without anything to compare
/// it with.
pub(super) fn repeated(strip: &Grey) -> Grey {
    let mut rows = Vec::with_capacity(strip.pixels.len() * TIMES);
    for y in 0..strip.height {
        for _ in 0..TIMES {
            rows.extend_from_slice(strip.row(y));
        }
    }
    Grey { width: strip.width * TIMES, height: strip.height, pixels: rows }
}

/// The figure where one look is certain of it and the shapes agree.
pub(super) fn settled(seen: &[Seen], row: &Row, size: usize) -> Option<String> {
    let text: String = seen.iter().map(|seen| seen.c).collect();
    let certain = seen.iter().all(|seen| seen.odds >= CERTAIN);
    (!text.is_empty() && certain && fits(&text, row, size)).then_some(text)
}

/// The figure where the first look saw it, or nothing, a second look sees it several times, and the shapes agree.
pub(super) fn settled_again(seen: &[Seen], again: &[Seen], row: &Row, size: usize) -> Option<String> {
    let often: String = again.iter().map(|seen| seen.c).collect();
    let count = again.len() / TIMES;
    let text: String = often.chars().take(count).collect();
    let agree = text.repeat(TIMES) == often && (seen.is_empty() || seen.iter().map(|seen| seen.c).eq(text.chars()));
    let likely = again.iter().all(|seen| seen.odds >= LIKELY);
    (!text.is_empty() && agree && likely && fits(&text, row, size)).then_some(text)
}

/// Whether the characters of `text` can be the shapes of `row`, one for each, where digits are `size` high.
fn fits(text: &str, row: &Row, size: usize) -> bool {
    let shapes = row.shapes();
    shapes.len() == text.chars().count()
        && text.chars().zip(&shapes).all(|(c, shape)| {
            let (width, height) = (shape.width(), shape.height());
            match c {
                '0'..='9' => height * 10 >= size * 7 && width <= height,
                '.' | ',' => height * 5 <= size * 2 && width * 5 <= size * 2,
                '-' => height * 3 <= size && width > height,
                _ => height * 10 >= size * 7,
            }
        })
}

#[cfg(test)]
mod tests {
    use super::super::grey::Span;
    use super::*;

    /// A row of shapes, each as wide and high as said, standing on one line.
    fn row(shapes: &[(usize, usize)]) -> Row {
        let mut left = 10;
        let pieces: Vec<Span> = shapes
            .iter()
            .map(|&(width, height)| {
                let piece = Span { left, top: 40 - height, right: left + width, bottom: 40 };
                left += width + 2;
                piece
            })
            .collect();
        let area = pieces.iter().copied().reduce(Span::around).unwrap();
        Row { area, pieces }
    }

    fn seen(text: &str, odds: u16) -> Vec<Seen> {
        text.chars().enumerate().map(|(step, c)| Seen { c, step, odds }).collect()
    }

    /// What is seen first, with which odds, what is seen again, the shapes, and what that comes to.
    type Case<'a> = (&'a str, u16, &'a str, &'a [(usize, usize)], Option<&'a str>);

    #[test]
    fn a_figure_needs_all_witnesses() {
        let (digit, one, dot, dash) = ((12, 20), (6, 20), (3, 3), (10, 3));
        let cases: [Case<'_>; 11] = [
            ("12", 950, "", &[one, digit], Some("12")),
            ("38.4", 950, "", &[digit, digit, dot, digit], Some("38.4")),
            ("-", 950, "", &[dash], Some("-")),
            ("10", 950, "101010", &[digit], None),
            ("-0", 950, "-0-0-0", &[digit], None),
            ("0", 700, "000", &[digit], Some("0")),
            ("", 0, "000", &[digit], Some("0")),
            ("8", 700, "000", &[digit], None),
            ("0", 700, "090", &[digit], None),
            ("0", 700, "00", &[digit], None),
            ("", 0, "", &[digit], None),
        ];
        for (text, odds, often, shapes, expected) in cases {
            let (first, row) = (seen(text, odds), row(shapes));
            let found = settled(&first, &row, 20).or_else(|| settled_again(&first, &seen(often, 950), &row, 20));
            assert_eq!(found.as_deref(), expected, "{text} {often}");
        }
    }

    #[test]
    fn words_are_known_by_characters_that_no_digit_looks_like() {
        for (text, odds, expected) in [("合计", 900, true), ("一", 900, false), ("12", 900, false), ("年", 300, false)]
        {
            assert_eq!(is_words(&seen(text, odds)), expected, "{text}");
        }
    }

    #[test]
    fn a_strip_is_repeated_beside_itself() {
        let strip = Grey { width: 2, height: 2, pixels: vec![1, 2, 3, 4] };
        assert_eq!(repeated(&strip).pixels, [1, 2, 1, 2, 1, 2, 3, 4, 3, 4, 3, 4]);
    }
}
