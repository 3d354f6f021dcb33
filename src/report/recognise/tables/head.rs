//! What the lines of a table tell beside its rows: the cells of its header, and whether lines keep their empty
//! cells.

use std::ops::Range;

use super::assign::Slot;
use super::cells;
use super::tokens::Tokens;
use crate::report::recognise::stream::Stream;

/// The words over each column of the requests, and how else they are printed.
const REQUESTS: [&[&str]; 7] = [
    &["自然人"],
    &["商业企业", "企业"],
    &["科研机构"],
    &["社会公益组织", "公益组织"],
    &["法律服务机构", "法律服务"],
    &["其他", "其它"],
    &["总计", "合计", "共计"],
];
/// The words over the columns of rules and documents.
const STOCK: [&[&str]; 3] = [
    &["本年制发件数", "制发件数", "本年新制作数量"],
    &["本年废止件数", "废止件数", "本年新公开数量"],
    &["现行有效件数", "对外公开总数量"],
];

/// The cell in which the first of `width` columns stands by the header above the first label, where its cells agree.
pub(super) fn first_cell(tokens: &Tokens, slots: &[Slot], width: usize) -> Option<usize> {
    let columns: &[&[&str]] = match width {
        7 => &REQUESTS,
        3 => &STOCK,
        _ => return None,
    };
    let end = slots.iter().filter_map(|slot| slot.label.as_ref()).map(|label| label.span.start).min()?;
    let cells = tokens.hans[..end].chunk_by(|one, other| (one.line, one.cell) == (other.line, other.cell));
    let mut found: Vec<Option<usize>> = vec![None; width];
    for cell in cells {
        let text: String = cell.iter().map(|han| han.c).collect();
        if let Some(column) = columns.iter().position(|words| words.contains(&text.as_str())) {
            found[column] = Some(cell[0].cell);
        }
    }
    let firsts = found.iter().enumerate().filter_map(|(column, cell)| Some(cell.as_ref()?.checked_sub(column)));
    let firsts: Vec<Option<usize>> = firsts.collect();
    let first = (*firsts.first()?)?;
    (firsts.len() * 5 >= width * 4 && firsts.iter().all(|other| *other == Some(first))).then_some(first)
}

/// Whether the lines of `region` do not keep the empty cells at their ends.
pub(super) fn is_trimmed(stream: &Stream, region: &Range<usize>) -> bool {
    let lines = stream.lines.iter().filter(|line| line.start < region.end && line.end > region.start);
    let keeps = |line: &Range<usize>| {
        let chars = &stream.chars[line.clone()];
        let last = chars.iter().map(|char| char.c).rfind(|&c| c != ' ');
        last.is_some_and(|c| matches!(c, '\t' | ',') || cells::is_bar(c))
    };
    !lines.into_iter().any(keeps)
}
