//! Reading generated reports: every layout, flawless, disturbed and damaged.
//!
//! `NIANSHEN_CASES` sets the number of reports per layout and property, `NIANSHEN_SEED` replays one seed,
//! `NIANSHEN_FAILURES` names a directory for the simplest failing report of each test, and
//! `NIANSHEN_DUMP` one for samples of every layout.

pub(crate) mod compare;
mod defects;
mod generator;
mod hostile;
mod run;

use nianshen::finding::Severity;
use nianshen::report::{Doubt, RowFound};

use crate::generate::Recipe;
use crate::generate::form::{FOUR, THREE};
use crate::generate::layout::{Layout, Promise};
use crate::generate::mutate::Mutation;
use crate::generate::noise::Noise;
use crate::generate::tables::Key;
use compare::{Reading, key_of};
use run::for_each_seed;

/// A flawless report yields its cells and no error.
fn balanced(layout: Layout) {
    for_each_seed(layout, 1, Recipe::new, |reading| {
        reading.figures_agree()?;
        reading.nothing_above(Severity::Warning)
    });
}

/// The prose of a flawless report gives no warning; agency, year, parts and topics are known.
fn prose(layout: Layout) {
    for_each_seed(layout, 1, Recipe::new, |reading| {
        reading.knows_title_and_parts()?;
        // Where figures remain in doubt, that may be a warning.
        let tolerated = if layout.promise() == Promise::Exact { Severity::Note } else { Severity::Warning };
        reading.nothing_above(tolerated)
    });
}

/// Pages and dated notes between the lines of the tables change nothing.
fn disturbed(layout: Layout) {
    for_each_seed(
        layout,
        1,
        |layout, seed| Recipe::new(layout, seed).noise(noise_for(seed)),
        |reading| {
            reading.figures_agree()?;
            reading.nothing_above(Severity::Warning)
        },
    );
}

fn noise_for(seed: u64) -> Noise {
    [Noise::Pages, Noise::Notes, Noise::Everything][usize::try_from(seed % 3).unwrap()]
}

/// A blank cell is blank and the others stay. Where the layout shows no trace of it, the other cells of
/// its row are right or in doubt.
fn blank(layout: Layout) {
    for_each_seed(
        layout,
        2,
        |layout, seed| Recipe::new(layout, seed).mutation(Mutation::Blank),
        |reading| {
            if layout.promise() == Promise::RightOrDoubt {
                return reading.nothing_wrong();
            }
            if reading.sample.shows_blanks {
                return reading.figures_agree();
            }
            let at = reading.sample.mutated.cells[0];
            let row = |key: &Key| key.0 == at.0 && (key.0 == FOUR || key.1 == at.1);
            reading.exact_outside(row)?;
            if reading.differences().is_empty() {
                return Ok(());
            }
            reading.right_or_unreadable(row)?;
            let named = |doubt: &Doubt| doubt.cells.iter().any(|&cell| row(&key_of(cell)));
            if reading.report()?.doubts.iter().any(named) {
                Ok(())
            } else {
                Err(format!("no doubt names the row of {at:?}"))
            }
        },
    );
}

/// Applicants that never asked, their columns left blank.
fn blank_columns(layout: Layout) {
    for_each_seed(
        layout,
        3,
        |layout, seed| Recipe::new(layout, seed).mutation(Mutation::BlankColumns),
        |reading| {
            if reading.sample.shows_blanks { reading.figures_agree() } else { reading.nothing_wrong() }
        },
    );
}

/// A mark in a cell is a mark and the others stay.
fn mark(layout: Layout) {
    for_each_seed(layout, 2, |layout, seed| Recipe::new(layout, seed).mutation(Mutation::Mark), Reading::figures_agree);
}

/// A row that is not printed is missing and said to be; the others stay.
fn deleted_row(layout: Layout) {
    for_each_seed(
        layout,
        2,
        |layout, seed| Recipe::new(layout, seed).mutation(Mutation::DeleteRow),
        |reading| {
            reading.figures_agree()?;
            if layout.promise() == Promise::RightOrDoubt {
                return Ok(());
            }
            let row = reading.sample.mutated.cells[0];
            let table = reading.table(row.0)?;
            let position = table.kind.form().rows.iter().position(|form| form.id == row.1).unwrap();
            if table.rows[position] != RowFound::Missing {
                return Err(format!("row {} was found: {:?}", row.1, table.rows[position]));
            }
            let rule = if row.0 == THREE { "REQ005" } else { "PRO006" };
            let said = reading.audit.findings.iter().filter(|finding| finding.rule == rule).any(|finding| {
                finding.cells.iter().chain(&finding.cell).any(|&cell| cell.row_id() == row.1)
                    || finding.message.zh.contains(table.kind.form().rows[position].label)
            });
            if said { Ok(()) } else { Err(format!("{rule} does not say that row {} is missing", row.1)) }
        },
    );
}

/// A row the form does not have disturbs no other and is kept.
fn extra_row(layout: Layout) {
    for_each_seed(
        layout,
        3,
        |layout, seed| Recipe::new(layout, seed).mutation(Mutation::ExtraRow),
        |reading| {
            reading.figures_agree()?;
            if layout.promise() == Promise::Exact && reading.table(THREE)?.extra.len() != 1 {
                return Err(format!("extra rows: {:?}", reading.table(THREE)?.extra));
            }
            Ok(())
        },
    );
}

/// A reworded label, a collapsed group, a unit behind a figure, a row of marks.
fn unusual(layout: Layout) {
    let mutation = |seed: u64| {
        [Mutation::RenameRow, Mutation::CollapseGroup, Mutation::Unit, Mutation::MarkedRow]
            [usize::try_from(seed % 4).unwrap()]
    };
    for_each_seed(layout, 1, |layout, seed| Recipe::new(layout, seed).mutation(mutation(seed)), Reading::figures_agree);
}

/// Another figure in table three or four is an error that names the cell.
fn changed_figure(layout: Layout) {
    for_each_seed(
        layout,
        1,
        |layout, seed| Recipe::new(layout, seed).mutation(Mutation::ChangeFigure),
        |reading| {
            if layout.promise() == Promise::RightOrDoubt {
                return reading.nothing_wrong();
            }
            reading.figures_agree()?;
            let at = reading.sample.mutated.cells[0];
            let named = reading
                .audit
                .findings
                .iter()
                .filter(|finding| finding.severity == Severity::Error)
                .any(|finding| finding.cells.iter().any(|&cell| key_of(cell) == at));
            if named { Ok(()) } else { Err(format!("no error names {at:?}")) }
        },
    );
}

/// A flawless report yields no error and no warning, whoever wrote it and for whatever year.
#[test]
fn a_flawless_report_is_compliant() {
    for_each_seed(Layout::RowPerLine, 1, Recipe::new, |reading| {
        let grave = reading.audit.findings.iter().filter(|finding| finding.severity > Severity::Note);
        let grave: Vec<_> = grave.map(|finding| format!("{} {}", finding.rule, finding.message.zh)).collect();
        if grave.is_empty() { Ok(()) } else { Err(grave.join("; ")) }
    });
}

/// The same bytes give the same audit.
fn deterministic(layout: Layout) {
    for_each_seed(
        layout,
        10,
        |layout, seed| Recipe::new(layout, seed).noise(Noise::Everything),
        |reading| {
            let again = Reading::of(reading.recipe);
            if again.audit == reading.audit { Ok(()) } else { Err("two audits of the same bytes differ".to_owned()) }
        },
    );
}

macro_rules! layouts {
    ($($name:ident: $layout:ident),* $(,)?) => {$(
        mod $name {
            use super::Layout::$layout as LAYOUT;

            #[test]
            fn balanced() {
                super::balanced(LAYOUT);
            }

            #[test]
            fn prose() {
                super::prose(LAYOUT);
            }

            #[test]
            fn disturbed() {
                super::disturbed(LAYOUT);
            }

            #[test]
            fn blank() {
                super::blank(LAYOUT);
            }

            #[test]
            fn blank_columns() {
                super::blank_columns(LAYOUT);
            }

            #[test]
            fn mark() {
                super::mark(LAYOUT);
            }

            #[test]
            fn deleted_row() {
                super::deleted_row(LAYOUT);
            }

            #[test]
            fn extra_row() {
                super::extra_row(LAYOUT);
            }

            #[test]
            fn unusual() {
                super::unusual(LAYOUT);
            }

            #[test]
            fn changed_figure() {
                super::changed_figure(LAYOUT);
            }

            #[test]
            fn deterministic() {
                super::deterministic(LAYOUT);
            }
        }
    )*};
}

layouts! {
    row_per_line: RowPerLine,
    wrapped_labels: WrappedLabels,
    numbers_above: NumbersAbove,
    numbers_centred: NumbersCentred,
    blank_lines_between: BlankLinesBetween,
    tabs: Tabs,
    pipes: Pipes,
    commas: Commas,
    cell_per_line: CellPerLine,
    cells_between_bars: CellsBetweenBars,
    vertical_groups: VerticalGroups,
    glued_headers: GluedHeaders,
    aligned_columns: AlignedColumns,
    glued_text: GluedText,
    glued_digits: GluedDigits,
    dressed: Dressed,
    column_major: ColumnMajor,
}
