//! Which cells the findings and doubts of an audit point at.

use std::collections::HashMap;

use crate::audit::Audit;
use crate::finding::{Finding, Severity};
use crate::report::CellRef;

/// How a cell is involved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Its reading is in doubt.
    Doubtful,
    /// An addend of something broken.
    Involved,
    /// The place of a finding: the total that does not tie out.
    Centre,
    /// Changing it alone would mend the table.
    Likely,
}

impl Role {
    /// The sign beside the figure.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Doubtful => "?",
            Self::Involved => "*",
            Self::Centre => "✗",
            Self::Likely => "≠",
        }
    }
}

/// The strongest thing said about a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// How it is involved.
    pub role: Role,
    /// How grave that is.
    pub severity: Severity,
}

impl Mark {
    /// The sign beside the figure: that of the role, or for a mere warning or note at the centre its own.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match (self.role, self.severity) {
            (Role::Centre, severity) => severity.sign(),
            (role, _) => role.sign(),
        }
    }
}

/// Marks by cell.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    marks: HashMap<CellRef, Mark>,
}

impl Marks {
    /// The marks that the findings and doubts of `audit` set.
    #[must_use]
    pub fn of(audit: &Audit) -> Self {
        let mut marks = Self::default();
        for finding in &audit.findings {
            for (cell, role) in cells_of(finding) {
                marks.set(cell, Mark { role, severity: finding.severity });
            }
        }
        for doubt in audit.report.iter().flat_map(|report| &report.doubts) {
            for &cell in &doubt.cells {
                marks.set(cell, Mark { role: Role::Doubtful, severity: Severity::Warning });
            }
        }
        marks
    }

    /// The mark of a cell.
    #[must_use]
    pub fn get(&self, cell: CellRef) -> Option<Mark> {
        self.marks.get(&cell).copied()
    }

    /// The gravest severity marked in a table.
    #[must_use]
    pub fn worst(&self, kind: crate::report::TableKind) -> Option<Severity> {
        self.marks.iter().filter(|(cell, _)| cell.table == kind).map(|(_, mark)| mark.severity).max()
    }

    fn set(&mut self, cell: CellRef, mark: Mark) {
        self.marks.entry(cell).and_modify(|old| *old = mark.max(*old)).or_insert(mark);
    }
}

/// The cells of a finding and how each is involved.
fn cells_of(finding: &Finding) -> impl Iterator<Item = (CellRef, Role)> {
    // A finding about several cells without one at the centre (blanks, say) is about each of them.
    let role = if finding.cell.is_some() { Role::Involved } else { Role::Centre };
    let involved = finding.cells.iter().map(move |&cell| (cell, role));
    let centre = finding.cell.into_iter().map(|cell| (cell, Role::Centre));
    let likely = finding.likely.iter().map(|likely| (likely.cell, Role::Likely));
    involved.chain(centre).chain(likely)
}
