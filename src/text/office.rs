//! The words of the office: the roster, decisions, versions, the ledger.

use std::sync::Arc;

use crate::ledger::store::{Decision, DecisionKind};
use crate::ledger::{State, Tally};
use crate::report::agency::{Kind, Level};
use crate::rule::Totals;

use super::{Wording, Words, printable, words};

/// No place for a ledger.
pub const NO_STATE_DIRECTORY: Words = words(
    "没有可用的用户目录存放台账，决定不会保存；可用 --state 指定文件",
    "there is no user directory for the ledger, decisions are not kept; name a file with --state",
);
/// The ledger would lie in the inbox.
pub const LEDGER_IN_INBOX: Words = words(
    "台账不能放在收件目录里，报送者可能改动它；请另选位置",
    "the ledger must not lie in the inbox, where submitters could change it; choose another place",
);
/// The dashboard only looks.
pub const READ_ONLY: Words = words("只读方式打开，不能作决定", "opened for reading only: nothing can be decided");
/// An audit that was written down cannot be read.
pub const AUDIT_LOST: Words = words(
    "台账里没有这份审核结果，文件变动或重启后会重新审核",
    "the ledger no longer holds this audit; it is made anew when the file changes or the program restarts",
);
/// There is no roster.
pub const NO_ROSTER: Words = words(
    "没有报送单位名单；把 roster.csv 放进收件目录即可（nianshen roster init 可生成）",
    "there is no roster; put roster.csv into the inbox (nianshen roster init proposes one)",
);
/// Title of the progress of reporting.
pub const PROGRESS: Words = words("报送进度", "Progress");
/// Heads of the columns of the progress.
pub const PROGRESS_COLUMNS: [Words; 6] = [
    words("应报", "units"),
    words("已报", "in time"),
    words("迟报", "late"),
    words("待报", "awaited"),
    words("未报", "missing"),
    words("免报", "exempt"),
];
/// All units.
pub const ALL_UNITS: Words = words("合计", "All");
/// A unit of which neither level nor kind is known.
pub const SOME_UNIT: Words = words("其他", "others");
/// Title of a history.
pub const HISTORY: Words = words("履历", "History");
/// Heading of the versions.
pub const VERSIONS: Words = words("版本", "Versions");
/// A version that lies in the inbox no more.
pub const GONE_NOW: Words = words("已不在收件目录", "no longer in the inbox");
/// Heading of the cells that a version changed.
pub const CHANGED_CELLS: Words = words("改动的数字", "Changed figures");
/// Heading of the sentences that a version changed.
pub const CHANGED_TEXT: Words = words("改动的文字", "Changed text");
/// Heading of the decisions.
pub const DECISIONS: Words = words("决定", "Decisions");
/// Nobody has decided yet.
pub const NO_DECISIONS: Words = words("还没有", "none yet");
/// Nothing has been received from the unit.
pub const NOT_SUBMITTED: Words = words("还没有收到它的报告", "its report has not been received yet");
/// No row is selected.
pub const NOTHING_SELECTED: Words = words("没有选中的报告", "no report is selected");
/// A decision needs a reason.
pub const REASON_NEEDED: Words = words("请写明理由，Esc 放弃", "give a reason, or leave it with Esc");
/// No unit was named.
pub const UNIT_NEEDED: Words =
    words("写单位名称或拼音首字母，Esc 放弃", "name a unit of the roster or its initials, or leave it with Esc");
/// Heading of the units that are offered.
pub const UNITS: Words = words("名单上的单位（Tab 或 ↑↓ 选择）", "units of the roster (Tab or ↑↓ to choose)");
/// The agency is open already.
pub const IS_OPEN: Words = words("还没有通过或退回，不必重审", "it is neither passed nor returned");
/// The operator has decided nothing here.
pub const NOTHING_TO_UNDO: Words =
    words("您在这份报告上没有可撤销的决定", "there is no decision of yours to take back here");
/// The operator does not stand on a finding.
pub const NO_FINDING_HERE: Words = words("先选中一项问题", "select a finding first");
/// Label of the day by which a report is due.
pub const DUE: Words = words("截止", "Due");
/// Label of whom to call.
pub const CONTACT: Words = words("联系", "Contact");
/// Label of what an operator said.
pub const SAID: Words = words("处理", "Decided");
/// A version that a newer one stands for.
pub const OLDER_VERSION: Words = words("旧版", "older");
/// What lies beside a report and is none.
pub const BESIDE: Words = words("其他文件", "beside");
/// The two where there is room for no more.
pub const HIDDEN_MARK: &str = "v";

/// What operators decided on an agency.
#[must_use]
pub const fn state(state: State) -> Words {
    match state {
        State::Returned => words("↩ 已退回", "↩ returned"),
        State::Reopened => words("↻ 待重审", "↻ changed"),
        State::Open => words("未审", "open"),
        State::Passed => words("✓ 已通过", "✓ passed"),
    }
}

/// What is wrong with the roster, and that the one before holds.
#[must_use]
pub fn roster_holds(why: &Wording) -> Wording {
    Wording::new(format!("沿用原名单：{}", why.zh), format!("the roster before holds: {}", why.en))
}

/// How long an agency still has.
#[must_use]
pub fn days_left(days: i64) -> Wording {
    match days {
        0 => Wording::new("今天截止", "due today"),
        1.. => Wording::new(format!("还有{days}天"), format!("{days} d left")),
        _ => Wording::new(format!("逾期{}天", -days), format!("{} d late", -days)),
    }
}

/// What a decision is called.
#[must_use]
pub fn kind(kind: &DecisionKind) -> Wording {
    let words = match kind {
        DecisionKind::Pass => words("通过", "passed"),
        DecisionKind::Return => words("退回", "returned"),
        DecisionKind::Reopen => words("重新审核", "reopened"),
        DecisionKind::Confirm => words("确认问题", "confirmed"),
        DecisionKind::Dismiss => words("排除问题", "dismissed"),
        DecisionKind::Undo => words("撤销", "undone"),
        DecisionKind::Match => words("归属", "matched"),
        DecisionKind::Note => words("备注", "noted"),
        DecisionKind::Unknown(name) => return Wording::new(name.clone(), name.clone()),
    };
    words.into()
}

/// Said once a decision is written down.
#[must_use]
pub fn decided(decision: &Decision) -> Wording {
    let (name, word) = (printable(&decision.unit.agency), kind(&decision.kind));
    let rule = decision.finding.as_ref().map(|finding| format!(" {}", printable(&finding.rule))).unwrap_or_default();
    let (zh, en) = match decision.undoes {
        Some(id) => (format!("（第 {id} 号决定）"), format!(" (decision {id})")),
        None => ("（u 撤销）".to_owned(), " (u takes it back)".to_owned()),
    };
    Wording::new(format!("已记录：{name} {}{rule}{zh}", word.zh), format!("written down: {name} {}{rule}{en}", word.en))
}

/// Said when the last decision was made at another dashboard, before it is taken back; `when` is its time.
#[must_use]
pub fn undo_other(decision: &Decision, when: &str) -> Wording {
    let (login, host) = (printable(&decision.operator.login), printable(&decision.operator.host));
    let (id, word, name) = (decision.id, kind(&decision.kind), printable(&decision.unit.agency));
    Wording::new(
        format!(
            "本次运行没有可撤销的；上一个是 {login}@{host} 在别处 {when} 作的第 {id} 号决定（{name} {}），再按 u 撤销它",
            word.zh
        ),
        format!(
            "nothing of this run to take back; the last is decision {id} ({name} {}) by {login}@{host}, made elsewhere on {when}: u again takes it back",
            word.en
        ),
    )
}

/// Said when somebody else has decided on what is on the screen.
#[must_use]
pub fn decided_by(decision: &Decision) -> Wording {
    let (login, kind) = (printable(&decision.operator.login), kind(&decision.kind));
    let rule = decision.finding.as_ref().map(|finding| format!(" {}", printable(&finding.rule))).unwrap_or_default();
    let name = printable(&decision.unit.agency);
    Wording::new(format!("{login} 刚刚{}：{name}{rule}", kind.zh), format!("{login} just {}: {name}{rule}", kind.en))
}

/// Asked when an agency with errors is to be passed.
#[must_use]
pub fn pass_despite(name: &str, errors: usize) -> Wording {
    Wording::new(
        format!("{name} 有 {errors} 项错误，通过的理由："),
        format!("{name} has {errors} errors; pass it because: "),
    )
}

/// Asked when a report is returned.
#[must_use]
pub fn why_return(name: &str) -> Wording {
    Wording::new(format!("退回 {name}，附言（可空）："), format!("return {name}; a word to it (may be empty): "))
}

/// Asked when a finding is dismissed.
#[must_use]
pub fn why_dismiss(rule: &str) -> Wording {
    Wording::new(format!("排除 {rule} 的理由："), format!("dismiss {rule} because: "))
}

/// Asked when a report is assigned to a unit of the roster.
#[must_use]
pub fn which_unit(name: &str) -> Wording {
    Wording::new(
        format!("{name} 归属（单位名称或拼音首字母）："),
        format!("{name} belongs to (name or pinyin initials): "),
    )
}

/// Said when what was typed names no unit, or several.
#[must_use]
pub fn units_found(typed: &str, found: &[&Arc<str>]) -> Wording {
    let typed = printable(typed);
    if found.is_empty() {
        return Wording::new(format!("名单上没有“{typed}”"), format!("the roster has no “{typed}”"));
    }
    let named: Vec<&str> = found.iter().take(4).map(|unit| &***unit).collect();
    let (zh, en) = (named.join("、"), named.join(", "));
    Wording::new(
        format!("“{typed}”可以是 {} 个单位：{zh}…", found.len()),
        format!("“{typed}” could be {} units: {en}…", found.len()),
    )
}

/// Level and kind of units, in words.
#[must_use]
pub fn group(level: Option<Level>, kind: Option<Kind>) -> Wording {
    let level = level.map(|level| match level {
        Level::Province => words("省级", "province"),
        Level::Prefecture => words("市级", "prefecture"),
        Level::City => words("市", "city"),
        Level::County => words("县级", "county"),
        Level::Zone => words("开发区", "zone"),
        Level::Township => words("乡镇街道", "township"),
    });
    let kind = kind.map(|kind| match kind {
        Kind::Government => words("政府", "government"),
        Kind::GovernmentOffice => words("政府办公室", "government office"),
        Kind::Department => words("部门", "department"),
        Kind::Subdistrict => words("街道办事处", "subdistrict"),
        Kind::ZoneCommittee => words("管委会", "zone committee"),
    });
    match (level, kind) {
        (None, None) => SOME_UNIT.into(),
        (Some(one), None) | (None, Some(one)) => one.into(),
        (Some(level), Some(kind)) => {
            Wording::new(format!("{} {}", level.zh, kind.zh), format!("{} {}", level.en, kind.en))
        }
    }
}

/// Said when a decision could not be written down.
#[must_use]
pub fn not_decided(why: &Wording) -> Wording {
    Wording::new(format!("没有记录，请重试：{}", why.zh), format!("not written down, try again: {}", why.en))
}

/// That a version is the same as an earlier one.
#[must_use]
pub fn same_as(number: usize) -> Wording {
    Wording::new(format!("与 v{number} 完全相同"), format!("the same as v{number}"))
}

/// What became of the findings of the version before.
#[must_use]
pub fn step(corrected: usize, left: usize, added: usize) -> Wording {
    let asked = corrected + left;
    Wording::new(
        format!("上次 {asked} 项：已改 {corrected}，未改 {left}，新增 {added}"),
        format!("of {asked} findings before: {corrected} corrected, {left} left, {added} new"),
    )
}

/// How many rows there are, and what is not among them.
#[must_use]
pub fn counted(tally: Tally, totals: Option<&Totals>) -> Wording {
    let exempt = totals.map_or(0, |totals| totals.all.exempt);
    let expected = tally.rows - tally.files;
    let mut words = if totals.is_none() {
        Wording::new(format!("共 {} 份", tally.files), format!("{} files", tally.files))
    } else {
        Wording::new(
            format!("共 {} 家 · 已报 {} · 未到 {expected}", tally.rows, tally.files),
            format!("{} agencies · {} reported · {expected} not yet", tally.rows, tally.files),
        )
    };
    if exempt > 0 {
        words.zh.push_str(&format!(" · 免报 {exempt}"));
        words.en.push_str(&format!(" · {exempt} exempt"));
    }
    if tally.superseded > 0 {
        words.zh.push_str(&format!(" · 旧版 {}", tally.superseded));
        words.en.push_str(&format!(" · {} older", tally.superseded));
    }
    if tally.beside > 0 {
        words.zh.push_str(&format!(" · 其他文件 {}", tally.beside));
        words.en.push_str(&format!(" · {} beside", tally.beside));
    }
    words
}
