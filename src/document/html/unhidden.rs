//! Whether what a page hides belongs to the report that it shows.

use super::flow::Piece;

/// Words that stand in each report: of its tables, and of the headings of its other parts.
const TABLES: [&str; 3] = ["第二十条第", "勾稽关系", "未经复议直接起诉"];
/// See [`TABLES`].
const PARTS: [&str; 4] = ["年度报告", "总体情况", "存在的主要问题", "其他需要报告的事项"];

/// Whether a part of the report stands nowhere but in what is hidden. Where that repeats a table which is shown, it is
/// another report: that of another year.
pub(super) fn is_needed(shown: &[Piece], all: &[Piece]) -> bool {
    let (shown, all) = (text(shown), text(all));
    let count = |text: &str, word: &str| text.matches(word).count();
    let is_repeated = |word: &str| (1..count(&all, word)).contains(&count(&shown, word));
    let is_only_hidden = |word: &str| count(&shown, word) == 0 && count(&all, word) > 0;
    !TABLES.into_iter().any(is_repeated) && TABLES.into_iter().chain(PARTS).any(is_only_hidden)
}

/// All text, blanks left out.
fn text(pieces: &[Piece]) -> String {
    let mut text = String::new();
    let mut add = |part: &str| text.extend(part.chars().filter(|c| !c.is_whitespace()).chain(['|']));
    for piece in pieces {
        match piece {
            Piece::Paragraph(paragraph) => add(&paragraph.text),
            Piece::Table(table) => table.texts.iter().for_each(|text| add(text)),
            Piece::Picture { .. } => {}
        }
    }
    text
}
