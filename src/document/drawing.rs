//! A table as lines of text: cells between bars, columns under one another as far as that saves room.

use super::{Grid, GridCell};
use crate::text::width;

/// Wider cells than this do not widen their column.
const WIDEST: usize = 40;

/// Draws `grid`: its rows as lines, and for each cell the column, from 1, of its first character.
pub(super) fn draw(grid: &Grid) -> (Vec<String>, Vec<u32>) {
    let columns = column_widths(grid);
    // Where each column begins on the screen: after a bar and a blank, and the columns before it.
    let mut begins: Vec<usize> = vec![2];
    for wide in &columns {
        begins.push(begins[begins.len() - 1] + wide + 3);
    }
    let mut rows: Vec<Row> = vec![Row::default(); usize::from(grid.rows)];
    let mut starts = Vec::with_capacity(grid.cells.len());
    for cell in &grid.cells {
        let Some(row) = rows.get_mut(usize::from(cell.row)) else { continue };
        // A column that a cell from above covers is drawn empty.
        for covered in row.next..cell.column {
            row.put("", begins.get(usize::from(covered)).copied().unwrap_or(0));
        }
        starts.push(row.put(&cell.text, begins.get(usize::from(cell.column)).copied().unwrap_or(0)));
        row.next = cell.column.saturating_add(cell.column_span);
    }
    // Nothing is drawn to the right of what a row says: a narrow screen would only wrap it.
    let lines = rows.into_iter().map(|mut row| {
        if row.chars > 0 {
            row.text.push('|');
        }
        row.text
    });
    (lines.collect(), starts)
}

/// A line in the making.
#[derive(Clone, Debug, Default)]
struct Row {
    text: String,
    /// Characters so far.
    chars: u32,
    /// Columns of the screen so far.
    width: usize,
    /// The column of the grid that comes next.
    next: u16,
}

impl Row {
    /// Adds a cell that is to begin at `begin`, and tells the column of its first character.
    fn put(&mut self, text: &str, begin: usize) -> u32 {
        self.pad(begin.saturating_sub(2));
        self.text.push_str("| ");
        self.chars += 2;
        let start = self.chars + 1;
        for c in text.chars().map(|c| if c == '\n' { ' ' } else { c }) {
            self.text.push(c);
            self.chars += 1;
        }
        self.width += 2 + width(text);
        self.blanks(1);
        start
    }

    fn pad(&mut self, to: usize) {
        self.blanks(to.saturating_sub(self.width));
    }

    fn blanks(&mut self, count: usize) {
        self.text.extend(std::iter::repeat_n(' ', count));
        self.chars += u32::try_from(count).unwrap_or(0);
        self.width += count;
    }
}

/// The width of each column on the screen: that of nearly all its cells. The few that are wider, as headers of
/// figures are, push what stands behind them aside in their own row only.
fn column_widths(grid: &Grid) -> Vec<usize> {
    let mut cells: Vec<Vec<usize>> = vec![Vec::new(); usize::from(grid.columns)];
    let single = |cell: &&GridCell| cell.column_span == 1 && !cell.text.is_empty();
    for cell in grid.cells.iter().filter(single) {
        if let Some(widths) = cells.get_mut(usize::from(cell.column)) {
            widths.push(width(&cell.text).min(WIDEST));
        }
    }
    let usual = |mut widths: Vec<usize>| {
        widths.sort_unstable();
        let index = widths.len().saturating_sub(1 + widths.len() / 10);
        widths.get(index).copied().unwrap_or(0).max(1)
    };
    cells.into_iter().map(usual).collect()
}

#[cfg(test)]
mod tests {
    use crate::document::{Block, Builder, Format, GridCell, Place};

    fn cell(row: u16, column: u16, row_span: u16, column_span: u16, text: &str) -> GridCell {
        GridCell { row, column, row_span, column_span, text: text.to_owned(), place: Place::Paragraph(1), at: 0 }
    }

    #[test]
    fn columns_stand_under_one_another_and_every_cell_knows_its_column() {
        let mut builder = Builder::default();
        builder.table(vec![
            cell(0, 0, 2, 1, "结果"),
            cell(0, 1, 1, 1, "予以公开"),
            cell(0, 2, 1, 1, "12"),
            cell(1, 1, 1, 1, "部分\n公开"),
            cell(1, 2, 1, 1, ""),
            cell(2, 0, 1, 2, "总计"),
            cell(2, 2, 1, 1, "7"),
        ]);
        let document = builder.finish(Format::Docx, None);
        let lines = document.lines();
        assert_eq!(lines, ["| 结果 | 予以公开  | 12 |", "|      | 部分 公开 |  |", "| 总计             | 7 |"]);
        let Block::Table(grid) = &document.blocks[0] else { panic!("a table") };
        for cell in &grid.cells {
            let line: Vec<char> = lines[usize::from(cell.row)].chars().collect();
            let shown: String = line[cell.at as usize - 1..].iter().take(cell.text.chars().count()).collect();
            assert_eq!(shown, cell.text.replace('\n', " "));
        }
    }
}
