//! The words of the dashboard.

use crate::ledger::{Class, SortKey, WatchMode};

use super::{Wording, Words, words};

pub use super::office::*;

/// Name of the program.
pub const NAME: Words = words("年审", "nianshen");
/// A file that waits for its audit.
pub const WAITING: Words = words("待审", "waiting");
/// A file that is still arriving.
pub const RECEIVING: Words = words("接收中", "arriving");
/// The sign of a file that waits for its audit.
pub const WAITING_SIGN: &str = "…";
/// A unit that has not reported and need not yet.
pub const AWAITED: Words = words("待报送", "awaited");
/// Shown for what is not known.
pub const UNKNOWN: &str = "–";

/// Shown when the terminal is too small.
pub const TOO_SMALL: Words = words("窗口太小，请放大", "window too small");
/// Title of the empty inbox.
pub const EMPTY_INBOX: Words = words("收件目录里还没有文件", "The inbox is empty");
/// What to do about an empty inbox.
pub const EMPTY_HINT: Words = words(
    "把年度报告放进这个目录，审核结果随即出现在这里。",
    "Drop annual reports into this directory; their verdicts appear here at once.",
);
/// While the first scan has found nothing yet.
pub const STARTING: Words = words("正在查看收件目录…", "Looking through the inbox…");
/// Nothing passes the filter.
pub const NOTHING_MATCHES: Words = words("没有符合筛选条件的文件", "Nothing matches the filter");
/// How to leave the filter.
pub const FILTER_HINT: Words = words(
    "机关（汉字或拼音）、结论、规则代码均可；Esc 清除。",
    "Agency (Chinese or pinyin), verdict or rule code; Esc clears.",
);
/// A submission without findings.
pub const NO_FINDINGS: Words = words("没有发现问题", "Nothing found wrong");
/// Before the first audit.
pub const NOT_YET_AUDITED: Words = words("等待审核", "Waiting for its audit");
/// The opened file is gone.
pub const GONE: Words = words("文件已不在收件目录中", "the file is no longer in the inbox");
/// A new audit waits.
pub const AUDITING: Words = words("有新内容，审核中", "changed, being audited");
/// The channel of events has closed.
pub const NO_WATCHER: Words = words("监视已停止", "watching has stopped");

/// Tab of the findings.
pub const FINDINGS: Words = words("问题", "Findings");
/// Tab of the parts.
pub const PARTS: Words = words("正文", "Text");
/// Tab of table two.
pub const TABLE_TWO: Words = words("表二 主动公开", "Disclosure");
/// Tab of table three.
pub const TABLE_THREE: Words = words("表三 申请", "Requests");
/// Tab of table four.
pub const TABLE_FOUR: Words = words("表四 复议诉讼", "Disputes");
/// Tab of the source.
pub const SOURCE: Words = words("原文", "Source");

/// Label of the evidence.
pub const EVIDENCE: Words = words("原文", "Text");
/// Label of the place.
pub const PLACE: Words = words("位置", "Place");
/// Label of expected and actual.
pub const EXPECTED: Words = words("应为", "Expected");
/// Label of the actual figure.
pub const ACTUAL: Words = words("实为", "Actual");
/// Label of the likely slip.
pub const LIKELY: Words = words("疑误", "Likely");
/// Between a name and what is said of it.
pub const COLON: Words = words("：", ": ");
/// Label of the basis.
pub const BASIS: Words = words("依据", "Basis");
/// Label of the condition.
pub const CONDITION: Words = words("条件", "Broken");
/// Label of the remedy.
pub const REMEDY: Words = words("怎么改", "To do");
/// Label of the example.
pub const EXAMPLE: Words = words("例", "Example");
/// Label of what is exempt.
pub const EXEMPT: Words = words("不管", "Exempt");
/// Label of a remark.
pub const NOTE_ON: Words = words("关系", "Cause");
/// Said of a consequence.
pub const CONSEQUENCE: Words = words("由上一项引起", "follows from the finding above");
/// Heading of the doubts.
pub const DOUBT: Words = words("识别存疑", "doubt");
/// Heading of what could not be judged.
pub const UNASSESSED: Words = words("不可判", "not assessed");
/// A finding of no rule known here.
pub const NO_MANUAL: Words = words("没有这条规则的说明", "there is no manual page for this rule");

/// The table was not found.
pub const NO_TABLE: Words = words("没有识别出这张表", "This table was not found in the file");
/// No report was made out.
pub const NO_REPORT: Words = words("没有识别出报告", "No report could be made out");
/// The file has no text to show.
pub const NO_SOURCE: Words = words("没有可显示的原文", "There is no text to show");
/// A part that was not found.
pub const NO_PART: Words = words("没有识别出这一部分", "This part was not found");
/// A part without running text.
pub const NO_TEXT: Words = words("这一部分没有文字", "This part has no running text");
/// A heading that was recognised by content only.
pub const NO_HEADING: Words = words("（标题缺失，按内容识别）", "(no heading; known by its content)");
/// Rows the form does not have.
pub const EXTRA_ROWS: Words = words("表外行", "rows not on the form");

/// Legend of the table screen.
pub const LEGEND: Words = words(
    "✗ 不符  * 相关  ≠ 疑误  ␣ 空白  ／ 不适用  ？ 未识别  · 未印",
    "✗ broken  * involved  ≠ slip  ␣ blank  ／ n/a  ？ unreadable  · not printed",
);
/// A blank cell in words.
pub const BLANK: Words = words("空白", "blank");
/// A cell marked as not applicable, in words.
pub const NOT_APPLICABLE: Words = words("不适用", "not applicable");
/// An unreadable cell in words.
pub const UNREADABLE: Words = words("未识别", "unreadable");
/// A cell that is not printed, in words.
pub const NOT_PRINTED: Words = words("未印", "not printed");

/// Neither a cell nor a finding stands at the line.
pub const NO_CELL_HERE: Words = words("这一行没有表格单元格，也没有问题", "no table cell and no finding on this line");
/// The place is not known.
pub const NO_PLACE: Words = words("没有可跳转的位置", "there is no place to go to");
/// No single change would mend a table.
pub const NO_LIKELY: Words = words("没有单独一格可以解释", "no single cell would explain it");
/// Standard output leads elsewhere.
pub const NO_TERMINAL: Words = words("标准输出不是终端，无法显示看板", "standard output is not a terminal");
/// After the last finding comes the first.
pub const WRAPPED: Words = words("已到末尾，回到第一项", "past the last finding: back to the first");
/// Before the first finding comes the last.
pub const WRAPPED_BACK: Words = words("已到开头，转到最后一项", "before the first finding: on to the last");

/// Title of the help.
pub const HELP: Words = words("按键", "Keys");
/// Title of a manual page.
pub const MANUAL: Words = words("规则说明", "Manual");

/// The head of a column of the list.
#[must_use]
pub const fn column(key: SortKey) -> Words {
    match key {
        SortKey::Verdict => words("结论", "Verdict"),
        SortKey::Agency => words("机关", "Agency"),
        SortKey::Year => words("年度", "Year"),
        SortKey::Errors => words("错误", "Err"),
        SortKey::Warnings => words("警告", "Warn"),
        SortKey::File => words("文件", "File"),
        SortKey::Received => words("到达", "When"),
        SortKey::Handling => words("处理", "Handling"),
    }
}

/// What a row counts as.
#[must_use]
pub const fn class(class: Class) -> Words {
    match class {
        Class::Judged(verdict) => verdict.words(),
        Class::Waiting => WAITING,
        Class::Awaited => AWAITED,
    }
}

/// The sign of what a row counts as.
#[must_use]
pub const fn sign(class: Class) -> &'static str {
    match class {
        Class::Judged(verdict) => verdict.sign(),
        Class::Waiting => WAITING_SIGN,
        Class::Awaited => "◌",
    }
}

/// How changes are noticed.
#[must_use]
pub const fn mode(mode: WatchMode) -> Words {
    match mode {
        WatchMode::Notified => words("监视中", "watching"),
        WatchMode::Polling => words("轮询中", "polling"),
    }
}

/// When the last change was noticed.
#[must_use]
pub fn last_event(time: &str) -> Wording {
    Wording::new(format!("最近变动 {time}"), format!("last change {time}"))
}

/// How many lines there was no room for.
#[must_use]
pub fn more(count: usize) -> Wording {
    Wording::new(format!("… 还有 {count} 项"), format!("… {count} more"))
}

/// How many files wait.
#[must_use]
pub fn queued(count: usize) -> Wording {
    Wording::new(format!("待审 {count}"), format!("{count} queued"))
}

/// Progress of the scan.
#[must_use]
pub fn scanning(done: usize, found: usize) -> Wording {
    Wording::new(format!("审核 {done}/{found}"), format!("auditing {done}/{found}"))
}

/// The reading `value` instead of what is printed at a cell.
#[must_use]
pub fn likely(cell: &Wording, value: &str) -> Wording {
    Wording::new(format!("{} 改为 {value}，则全表相符", cell.zh), format!("{}: {value} would mend the table", cell.en))
}

/// How many rows there are above and below what is shown.
#[must_use]
pub fn position(at: usize, of: usize) -> String {
    format!("{at}/{of}")
}
