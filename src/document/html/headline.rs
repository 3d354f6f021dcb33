//! The title of a page whose article has none: the head of the page names it.

use super::flow::Piece;
use super::phrase;
use super::tree::Tree;

/// How many lines of text at the beginning of an article may hold its title.
const BEGINNING: usize = 12;

/// The title that the head of the page gives, where the page itself shows none.
pub(super) fn missing(tree: &Tree, pieces: &[Piece], asides: &[bool]) -> Option<String> {
    let title = named(tree)?;
    let shown = pieces.iter().zip(asides).filter(|(_, aside)| !**aside).filter_map(|(piece, _)| match piece {
        Piece::Paragraph(paragraph) => Some(paragraph),
        _ => None,
    });
    let wanted = bare(&title);
    for (index, paragraph) in shown.enumerate() {
        let text = bare(&paragraph.text);
        let could_be = index < BEGINNING || paragraph.heading > 0;
        if could_be && (phrase::is_title(&text) || text.len() >= 12 && wanted.contains(&text) && text.ends_with("报告"))
        {
            return None;
        }
    }
    Some(title)
}

/// The title in the head of the page, without the name of the site.
fn named(tree: &Tree) -> Option<String> {
    let clean = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let headline = clean(&tree.headline);
    if phrase::is_title(&headline) {
        return Some(headline);
    }
    let title = clean(&tree.title);
    let pieces = title.split(['-', '_', '|', '—', '–', '>', '－', '＿', '｜', '·']).map(str::trim);
    let is_report = |piece: &&str| phrase::is_title(piece) && piece.chars().count() > 4;
    pieces.filter(is_report).max_by_key(|piece| piece.chars().count()).map(str::to_owned)
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
