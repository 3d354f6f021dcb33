//! Workbooks as a writer library makes them.

use rust_xlsxwriter::{Format, Workbook, Worksheet};

use super::content::{Content, Piece, Sheet};

/// How a report is spread over a workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Manner {
    /// One sheet, running text in merged rows, figures as numbers.
    OneSheet,
    /// A new sheet behind each table.
    Sheets,
    /// As `OneSheet`, figures as text.
    Text,
}

/// Columns of the widest table.
const WIDTH: u16 = 15;

pub(crate) fn render(content: &Content, manner: Manner) -> Vec<u8> {
    let mut book = Workbook::new();
    let mut sheet = Worksheet::new();
    let mut row = 0;
    let format = Format::new().set_text_wrap();
    for piece in &content.pieces {
        match piece {
            Piece::Title(text) | Piece::Heading(text) | Piece::Paragraph(text) => {
                if manner == Manner::Sheets {
                    sheet.write_string(row, 0, text).unwrap();
                } else {
                    sheet.merge_range(row, 0, row, WIDTH - 1, text, &format).unwrap();
                }
                row += 1;
            }
            Piece::Table(table) => {
                write(&mut sheet, row, table, manner == Manner::Text);
                row += u32::try_from(table.rows).unwrap();
                if manner == Manner::Sheets {
                    book.push_worksheet(sheet);
                    sheet = Worksheet::new();
                    row = 0;
                }
            }
        }
    }
    book.push_worksheet(sheet);
    book.save_to_buffer().unwrap()
}

fn write(sheet: &mut Worksheet, top: u32, table: &Sheet, as_text: bool) {
    let format = Format::new();
    for cell in &table.cells {
        let row = top + u32::try_from(cell.row).unwrap();
        let column = u16::try_from(cell.column).unwrap();
        let (down, across) = (u32::try_from(cell.row_span).unwrap() - 1, u16::try_from(cell.column_span).unwrap() - 1);
        if down > 0 || across > 0 {
            sheet.merge_range(row, column, row + down, column + across, &cell.text, &format).unwrap();
        }
        // What is exact as a binary fraction, or an integer, can stand as a number; the rest as text.
        let whole = !cell.text.is_empty() && cell.text.chars().all(|c| c.is_ascii_digit());
        if cell.figure && !as_text && whole {
            sheet.write_number_with_format(row, column, cell.text.parse::<u32>().unwrap(), &format).unwrap();
        } else if cell.figure && !as_text && is_plain_decimal(&cell.text) {
            sheet.write_number_with_format(row, column, cell.text.parse::<f64>().unwrap(), &format).unwrap();
        } else if down == 0 && across == 0 && !cell.text.is_empty() {
            sheet.write_string(row, column, &cell.text).unwrap();
        }
    }
}

/// Whether the figure survives as a floating-point number: no zeros at its end that would be lost.
fn is_plain_decimal(text: &str) -> bool {
    text.contains('.') && !text.ends_with('0') && text.chars().all(|c| c.is_ascii_digit() || c == '.')
}
