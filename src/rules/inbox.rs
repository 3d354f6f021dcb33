//! INB: what can be said of a file as such. Raised where files are opened, not by a function of a report.

use crate::finding::Severity;
use crate::rule::{Check, Manual, Rule, Scope};
use crate::text::words;

pub(super) static RULES: &[Rule] = &[Rule {
    code: "INB004",
    name: "not-a-readable-report",
    severity: Severity::Error,
    scope: Scope::Inbox,
    title: words("不是可读的年度报告", "not a readable annual report"),
    manual: Manual {
        basis: words(
            "条例第四十九条、第五十条：报送的应是本机关的年度报告",
            "Regulations art. 49 and 50: what is handed in must be the agency's annual report",
        ),
        condition: words(
            "文件打不开、为空、已损坏、不是文字，文字中途断掉，三张表都不在文字里，或内容不是年度报告（解读、图解、空白格式、其他文稿）",
            "the file cannot be opened, is empty, damaged or no text, breaks off, has none of the three tables as \
             text, or is no annual report (an interpretation, a picture story, the blank form, something else)",
        ),
        example: "报送了“一图读懂”或空白的表格模板",
        remedy: words(
            "请报送单位重报年度报告的可编辑文字版本",
            "ask the agency for the report itself, as a document with readable text",
        ),
        exempt: "缺少部分或表格的报告仍是报告，由 STR001、STR007 处理。",
    },
    check: Check::Intake,
}];
