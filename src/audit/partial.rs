//! What is not in the text of a report although it must have had it (INB004), and pages of which nothing was read
//! (INB009).

use crate::finding::{Finding, Severity};
use crate::report::{Picture, Report, RowFound, TableKind};
use crate::rules;
use crate::text::Wording;

/// The numbers of parts as Chinese writes them.
const ORDINALS: [char; 7] = ['〇', '一', '二', '三', '四', '五', '六'];

/// What is not in the text although the report must have had it (INB004): pictures stand in its place, the text
/// breaks off, or no table is there at all.
pub(super) fn incomplete(report: &Report) -> Vec<Finding> {
    let pictured: Vec<Finding> = (1..=6).filter_map(|part| pictured(report, part)).collect();
    if !pictured.is_empty() {
        return pictured;
    }
    if let Some(end) = rules::extent::breaks_off(report) {
        let why = end.why();
        return vec![Finding {
            part: Some(end.part),
            at: Some(end.at),
            evidence: Some(end.tail),
            ..Finding::new("INB004", Severity::Error, why)
        }];
    }
    let Some(lost) = rules::lost_its_tables(report).then(|| report.part(2)).flatten() else { return Vec::new() };
    vec![Finding {
        part: Some(2),
        at: Some(lost.source),
        ..Finding::new(
            "INB004",
            Severity::Error,
            Wording::new(
                "第二至第四部分只有标题，三张表都不在文字里，可能是图片或转换时丢失",
                "parts 2 to 4 are headings only: the three tables are not in the text, perhaps pictures or lost in conversion",
            ),
        )
    }]
}

/// That a picture stands where the table of part `number` should, or the whole part.
fn pictured(report: &Report, number: u8) -> Option<Finding> {
    let picture = rules::extent::in_picture(report, number)?;
    let name = rules::part_name(number);
    let on = on(picture);
    let message = if report.part(number).is_some() {
        Wording::new(
            format!(
                "第{}部分的表是图片{}，不在文字里，不能审核；请报送单位报送可编辑的表格",
                ORDINALS[usize::from(number)],
                on.zh
            ),
            format!("the table of {} is a picture{}: it cannot be audited; ask for it as text", name.en, on.en),
        )
    } else {
        Wording::new(
            format!("找不到“{}”的文字，它的位置上是图片{}，不能审核；请报送单位报送可编辑的文字", name.zh, on.zh),
            format!("{} is not in the text; a picture{} stands in its place; ask for it as text", name.en, on.en),
        )
    };
    Some(Finding {
        part: Some(number),
        at: Some(picture.source),
        evidence: Some(picture.caption.clone()).filter(|caption| !caption.is_empty()),
        ..Finding::new("INB004", Severity::Error, message)
    })
}

/// On which page a picture is, and whether that page shows nothing else; nothing where there are no pages.
fn on(picture: &Picture) -> Wording {
    match picture.page {
        Some(page) if picture.scan => {
            Wording::new(format!("（第 {page} 页是扫描页）"), format!(" (page {page} is a scan)"))
        }
        Some(page) => Wording::new(format!("（第 {page} 页）"), format!(" (on page {page})")),
        None => Wording::new("", ""),
    }
}

/// Whether rows of a table are not there and a page that is a picture stands where they may.
pub(super) fn hides_rows(report: &Report) -> bool {
    let may_hold = |picture: &Picture| {
        let kind = TableKind::ALL.into_iter().find(|kind| kind.part() == picture.part);
        let table = kind.and_then(|kind| report.table(kind));
        table.is_some_and(|table| table.rows.contains(&RowFound::Missing))
    };
    report.pictures.iter().filter(|picture| picture.scan).any(may_hold)
}

/// That pages among those of text are pictures, of which nothing was read: each page once, but for those that `told`
/// speaks of already (INB009).
pub(super) fn scanned(report: &Report, told: &[Finding]) -> Vec<Finding> {
    let is_told = |page: Option<u32>| {
        let own = report.pictures.iter().filter(|picture| picture.page == page).map(|picture| Some(picture.source));
        own.into_iter().any(|place| told.iter().any(|finding| finding.at == place))
    };
    let mut pages: Vec<&Picture> = report.pictures.iter().filter(|picture| picture.scan).collect();
    pages.dedup_by_key(|picture| picture.page);
    pages.retain(|picture| !is_told(picture.page));
    let finding = |picture: &Picture| {
        let page = picture.page.unwrap_or(0);
        let message = Wording::new(
            format!("第 {page} 页是图片（扫描页），上面的内容没有读到，须人核对；请报送单位报送可编辑的文字"),
            format!("page {page} is a picture (a scan): nothing on it was read; look at it, and ask for it as text"),
        );
        Finding { at: Some(picture.source), ..Finding::new("INB009", Severity::Warning, message) }
    };
    pages.into_iter().map(finding).collect()
}

#[cfg(test)]
mod tests {
    use crate::audit::{Policy, audit_document};
    use crate::document::{Anchor, Builder, Fingerprint, Format, GridCell, Place, Rect, Role};
    use crate::finding::Verdict;

    /// A report of which each line of `text` is a paragraph, `[table]` the table of part four, and `[picture]` a
    /// picture.
    fn findings(text: &str) -> (Verdict, Vec<(&'static str, String)>) {
        let mut builder = Builder::default();
        for line in text.lines() {
            match line {
                "[picture]" => builder.picture("表格", Place::Paragraph(1), true),
                "[logo]" => builder.picture("", Place::Paragraph(1), false),
                "[table]" => {
                    let header = ["行政复议", "行政诉讼未经复议直接起诉", "行政诉讼复议后起诉"];
                    let outcomes = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"];
                    let cell = |row, column, column_span, text: &str| GridCell {
                        row,
                        column,
                        row_span: 1,
                        column_span,
                        text: text.to_owned(),
                        place: Place::Paragraph(1),
                        at: 0,
                    };
                    let groups = (0_u16..).step_by(5).zip(header).map(|(at, text)| cell(0, at, 5, text));
                    let names = (0..15).zip(outcomes.iter().cycle()).map(|(at, text)| cell(1, at, 1, text));
                    builder.table(groups.chain(names).chain((0..15).map(|at| cell(2, at, 1, "0"))).collect());
                }
                line => builder.line(line, Role::Paragraph, Anchor::Paragraph(1)),
            }
        }
        let document = builder.finish(Format::Docx, None);
        let audit = audit_document("", Some(&Fingerprint::of(b"")), Ok(document), &Policy::default());
        (audit.verdict, audit.findings.into_iter().map(|finding| (finding.rule, finding.message.zh)).collect())
    }

    const REPORT: &str = "青溪县数据局2024年政府信息公开工作年度报告\n一、总体情况\n（一）主动公开。公开信息12条。\n二、主动公开政府信息情况\n[picture]\n三、收到和处理政府信息公开申请情况\n[picture]\n四、政府信息公开行政复议、行政诉讼情况\n[table]\n五、存在的主要问题及改进情况\n人手不足，将加强培训。\n六、其他需要报告的事项\n本年度未收取信息处理费。";

    fn codes(text: &str) -> Vec<&'static str> {
        findings(text)
            .1
            .into_iter()
            .map(|(code, _)| code)
            .filter(|code| ["INB004", "STR001", "STR007"].contains(code))
            .collect()
    }

    #[test]
    fn a_table_that_is_a_picture_is_unread_and_not_missing() {
        let (verdict, found) = findings(REPORT);
        assert_eq!(verdict, Verdict::Unreadable);
        let pictured: Vec<&str> = found.iter().filter(|f| f.0 == "INB004").map(|f| f.1.as_str()).collect();
        assert!(pictured[0].starts_with("第二部分的表是图片"), "{pictured:?}");
        assert!(pictured[1].starts_with("第三部分的表是图片"), "{pictured:?}");
        assert_eq!(codes(REPORT), ["INB004", "INB004"]);
    }

    #[test]
    fn a_document_of_pictures_is_said_to_be_one() {
        for text in ["[picture]\n\n[picture]", "附件\n[picture]\n[picture]"] {
            let (verdict, found) = findings(text);
            assert_eq!((verdict, found[0].0), (Verdict::Unreadable, "INB004"));
            assert!(found[0].1.contains("只有图片（2 张）"), "{found:?}");
        }
    }

    /// The report as pages, `true` one of its three pages a picture.
    fn paged(pictured: [bool; 3]) -> Vec<(&'static str, String)> {
        let place = |page| Place::Page { page, area: Rect { left: 0, top: 0, right: 59_500, bottom: 84_200 } };
        let text = REPORT.replace("[picture]\n", "");
        let (first, rest) = text.split_once("四、").unwrap();
        let (tables, last) = rest.split_once("五、").unwrap();
        let pages = [first.to_owned(), format!("四、{tables}"), format!("五、{last}")];
        let mut builder = Builder::default();
        for ((page, text), pictured) in (1..).zip(pages).zip(pictured) {
            if pictured {
                // A scanner may cut a page into strips.
                builder.page("扫描页", place(page));
                builder.page("扫描页", place(page));
                continue;
            }
            for line in text.lines().filter(|line| *line != "[table]") {
                builder.line(line, Role::Paragraph, Anchor::Paragraph(1));
            }
        }
        let audit =
            audit_document("", Some(&Fingerprint::of(b"")), Ok(builder.finish(Format::Pdf, None)), &Policy::default());
        let told = audit.findings.into_iter().filter(|finding| ["INB004", "INB009"].contains(&finding.rule));
        told.map(|finding| (finding.rule, finding.message.zh)).collect()
    }

    #[test]
    fn a_page_that_is_a_picture_is_named() {
        let found = paged([false, true, false]);
        assert!(!found.is_empty());
        assert!(found.iter().all(|(code, said)| *code == "INB004" && said.contains("第 2 页是扫描页")), "{found:?}");
        // What no part is missing for is named too: nobody knows what it says.
        let found = paged([true, false, false]);
        assert!(found.iter().any(|(code, said)| *code == "INB009" && said.starts_with("第 1 页是图片")), "{found:?}");
        assert_eq!(found.iter().filter(|(_, said)| said.contains("第 1 页")).count(), 1, "{found:?}");
    }

    #[test]
    fn a_logo_is_no_table() {
        assert_eq!(codes(&REPORT.replace("[picture]", "[logo]")), ["STR007", "STR007"]);
    }

    #[test]
    fn a_page_that_is_a_picture_may_hold_a_part() {
        let lost = REPORT.replace("三、收到和处理政府信息公开申请情况\n", "");
        assert_eq!(codes(&lost), ["INB004", "INB004"]);
        let end = REPORT.split("\n五、").next().unwrap().to_owned() + "\n[picture]";
        assert_eq!(codes(&end), ["INB004"; 4]);
    }
}
