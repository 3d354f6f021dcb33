//! Breaking text into lines by the width of its characters.

/// Width of a character, in thousandths of the size: Latin half as wide as Chinese.
pub(crate) const fn advance(c: char) -> i32 {
    if c.is_ascii() { 500 } else { 1000 }
}

pub(super) fn width(text: &str, size: i32) -> i32 {
    text.chars().map(|c| advance(c) * size / 1000).sum()
}

/// Breaks `text` into lines. Latin words and figures stay whole, no line begins with a closing mark or ends with
/// an opening one.
pub(super) fn lines(text: &str, size: i32, first: i32, rest: i32) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let mut lines = Vec::new();
    let mut start = 0;
    while start < chars.len() {
        let measure = if lines.is_empty() { first } else { rest };
        let mut end = start;
        let mut used = 0;
        while end < chars.len() && used + advance(chars[end]) * size / 1000 <= measure {
            used += advance(chars[end]) * size / 1000;
            end += 1;
        }
        end = end.max(start + 1);
        let full = end;
        while end < chars.len() && end > start + 1 && is_inseparable(chars[end - 1], chars[end]) {
            end -= 1;
        }
        if end == start + 1 && full > end {
            end = full;
        }
        lines.push(chars[start..end].iter().collect::<String>().trim().to_owned());
        start = end;
    }
    if lines.is_empty() { vec![String::new()] } else { lines }
}

fn is_inseparable(before: char, after: char) -> bool {
    let latin = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '@');
    "，。、；：？！）》”〕".contains(after) || "（《“〔".contains(before) || (latin(before) && latin(after))
}
