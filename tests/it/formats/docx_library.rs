//! Office Open XML text as a writer library makes it.

use std::io::Cursor;

use docx_rs::{Docx, Paragraph, Run, Table, TableCell, TableRow, VMergeType};

use super::content::{Content, Piece, Sheet};

pub(crate) fn render(content: &Content) -> Vec<u8> {
    let mut document = Docx::new();
    for piece in &content.pieces {
        document = match piece {
            Piece::Title(text) | Piece::Heading(text) | Piece::Paragraph(text) => {
                document.add_paragraph(paragraph(text))
            }
            Piece::Table(sheet) => document.add_table(table(sheet)),
        };
    }
    let mut file = Cursor::new(Vec::new());
    document.build().pack(&mut file).unwrap();
    file.into_inner()
}

fn paragraph(text: &str) -> Paragraph {
    Paragraph::new().add_run(Run::new().add_text(text))
}

fn table(sheet: &Sheet) -> Table {
    let rows = (0..sheet.rows).map(|row| {
        let mut cells = Vec::new();
        for column in 0..sheet.columns {
            let cell = sheet.covering(row, column);
            if cell.column != column {
                continue;
            }
            let begins = cell.row == row;
            let mut written = TableCell::new().add_paragraph(paragraph(if begins { &cell.text } else { "" }));
            if cell.column_span > 1 {
                written = written.grid_span(cell.column_span);
            }
            if cell.row_span > 1 {
                written = written.vertical_merge(if begins { VMergeType::Restart } else { VMergeType::Continue });
            }
            cells.push(written);
        }
        TableRow::new(cells)
    });
    Table::new(rows.collect()).set_grid(vec![600; sheet.columns])
}
