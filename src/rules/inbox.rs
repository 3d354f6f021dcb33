//! INB: what can be said of a file as such, raised where files are opened; and below, what the inbox and its roster say
//! together.

pub(super) mod missing;
pub(super) mod unexpected;
pub(super) mod versions;

use crate::finding::Severity;
use crate::rule::{Check, Manual, Rule, Scope};
use crate::text::words;

pub(super) static RULES: &[Rule] = &[NOT_A_REPORT, WRONG_EXTENSION, RECOGNISED, SCANNED_PAGE];

const NOT_A_REPORT: Rule = Rule {
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
};

const WRONG_EXTENSION: Rule = Rule {
    code: "INB007",
    name: "wrong-extension",
    severity: Severity::Note,
    scope: Scope::Inbox,
    title: words("扩展名与内容不符", "the extension does not match the content"),
    manual: Manual {
        basis: words(
            "条例第五十条、全国政府信息公开工作主管部门的格式要求：报告应能被公众打开和阅读",
            "Regulations art. 50 and the national format: the public must be able to open and read the report",
        ),
        condition: words(
            "按内容识别出的格式与文件扩展名不同，如扩展名是 .doc，内容却是网页",
            "the format by content is not that of the extension: a .doc that is a web page, for example",
        ),
        example: "年报.doc 用文本编辑器打开，开头是 <html>",
        remedy: words(
            "用相应软件打开后另存为真正的该格式，或把扩展名改对",
            "open it, save it in the format meant, or correct the extension",
        ),
        exempt: "没有扩展名或扩展名不常见的文件；.wps、.et 可以是 WPS 或 Office 的任一种格式。内容照常审核。",
    },
    check: Check::Intake,
};

const RECOGNISED: Rule = Rule {
    code: "INB008",
    name: "read-by-recognition",
    severity: Severity::Warning,
    scope: Scope::Inbox,
    title: words("扫描件，由 OCR 识读", "a scan, read by text recognition"),
    manual: Manual {
        basis: words(
            "条例第五十条：报告应当真实准确；识读可能有误，不能据以认定",
            "Regulations art. 50: a report must be true; recognition may err and nothing can be held against it",
        ),
        condition: words(
            "文件是没有文字的扫描件，开启了光学字符识别，文字和数字由它读出",
            "the file is a scan without text, recognition is switched on, and words and figures are what it read",
        ),
        example: "盖章后扫描成 PDF 的年度报告",
        remedy: words(
            "请报送单位补报可编辑的文字版本；不能补报的，对照扫描件逐项核对",
            "ask the agency for the report as a document with text; failing that, check it against the scan",
        ),
        exempt: "没有等式证实的数字不作判断，其余发现最多为警告，识读所得也不与别的报告比对。",
    },
    check: Check::Intake,
};

const SCANNED_PAGE: Rule = Rule {
    code: "INB009",
    name: "scanned-page",
    severity: Severity::Warning,
    scope: Scope::Inbox,
    title: words("有页面是图片，没有读到", "a page is a picture and was not read"),
    manual: Manual {
        basis: words(
            "条例第五十条：报告应当完整；图片上的文字没有读到，不能据以认定",
            "Regulations art. 50: a report must be complete; what a picture says was not read, and nothing rests on it",
        ),
        condition: words(
            "PDF 或 OFD 中，文字页之间夹有整页是图片（扫描）的页面",
            "a page of a PDF or OFD is one picture, a scan, among pages of text",
        ),
        example: "正文由 Word 导出，末页盖章后扫描，再合并成一个 PDF",
        remedy: words(
            "请报送单位补报可编辑的文字版本；不能补报的，对照原件核对该页",
            "ask the agency for the report as a document with text; failing that, read the page yourself",
        ),
        exempt: "图片占据某一部分或某张表的位置的，由 INB004 指出；文字页上的插图、公章和底图不算。",
    },
    check: Check::Intake,
};
