//! The document of `show --format json`: what was understood of one file.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Serialize;

use super::cells::Tables;
use super::{At, Number, SCHEMA};
use crate::audit::{Audit, Encoding, FileFacts, Format};
use crate::report::{Bound, Claim, ClaimKind, Edition, Report, Subject, Topic};
use crate::text::{Lang, privacy};

/// The whole document.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Show<'a> {
    schema: u32,
    file: File<'a>,
    edition: Option<Edition>,
    title: Option<Title<'a>>,
    agency: Option<&'a str>,
    year: Option<i32>,
    period: Option<Period>,
    parts: Vec<Part<'a>>,
    tables: Tables<'a>,
    claims: Vec<ClaimEntry<'a>>,
    doubts: Vec<DoubtEntry<'a>>,
}

/// The file itself.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct File<'a> {
    path: &'a str,
    /// Format by content; null for a file that could not be read as any.
    format: Option<Format>,
    encoding: Option<Encoding>,
    bytes: Option<u64>,
    /// BLAKE3 of the content, hexadecimal.
    blake3: Option<&'a str>,
    /// Whether text recognition (OCR) read it from pictures of pages: nothing in it is certain.
    ocr: bool,
}

impl<'a> File<'a> {
    /// A file of which nothing but its name is known.
    #[must_use]
    pub fn unknown(path: &'a str) -> Self {
        Self { path, ..Self::default() }
    }

    /// What is known of a file.
    #[must_use]
    pub fn new(path: &'a str, facts: &'a FileFacts) -> Self {
        Self {
            path,
            format: facts.format,
            encoding: facts.encoding,
            bytes: Some(facts.bytes),
            blake3: Some(&facts.hash),
            ocr: false,
        }
    }
}

#[derive(Debug, Serialize, JsonSchema)]
struct Title<'a> {
    text: &'a str,
    at: At,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Period {
    /// First day as printed, YYYY-MM-DD; it need not exist.
    from: String,
    /// Last day as printed, YYYY-MM-DD; it need not exist.
    to: String,
    at: At,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Part<'a> {
    number: u8,
    heading: Option<&'a str>,
    at: At,
    text: Cow<'a, str>,
    topics: Vec<Topic>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Claim")]
struct ClaimEntry<'a> {
    kind: ClaimKind,
    #[serde(flatten)]
    figures: Figures,
    unit: Option<&'a str>,
    approximate: bool,
    /// How exact the figure says it is.
    bound: Bound,
    /// Whose figure it is.
    subject: Subject,
    text: Cow<'a, str>,
    /// Why it was read so.
    reason: &'a str,
    at: At,
}

/// The figures of a claim: one, or a total and its parts.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
enum Figures {
    Breakdown { total: Number, parts: Vec<Number> },
    Single { value: Number },
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Doubt")]
struct DoubtEntry<'a> {
    message: &'a str,
    at: Option<At>,
}

impl<'a> Show<'a> {
    /// The document over `report`, which is empty for a file that could not be read. The reasons of
    /// the audit for that stand among the doubts.
    #[must_use]
    pub fn new(mut file: File<'a>, audit: &'a Audit, report: &'a Report, lang: Lang) -> Self {
        file.ocr = report.recognised.is_any();
        let at = |source| At::of(source, &audit.places);
        let refused = audit.report.is_none().then_some(&audit.findings).into_iter().flatten();
        let refused = refused.map(|finding| DoubtEntry { message: finding.message.get(lang), at: None });
        let doubts = report
            .doubts
            .iter()
            .map(|doubt| DoubtEntry { message: doubt.message.get(lang), at: Some(at(doubt.source)) });
        Self {
            schema: SCHEMA,
            file,
            edition: report.edition,
            title: report.title.as_ref().map(|title| Title { text: &title.text, at: at(title.source) }),
            agency: report.agency.as_deref(),
            year: report.year,
            period: report.period.as_ref().map(|period| Period {
                from: period.from.to_string(),
                to: period.to.to_string(),
                at: at(period.source),
            }),
            parts: report
                .parts
                .iter()
                .map(|part| Part {
                    number: part.number,
                    heading: part.heading.as_deref(),
                    at: at(part.source),
                    text: privacy::mask(&part.text),
                    topics: part.topics.iter().map(|seen| seen.topic).collect(),
                })
                .collect(),
            tables: Tables { report, places: &audit.places },
            claims: report.claims.iter().map(|claim| ClaimEntry::new(claim, at(claim.source), lang)).collect(),
            doubts: refused.chain(doubts).collect(),
        }
    }
}

impl<'a> ClaimEntry<'a> {
    fn new(claim: &'a Claim, at: At, lang: Lang) -> Self {
        let value = Number::count(claim.value);
        Self {
            kind: claim.kind,
            figures: if claim.kind == ClaimKind::Breakdown {
                Figures::Breakdown { total: value, parts: claim.parts.iter().copied().map(Number::count).collect() }
            } else {
                Figures::Single { value }
            },
            unit: claim.unit.as_deref(),
            approximate: claim.approximate(),
            bound: claim.bound,
            subject: claim.subject,
            text: privacy::mask(&claim.text),
            reason: claim.reason.get(lang),
            at,
        }
    }
}
