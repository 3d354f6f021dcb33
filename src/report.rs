//! A report as meaning: title, parts, cells, claims and doubts.
//!
//! Values are what the file prints, at the place it prints them; nothing here is corrected,
//! completed or guessed into a sum. What could not be read with certainty is a [`Doubt`].

pub mod agency;
pub mod changes;
mod claim;
mod digest;
pub mod figure;
pub mod form;
pub mod identity;
pub mod likeness;
pub mod recognise;

pub use crate::document::{Recognised, Source};
pub use claim::{Bound, Claim, ClaimKind, Subject};
pub use digest::{Digest, Passage, Stated};
pub use figure::{CellValue, Figure};
pub use form::{CellRef, TableKind};

use serde::{Deserialize, Serialize};

use crate::text::Wording;

/// One annual report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Edition of the form its tables follow.
    pub edition: Option<Edition>,
    /// The title as printed.
    pub title: Option<Title>,
    /// Full name of the agency as the title gives it; without one, as a title quoted in the text does.
    pub agency: Option<String>,
    /// The year reported on, from the title; without one, from the stated period or a quoted title.
    pub year: Option<i32>,
    /// The stated statistics period.
    pub period: Option<Period>,
    /// The parts found, in the order they stand.
    pub parts: Vec<Part>,
    /// The running text, sentence by sentence, tables left out.
    pub prose: Vec<Sentence>,
    /// Table of part two.
    pub proactive_disclosure: Option<Table>,
    /// Table of part three.
    pub requests: Option<Table>,
    /// Table of part four.
    pub disputes: Option<Table>,
    /// Figures stated in the prose.
    pub claims: Vec<Claim>,
    /// Pictures among the text.
    pub pictures: Vec<Picture>,
    /// What could not be read with certainty.
    pub doubts: Vec<Doubt>,
    /// What of it a recognition program read from pictures of pages.
    pub recognised: Recognised,
    /// How a further report begins that the file holds behind this one; nothing of it is read.
    #[serde(default)]
    pub sequel: Option<Title>,
}

impl Report {
    /// The table of `kind`, if one was found.
    #[must_use]
    pub const fn table(&self, kind: TableKind) -> Option<&Table> {
        match kind {
            TableKind::ProactiveDisclosure => self.proactive_disclosure.as_ref(),
            TableKind::Requests => self.requests.as_ref(),
            TableKind::Disputes => self.disputes.as_ref(),
        }
    }

    /// The cell at `at`, if its table prints it.
    #[must_use]
    pub fn cell(&self, at: CellRef) -> Option<&Cell> {
        self.table(at.table)?.cell(at)
    }

    /// The part with this number, 1 to 6.
    #[must_use]
    pub fn part(&self, number: u8) -> Option<&Part> {
        self.parts.iter().find(|part| part.number == number)
    }
}

/// Editions of the prescribed form (see the format notices 国办公开办函〔2019〕60号 and 〔2021〕30号).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
pub enum Edition {
    /// In force since the reports for 2021.
    #[serde(rename = "2021")]
    Form2021,
    /// The trial form, for 2019 and 2020.
    #[serde(rename = "2019")]
    Trial2019,
    /// Anything older.
    #[serde(rename = "pre2019")]
    Pre2019,
}

/// The title line or lines, joined.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Title {
    /// Joined text, blanks inside Chinese removed.
    pub text: String,
    /// Where it stands.
    pub source: Source,
}

/// The stated statistics period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// First day as (year, month, day), as printed; it may be an impossible date.
    pub from: Day,
    /// Last day, as printed.
    pub to: Day,
    /// Whether characters were evidently lost in it (20231月1日).
    pub damaged: bool,
    /// Where it stands.
    pub source: Source,
}

/// A day as printed: it need not exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Day {
    /// Year.
    pub year: i32,
    /// Month as printed.
    pub month: u32,
    /// Day of the month as printed.
    pub day: u32,
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// One of the six parts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Which part of the form it is, 1 to 6.
    pub number: u8,
    /// The ordinal printed before its heading, if any (四 → 4).
    pub ordinal: Option<u8>,
    /// The heading as printed, blanks inside removed; `None` when the part was known by its content.
    pub heading: Option<String>,
    /// How far the heading follows the form.
    pub wording: HeadingWording,
    /// Where the heading, or without one the part, begins.
    pub source: Source,
    /// Running text of the part, lines joined, one paragraph a line, its table left out.
    pub text: String,
    /// For part one: the topics treated.
    pub topics: Vec<TopicSeen>,
}

/// How a heading compares with the prescribed one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum HeadingWording {
    /// As prescribed, after normalising.
    Prescribed,
    /// A listed synonym: passes silently.
    Synonym,
    /// Recognised by its key words only.
    Different,
    /// No heading: the part was known by its content.
    Absent,
}

/// The five topics of part one (国办公开办函〔2021〕30号).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// 主动公开.
    ProactiveDisclosure,
    /// 依申请公开.
    Requests,
    /// 政府信息管理.
    InformationManagement,
    /// 政府信息公开平台建设.
    Platform,
    /// 监督保障.
    Supervision,
}

impl Topic {
    /// All five, in the form's order.
    pub const ALL: [Self; 5] =
        [Self::ProactiveDisclosure, Self::Requests, Self::InformationManagement, Self::Platform, Self::Supervision];

    /// The form's own word.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::ProactiveDisclosure => "主动公开",
            Self::Requests => "依申请公开",
            Self::InformationManagement => "政府信息管理",
            Self::Platform => "平台建设",
            Self::Supervision => "监督保障",
        }
    }
}

/// A topic of part one and how it was recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TopicSeen {
    /// The topic.
    pub topic: Topic,
    /// Whether it has a heading or lead words of its own, or is only treated in the prose.
    pub headed: bool,
    /// Where.
    pub source: Source,
}

/// A sentence of the running text, with a place for every character.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    /// The part it stands in; 0 for what precedes part one (title excluded).
    pub part: u8,
    /// Text after NFKC, blanks inside Chinese removed, wrapped lines joined.
    pub text: String,
    /// For each character of `text`, the (line, column) it was read from.
    pub origins: Vec<(u32, u32)>,
}

impl Sentence {
    /// Place of the characters in `range`, counted in characters of `text`. An empty or outside range
    /// gives the place of the whole sentence.
    #[must_use]
    pub fn source(&self, range: std::ops::Range<usize>) -> Source {
        let range = if range.is_empty() || range.end > self.origins.len() { 0..self.origins.len() } else { range };
        let (line, column) = self.origins.get(range.start).copied().unwrap_or((1, 1));
        let (end_line, end) = self.origins.get(range.end.saturating_sub(1)).copied().unwrap_or((line, column));
        Source { line, column, end_line, end_column: end + 1 }
    }

    /// Place of the bytes in `range` of `text`, as a regular expression gives them.
    #[must_use]
    pub fn source_of_bytes(&self, range: std::ops::Range<usize>) -> Source {
        let start = self.text[..range.start].chars().count();
        self.source(start..start + self.text[range].chars().count())
    }
}

/// A picture among the text; what it shows is not read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// The part it stands in; 0 before the first.
    pub part: u8,
    /// What the file says about it; often empty.
    pub caption: String,
    /// Whether it is large enough to show a table or a page.
    pub large: bool,
    /// The page it is on, from 1, where there are pages.
    pub page: Option<u32>,
    /// Whether that page shows nothing else: it was scanned.
    pub scan: bool,
    /// Where it stands.
    pub source: Source,
}

/// A table of the form as the report prints it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Which table.
    pub kind: TableKind,
    /// Cells by row and column of the form, row-major; `None` where the table prints no such cell.
    pub cells: Vec<Option<Cell>>,
    /// How each row of the form was found.
    pub rows: Vec<RowFound>,
    /// Rows the form does not have.
    pub extra: Vec<ExtraRow>,
    /// Whether the headers are those of an older edition.
    pub edition: Edition,
    /// For the table of part two on the trial form: what it prints under that form's own rows and columns. What
    /// both forms count stands in `cells` as well.
    #[serde(default)]
    pub trial: Option<TrialCells>,
    /// Where it begins and ends.
    pub source: Source,
}

impl Table {
    /// The cell at `at`, if printed.
    #[must_use]
    pub fn cell(&self, at: CellRef) -> Option<&Cell> {
        self.cells.get(at.index())?.as_ref()
    }

    /// Whether it prints cells that only the form in force has: not so where all of it is on the trial form.
    #[must_use]
    pub fn follows_form_in_force(&self) -> bool {
        self.trial.is_none() || self.kind.cells().any(|at| !form::trial::has(at) && self.cell(at).is_some())
    }

    /// The figure at `at`; `None` if it is not printed, blank, a mark or unreadable.
    #[must_use]
    pub fn figure(&self, at: CellRef) -> Option<Figure> {
        self.cell(at)?.value.number()
    }
}

/// The cells of a table of part two as the trial form names them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrialCells {
    /// By row and column of [`form::trial::TRIAL`], row-major; `None` where the table prints no such cell.
    pub cells: Vec<Option<Cell>>,
    /// How each row of that form was found.
    pub rows: Vec<RowFound>,
}

impl TrialCells {
    /// The cell in `row` and `column` of the trial form, if printed.
    #[must_use]
    pub fn cell(&self, row: usize, column: usize) -> Option<&Cell> {
        self.cells.get(form::trial::TRIAL.index(row, column))?.as_ref()
    }
}

/// A cell as printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// The characters as printed, surrounding blanks removed.
    pub raw: String,
    /// What they mean.
    pub value: CellValue,
    /// A unit printed inside the cell, such as 万元 or 件.
    pub unit: Option<String>,
    /// Where they stand. For a blank: where the cell is; for an unreadable one: the row.
    pub source: Source,
}

/// How a row of the form was found in the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RowFound {
    /// Printed under the form's label or a listed alias.
    Printed {
        /// Where its label stands.
        source: Source,
    },
    /// Printed with a label that differs: cut short, renamed or lost.
    Renamed {
        /// The label as printed; empty if it has none.
        printed: String,
        /// Where it stands.
        source: Source,
    },
    /// Not printed.
    Missing,
    /// A group heading or subtotal that the 2021 form prints without figures, and so does the report.
    Heading,
}

/// A row the form does not have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExtraRow {
    /// Its label as printed.
    pub label: String,
    /// Its cells as printed.
    pub values: Vec<String>,
    /// Where it stands.
    pub source: Source,
}

/// Something that could not be read with certainty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doubt {
    /// What is in doubt and which readings remain.
    pub message: Wording,
    /// The table it concerns.
    pub table: Option<TableKind>,
    /// The cells it concerns.
    pub cells: Vec<CellRef>,
    /// Where.
    pub source: Source,
}
