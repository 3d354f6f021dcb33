//! How much of a report is in the text of its file. What would stand behind a break in the text, or may be shown
//! by a picture, nobody can say that the agency left out.

use std::sync::LazyLock;

use crate::text::pattern::Regex;

use crate::report::{Cell, CellValue, Picture, Report, RowFound, Sentence, Source, Table, TableKind};
use crate::rule::{Assessment, Unassessed};
use crate::rules::phrase;
use crate::text::Wording;

/// The place at which a report breaks off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Break {
    /// The part it stands in.
    pub(crate) part: u8,
    /// Where.
    pub(crate) at: Source,
    /// The last words.
    pub(crate) tail: String,
}

impl Break {
    /// Why something is not assessable.
    pub(crate) fn why(&self) -> Wording {
        let part = phrase::part(self.part);
        Wording::new(
            format!("文字在“{}”中断，后面的内容不在文件里", part.zh),
            format!("the text breaks off in {}; what follows is not in the file", part.en),
        )
    }

    /// The answer of a rule that looks for something that may stand behind the break.
    pub(super) fn unassessed(&self) -> Assessment {
        Assessment { findings: Vec::new(), unassessed: vec![Unassessed { why: self.why(), cells: Vec::new() }] }
    }
}

/// Where the report breaks off, if it evidently does: the last part is not among those found, and the text ends
/// inside a table, its header, a heading or a sentence, or before part three.
pub(crate) fn breaks_off(report: &Report) -> Option<Break> {
    // A picture at the end may show whatever is not in the text.
    if (1..=6).any(|part| report.part(part).is_none() && in_picture(report, part).is_some()) {
        return None;
    }
    let last = report.parts.last().filter(|last| last.number < 6 && report.part(6).is_none())?;
    let here = |at, tail: &str| Some(Break { part: last.number, at, tail: end_of(tail) });
    let ending = report.prose.last().filter(|sentence| sentence.part == last.number);
    let kind = TableKind::ALL.into_iter().find(|kind| kind.part() == last.number);
    let heading = last.heading.as_deref().unwrap_or_default();
    let table = kind.and_then(|kind| report.table(kind));
    if let Some(table) = table.filter(|table| is_cut(table)) {
        return here(table.source, heading);
    }
    let in_header = kind.is_some() && table.is_none() && is_header(&last.text);
    if let Some(sentence) = ending.filter(|sentence| in_header || is_open(sentence, report)) {
        return here(sentence.source(0..0), &sentence.text);
    }
    // A heading with nothing under it, and nothing behind; or a table, and three parts not even named.
    if ending.is_none() && (table.is_none() || last.number == TableKind::Requests.part()) {
        return here(last.source, heading);
    }
    // No report ends before its applications: whatever stands last, most of it is not in the file.
    let ending = ending.map_or((last.source, heading), |sentence| (sentence.source(0..0), sentence.text.as_str()));
    (last.number < 3 && report.requests.is_none() && report.disputes.is_none()).then(|| here(ending.0, ending.1))?
}

/// The picture that may show what the text of part `number` lacks: its table, or all of it.
pub(crate) fn in_picture(report: &Report, number: u8) -> Option<&Picture> {
    let mut large = report.pictures.iter().filter(|picture| picture.large);
    if report.part(number).is_some() {
        let kind = TableKind::ALL.into_iter().find(|kind| kind.part() == number)?;
        return large.find(|picture| picture.part == number && report.table(kind).is_none());
    }
    let before = report.parts.iter().filter(|part| part.number < number).map(|part| part.source.line).max();
    let behind = report.parts.iter().filter(|part| part.number > number).map(|part| part.source.line).min();
    let kind = TableKind::ALL.into_iter().find(|kind| kind.part() == number);
    let has_table = kind.is_some_and(|kind| report.table(kind).is_some());
    large.find(|picture| {
        let line = picture.source.line;
        // Photographs illustrate the overview; those of later parts take the place of text.
        let between = before.is_some_and(|before| before < line) && behind.is_none_or(|behind| line < behind);
        between && !has_table
    })
}

/// Whether `table` is the one in which the report breaks off.
pub(super) fn is_cut_in(report: &Report, kind: TableKind) -> Option<Break> {
    breaks_off(report).filter(|end| end.part == kind.part())
}

/// Cells that only the header of a table holds.
static HEADER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("第二十条第|勾稽|申请人情况|法人或其他组织|本年制发|结果维持|未经复议").expect("a valid pattern")
});

/// Whether `text` is the beginning of a table: cells of its header, perhaps no more than two of them.
fn is_header(text: &str) -> bool {
    const DISPUTES: &str = "行政复议诉讼未经直接起后结果维持纠正其他尚审总计合";
    let solid = || text.chars().filter(|c| c.is_alphanumeric());
    HEADER.is_match(text) || solid().count() >= 2 && solid().all(|c| DISPUTES.contains(c))
}

/// Whether the last rows of a table are not there.
fn is_cut(table: &Table) -> bool {
    let columns = table.kind.form().columns.len();
    let last = table.rows.len().saturating_sub(1);
    let stated = |row: usize| {
        table.rows.get(row) != Some(&RowFound::Missing)
            && table.cells[row * columns..(row + 1) * columns]
                .iter()
                .flatten()
                .any(|Cell { value, .. }| *value != CellValue::Blank)
    };
    match table.kind {
        TableKind::ProactiveDisclosure => !stated(last),
        // One row alone may be missing: two are where the text ends.
        TableKind::Requests => !stated(last) && !stated(last.saturating_sub(1)),
        TableKind::Disputes => false,
    }
}

/// A character that is cut stands among so many last ones: behind it the bytes may show as they are written.
const CUT: usize = 4;

/// Shorter endings are names, dates and other signatures.
const SHORTEST: usize = 10;

/// What stands below a report: signatures, dates, addresses, the site's own lines.
static BELOW: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"电话|邮编|邮箱|网址|地址|联系|版权|主办|承办|备案|ICP|公网安备|打印|关闭|编辑|来源|附件|扫一扫|上一[篇条]|下一[篇条]|返回",
        r"|\d\s*日?$|[月日]$|[a-zA-Z/]$",
    ))
    .expect("a valid pattern")
});

/// How names of bodies end.
const BODIES: &str = "局府处会室院委办队站所校团心社厅部";

/// Whether the last sentence of the text has no end.
fn is_open(sentence: &Sentence, report: &Report) -> bool {
    let text = sentence.text.trim();
    let Some(last) = text.chars().last() else { return false };
    // A character cut in the middle of its bytes.
    if text.chars().rev().take(CUT).any(|c| c == char::REPLACEMENT_CHARACTER) {
        return true;
    }
    if matches!(last, '，' | '、' | '（' | '《' | '“' | ',' | '(') {
        return true;
    }
    if !last.is_alphanumeric() || BELOW.is_match(text) {
        return false;
    }
    let length = text.chars().count();
    // 四、政府信息公: the beginning of a heading.
    if text.starts_with('（') || (length < SHORTEST && text.chars().nth(1) == Some('、')) {
        return true;
    }
    let signed = report.agency.as_deref().is_some_and(|agency| text.ends_with(agency))
        || (BODIES.contains(last) && !text.contains(['，', ',', '、']) && length <= 30);
    length >= SHORTEST && !signed
}

/// The last characters of `text`.
fn end_of(text: &str) -> String {
    let skip = text.chars().count().saturating_sub(20);
    text.chars().skip(skip).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Sample, codes, report};
    use crate::report::TableKind;

    /// A report that has no part behind the one with this number, whose text ends with `text`.
    fn ending(number: u8, text: &str) -> Sample {
        let after = |sample: Sample, part| sample.without_part(part);
        let mut sample = (number + 1..=6).fold(report(), after);
        sample.report.prose.retain(|sentence| sentence.part <= number && !sentence.text.contains("电话"));
        sample.saying(number, text)
    }

    #[test]
    fn what_stands_behind_a_break_is_not_called_missing() {
        for (number, text) in [
            (1, "（五）监督保障。局办公室每季度检查一次，发现问题由科"),
            (1, "局办公室每季度检查一次，"),
            (1, "修订《青溪县数据局信息发布办法》和《"),
            (1, "（四）政"),
            (5, "主要问题是专栏更新不够及时，下一步将由各科室"),
            (4, "2024年，我局因政府信息公开被申请行政复议3件，被\u{fffd}"),
            (4, "2024年，我局因政府信息公开被申请\u{fffd}=E"),
            (4, "五、存在的主"),
        ] {
            let sample = ending(number, text);
            let sample = if number == 4 { sample.without_table(TableKind::Disputes) } else { sample };
            assert_eq!(codes(&sample), [""; 0], "{text}");
        }
    }

    #[test]
    fn what_ends_as_texts_end_is_complete() {
        for text in [
            "下一步将加强培训。",
            "青溪县数据局",
            "2025年1月20日",
            "青溪县数据局办公室",
            "（此件公开发布）",
            "联系电话：0000-6123456",
        ] {
            assert!(codes(&ending(5, text)).contains(&"STR001"), "{text}");
        }
        assert!(codes(&ending(3, "以上为全年情况。")).contains(&"STR001"));
    }

    #[test]
    fn a_header_may_break_off() {
        for (text, expected) in [
            ("行政复议 行政诉", true),
            ("行政复\u{fffd}", true),
            ("结果维持 结果纠正 其他结果", true),
            ("本年度无。", false),
            ("未发生行政复议", false),
            ("", false),
        ] {
            assert_eq!(super::is_header(text), expected, "{text}");
        }
    }

    #[test]
    fn a_table_may_break_off() {
        let rows = report().report.requests.as_ref().unwrap().rows.len();
        let sample =
            ending(3, "").without_row(TableKind::Requests, rows - 1).without_row(TableKind::Requests, rows - 2);
        assert_eq!(codes(&sample), [""; 0]);
        // Nothing at all stands behind its last row.
        let mut whole = (4..=6).fold(report(), Sample::without_part);
        whole.report.prose.retain(|sentence| sentence.part < 3);
        assert_eq!(codes(&whole), [""; 0]);
    }
}
