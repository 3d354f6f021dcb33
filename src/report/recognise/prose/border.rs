//! Where running text and tables meet: headings belong to the text, header cells to the tables.

use std::ops::Range;
use std::sync::LazyLock;

use crate::text::pattern::Regex;

use super::heading;
use crate::report::recognise::stream::Stream;
use crate::report::recognise::tables::Region;

/// Header cells that may stand between a heading and what was recognised of its table.
static HEADER_CELLS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:行政复议|行政诉讼|信息内容|申请人情况|自然人|法人或其他组织|总计)+$").expect("a valid pattern")
});

/// Characters looked at on either side of a border.
const REACH: usize = 60;

/// Moves the borders of `tables` so that no heading of a part is cut and no header cell left out. Pieces made of
/// whole rows with known cells stay as they are.
pub(super) fn settle(stream: &Stream, tables: &[Region]) -> Vec<Region> {
    let settled = |table: &Region| match table.piece_of {
        Some(_) => table.range.clone(),
        None => start(stream, table.range.clone())..end(stream, table.range.clone()),
    };
    tables.iter().map(|table| Region { range: settled(table), ..*table }).collect()
}

/// The first character of the header cells between a heading and `table`; the table's own start where
/// no heading stands before it.
fn start(stream: &Stream, table: Range<usize>) -> usize {
    if let Some(start) = behind_heading(stream, &table) {
        return start;
    }
    let before = around(stream, table.start.saturating_sub(2 * REACH)..table.start);
    let text: String = before.iter().map(|&(c, _)| c).collect();
    let Some(cells) = HEADER_CELLS.find(&text) else { return table.start };
    let heading = &text[..cells.start()];
    let is_heading = (1..=6).any(|part| heading::known_at_end(heading, part).is_some());
    let place = before.get(heading.chars().count()).map(|&(_, at)| at);
    place.filter(|_| is_heading).unwrap_or(table.start)
}

/// Words that only tables have: a heading behind them is not that of this table.
static CELLS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("第二十条第|自然人|行政许可|勾稽|结果维持").expect("a valid pattern"));

/// The first character behind a heading that `table` took in, with whatever running text stands before it.
fn behind_heading(stream: &Stream, table: &Range<usize>) -> Option<usize> {
    let near = around(stream, table.start..table.end.min(table.start + 3 * REACH));
    for (index, pair) in near.windows(2).enumerate() {
        let opens_line = stream.chars[pair[0].1].line != stream.chars[pair[1].1].line;
        if !opens_line {
            continue;
        }
        let before: String = near[..=index].iter().map(|&(c, _)| c).collect();
        if CELLS.is_match(&before) {
            return None;
        }
        let line = stream.chars[pair[1].1].line;
        let own = near[index + 1..].iter().take_while(|&&(_, at)| stream.chars[at].line == line);
        let text: String = own.map(|&(c, _)| c).collect();
        let Some(ordinal) = heading::ordinal(&text) else { continue };
        let body = &text[ordinal.bytes..];
        if heading::known_at_start(body)
            .is_some_and(|(part, _, length)| (2..=4).contains(&part) && length == body.chars().count())
        {
            return near.get(index + 1 + text.chars().count()).map(|&(_, at)| at);
        }
    }
    None
}

/// Where the ordinal of a heading begins that `table` took the first characters of; the table's own end
/// where it took none.
fn end(stream: &Stream, table: Range<usize>) -> usize {
    let near = around(stream, table.end.saturating_sub(6).max(table.start)..table.end + REACH);
    let text: String = near.iter().map(|&(c, _)| c).collect();
    let taken = near.iter().take_while(|&&(_, at)| at < table.end).count();
    // Neighbouring digits are one number only if nothing, not even a line limit, stands between them.
    let glued = |index: usize| {
        let [(a, left), (b, right)] = [near[index], near[index + 1]];
        let one_line = stream.chars[left].line == stream.chars[right].line;
        a.is_ascii_digit() && b.is_ascii_digit() && right == left + 1 && one_line
    };
    for (index, (byte, c)) in text.char_indices().enumerate().take(taken) {
        let rest = &text[byte..];
        let Some(ordinal) = heading::ordinal(rest) else { continue };
        let cut = index > 0 && c != '0' && glued(index - 1) && near[index - 1].0 != '0';
        let loose = rest[c.len_utf8()..].starts_with(|c: char| c.is_ascii_digit()) && !glued(index);
        if heading::known_at_start(&rest[ordinal.bytes..]).is_some() && !cut && !loose && c != '0' {
            return near[index].1;
        }
    }
    table.end
}

/// The characters of `range` without blanks, each with its index in the stream.
fn around(stream: &Stream, range: Range<usize>) -> Vec<(char, usize)> {
    let range = range.start.min(stream.chars.len())..range.end.min(stream.chars.len());
    stream.chars[range.clone()]
        .iter()
        .zip(range)
        .filter(|(char, _)| !matches!(char.c, ' ' | '\t'))
        .map(|(char, at)| (char.c, at))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Settles the table that stands between the marks ⟦ and ⟧ and gives its text.
    fn settled(text: &str) -> String {
        let plain: String = text.chars().filter(|c| !matches!(c, '⟦' | '⟧')).collect();
        let stream = Stream::of(&crate::document::open(plain.as_bytes()).expect("text"));
        let place = |mark| text.chars().filter(|&c| c != '\n').position(|c| c == mark).expect("a mark");
        let table = place('⟦')..place('⟧') - 1;
        let region = settle(&stream, &[Region { range: table, piece_of: None }]).remove(0);
        stream.text(region.range)
    }

    #[test]
    fn borders() {
        for (text, table) in [
            (
                "四、政府信息公开行政复议、行政诉讼情况⟦行政复议 行政诉讼 结果维持 0⟧\n五、存在",
                "行政复议 行政诉讼 结果维持 0",
            ),
            (
                "四、政府信息公开行政复议、行政诉讼情况行政复议 行政诉讼⟦结果维持 0⟧五、存在",
                "行政复议 行政诉讼结果维持 0",
            ),
            (
                "对⟦信息内容严格审核，公开44条。\n二、主动公开政府信息情况\n第二十条第（一）项 规章 0⟧",
                "第二十条第（一）项 规章 0",
            ),
            (
                "⟦第二十条第（一）项 规章 0\n三、收到和处理政府信息公开申请情况\n自然人 0⟧",
                "第二十条第（一）项 规章 0三、收到和处理政府信息公开申请情况自然人 0",
            ),
            ("⟦行政事业性收费 0\n1⟧. 收到和处理政府信息公开申请情况", "行政事业性收费 0"),
            ("⟦行政事业性收费 0 三⟧、收到和处理政府信息公开申请情况", "行政事业性收费 0 "),
            ("⟦行政事业性收费 0⟧三、收到和处理政府信息公开申请情况", "行政事业性收费 0"),
        ] {
            assert_eq!(settled(text), table, "{text}");
        }
    }
}
