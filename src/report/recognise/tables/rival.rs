//! Two tables of one kind in a file: last year's beside this year's, a supplement, another agency's. Nothing says
//! which of them is meant, so what they disagree on is a doubt.

use crate::report::{Cell, CellRef, CellValue, Doubt, Table};
use crate::text::Wording;

/// Share of the cells of the form that a table of its own prints, in percent, and of those with figures.
const PRINTED: usize = 80;
const FIGURES: usize = 40;

/// Whether `table` is a table of its own, and no piece or summary of one.
pub(super) fn is_whole(table: &Table) -> bool {
    let all = table.kind.cells().count();
    let trial = table.trial.iter().flat_map(|trial| &trial.cells);
    let cells = || table.cells.iter().chain(trial.clone()).flatten();
    let printed = cells().filter(|cell| cell.value != CellValue::Unreadable).count();
    let figures = cells().filter(|cell| is_figure(cell)).count();
    printed * 100 >= all * PRINTED && figures * 100 >= all * FIGURES
}

fn is_figure(cell: &Cell) -> bool {
    matches!(cell.value, CellValue::Number(_))
}

/// Takes out of `table` what `other`, another whole table of its kind, says otherwise; the doubt, if they differ in
/// any figure. The same table printed twice is no rival.
pub(super) fn dispute(table: &mut Table, other: &Table) -> Option<Doubt> {
    let differs = |(one, two): (&Option<Cell>, &Option<Cell>)| {
        let both = one.as_ref().zip(two.as_ref());
        both.is_some_and(|(one, two)| is_figure(one) && is_figure(two) && one.value != two.value)
    };
    let forms = table.trial.as_ref().map(|trial| &trial.cells).zip(other.trial.as_ref().map(|trial| &trial.cells));
    let pairs = table.cells.iter().zip(&other.cells);
    if !pairs.chain(forms.into_iter().flat_map(|(one, two)| one.iter().zip(two))).any(differs) {
        return None;
    }
    let columns = table.kind.form().columns.len();
    let mut cells = Vec::new();
    for (index, (own, other)) in table.cells.iter_mut().zip(&other.cells).enumerate() {
        if let (Some(own), Some(other)) = (own, other)
            && own.value != other.value
        {
            make_unreadable(own);
            cells.push(CellRef::new(table.kind, index / columns, index % columns));
        }
    }
    // Which of the two follows the trial form further does not matter: its cells stand or fall together.
    table.trial.iter_mut().flat_map(|trial| &mut trial.cells).flatten().for_each(make_unreadable);
    let (lines, others) = (table.source.line, other.source.line);
    Some(Doubt {
        message: Wording::new(
            format!(
                "文件里有两张同类的表（第 {lines} 行起和第 {others} 行起），有 {} 格数字不同，不能确定以哪张为准",
                cells.len()
            ),
            format!(
                "the file holds two tables of this kind with different figures (from line {lines} and from line \
                 {others}): {} cells differ, and nothing tells which is meant",
                cells.len()
            ),
        ),
        table: Some(table.kind),
        cells,
        source: other.source,
    })
}

fn make_unreadable(cell: &mut Cell) {
    cell.raw.clear();
    cell.value = CellValue::Unreadable;
    cell.unit = None;
}
