//! Content in reading order, as word processors nest it, laid out as blocks: tables that only arrange other
//! content are looked through, tables within a cell become its text.

use super::{Builder, Document, Format, GridCell, Place, Refusal, Role};
use crate::text::Wording;

/// A piece of content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// A paragraph, with its forced line breaks.
    Paragraph(String),
    /// A paragraph that is no part of the report.
    Aside(String),
    /// A picture.
    Picture {
        /// What the file says about it.
        caption: String,
        /// Whether it may show a page or a table.
        large: bool,
    },
    /// A table.
    Table(Vec<Cell>),
}

/// A cell of a table, in units of its grid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    /// Its first row, from 0.
    pub(super) row: u16,
    /// Its first column, from 0.
    pub(super) column: u16,
    /// How many rows it spans, at least 1.
    pub(super) row_span: u16,
    /// How many columns it spans, at least 1.
    pub(super) column_span: u16,
    /// What it holds.
    pub(super) content: Vec<Piece>,
}

/// Rows and columns that a table may have; what lies beyond is left out.
pub(super) const ROWS: u16 = 20_000;
/// See [`ROWS`].
pub(super) const COLUMNS: u16 = 500;
/// Cells that all tables of a document may have.
pub(super) const CELLS: usize = 100_000;

/// A side from which a picture may show a table, in hundredths of a point: 6 cm wide, 3 cm high.
pub(super) const LARGE: (i64, i64) = (17_008, 8_504);

/// The document that `pieces` make.
///
/// # Errors
/// A [`Refusal`] where there is nothing to read in them.
pub(super) fn document(mut pieces: Vec<Piece>, format: Format) -> Result<Document, Refusal> {
    let is_something = |piece: &Piece| match piece {
        Piece::Paragraph(text) => !text.trim().is_empty(),
        Piece::Table(_) | Piece::Picture { .. } => true,
        Piece::Aside(_) => false,
    };
    if !pieces.iter().any(is_something) {
        let reason =
            Wording::new("文件里没有文字；请报送单位重新报送", "there is no text in the file; ask for it again");
        return Err(Refusal::of(format, reason));
    }
    while matches!(pieces.last(), Some(Piece::Paragraph(text)) if text.trim().is_empty()) {
        pieces.pop();
    }
    let mut builder = Builder::default();
    lay(pieces, &mut builder);
    Ok(builder.finish(format, None))
}

/// Adds the paragraphs of `pieces`, also those within tables, to `texts`, as no part of the report.
pub(super) fn aside(pieces: Vec<Piece>, texts: &mut Vec<Piece>) {
    for piece in pieces {
        match piece {
            Piece::Paragraph(text) | Piece::Aside(text) if text.trim().is_empty() => {}
            Piece::Paragraph(text) | Piece::Aside(text) => texts.push(Piece::Aside(text.trim().to_owned())),
            Piece::Table(cells) => cells.into_iter().for_each(|cell| aside(cell.content, texts)),
            Piece::Picture { .. } => {}
        }
    }
}

/// How much text and how many cells a piece holds, for what may be repeated: a cell counts 1, and so do 64 bytes.
pub(super) fn weight(pieces: &[Piece]) -> usize {
    let weigh = |piece: &Piece| match piece {
        Piece::Paragraph(text) | Piece::Aside(text) => text.len() / 64,
        Piece::Picture { caption, .. } => caption.len() / 64,
        Piece::Table(cells) => cells.iter().map(|cell| 1 + weight(&cell.content)).sum(),
    };
    pieces.iter().map(weigh).sum()
}

/// Adds `pieces` to the document.
fn lay(pieces: Vec<Piece>, builder: &mut Builder) {
    for piece in pieces {
        match piece {
            Piece::Paragraph(text) => builder.paragraph(&text, Role::Paragraph),
            Piece::Aside(text) => builder.paragraph(&text, Role::Aside),
            Piece::Picture { caption, large } => {
                let place = Place::Paragraph(builder.paragraphs().max(1));
                builder.picture(caption, place, large);
            }
            Piece::Table(cells) => table(settle(cells), builder),
        }
    }
}

/// Whether `text` is a passage or a heading of its own, and no label of a table.
pub(super) fn is_passage(text: &str) -> bool {
    is_prose(text) || is_heading(text)
}

/// Whether `text` is a sentence, or too long for a label of a table.
pub(super) fn is_prose(text: &str) -> bool {
    text.contains('。') || text.chars().filter(|c| !c.is_whitespace()).count() >= 60
}

/// Whether `text` begins as the headings of a report are numbered: 一、 or （一）.
pub(super) fn is_heading(text: &str) -> bool {
    let numeral = |c: char| "一二三四五六七八九十".contains(c);
    let text = text.trim_start();
    let (rest, closers) = match text.strip_prefix(['（', '(']) {
        Some(rest) => (rest, ['）', ')']),
        None => (text, ['、', '．']),
    };
    let behind = rest.trim_start_matches(numeral);
    behind.len() < rest.len() && behind.starts_with(closers)
}

fn table(cells: Vec<Cell>, builder: &mut Builder) {
    if is_layout(&cells) {
        return lay(cells.into_iter().flat_map(|cell| cell.content).collect(), builder);
    }
    let columns = cells.iter().map(|cell| cell.column + cell.column_span).max().unwrap_or(0);
    let number = builder.next_table();
    let mut rows: Vec<Cell> = Vec::new();
    let mut covered = 0;
    let mut cells = cells.into_iter().peekable();
    while let Some(cell) = cells.next() {
        let is_alone = cell.row >= covered
            && cell.column_span == columns
            && cells.peek().is_none_or(|next| next.row >= cell.row + cell.row_span);
        if is_alone && is_passage_of_table(&cell.content) {
            grid(std::mem::take(&mut rows), number, builder);
            lay(cell.content, builder);
        } else {
            covered = covered.max(cell.row + cell.row_span);
            rows.push(cell);
        }
    }
    grid(rows, number, builder);
}

/// Whether a cell as wide as its table holds no row of it.
fn is_passage_of_table(content: &[Piece]) -> bool {
    content.iter().any(|piece| match piece {
        Piece::Paragraph(text) => is_passage(text),
        Piece::Table(cells) => !is_layout(cells),
        Piece::Aside(_) | Piece::Picture { .. } => false,
    })
}

/// Adds rows of the table `number` that follow each other.
fn grid(cells: Vec<Cell>, number: u32, builder: &mut Builder) {
    let Some(first) = cells.first().map(|cell| cell.row) else { return };
    let mut pictures = Vec::new();
    let mut laid = Vec::with_capacity(cells.len());
    for cell in cells {
        let place = Place::Cell { table: number, row: u32::from(cell.row) + 1, cell: u32::from(cell.column) + 1 };
        let mut text = String::new();
        flatten(&cell.content, "\n", &mut text, &mut |caption, large| pictures.push((caption, place, large)));
        laid.push(GridCell {
            row: cell.row - first,
            column: cell.column,
            row_span: cell.row_span,
            column_span: cell.column_span,
            text: text.trim_matches('\n').to_owned(),
            place,
            at: 0,
        });
    }
    builder.table(laid);
    for (caption, place, large) in pictures {
        builder.picture(caption, place, large);
    }
}

/// The text of a cell: its paragraphs, and the cells of tables in it row by row.
fn flatten(content: &[Piece], between: &str, text: &mut String, picture: &mut dyn FnMut(String, bool)) {
    let mut is_first = true;
    for piece in content {
        if let Piece::Picture { caption, large } = piece {
            picture(caption.clone(), *large);
            continue;
        }
        if !std::mem::take(&mut is_first) {
            text.push_str(between);
        }
        match piece {
            Piece::Paragraph(words) | Piece::Aside(words) => text.push_str(words),
            Piece::Picture { .. } => {}
            Piece::Table(cells) => {
                let mut row = 0;
                for (index, cell) in cells.iter().enumerate() {
                    if index > 0 {
                        text.push_str(if cell.row == row { " " } else { between });
                    }
                    row = cell.row;
                    flatten(&cell.content, " ", text, picture);
                }
            }
        }
    }
}

/// Whether a table only arranges what it holds: it has one column, or mostly other tables in it.
fn is_layout(cells: &[Cell]) -> bool {
    if cells.iter().all(|cell| cell.column == 0) {
        return true;
    }
    let (mut own, mut nested) = (0, 0);
    for cell in cells {
        let within: usize =
            cell.content.iter().map(|piece| if let Piece::Table(cells) = piece { cells.len() } else { 0 }).sum();
        let has_text = |piece: &Piece| matches!(piece, Piece::Paragraph(text) if !text.trim().is_empty());
        nested += within;
        own += usize::from(within == 0 && cell.content.iter().any(has_text));
    }
    nested >= 4 && nested >= 2 * own
}

/// A place of a grid that no cell takes.
const FREE: u32 = u32::MAX;

/// Cells by row and column, none over another. What lies over a cell becomes part of its content, so that
/// nothing is lost and nothing is taken for a figure of its own.
fn settle(mut cells: Vec<Cell>) -> Vec<Cell> {
    cells.retain(|cell| cell.row < ROWS && cell.column < COLUMNS);
    cells.sort_by_key(|cell| (cell.row, cell.column));
    let last = cells.iter().map(|cell| cell.row).max().unwrap_or(0);
    let mut taken: Vec<Vec<u32>> = Vec::new();
    let mut settled: Vec<Cell> = Vec::with_capacity(cells.len());
    for mut cell in cells {
        let (row, column) = (usize::from(cell.row), usize::from(cell.column));
        let at = |taken: &[Vec<u32>], row: usize, column: usize| {
            taken.get(row).and_then(|row| row.get(column)).copied().filter(|&index| index != FREE)
        };
        if let Some(under) = at(&taken, row, column).and_then(|index| settled.get_mut(index as usize)) {
            under.content.append(&mut cell.content);
            continue;
        }
        cell.row_span = cell.row_span.clamp(1, last + 1 - cell.row);
        cell.column_span = cell.column_span.clamp(1, COLUMNS - cell.column);
        let free = (1..usize::from(cell.column_span)).take_while(|&next| at(&taken, row, column + next).is_none());
        let width = 1 + free.count();
        cell.column_span = u16::try_from(width).unwrap_or(1);
        let end = row + usize::from(cell.row_span);
        if taken.len() < end {
            taken.resize(end, Vec::new());
        }
        for line in &mut taken[row..end] {
            if line.len() < column + width {
                line.resize(column + width, FREE);
            }
            line[column..column + width].fill(u32::try_from(settled.len()).unwrap_or(FREE - 1));
        }
        settled.push(cell);
    }
    settled
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Block, Format};

    fn text(text: &str) -> Piece {
        Piece::Paragraph(text.to_owned())
    }

    fn cell(row: u16, column: u16, spans: (u16, u16), content: Vec<Piece>) -> Cell {
        Cell { row, column, row_span: spans.0, column_span: spans.1, content }
    }

    fn data() -> Piece {
        let at = |row, column| cell(row, column, (1, 1), vec![text(&format!("{row}{column}"))]);
        Piece::Table(vec![at(0, 0), at(0, 1), at(1, 0), at(1, 1)])
    }

    fn lines(pieces: Vec<Piece>) -> Vec<String> {
        let mut builder = Builder::default();
        lay(pieces, &mut builder);
        builder.finish(Format::Docx, None).lines().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn tables_that_arrange_are_looked_through() {
        let within = |content| vec![Piece::Table(vec![cell(0, 0, (1, 1), content)])];
        assert_eq!(lines(within(within(vec![text("a"), data()]))), ["a", "| 00 | 01 |", "| 10 | 11 |"]);
        let beside = Piece::Table(vec![cell(0, 0, (1, 1), vec![text("菜单")]), cell(0, 1, (1, 1), vec![data()])]);
        assert_eq!(lines(vec![beside]), ["菜单", "| 00 | 01 |", "| 10 | 11 |"]);
    }

    #[test]
    fn tables_in_a_table_of_figures_are_text() {
        let mut cells = vec![cell(0, 0, (1, 1), vec![text("a"), data(), text("b")])];
        cells.extend((1..6).map(|column| cell(0, column, (1, 1), vec![text("1"), text("")])));
        assert_eq!(lines(vec![Piece::Table(cells)]), ["| a 00 01 10 11 b | 1 | 1 | 1 | 1 | 1 |"]);
    }

    #[test]
    fn passages_between_rows_part_a_table_and_labels_do_not() {
        let wide = |row, words: &str| cell(row, 0, (1, 2), vec![text(words)]);
        let pair = |row| [0, 1].map(|column| cell(row, column, (1, 1), vec![text("1")]));
        let rows: [Vec<Cell>; 5] = [
            vec![wide(0, "二、主动公开政府信息情况")],
            vec![wide(1, "第二十条第（一）项")],
            pair(2).to_vec(),
            vec![wide(3, "（一）总体情况。")],
            pair(4).to_vec(),
        ];
        let mut builder = Builder::default();
        lay(vec![Piece::Table(rows.concat())], &mut builder);
        let document = builder.finish(Format::Docx, None);
        let expected =
            ["二、主动公开政府信息情况", "| 第二十条第（一）项 |", "| 1 | 1 |", "（一）总体情况。", "| 1 | 1 |"];
        assert_eq!(document.lines(), expected);
        let Some(Block::Table(grid)) = document.blocks.last() else { panic!("a table") };
        assert_eq!((grid.cells[1].row, grid.cells[1].place), (0, Place::Cell { table: 1, row: 5, cell: 2 }));
    }

    #[test]
    fn no_two_cells_overlap() {
        let cells = vec![
            cell(0, 0, (2, 2), vec![text("a")]),
            cell(0, 1, (1, 1), vec![text("b")]),
            cell(1, 1, (9, 9), vec![text("c")]),
            cell(1, 2, (u16::MAX, u16::MAX), vec![text("d")]),
            cell(u16::MAX, 0, (1, 1), vec![text("far")]),
        ];
        let settled = settle(cells);
        let shown: Vec<_> = settled.iter().map(|cell| (cell.row, cell.column, cell.content.len())).collect();
        assert_eq!(shown, [(0, 0, 3), (1, 2, 1)]);
        assert_eq!((settled[1].row_span, settled[1].column_span), (1, COLUMNS - 2));
    }
}
