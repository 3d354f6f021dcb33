//! The roster: who must report, on which level, under whom, until when.

mod column;
mod due;
mod identity;
mod matching;
mod name;
mod propose;
mod read;
mod table;
mod value;

use jiff::civil::Date;

use crate::report::agency::{Kind, Level};

pub use due::Deadlines;
pub use identity::same_agencies;
pub(crate) use matching::usual_place;
pub use matching::{Index, Match};
pub use name::Name;
pub use propose::{propose, written};
pub use read::{FILE_NAMES, find_in, load, parse};

/// The units that must report, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roster {
    /// Name of the file as shown.
    pub name: String,
    /// The units.
    pub units: Vec<Unit>,
}

/// A unit that must report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Its full name.
    pub agency: String,
    /// Other names it goes by.
    pub aliases: Vec<String>,
    /// Its level; from its name where the file does not say.
    pub level: Option<Level>,
    /// What kind of body it is; from its name where the file does not say.
    pub kind: Option<Kind>,
    /// The unit into whose figures its own are rolled up, by its index.
    pub parent: Option<usize>,
    /// Whom to call.
    pub contact: Option<String>,
    /// The day by which it must report, where it has one of its own.
    pub due: Option<Date>,
    /// Why it need not report, if it need not.
    pub exempt: Option<String>,
    /// The line of the file it stands in, from 1.
    pub line: u32,
}

impl Unit {
    /// A unit of which nothing but its name is known.
    #[must_use]
    pub fn named(agency: &str) -> Self {
        Self {
            agency: agency.to_owned(),
            aliases: Vec::new(),
            level: None,
            kind: None,
            parent: None,
            contact: None,
            due: None,
            exempt: None,
            line: 1,
        }
    }
}
