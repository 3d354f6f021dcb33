//! Files that are no annual report: an interpretation, another paper, a blank form, something else.

use super::Lines;
use crate::report::{CellValue, HeadingWording, Report, Source, Table, TableKind};
use crate::rules;
use crate::text::{Wording, Words, words};

/// The first line that says anything.
pub(super) fn first_line(lines: &Lines) -> Option<Source> {
    let (line, text) = (1..).zip(lines.iter()).find(|(_, text)| !text.trim().is_empty())?;
    let end_column = 1 + u32::try_from(text.chars().count()).unwrap_or(u32::MAX - 1);
    Some(Source { line, column: 1, end_line: line, end_column })
}

/// A form with less prose than this, in characters, has not been filled in.
const SAYS_NOTHING: usize = 200;

/// Why the file is no annual report, if it is none, and where that shows.
pub(super) fn told(report: &Report, lines: &Lines) -> Option<(Wording, Option<Source>)> {
    let tables: Vec<&Table> = TableKind::ALL.iter().filter_map(|&kind| report.table(kind)).collect();
    let title = report.title.as_ref();
    let heads = title.map(|title| title.text.as_str()).into_iter();
    let heads = heads.chain(lines.iter().map(str::trim).filter(|line| !line.is_empty()).take(3));
    if tables.len() < TableKind::ALL.len()
        && let Some(word) = heads.clone().find_map(interpretation)
    {
        return Some((
            Wording::new(
                format!("这是年度报告的{word}，不是年度报告本身"),
                format!("this is an interpretation of a report ({word}), not the report itself"),
            ),
            title.map(|title| title.source),
        ));
    }
    if tables.is_empty()
        && let Some(paper) = heads.clone().find_map(other_paper)
    {
        return Some((
            Wording::new(format!("这是一份{}，不是年度报告", paper.zh), format!("this is {}, not a report", paper.en)),
            title.map(|title| title.source),
        ));
    }
    let explains = |word: &str| lines.iter().any(|line| line.trim().trim_end_matches(['：', ':']).ends_with(word));
    if tables.is_empty()
        && explains("编制背景")
        && (explains("编制依据") || explains("编制目的") || explains("主要内容"))
    {
        return Some((
            Wording::new(
                "这是年度报告的解读，不是年度报告本身",
                "this is an interpretation of a report, not the report itself",
            ),
            title.map(|title| title.source),
        ));
    }
    let is_filled_in = tables.iter().flat_map(|table| &table.cells).flatten().any(|cell| cell.value.number().is_some());
    let said: usize = report.prose.iter().map(|sentence| sentence.text.chars().count()).sum();
    let named_agency = report.agency.as_deref().is_some_and(|agency| !agency.contains(['X', 'x', '×', '_', '（', '*']));
    // Named or not: a form of which no cell is filled in is no report. What merely cannot be read has no blanks.
    let cells = || tables.iter().flat_map(|table| &table.cells).flatten();
    let is_untouched = cells().all(|cell| cell.raw.is_empty()) && cells().any(|cell| cell.value == CellValue::Blank);
    if !tables.is_empty() && said < SAYS_NOTHING && (!is_filled_in && !named_agency || is_untouched) {
        let why = if named_agency {
            Wording::new("这是空白的报告格式，没有填写数字和文字", "this is the blank form: no figures, no words")
        } else {
            Wording::new("这是空白的报告格式，没有填写机关名称和数字", "this is the blank form: no agency, no figures")
        };
        return Some((why, tables.first().map(|table| table.source)));
    }
    let headed = report.parts.iter().filter(|part| part.heading.is_some()).count();
    let named = title.is_some_and(|title| title.text.contains("信息公开") && title.text.contains("报告"));
    if !tables.is_empty() || headed > usize::from(!named) {
        return None;
    }
    // Without a title, part one alone is known by its topics and by the preamble.
    let subject = |text: &str| text.contains("信息公开") || text.contains("政府信息");
    let speaks = report.prose.iter().any(|sentence| sentence.part <= 1 && subject(&sentence.text));
    let treats = report.part(1).is_some_and(|part| part.heading.is_some() && part.wording != HeadingWording::Different);
    if speaks && treats && rules::extent::breaks_off(report).is_some() {
        return None;
    }
    if !named && let Some(pictured) = only_pictures(report, lines) {
        return Some(pictured);
    }
    let announced = lines.iter().find(|line| rules::announces_attachment(line));
    match (named, announced) {
        (true, Some(_)) => Some((
            Wording::new(
                "只有标题和附件或图片的说明，正文不在文字里",
                "only a title and a reference to an attachment or picture; the report itself is not in the text",
            ),
            title.map(|title| title.source),
        )),
        (true, None) => Some((
            Wording::new(
                "只有标题，没有年度报告的各部分和表格，可能是图片或附件",
                "only a title: none of the parts and tables of a report; it may be a picture or an attachment",
            ),
            title.map(|title| title.source),
        )),
        (false, _) => Some((
            Wording::new(
                "没有年度报告的标题、部分和表格，不是年度报告",
                "neither title nor parts nor tables of an annual report: this is something else",
            ),
            None,
        )),
    }
}

/// Fewer characters than these beside pictures are no text of their own.
const NEXT_TO_NOTHING: usize = 60;

/// That the file holds pictures and next to no text: pages of a report, most likely, put into a document.
fn only_pictures(report: &Report, lines: &Lines) -> Option<(Wording, Option<Source>)> {
    let first = report.pictures.iter().find(|picture| picture.large)?;
    let own = (1..).zip(lines.iter()).filter(|(line, _)| report.pictures.iter().all(|it| it.source.line != *line));
    let written: usize = own.map(|(_, text)| text.chars().filter(|c| c.is_alphanumeric()).count()).sum();
    let count = report.pictures.iter().filter(|picture| picture.large).count();
    let why = Wording::new(
        format!("文件里只有图片（{count} 张），没有文字，不能审核；请报送由文字处理软件写成的文件本身"),
        format!(
            "the file holds {count} pictures and no text: it cannot be audited; submit the document that was written"
        ),
    );
    (written < NEXT_TO_NOTHING).then_some((why, Some(first.source)))
}

/// The word by which `head` calls itself an interpretation, if it does.
fn interpretation(head: &str) -> Option<&'static str> {
    let head = head.trim_start_matches(['【', '[', '（', '(', '《', ' ']);
    ["文字解读", "图文解读", "政策解读", "解读", "一图读懂", "一图看懂", "图解", "图说", "长图"]
        .into_iter()
        .find(|word| head.starts_with(word) || head.ends_with(word) || head.contains(&format!("（{word}）")))
}

/// What `head` calls itself if it is another paper that speaks of annual reports.
fn other_paper(head: &str) -> Option<Words> {
    [
        words("通知", "a notice"),
        words("通报", "a circular"),
        words("工作方案", "a work plan"),
        words("公告", "an announcement"),
    ]
    .into_iter()
    .find(|paper| head.contains("关于") && head.ends_with(paper.zh))
}
