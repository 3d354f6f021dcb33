//! A figure stated in the prose: what it counts, whose it is, how exact it is, and why it was read so.

use super::{Figure, Source};
use crate::text::Wording;

/// A figure stated in the prose.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Claim {
    /// What it counts.
    pub kind: ClaimKind,
    /// The figure; for a breakdown its total. Words that say there was none are 0.
    pub value: Figure,
    /// The addends of a breakdown; of a percentage, the part and the whole it is taken of; of a change, this year's
    /// figure and last year's.
    pub parts: Vec<Figure>,
    /// Whether a list says of itself that it leaves something out (等, 主要).
    pub partial: bool,
    /// The unit printed: 件, 条, 宗 …
    pub unit: Option<String>,
    /// How exact the figure says it is.
    pub bound: Bound,
    /// Whose figure it is.
    pub subject: Subject,
    /// The part it stands in; 0 before part one.
    pub part: u8,
    /// The sentence.
    pub text: String,
    /// Why it was read so.
    pub reason: Wording,
    /// Where the figure stands.
    pub source: Source,
}

impl Claim {
    /// Whether the figure is no exact one (余, 多, 近, 约, 1.2万).
    #[must_use]
    pub fn approximate(&self) -> bool {
        self.bound != Bound::Exact
    }
}

/// How exact a figure says it is.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    serde::Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// As printed.
    #[default]
    Exact,
    /// 余, 多, 超过, 以上.
    AtLeast,
    /// 近, 不足.
    AtMost,
    /// 约, 左右.
    About,
    /// 1.2万: rounded to what is printed.
    Rounded,
}

/// Whose figure a claim is.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    serde::Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// The sentence does not say; the reporting agency is meant.
    #[default]
    Unsaid,
    /// The reporting agency itself, by name or as 我局, 本机关.
    Agency,
    /// The whole area or system: 全县, 全市.
    Area,
}

/// What a claim counts.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum ClaimKind {
    /// Items of government information disclosed proactively.
    ProactiveTotal,
    /// Applications received this year.
    ApplicationsReceived,
    /// Applications carried in from last year.
    ApplicationsCarriedIn,
    /// Applications completed.
    ApplicationsCompleted,
    /// Applications carried on to next year.
    ApplicationsCarriedOut,
    /// Words that all applications have been completed; its value is the 0 that is left.
    ApplicationsAllCompleted,
    /// Applications granted in full.
    ApplicationsGranted,
    /// Applications granted in part.
    ApplicationsPartiallyGranted,
    /// Applications denied.
    ApplicationsDenied,
    /// Applications for what could not be provided.
    ApplicationsUnavailable,
    /// Applications not processed.
    ApplicationsNotProcessed,
    /// Applications handled in another way.
    ApplicationsOther,
    /// Cases of administrative reconsideration over disclosure.
    Reconsiderations,
    /// Cases of administrative litigation over disclosure.
    Litigations,
    /// Administrative normative documents made this year.
    NormativeDocumentsMade,
    /// Administrative normative documents repealed this year.
    NormativeDocumentsRepealed,
    /// Administrative normative documents in force.
    NormativeDocumentsInForce,
    /// Decisions on penalties.
    Penalties,
    /// Decisions on licences.
    Licences,
    /// Decisions on compulsory measures.
    CompulsoryMeasures,
    /// Yuan charged as information processing fee.
    FeeCharged,
    /// A total with the parts it is said to be made of.
    Breakdown,
    /// A percentage of a stated whole.
    Percentage,
    /// The change in per cent from a stated figure of the year before; negative where it fell.
    YearOnYear,
}

impl ClaimKind {
    /// Its key in the published JSON.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::ProactiveTotal => "proactive_total",
            Self::ApplicationsReceived => "applications_received",
            Self::ApplicationsCarriedIn => "applications_carried_in",
            Self::ApplicationsCompleted => "applications_completed",
            Self::ApplicationsCarriedOut => "applications_carried_out",
            Self::ApplicationsAllCompleted => "applications_all_completed",
            Self::ApplicationsGranted => "applications_granted",
            Self::ApplicationsPartiallyGranted => "applications_partially_granted",
            Self::ApplicationsDenied => "applications_denied",
            Self::ApplicationsUnavailable => "applications_unavailable",
            Self::ApplicationsNotProcessed => "applications_not_processed",
            Self::ApplicationsOther => "applications_other",
            Self::Reconsiderations => "reconsiderations",
            Self::Litigations => "litigations",
            Self::NormativeDocumentsMade => "normative_documents_made",
            Self::NormativeDocumentsRepealed => "normative_documents_repealed",
            Self::NormativeDocumentsInForce => "normative_documents_in_force",
            Self::Penalties => "penalties",
            Self::Licences => "licences",
            Self::CompulsoryMeasures => "compulsory_measures",
            Self::FeeCharged => "fee_charged",
            Self::Breakdown => "breakdown",
            Self::Percentage => "percentage",
            Self::YearOnYear => "year_on_year",
        }
    }
}
