//! Digits set above or below the line: marks of notes, exponents. They are no digits of the number beside them,
//! so they are kept as characters of their own, which nothing takes for digits.

use std::borrow::Cow;

/// Where a run of text stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Level {
    /// On the line.
    #[default]
    Line,
    /// Above it.
    Raised,
    /// Below it.
    Lowered,
}

const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
const LOWERED: [char; 10] = ['₀', '₁', '₂', '₃', '₄', '₅', '₆', '₇', '₈', '₉'];

impl Level {
    /// Where text stands that is raised by `raise`, or lowered where that is negative, both it and its size in the same
    /// unit. Less than a third of the size is how people centre a figure in its cell.
    pub(super) fn of(raise: i32, size: i32) -> Self {
        match raise.saturating_mul(3) {
            up if size > 0 && up >= size => Self::Raised,
            down if size > 0 && down <= -size => Self::Lowered,
            _ => Self::Line,
        }
    }

    /// The characters of `text` as they stand on this level.
    pub(super) fn set(self, text: &str) -> Cow<'_, str> {
        let digits = match self {
            Self::Line => return Cow::Borrowed(text),
            Self::Raised => RAISED,
            Self::Lowered => LOWERED,
        };
        let set = |c: char| {
            let ascii =
                if matches!(c, '０'..='９') { u32::from(c) - u32::from('０') } else { c.to_digit(10).unwrap_or(10) };
            digits.get(ascii as usize).copied().unwrap_or(c)
        };
        Cow::Owned(text.chars().map(set).collect())
    }
}

/// Whether `c` is a digit above or below the line.
pub(crate) fn is_mark(c: char) -> bool {
    RAISED.contains(&c) || LOWERED.contains(&c)
}

#[cfg(test)]
mod tests {
    use super::{Level, is_mark};

    #[test]
    fn digits_above_and_below_are_no_digits() {
        let cases = [
            (Level::Line, "39 件", "39 件"),
            (Level::Raised, "注[10]", "注[¹⁰]"),
            (Level::Raised, "１", "¹"),
            (Level::Lowered, "25", "₂₅"),
        ];
        for (level, text, expected) in cases {
            assert_eq!(level.set(text), expected);
        }
        assert!(is_mark('⁹') && is_mark('₀') && !is_mark('9') && !is_mark('①'));
    }

    #[test]
    fn what_is_raised_by_a_third_of_its_size_is_above_the_line() {
        let cases = [
            ((0, 21), Level::Line),
            ((6, 21), Level::Line),
            ((7, 21), Level::Raised),
            ((6, 14), Level::Raised),
            ((-6, 14), Level::Lowered),
            ((-6, 21), Level::Line),
            ((6, 0), Level::Line),
            ((i32::MAX, 1), Level::Raised),
            ((i32::MIN, i32::MAX), Level::Lowered),
        ];
        for ((raise, size), expected) in cases {
            assert_eq!(Level::of(raise, size), expected, "{raise} of {size}");
        }
    }

    #[test]
    fn marks_beside_a_figure_do_not_join_it_and_struck_text_is_gone() {
        let page = |cell: &str| {
            let row = format!("<tr><td>行政许可</td><td>{cell}</td></tr>");
            format!("<html><body><table border=1>{}</table></body></html>", row.repeat(3)).into_bytes()
        };
        let text = |cell: &str| format!("{{\\rtf1\\ansi 99 {cell}\\par}}").into_bytes();
        let cases = [
            (page("39<sup>1</sup>"), "39¹"),
            (page("39<sub>2</sub>"), "39₂"),
            (page("39<span style='vertical-align: super'>1</span>"), "39¹"),
            (page("<s>6</s>39"), " 39 "),
            (page("<strike>6</strike>39"), " 39 "),
            (page("<span style='text-decoration: line-through'>6</span>39"), " 39 "),
            (page("39"), " 39 "),
            (text("39{\\super 1}"), "99 39¹"),
            (text("39\\sub 2\\nosupersub 0"), "99 39₂0"),
            (text("{\\strike 6}39"), "99 39"),
            (text("39{\\up6\\fs14 1}0"), "99 39¹0"),
            (text("39{\\fs14\\up6 1}"), "99 39¹"),
            (text("39{\\dn6\\fs14 2}"), "99 39₂"),
            (text("39\\up6\\fs14 1\\plain 0"), "99 39¹0"),
            (text("39\\up2 1\\up0 0"), "99 3910"),
            (text("39{\\up 1}"), "99 391"),
        ];
        for (bytes, expected) in cases {
            let document = crate::document::open(&bytes).expect("a document");
            let lines = document.lines().join("\n");
            assert!(lines.contains(expected), "{expected}: {lines}");
        }
    }
}
