//! The prescribed form, declared once as data: tables, rows, columns, labels and their aliases.
//!
//! Source: annex of 国办公开办函〔2021〕30号. Rows and columns are numbered in the form's order; the
//! identifiers are those of the published JSON. What ties the cells together stands in
//! [`identity`](super::identity).

pub mod trial;

use serde::{Deserialize, Serialize};

/// One of the three statistical tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TableKind {
    /// Part two, 10 cells.
    ProactiveDisclosure,
    /// Part three, 175 cells and up to four group rows.
    Requests,
    /// Part four, 15 cells.
    Disputes,
}

impl TableKind {
    /// All three, in the form's order.
    pub const ALL: [Self; 3] = [Self::ProactiveDisclosure, Self::Requests, Self::Disputes];

    /// The key of the table in the published JSON.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::ProactiveDisclosure => "proactive_disclosure",
            Self::Requests => "requests",
            Self::Disputes => "disputes",
        }
    }

    /// The part of the report it stands in.
    #[must_use]
    pub const fn part(self) -> u8 {
        match self {
            Self::ProactiveDisclosure => 2,
            Self::Requests => 3,
            Self::Disputes => 4,
        }
    }

    /// The form of the table.
    #[must_use]
    pub const fn form(self) -> &'static Form {
        match self {
            Self::ProactiveDisclosure => &PROACTIVE,
            Self::Requests => &REQUESTS,
            Self::Disputes => &DISPUTES,
        }
    }

    /// Every cell the form prescribes, row by row; group rows are left out.
    pub fn cells(self) -> impl Iterator<Item = CellRef> {
        let form = self.form();
        (0..form.rows.len()).filter(move |&row| form.rows[row].kind == RowKind::Value).flat_map(move |row| {
            form.rows[row].columns.iter().map(move |&column| CellRef::new(self, row, column as usize))
        })
    }
}

/// One table of the form.
#[derive(Debug)]
pub struct Form {
    /// Which table.
    pub kind: TableKind,
    /// Its rows.
    pub rows: &'static [Row],
    /// Its columns.
    pub columns: &'static [Column],
}

impl Form {
    /// Index of a cell in a row-major list of the table's cells.
    #[must_use]
    pub const fn index(&self, row: usize, column: usize) -> usize {
        row * self.columns.len() + column
    }
}

/// A row of the form.
#[derive(Debug)]
pub struct Row {
    /// Key in the published JSON.
    pub id: &'static str,
    /// Exact text of the form.
    pub label: &'static str,
    /// Other texts that pass silently for it.
    pub aliases: &'static [&'static str],
    /// Whether the form prints figures in it.
    pub kind: RowKind,
    /// The columns in which it has a cell.
    pub columns: &'static [u8],
}

/// What a row of the form is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKind {
    /// A row of figures.
    Value,
    /// A heading over its children, printed with figures only where an agency collapses or subtotals it.
    Group {
        /// First child row.
        first: u8,
        /// Last child row.
        last: u8,
    },
}

/// A column of the form.
#[derive(Debug)]
pub struct Column {
    /// Key in the published JSON.
    pub id: &'static str,
    /// Exact text of the form.
    pub label: &'static str,
    /// Whether figures in it may have decimals.
    pub decimal: bool,
}

/// A cell of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CellRef {
    /// The table.
    pub table: TableKind,
    /// Row of the form, from 0.
    pub row: u8,
    /// Column of the form, from 0.
    pub column: u8,
}

impl CellRef {
    /// The cell in `row` and `column` of `table`.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "no table has more than 29 rows or columns")]
    pub const fn new(table: TableKind, row: usize, column: usize) -> Self {
        Self { table, row: row as u8, column: column as u8 }
    }

    /// Its index in a row-major list of the table's cells.
    #[must_use]
    pub const fn index(self) -> usize {
        self.table.form().index(self.row as usize, self.column as usize)
    }

    /// Key of its row in the published JSON.
    #[must_use]
    pub const fn row_id(self) -> &'static str {
        self.table.form().rows[self.row as usize].id
    }

    /// Key of its column in the published JSON.
    #[must_use]
    pub const fn column_id(self) -> &'static str {
        self.table.form().columns[self.column as usize].id
    }

    /// Label of its row.
    #[must_use]
    pub const fn row_label(self) -> &'static str {
        self.table.form().rows[self.row as usize].label
    }

    /// Label of its column.
    #[must_use]
    pub const fn column_label(self) -> &'static str {
        self.table.form().columns[self.column as usize].label
    }
}

const fn row(id: &'static str, label: &'static str, aliases: &'static [&'static str], columns: &'static [u8]) -> Row {
    Row { id, label, aliases, kind: RowKind::Value, columns }
}

const fn group(id: &'static str, label: &'static str, first: u8, last: u8) -> Row {
    Row { id, label, aliases: &[], kind: RowKind::Group { first, last }, columns: APPLICANTS }
}

const fn column(id: &'static str, label: &'static str) -> Column {
    Column { id, label, decimal: false }
}

/// Table of part two: stock of rules and normative documents, decisions, fees (条例 第二十条 (一)(五)(六)(八)).
pub static PROACTIVE: Form = Form {
    kind: TableKind::ProactiveDisclosure,
    rows: &[
        row("government_rules", "规章", &[], STOCK),
        row("normative_documents", "行政规范性文件", &["规范性文件"], STOCK),
        row("licensing", "行政许可", &["其他对外管理服务事项"], DECISIONS),
        row("penalties", "行政处罚", &[], DECISIONS),
        row("compulsory_measures", "行政强制", &[], DECISIONS),
        row("fees", "行政事业性收费", &[], AMOUNT),
    ],
    columns: &[
        column("made", "本年制发件数"),
        column("repealed", "本年废止件数"),
        column("in_force", "现行有效件数"),
        column("decisions", "本年处理决定数量"),
        Column { id: "amount", label: "本年收费金额（单位：万元）", decimal: true },
    ],
};

const STOCK: &[u8] = &[0, 1, 2];
const DECISIONS: &[u8] = &[3];
const AMOUNT: &[u8] = &[4];
const APPLICANTS: &[u8] = &[0, 1, 2, 3, 4, 5, 6];
const OUTCOMES: &[u8] = &[0, 1, 2, 3, 4];

/// Rows and columns of the table of part three that rules and identities name.
pub mod requests {
    /// 一、本年新收.
    pub const NEW_RECEIVED: usize = 0;
    /// 二、上年结转.
    pub const CARRIED_IN: usize = 1;
    /// First of the rows that add up to the total handled.
    pub const FIRST_OUTCOME: usize = 2;
    /// Last of the rows that add up to the total handled.
    pub const LAST_OUTCOME: usize = 26;
    /// （六）2. 逾期未缴费.
    pub const FEE_NOT_PAID_IN_TIME: usize = 25;
    /// （七）总计.
    pub const TOTAL_HANDLED: usize = 27;
    /// 四、结转下年度继续办理.
    pub const CARRIED_OUT: usize = 28;
    /// Column 总计.
    pub const ALL: usize = 6;
}

/// Table of part three: requests by outcome and applicant.
pub static REQUESTS: Form = Form {
    kind: TableKind::Requests,
    rows: &[
        row("new_received", "一、本年新收政府信息公开申请数量", &["一、本年新收"], APPLICANTS),
        row("carried_in", "二、上年结转政府信息公开申请数量", &["二、上年结转"], APPLICANTS),
        row("granted", "（一）予以公开", &[], APPLICANTS),
        row(
            "partially_granted",
            "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
            &["（二）部分公开"],
            APPLICANTS,
        ),
        group("denied", "（三）不予公开", 5, 12),
        row("denied.state_secret", "1.属于国家秘密", &[], APPLICANTS),
        row("denied.prohibited_by_law", "2.其他法律行政法规禁止公开", &["2.其他法律法规禁止公开"], APPLICANTS),
        row("denied.three_securities_one_stability", "3.危及“三安全一稳定”", &[], APPLICANTS),
        row("denied.third_party_rights", "4.保护第三方合法权益", &[], APPLICANTS),
        row("denied.internal_affairs", "5.属于三类内部事务信息", &[], APPLICANTS),
        row("denied.process_information", "6.属于四类过程性信息", &[], APPLICANTS),
        row("denied.enforcement_files", "7.属于行政执法案卷", &[], APPLICANTS),
        row("denied.administrative_inquiry", "8.属于行政查询事项", &[], APPLICANTS),
        group("unavailable", "（四）无法提供", 14, 16),
        row("unavailable.not_held", "1.本机关不掌握相关政府信息", &["1.本机关不掌握"], APPLICANTS),
        row("unavailable.requires_creation", "2.没有现成信息需要另行制作", &["2.需要另行制作"], APPLICANTS),
        row("unavailable.still_unclear", "3.补正后申请内容仍不明确", &["3.补正后仍不明确"], APPLICANTS),
        group("not_processed", "（五）不予处理", 18, 22),
        row("not_processed.petition_or_complaint", "1.信访举报投诉类申请", &["1.信访举报投诉"], APPLICANTS),
        row("not_processed.duplicate", "2.重复申请", &[], APPLICANTS),
        row("not_processed.published_material", "3.要求提供公开出版物", &["3.公开出版物"], APPLICANTS),
        row("not_processed.excessive", "4.无正当理由大量反复申请", &["4.大量反复申请"], APPLICANTS),
        row(
            "not_processed.confirm_or_reissue",
            "5.要求行政机关确认或重新出具已获取信息",
            &["5.确认或重新出具"],
            APPLICANTS,
        ),
        group("other", "（六）其他处理", 24, 26),
        row(
            "other.not_corrected_in_time",
            "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
            &["1.申请人无正当理由逾期不补正", "1.申请人逾期不补正", "1.逾期不补正"],
            APPLICANTS,
        ),
        row(
            "other.fee_not_paid_in_time",
            "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
            &["2.申请人逾期未按收费通知要求缴纳费用", "2.申请人逾期未缴费", "2.逾期不缴费", "2.逾期未缴费"],
            APPLICANTS,
        ),
        row("other.other", "3.其他", &[], APPLICANTS),
        row("total", "（七）总计", &["（七）合计", "（七）共计"], APPLICANTS),
        row(
            "carried_out",
            "四、结转下年度继续办理",
            &["四、结转下年度继续办理数量", "四、结转下一年度继续办理", "四、结转下年继续办理", "四、结转下年度"],
            APPLICANTS,
        ),
    ],
    columns: &[
        column("natural_person", "自然人"),
        column("enterprise", "商业企业"),
        column("research_institution", "科研机构"),
        column("public_welfare_organization", "社会公益组织"),
        column("legal_service_institution", "法律服务机构"),
        column("other", "其他"),
        column("total", "总计"),
    ],
};

/// Table of part four: reconsideration and litigation. The form prints its three blocks in one row of
/// 15 cells; here each block is a row.
pub static DISPUTES: Form = Form {
    kind: TableKind::Disputes,
    rows: &[
        row("reconsideration", "行政复议", &[], OUTCOMES),
        row("litigation_direct", "行政诉讼：未经复议直接起诉", &["未经复议直接起诉"], OUTCOMES),
        row("litigation_after_reconsideration", "行政诉讼：复议后起诉", &["复议后起诉"], OUTCOMES),
    ],
    columns: &[
        column("upheld", "结果维持"),
        column("corrected", "结果纠正"),
        column("other", "其他结果"),
        column("pending", "尚未审结"),
        column("total", "总计"),
    ],
};
