//! What an audit says: findings, their severity and place, and the verdict that follows.

pub mod code;

use serde::{Deserialize, Serialize};

use crate::report::{CellRef, Source, TableKind};
use crate::text::{Wording, Words, words};

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// A hint.
    Note,
    /// Probably wrong; a person decides.
    Warning,
    /// The document contradicts itself, the law or the roster.
    Error,
}

impl Severity {
    /// 错误, 警告, 提示.
    #[must_use]
    pub const fn words(self) -> Words {
        match self {
            Self::Error => words("错误", "error"),
            Self::Warning => words("警告", "warning"),
            Self::Note => words("提示", "note"),
        }
    }

    /// The sign shown beside the colour, so that colour is never the only carrier.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Error => "✗",
            Self::Warning => "!",
            Self::Note => "·",
        }
    }
}

/// What the audit of one submission comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// An error was found. Sorts first: worst first.
    Noncompliant,
    /// No report could be made out, or a table of the form could not be read.
    Unreadable,
    /// Warnings, no error.
    Questionable,
    /// On the roster, nothing received.
    Missing,
    /// No error, no warning.
    Compliant,
}

impl Verdict {
    /// 合格, 存疑, 不合格, 无法识别, 未报送.
    #[must_use]
    pub const fn words(self) -> Words {
        match self {
            Self::Noncompliant => words("不合格", "noncompliant"),
            Self::Unreadable => words("无法识别", "unreadable"),
            Self::Questionable => words("存疑", "questionable"),
            Self::Missing => words("未报送", "missing"),
            Self::Compliant => words("合格", "compliant"),
        }
    }

    /// The sign shown beside the colour.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Noncompliant => "✗",
            Self::Unreadable => "?",
            Self::Questionable => "!",
            Self::Missing => "○",
            Self::Compliant => "✓",
        }
    }
}

/// One thing found wrong, doubtful or worth a look, at a place a screen can show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Code of the rule, e.g. `REQ003`.
    #[serde(deserialize_with = "code::interned")]
    pub rule: code::Code,
    /// Severity after the rule's own judgement and the configuration.
    pub severity: Severity,
    /// One sentence with the figures.
    pub message: Wording,
    /// The part it stands in, 1 to 6.
    pub part: Option<u8>,
    /// The table it concerns.
    pub table: Option<TableKind>,
    /// The cell at the centre (the total of a broken sum), if there is one.
    pub cell: Option<CellRef>,
    /// Every cell involved, addends included, in the form's order.
    pub cells: Vec<CellRef>,
    /// What the figure or wording should be.
    pub expected: Option<String>,
    /// What it is.
    pub actual: Option<String>,
    /// The one cell and value that would mend all broken relations of the table.
    pub likely: Option<Likely>,
    /// Where it stands in the source.
    pub at: Option<Source>,
    /// The text it stands in.
    pub evidence: Option<String>,
    /// For a consequence: the index, among the audit's findings, of the root cause it is folded under.
    pub under: Option<usize>,
}

impl Finding {
    /// A finding of `rule` with nothing but its message; the rest is filled in by the rule.
    #[must_use]
    pub const fn new(rule: &'static str, severity: Severity, message: Wording) -> Self {
        Self {
            rule,
            severity,
            message,
            part: None,
            table: None,
            cell: None,
            cells: Vec::new(),
            expected: None,
            actual: None,
            likely: None,
            at: None,
            evidence: None,
            under: None,
        }
    }

    /// What tells it from every other finding, wherever in its file it moves: the rule, the agency it is about, the
    /// cell, and the words or figures it rests on. BLAKE3, hexadecimal.
    #[must_use]
    pub fn fingerprint(&self, agency: &str) -> String {
        let cell = self.cell.map(|cell| format!("{}/{}/{}", cell.table.id(), cell.row_id(), cell.column_id()));
        let part = self.part.map(|part| part.to_string());
        let words = [
            self.rule,
            agency,
            cell.or(part).as_deref().unwrap_or_default(),
            self.expected.as_deref().unwrap_or_default(),
            // Where it rests on neither, what it says tells it: encrypted is not damaged.
            self.actual.as_deref().or(self.evidence.as_deref()).unwrap_or(&self.message.zh),
        ]
        .join("\u{1f}");
        blake3::hash(words.as_bytes()).to_hex().to_string()
    }
}

/// A slip of the pen that would explain everything broken in a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Likely {
    /// The cell.
    pub cell: CellRef,
    /// The value that makes all relations hold.
    pub value: String,
}
