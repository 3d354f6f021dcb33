//! The prescribed form in the words of the interface: full names, and the short ones that equations use.
//!
//! In Chinese the form speaks for itself; English names follow the published translations of the
//! regulations.

use crate::report::form::RowKind;
use crate::report::form::trial::TRIAL;
use crate::report::{CellRef, ClaimKind, TableKind, Topic};

use super::{Words, words};

/// The table's name: which part it belongs to and what it counts.
#[must_use]
pub const fn table(kind: TableKind) -> Words {
    match kind {
        TableKind::ProactiveDisclosure => words("主动公开", "Disclosure"),
        TableKind::Requests => words("依申请公开", "Requests"),
        TableKind::Disputes => words("复议诉讼", "Disputes"),
    }
}

/// The heading of a part of the report, 1 to 6.
#[must_use]
pub const fn part(number: u8) -> Words {
    match number {
        1 => words("一、总体情况", "1 General situation"),
        2 => words("二、主动公开政府信息情况", "2 Proactive disclosure"),
        3 => words("三、收到和处理政府信息公开申请情况", "3 Requests received and handled"),
        4 => words("四、政府信息公开行政复议、行政诉讼情况", "4 Reconsideration and litigation"),
        5 => words("五、存在的主要问题及改进情况", "5 Problems and improvements"),
        6 => words("六、其他需要报告的事项", "6 Other matters"),
        _ => words("前言", "Preamble"),
    }
}

/// A topic of part one.
#[must_use]
pub const fn topic(topic: Topic) -> Words {
    let en = match topic {
        Topic::ProactiveDisclosure => "proactive disclosure",
        Topic::Requests => "disclosure upon request",
        Topic::InformationManagement => "information management",
        Topic::Platform => "platforms",
        Topic::Supervision => "supervision",
    };
    words(topic.label(), en)
}

/// What a claim of the prose counts.
#[must_use]
pub const fn claim(kind: ClaimKind) -> Words {
    match kind {
        ClaimKind::ProactiveTotal => words("主动公开信息数", "proactively disclosed"),
        ClaimKind::ApplicationsReceived => words("收到申请", "applications received"),
        ClaimKind::ApplicationsCarriedIn => words("上年结转", "carried in"),
        ClaimKind::ApplicationsCompleted => words("办结", "completed"),
        ClaimKind::ApplicationsCarriedOut => words("结转下年", "carried out"),
        ClaimKind::ApplicationsAllCompleted => words("全部办结", "all completed"),
        ClaimKind::ApplicationsGranted => words("予以公开", "granted"),
        ClaimKind::ApplicationsPartiallyGranted => words("部分公开", "partially granted"),
        ClaimKind::ApplicationsDenied => words("不予公开", "denied"),
        ClaimKind::ApplicationsUnavailable => words("无法提供", "unavailable"),
        ClaimKind::ApplicationsNotProcessed => words("不予处理", "not processed"),
        ClaimKind::ApplicationsOther => words("其他处理", "handled otherwise"),
        ClaimKind::Reconsiderations => words("行政复议", "reconsiderations"),
        ClaimKind::Litigations => words("行政诉讼", "litigations"),
        ClaimKind::NormativeDocumentsMade => words("规范性文件制发", "normative documents made"),
        ClaimKind::NormativeDocumentsRepealed => words("规范性文件废止", "normative documents repealed"),
        ClaimKind::NormativeDocumentsInForce => words("规范性文件现行有效", "normative documents in force"),
        ClaimKind::Penalties => words("行政处罚", "penalties"),
        ClaimKind::Licences => words("行政许可", "licences"),
        ClaimKind::CompulsoryMeasures => words("行政强制", "compulsory measures"),
        ClaimKind::FeeCharged => words("信息处理费（元）", "processing fee (yuan)"),
        ClaimKind::Breakdown => words("总数与分项", "total and parts"),
        ClaimKind::Percentage => words("占比（%）", "percentage"),
        ClaimKind::YearOnYear => words("同比（%）", "year on year (%)"),
    }
}

/// The row of the form, without the group it stands in.
#[must_use]
pub fn row(kind: TableKind, row: usize) -> Words {
    let names = match kind {
        TableKind::ProactiveDisclosure => PROACTIVE_ROWS,
        TableKind::Requests => REQUESTS_ROWS,
        TableKind::Disputes => DISPUTES_ROWS,
    };
    let zh = kind.form().rows[row].label;
    words(zh, names.get(row).copied().unwrap_or(zh))
}

/// The column of the form.
#[must_use]
pub fn column(kind: TableKind, column: usize) -> Words {
    let names = match kind {
        TableKind::ProactiveDisclosure => PROACTIVE_COLUMNS,
        TableKind::Requests => REQUESTS_COLUMNS,
        TableKind::Disputes => DISPUTES_COLUMNS,
    };
    let zh = kind.form().columns[column].label;
    words(zh, names.get(column).copied().unwrap_or(zh))
}

/// The head of a column where there is little room for it.
#[must_use]
pub fn column_narrow(kind: TableKind, column: usize) -> Words {
    let words = self::column(kind, column);
    match kind {
        TableKind::Requests => Words { en: REQUESTS_HEADS.get(column).copied().unwrap_or(words.en), ..words },
        _ => words,
    }
}

/// The row by its number in the form, as people quote it: 一, 三(七), 三(三)1.
#[must_use]
pub fn row_short(kind: TableKind, row: usize) -> Words {
    match kind {
        TableKind::Requests => REQUESTS_SHORT.get(row).copied().unwrap_or(words("", "")),
        _ => self::row(kind, row),
    }
}

/// The group a row of the requests table stands in, if any: the group's own row.
#[must_use]
pub fn group_of(kind: TableKind, row: usize) -> Option<usize> {
    kind.form().rows.iter().position(
        |candidate| matches!(candidate.kind, RowKind::Group { first, last } if (first as usize..=last as usize).contains(&row)),
    )
}

/// A cell by row and column, as a sentence names it.
#[must_use]
pub fn cell(at: CellRef) -> super::Wording {
    let (row, column) = (at.row as usize, at.column as usize);
    let (label, head) = (self::row(at.table, row), self::column(at.table, column));
    let group = group_of(at.table, row).map(|group| self::row(at.table, group));
    super::Wording::new(
        format!("{}{} · {}", group.map_or("", |group| group.zh), label.zh, head.zh),
        match group {
            Some(group) => format!("{}: {} · {}", group.en, label.en, head.en),
            None => format!("{} · {}", label.en, head.en),
        },
    )
}

/// Heads of the blocks of table two, each with the rows it covers.
pub const PROACTIVE_BLOCKS: [(Words, std::ops::Range<usize>); 4] = [
    (words("第二十条第（一）项", "Article 20 (1)"), 0..2),
    (words("第二十条第（五）项", "Article 20 (5)"), 2..3),
    (words("第二十条第（六）项", "Article 20 (6)"), 3..5),
    (words("第二十条第（八）项", "Article 20 (8)"), 5..6),
];

/// A row of the table of part two on the trial form.
#[must_use]
pub fn trial_row(row: usize) -> Words {
    let zh = TRIAL.rows[row].label;
    words(zh, TRIAL_ROWS.get(row).copied().unwrap_or(zh))
}

/// A column of the table of part two on the trial form.
#[must_use]
pub fn trial_column(column: usize) -> Words {
    let zh = TRIAL.columns[column].label;
    words(zh, TRIAL_COLUMNS.get(column).copied().unwrap_or(zh))
}

/// A cell of that table, as a sentence names it.
#[must_use]
pub fn trial_cell(row: usize, column: usize) -> super::Wording {
    let (label, head) = (trial_row(row), trial_column(column));
    super::Wording::new(format!("{} · {}", label.zh, head.zh), format!("{} · {}", label.en, head.en))
}

/// Heads of the blocks of that table, each with the rows it covers.
pub const TRIAL_BLOCKS: [(Words, std::ops::Range<usize>); 5] = [
    (words("第二十条第（一）项", "Article 20 (1)"), 0..2),
    (words("第二十条第（五）项", "Article 20 (5)"), 2..4),
    (words("第二十条第（六）项", "Article 20 (6)"), 4..6),
    (words("第二十条第（八）项", "Article 20 (8)"), 6..7),
    (words("第二十条第（九）项", "Article 20 (9)"), 7..8),
];

/// The head over the five columns of organisations in table three.
pub const ORGANIZATIONS: Words = words("法人或其他组织", "legal persons and organizations");
/// The vertical head of table three beside the outcomes.
pub const OUTCOMES: Words = words("三、本年度办理结果", "Outcome");

/// The head of a block of table four.
#[must_use]
pub const fn dispute_block(row: usize) -> Words {
    match row {
        0 => words("行政复议", "Reconsideration"),
        1 => words("行政诉讼 · 未经复议直接起诉", "Litigation, direct"),
        _ => words("行政诉讼 · 复议后起诉", "Litigation, after review"),
    }
}

/// The two lines in which the form prints the label of a group of table three.
#[must_use]
pub const fn group_lines(row: usize) -> [Words; 2] {
    match row {
        4 => [words("（三）", "(3)"), words("不予公开", "Denied")],
        13 => [words("（四）", "(4)"), words("无法提供", "Unavail.")],
        17 => [words("（五）", "(5) Not"), words("不予处理", "processed")],
        23 => [words("（六）", "(6)"), words("其他处理", "Other")],
        _ => [words("", ""), words("", "")],
    }
}

const PROACTIVE_ROWS: &[&str] = &[
    "Government rules",
    "Normative documents",
    "Administrative licensing",
    "Administrative penalties",
    "Compulsory measures",
    "Administrative fees",
];
const PROACTIVE_COLUMNS: &[&str] =
    &["Made this year", "Repealed this year", "In force", "Decisions this year", "Amount (10,000 yuan)"];
const TRIAL_ROWS: &[&str] = &[
    "Government rules",
    "Normative documents",
    "Administrative licensing",
    "Other public services",
    "Administrative penalties",
    "Compulsory measures",
    "Administrative fees",
    "Government procurement",
];
const TRIAL_COLUMNS: &[&str] = &[
    "Newly made",
    "Newly published",
    "Published in all",
    "Items last year",
    "Change",
    "Decisions",
    "Items procured",
    "Total amount",
];
const REQUESTS_COLUMNS: &[&str] =
    &["Natural person", "Enterprise", "Research inst.", "Welfare org.", "Legal service", "Other", "Total"];
const REQUESTS_HEADS: &[&str] = &["Pers.", "Firm", "Res.", "NPO", "Legal", "Other", "Total"];
const DISPUTES_ROWS: &[&str] =
    &["Reconsideration", "Litigation: brought directly", "Litigation: after reconsideration"];
const DISPUTES_COLUMNS: &[&str] = &["Upheld", "Corrected", "Other", "Pending", "Total"];
const REQUESTS_ROWS: &[&str] = &[
    "1 Newly received",
    "2 Carried in from last year",
    "(1) Granted",
    "(2) Partially granted",
    "(3) Denied",
    "1 State secret",
    "2 Prohibited by law",
    "3 Three securities, one stability",
    "4 Third-party rights",
    "5 Internal affairs",
    "6 Process information",
    "7 Enforcement files",
    "8 Administrative inquiry",
    "(4) Unavailable",
    "1 Not held",
    "2 Requires creation",
    "3 Still unclear",
    "(5) Not processed",
    "1 Petition or complaint",
    "2 Duplicate",
    "3 Published material",
    "4 Excessive",
    "5 Confirm or reissue",
    "(6) Other",
    "1 Not corrected in time",
    "2 Fee not paid in time",
    "3 Other",
    "(7) Total handled",
    "4 Carried out to next year",
];
const REQUESTS_SHORT: &[Words] = &[
    words("一", "new"),
    words("二", "carried in"),
    words("三(一)", "granted"),
    words("三(二)", "partial"),
    words("三(三)", "denied"),
    words("三(三)1项", "denied(1)"),
    words("三(三)2项", "denied(2)"),
    words("三(三)3项", "denied(3)"),
    words("三(三)4项", "denied(4)"),
    words("三(三)5项", "denied(5)"),
    words("三(三)6项", "denied(6)"),
    words("三(三)7项", "denied(7)"),
    words("三(三)8项", "denied(8)"),
    words("三(四)", "unavailable"),
    words("三(四)1项", "unavailable(1)"),
    words("三(四)2项", "unavailable(2)"),
    words("三(四)3项", "unavailable(3)"),
    words("三(五)", "not processed"),
    words("三(五)1项", "not processed(1)"),
    words("三(五)2项", "not processed(2)"),
    words("三(五)3项", "not processed(3)"),
    words("三(五)4项", "not processed(4)"),
    words("三(五)5项", "not processed(5)"),
    words("三(六)", "other"),
    words("三(六)1项", "other(1)"),
    words("三(六)2项", "other(2)"),
    words("三(六)3项", "other(3)"),
    words("三(七)", "handled"),
    words("四", "carried out"),
];
