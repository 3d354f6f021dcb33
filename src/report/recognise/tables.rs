//! The three tables: found, aligned with the form, and refereed by arithmetic.

use std::ops::Range;

use super::stream::Stream;
use crate::report::{Doubt, Table};

/// What was read of the tables.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tables {
    /// Table of part two.
    pub(crate) proactive_disclosure: Option<Table>,
    /// Table of part three.
    pub(crate) requests: Option<Table>,
    /// Table of part four.
    pub(crate) disputes: Option<Table>,
    /// The characters of the stream that belong to tables, headers included; everything else is prose.
    pub(crate) regions: Vec<Range<usize>>,
    /// What could not be read with certainty.
    pub(crate) doubts: Vec<Doubt>,
}

/// Finds and reads the tables of a document.
pub(crate) fn read(_stream: &Stream) -> Tables {
    Tables::default()
}
