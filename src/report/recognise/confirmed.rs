//! Figures that a recognition program read: all are in doubt but those that arithmetic confirms. Those on pages of
//! text are none of its business.
//!
//! A figure is confirmed where it takes part in equations, all of them hold, and one of them is about more than
//! zeros: 0 = 0 + 0 holds whatever was misread as 0.

use std::collections::BTreeSet;

use crate::report::form::CellRef;
use crate::report::identity::{Assessment, Identity, identities};
use crate::report::{CellValue, Doubt, Recognised, Report, Table, TableKind};
use crate::text::Wording;

/// Adds the doubts.
pub(super) fn doubt(report: &mut Report) {
    for kind in TableKind::ALL {
        let doubts = report.table(kind).map(|table| doubts(table, &report.recognised)).unwrap_or_default();
        report.doubts.extend(doubts);
    }
}

fn doubts(table: &Table, recognised: &Recognised) -> Vec<Doubt> {
    let is_read = |at: &CellRef| table.cell(*at).is_some_and(|cell| recognised.touches(cell.source));
    let about = |message: Wording, cells: Vec<CellRef>| {
        let source = cells.iter().find_map(|&at| table.cell(at)).map_or(table.source, |cell| cell.source);
        Doubt { message, table: Some(table.kind), cells, source }
    };
    let mut doubts = Vec::new();
    for identity in identities(table) {
        let read: Vec<CellRef> = identity.cells().filter(is_read).collect();
        if let Assessment::Broken { left, right } = identity.assess(table)
            && !read.is_empty()
        {
            let message = Wording::new(
                format!(
                    "识读的数字一边合计 {left}，另一边 {right}，不相等：可能识读有误，也可能原文有误，请对照扫描件核对"
                ),
                format!(
                    "as recognised, one side comes to {left} and the other to {right}: recognition may be wrong, or the \
                     report; check it against the scan"
                ),
            );
            doubts.push(about(message, read));
        }
    }
    let confirmed = confirmed(table);
    let read: Vec<CellRef> = table.kind.cells().filter(is_read).collect();
    let open: Vec<CellRef> = read.iter().filter(|at| !confirmed.contains(at)).copied().collect();
    if !open.is_empty() {
        let (count, all) = (open.len(), read.len());
        let message = Wording::new(
            format!("OCR 识读的 {all} 格中 {count} 格没有等式证实，须人核对"),
            format!("{count} of {all} cells read by OCR are confirmed by no equation and need a person's check"),
        );
        doubts.push(about(message, open));
    }
    doubts
}

/// The cells that arithmetic confirms.
pub(in crate::report) fn confirmed(table: &Table) -> BTreeSet<CellRef> {
    let all: Vec<(Identity, bool)> = identities(table)
        .into_iter()
        .map(|identity| {
            let holds = identity.assess(table) == Assessment::Holds
                && identity
                    .cells()
                    .all(|at| matches!(table.cell(at).map(|cell| cell.value), Some(CellValue::Number(_))));
            (identity, holds)
        })
        .collect();
    let says_something =
        |identity: &Identity| identity.cells().any(|at| table.figure(at).is_some_and(|figure| !figure.is_zero()));
    let is_confirmed = |at: &CellRef| {
        let mut own = all.iter().filter(|(identity, _)| identity.cells().any(|cell| cell == *at)).peekable();
        own.peek().is_some()
            && own.clone().all(|(_, holds)| *holds)
            && own.any(|(identity, _)| says_something(identity))
    };
    table.kind.cells().filter(is_confirmed).collect()
}
