//! Lines of explicit cells, and what in a line is no content of a table at all.

use std::ops::Range;

use super::super::stream::is_han;

/// How a line divides.
#[derive(Debug)]
pub(super) enum Split {
    /// A page number, a border, a rule between rows: nothing of the table.
    Noise,
    /// Running text.
    Whole,
    /// Explicit cells.
    Cells(Vec<LineCell>),
}

/// A cell of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LineCell {
    /// Its characters within the line, surrounding blanks removed; empty for an empty cell.
    pub(super) range: Range<usize>,
    /// Index of a character of the line to point at when it is empty.
    pub(super) separator: usize,
}

/// Divides a line. `framed`: a bar at the beginning of a line is the table's frame, not the end of an empty cell.
pub(super) fn split(chars: &[char], comma_separated: bool, framed: bool) -> Split {
    let solid: Vec<char> = chars.iter().copied().filter(|c| !c.is_whitespace()).collect();
    let gaps = chars.split(|c| c.is_whitespace()).filter(|word| !word.is_empty()).count();
    if solid.is_empty() && !chars.contains(&'\t') || is_page_number(&solid, gaps) || is_border(&solid) {
        return Split::Noise;
    }
    let bars = chars.iter().filter(|&&c| is_bar(c)).count();
    if bars > 0 {
        let mut cells = cut(chars, is_bar);
        // Bars at both ends are the frame. Without one at the beginning, one at the end has a cell behind it.
        if framed && solid.first().is_some_and(|&c| is_bar(c)) {
            cells.remove(0);
            if solid.last().is_some_and(|&c| is_bar(c)) && !cells.is_empty() {
                cells.pop();
            }
        }
        return Split::Cells(cells);
    }
    if chars.contains(&'\t') {
        return Split::Cells(cut(chars, |c| c == '\t'));
    }
    if comma_separated && chars.contains(&',') {
        return Split::Cells(cut(chars, |c| c == ','));
    }
    Split::Whole
}

/// Whether a character divides the cells of a drawn table.
pub(super) fn is_bar(c: char) -> bool {
    matches!(c, '|' | '│' | '┃' | '║' | '┆' | '┊')
}

fn cut(chars: &[char], is_separator: impl Fn(char) -> bool) -> Vec<LineCell> {
    let mut cells = Vec::new();
    let mut start = 0;
    let mut quoted = false;
    for end in 0..=chars.len() {
        quoted ^= chars.get(end) == Some(&'"') && is_separator(',');
        if end < chars.len() && (quoted || !is_separator(chars[end])) {
            continue;
        }
        let is_blank = |k: usize| chars[k].is_whitespace() || chars[k] == '"';
        let mut range = start..end;
        while !range.is_empty() && is_blank(range.start) {
            range.start += 1;
        }
        while !range.is_empty() && is_blank(range.end - 1) {
            range.end -= 1;
        }
        cells.push(LineCell { range, separator: end.min(chars.len().saturating_sub(1)) });
        start = end + 1;
    }
    cells
}

/// A line of a spreadsheet export: many commas, and between them a label and short figures or nothing.
pub(super) fn is_comma_separated(chars: &[char]) -> bool {
    let fields: Vec<&[char]> = chars.split(|&c| c == ',').collect();
    let is_figure =
        |field: &&&[char]| field.iter().all(|c| c.is_ascii_digit() || matches!(c, '.' | '/' | '-' | '—' | '"'));
    let figures = fields.iter().skip(1).filter(is_figure);
    fields.len() >= 7
        && figures.clone().count() >= 5
        && figures.flat_map(|field| field.iter()).any(char::is_ascii_digit)
}

/// `- 3 -`, `— 3 —`, `第 3 页 共 5 页`, `3 / 5`, `Page 3 of 5`; `solid` is the line without blanks,
/// `words` counts what blanks separate. A bare
/// number is not decided here: it may be a cell.
fn is_page_number(solid: &[char], words: usize) -> bool {
    const DASHES: [char; 12] = ['-', '—', '–', '―', '─', '−', '·', '•', '~', '～', '_', '='];
    let text: String = solid.iter().collect();
    let inner = text.trim_matches(|c| DASHES.contains(&c));
    let framed = inner.len() < text.len() && text.starts_with(&DASHES[..]) && text.ends_with(&DASHES[..]);
    let is_number = |s: &str| !s.is_empty() && s.len() <= 4 && s.bytes().all(|b| b.is_ascii_digit());
    if framed && is_number(inner) {
        return true;
    }
    if let Some((page, pages)) = text.split_once(['/', '／'])
        && is_number(page)
        && is_number(pages)
        && words <= 3
        && !page.starts_with('0')
        && !pages.starts_with('0')
    {
        return true;
    }
    let lower = text.to_lowercase();
    if let Some(rest) = lower.strip_prefix("page").or_else(|| lower.strip_prefix('p')) {
        return rest.split("of").all(|part| is_number(part.trim_matches(['.', '/', ':'])));
    }
    let worded = text.starts_with('第') || text.starts_with('共') || text.ends_with('页');
    worded && text.contains('页') && text.chars().all(|c| c.is_ascii_digit() || "第页共/，,、|-—".contains(c))
}

/// A drawn border, or the `|---|---|` under a header.
fn is_border(solid: &[char]) -> bool {
    solid.len() >= 3
        && solid.iter().all(|&c| matches!(c, '|' | '-' | ':' | '+' | '=' | '_' | '\u{2500}'..='\u{257f}'))
        && solid.iter().any(|&c| matches!(c, '-' | '=' | '_' | '─' | '━' | '═' | '┄' | '┈'))
        && solid.iter().filter(|&&c| c != '|').count() >= 3
}

/// Whether a cell behind figures holds a word in place of a figure. The labels that may follow figures
/// on one line (a table flattened into a line) are longer, or are these.
pub(super) fn is_word(cell: &[char]) -> bool {
    let text: String = cell.iter().filter(|c| !c.is_whitespace()).collect();
    let letters = cell.iter().filter(|&&c| is_han(c) || c.is_alphabetic()).count();
    letters > 0
        && cell.len() <= 3
        && !cell.iter().any(char::is_ascii_digit)
        && !matches!(text.as_str(), "其他" | "总计" | "合计" | "共计" | "小计" | "规章" | "无" | "N/A" | "n/a")
        && !text.starts_with(['三', '四', '（'])
}

/// The end of a date, time or telephone number that begins at `i`.
pub(super) fn skip_date(chars: &[char], i: usize) -> Option<usize> {
    let at = |k: usize| chars.get(k).copied().unwrap_or('\n');
    let digits = |mut k: usize| {
        let start = k;
        while at(k).is_ascii_digit() {
            k += 1;
        }
        (k - start, k)
    };
    let blanks = |mut k: usize| {
        while at(k) == ' ' {
            k += 1;
        }
        k
    };
    let (count, end) = digits(i);
    let is_year = count == 4 && matches!((at(i), at(i + 1)), ('1', '9') | ('2', '0'));
    // 2024年1月10日, 2024 年 1 月, 1月10日
    let mut k = end;
    let mut found = None;
    if is_year && at(blanks(k)) == '年' {
        k = blanks(k) + 1;
        found = Some(k);
    }
    let month_at = if found.is_some() { blanks(k) } else { i };
    let (count_month, after_month) = digits(month_at);
    if (1..=2).contains(&count_month) && at(blanks(after_month)) == '月' {
        k = blanks(after_month) + 1;
        let (count_day, after_day) = digits(blanks(k));
        if (1..=2).contains(&count_day) && at(blanks(after_day)) == '日' {
            return Some(blanks(after_day) + 1);
        }
        if found.is_some() {
            return Some(k);
        }
    }
    if found.is_some() {
        return found;
    }
    // 2024-01-10, 2024.1.10, 2024/1/10
    if is_year && matches!(at(end), '-' | '.' | '/') {
        let (count_month, after_month) = digits(end + 1);
        let (count_day, after_day) = digits(after_month + 1);
        if (1..=2).contains(&count_month) && (1..=2).contains(&count_day) && at(after_month) == at(end) {
            return Some(after_day);
        }
        // 2024-01
        if count_month == 2 && at(end) == '-' && !at(after_month).is_ascii_digit() {
            return Some(after_month);
        }
    }
    // 24:00, 08:30:00
    if count <= 2 && matches!(at(end), ':' | '：') {
        let (minutes, after) = digits(end + 1);
        if minutes == 2 {
            let (seconds, after_seconds) = digits(after + 1);
            return Some(if matches!(at(after), ':' | '：') && seconds == 2 { after_seconds } else { after });
        }
    }
    // 0953-1234567
    if (3..=4).contains(&count) && matches!(at(end), '-' | '—' | '－') {
        let (number, after) = digits(end + 1);
        if (7..=8).contains(&number) {
            return Some(after);
        }
    }
    None
}
