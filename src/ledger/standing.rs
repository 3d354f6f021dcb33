//! Where submissions stand among all others: whose they are, which of several counts, what comparing them raised.

use std::sync::Arc;

use jiff::civil::Date;

use crate::finding::Finding;
use crate::rule::Totals;
use crate::text::Wording;

/// What comparing the whole inbox shows about one submission.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The unit of the roster it belongs to.
    pub unit: Option<Arc<str>>,
    /// The newer submission of the same agency and year that counts in its place.
    pub superseded_by: Option<Arc<str>>,
    /// Findings of the rules beyond one file.
    pub raised: Vec<Finding>,
}

/// A unit of the roster that has not reported yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected {
    /// Its full name.
    pub agency: String,
    /// The year it is to report on, where that is known.
    pub year: Option<i32>,
    /// Where the roster names it: file and line.
    pub at: Arc<str>,
    /// The day by which it must report.
    pub due: Option<Date>,
    /// Days left until then; negative when it has passed.
    pub days_left: Option<i64>,
    /// Whom to call.
    pub contact: Option<String>,
    /// Whether its date has passed.
    pub is_missing: bool,
    /// What the rules say of that.
    pub findings: Vec<Finding>,
}

/// What comparing the whole inbox shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// By path, every submission there is something to say of.
    pub standings: Vec<(Arc<str>, Standing)>,
    /// Who has not reported, in the order of the roster.
    pub expected: Vec<Expected>,
    /// The names of all units of the roster, in its order.
    pub units: Vec<Arc<str>>,
    /// How many units have reported, by level and kind; `None` without a roster.
    pub totals: Option<Totals>,
    /// What is wrong with the roster as it lies there now, and with the days in it.
    pub problem: Option<Wording>,
}
