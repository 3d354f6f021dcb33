//! Breaking text into lines of a screen: Chinese anywhere, Latin words at blanks.

use unicode_width::UnicodeWidthChar;

use crate::text::printable;

/// Characters that must not begin a line.
const NOT_FIRST: &str = "，。、；：？！）》」』】”’…,.;:?!)]}%";

/// `text` in lines of at most `columns`, made safe for a screen. Line breaks of the text are kept; an
/// empty text gives one empty line.
#[must_use]
pub(crate) fn wrap(text: &str, columns: usize) -> Vec<String> {
    text.split('\n').flat_map(|line| wrap_line(&printable(line), columns.max(2))).collect()
}

fn wrap_line(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for c in text.chars() {
        let width = c.width().unwrap_or(0);
        if used + width > columns {
            let carried = carry(&mut line, c, columns);
            lines.push(std::mem::replace(&mut line, carried));
            used = crate::text::width(&line);
            if c == ' ' && line.is_empty() {
                continue;
            }
        }
        line.push(c);
        used += width;
    }
    lines.push(line);
    lines
}

/// What of `line` goes over to the next one before `next` is added.
fn carry(line: &mut String, next: char, columns: usize) -> String {
    let keep = if NOT_FIRST.contains(next) {
        line.char_indices().next_back().map_or(0, |(at, _)| at)
    } else if next.is_ascii_alphanumeric() && line.ends_with(|c: char| c.is_ascii_alphanumeric()) {
        line.rfind(|c: char| !c.is_ascii_alphanumeric() && !"-_.".contains(c))
            .map_or(0, |at| at + line[at..].chars().next().map_or(0, char::len_utf8))
    } else {
        line.len()
    };
    // A word as long as the line itself is broken where it stands.
    let too_long = crate::text::width(&line[keep..]) + next.width().unwrap_or(0) > columns;
    let keep = if keep == 0 || too_long { line.len() } else { keep };
    let carried = line.split_off(keep);
    line.truncate(line.trim_end().len());
    carried
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit_and_nothing_is_lost() {
        let text = "a一，本年新收申请3件，上年结转1件。The quick brown fox jumps over REQ003。";
        for columns in 2..40 {
            let lines = wrap(text, columns);
            let without_blanks = |text: &str| text.replace(' ', "");
            assert_eq!(without_blanks(&lines.concat()), without_blanks(text), "{columns}");
            assert!(lines.iter().all(|line| crate::text::width(line) <= columns), "{columns}: {lines:?}");
        }
    }

    #[test]
    fn no_line_begins_with_a_closing_mark() {
        assert_eq!(wrap("一二三，四五", 6), ["一二", "三，四", "五"]);
    }

    #[test]
    fn words_stay_whole() {
        assert_eq!(wrap("brought directly to court", 12), ["brought", "directly to", "court"]);
    }
}
