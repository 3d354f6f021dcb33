//! Page numbers and running heads: shown, and no part of the text.

use super::{Item, Sheet};
use crate::document::Role;

/// Share of the page at its upper and at its lower edge where they stand, in percent.
const MARGIN: i32 = 12;

/// Lines of two pages within this distance are at one height.
const SAME_HEIGHT: i32 = 600;

/// A line that may be no part of the text.
struct Candidate {
    sheet: usize,
    item: usize,
    page: u32,
    top: i32,
    text: String,
}

/// Marks the outermost lines of pages that are page numbers, or stand on several pages at the same height.
pub(super) fn mark(sheets: &mut [Sheet]) {
    let candidates: Vec<Candidate> = sheets
        .iter()
        .enumerate()
        .flat_map(|(index, sheet)| outermost(sheet).into_iter().map(move |item| (index, sheet, item)))
        .filter_map(|(index, sheet, item)| match &sheet.items[item] {
            Item::Line { line, role: Role::Wrapped } => Some(Candidate {
                sheet: index,
                item,
                page: sheet.number,
                top: line.area.top,
                text: line.text().chars().filter(|c| !c.is_whitespace()).collect(),
            }),
            _ => None,
        })
        .collect();
    let asides: Vec<(usize, usize)> = candidates
        .iter()
        .filter(|candidate| is_aside(candidate, &candidates))
        .map(|candidate| (candidate.sheet, candidate.item))
        .collect();
    for (sheet, item) in asides {
        if let Item::Line { role, .. } = &mut sheets[sheet].items[item] {
            *role = Role::Aside;
        }
    }
}

/// The first two and the last two lines of a page, if they stand in its margins and nothing else stands outside.
fn outermost(sheet: &Sheet) -> Vec<usize> {
    let height = sheet.size.1;
    let margin = height / 100 * MARGIN;
    let upper = (0..sheet.items.len().min(2))
        .take_while(|&index| matches!(&sheet.items[index], Item::Line { line, .. } if line.area.bottom <= margin));
    let count = sheet.items.len();
    let lower = (count.saturating_sub(2)..count).rev().take_while(
        |&index| matches!(&sheet.items[index], Item::Line { line, .. } if line.area.top >= height - margin),
    );
    let mut lines: Vec<usize> = upper.chain(lower).collect();
    lines.sort_unstable();
    lines.dedup();
    lines
}

fn is_aside(candidate: &Candidate, all: &[Candidate]) -> bool {
    let elsewhere = |same: &dyn Fn(&Candidate) -> bool| {
        all.iter().any(|other| {
            other.page != candidate.page && (other.top - candidate.top).abs() <= SAME_HEIGHT && same(other)
        })
    };
    match page_number(&candidate.text) {
        Some((_, true)) => true,
        // A bare figure could be one of a table: it must count with the pages.
        Some((number, false)) => {
            let ahead = i64::from(number) - i64::from(candidate.page);
            ahead == 0
                || elsewhere(&|other| {
                    page_number(&other.text)
                        .is_some_and(|(number, _)| i64::from(number) - i64::from(other.page) == ahead)
                })
        }
        None => elsewhere(&|other| is_running(candidate, other)),
    }
}

/// Whether two lines say the same but for figures that count with the pages.
fn is_running(line: &Candidate, other: &Candidate) -> bool {
    let words = |text: &str| {
        text.split(|c: char| c.is_ascii_digit()).filter(|part| !part.is_empty()).map(str::to_owned).collect::<Vec<_>>()
    };
    let figures = |text: &str| {
        text.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse().ok()).collect::<Vec<i64>>()
    };
    let (own, others) = (figures(&line.text), figures(&other.text));
    let pages = i64::from(other.page) - i64::from(line.page);
    line.text.chars().any(char::is_alphabetic)
        && words(&line.text) == words(&other.text)
        && own.len() == others.len()
        && own.iter().zip(&others).all(|(own, other)| own == other || other - own == pages)
}

/// The number of a line that is nothing but a page number, and whether it is set off as one.
fn page_number(text: &str) -> Option<(u32, bool)> {
    let is_dash =
        |c: char| matches!(c, '-' | '—' | '–' | '－' | '―' | '─' | '·' | '•' | '~' | '～' | '|' | '【' | '】');
    let inner = text.trim_matches(is_dash);
    let decorated = inner.len() < text.len();
    let (inner, named) = match inner.strip_prefix('第').and_then(|rest| rest.split_once('页')) {
        // 第3页, 第3页共5页, 第3页/共5页.
        Some((number, rest)) if rest.chars().all(|c| c.is_ascii_digit() || "共页/,，（）()".contains(c)) => {
            (number, true)
        }
        Some(_) => return None,
        None => (inner, false),
    };
    let lower = inner.to_ascii_lowercase();
    let (inner, named) = match lower.strip_prefix("page") {
        Some(rest) => (rest.split("of").next().unwrap_or(rest), true),
        None => (lower.as_str(), named),
    };
    let (inner, named) = match inner.split_once('/') {
        Some((number, total)) if total.parse::<u32>().is_ok() => (number, true),
        Some(_) => return None,
        None => (inner, named),
    };
    let digits: String = inner.chars().map(|c| if let '０'..='９' = c { ascii(c) } else { c }).collect();
    let number = if digits.len() <= 4 { digits.parse().ok() } else { None }.or_else(|| chinese(inner))?;
    // A dash on both sides sets a number off; a dash before it makes it negative.
    let both = decorated && text.chars().next().is_some_and(is_dash) && text.chars().last().is_some_and(is_dash);
    Some((number, named || both))
}

fn ascii(c: char) -> char {
    char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')).unwrap_or(c)
}

/// A number below a hundred in Chinese numerals.
fn chinese(text: &str) -> Option<u32> {
    let digit = |text: &str| match text {
        "" => None,
        _ => "〇一二三四五六七八九".chars().position(|c| text.chars().eq([c])).and_then(|n| u32::try_from(n).ok()),
    };
    match text.split_once('十') {
        Some((tens, ones)) => {
            let tens = if tens.is_empty() { Some(1) } else { digit(tens) };
            let ones = if ones.is_empty() { Some(0) } else { digit(ones) };
            Some(tens? * 10 + ones?)
        }
        None => digit(text),
    }
}

#[cfg(test)]
mod tests {
    use super::page_number;

    #[test]
    fn page_numbers_are_known_by_their_form() {
        let cases = [
            ("3", Some((3, false))),
            ("-3-", Some((3, true))),
            ("—12—", Some((12, true))),
            ("第3页", Some((3, true))),
            ("第3页共5页", Some((3, true))),
            ("第三页", Some((3, true))),
            ("3/5", Some((3, true))),
            ("Page3of5", Some((3, true))),
            ("·３·", Some((3, true))),
            ("-3", Some((3, false))),
            ("2023年", None),
            ("第一章", None),
            ("12345", None),
            ("", None),
            ("--", None),
        ];
        for (text, expected) in cases {
            assert_eq!(page_number(text), expected, "{text}");
        }
    }
}
