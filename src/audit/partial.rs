//! What is not in the text of a report although it must have had it (INB004).

use crate::finding::{Finding, Severity};
use crate::report::Report;
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
    let message = if report.part(number).is_some() {
        Wording::new(
            format!(
                "第{}部分的表是图片，不在文字里，不能审核；请报送单位报送可编辑的表格",
                ORDINALS[usize::from(number)]
            ),
            format!("the table of {} is a picture: it cannot be audited; ask for it as text", name.en),
        )
    } else {
        Wording::new(
            format!("找不到“{}”的文字，它的位置上是图片，不能审核；请报送单位报送可编辑的文字", name.zh),
            format!("{} is not in the text; a picture stands in its place; ask for it as text", name.en),
        )
    };
    Some(Finding {
        part: Some(number),
        at: Some(picture.source),
        evidence: Some(picture.caption.clone()).filter(|caption| !caption.is_empty()),
        ..Finding::new("INB004", Severity::Error, message)
    })
}

#[cfg(test)]
mod tests {
    use crate::audit::{Policy, audit_document};
    use crate::document::{Anchor, Builder, Fingerprint, Format, GridCell, Place, Role};
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
