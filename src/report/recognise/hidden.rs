//! What the file holds and does not show is not read. Where a table is not there, it may be among that.

use crate::document::{Block, Document, Role};
use crate::report::{Doubt, Report, Source, TableKind};
use crate::text::Wording;

/// Adds a doubt for each table that was not found, where the file hides anything.
pub(super) fn doubt(document: &Document, report: &mut Report) {
    let hidden = document.blocks.iter().find_map(|block| match block {
        Block::Line(line) if line.role == Role::Hidden => Some(line),
        _ => None,
    });
    let Some(line) = hidden else { return };
    let length = u32::try_from(line.text.chars().count()).unwrap_or(u32::MAX - 1);
    let source = Source { line: line.number, column: 1, end_line: line.number, end_column: length + 1 };
    for kind in TableKind::ALL {
        if report.table(kind).is_none() {
            let (part, ordinal) = (kind.part(), ["二", "三", "四"][usize::from(kind.part()).saturating_sub(2).min(2)]);
            let message = Wording::new(
                format!("没有读到第{ordinal}部分的表；文件里有隐藏的行、列或工作表，其中的内容没有读，表可能在那里"),
                format!("the table of part {part} was not found; what the file hides is not read, and it may be there"),
            );
            report.doubts.push(Doubt { message, table: Some(kind), cells: Vec::new(), source });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::doubt;
    use crate::document::{Anchor, Builder, Format, Role};
    use crate::report::{Report, TableKind};

    #[test]
    fn a_table_that_may_be_hidden_is_in_doubt() {
        for (role, expected) in [(Role::Aside, 0), (Role::Hidden, 3)] {
            let mut builder = Builder::default();
            builder.line("[隐藏的行列：第4行]", role, Anchor::Line);
            let mut report = Report::default();
            doubt(&builder.finish(Format::Xlsx, None), &mut report);
            let tables: Vec<_> = report.doubts.iter().filter_map(|doubt| doubt.table).collect();
            assert_eq!(tables, TableKind::ALL[..expected], "{role:?}");
        }
    }
}
