//! Rich Text Format (specification 1.9.1), written by hand.

use super::content::{Content, Piece, Sheet};

/// How Chinese is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Chinese {
    /// As bytes of code page 936: `\'b5\'da`.
    Bytes,
    /// As code points, each with a substitute: `\u31532?`.
    Points,
}

pub(crate) fn render(content: &Content, chinese: Chinese) -> Vec<u8> {
    let mut body = String::new();
    for piece in &content.pieces {
        match piece {
            Piece::Title(text) => {
                body.push_str(&format!("\\pard\\plain\\qc\\fs44\\f1 {}\\par\n", written(text, chinese)));
            }
            Piece::Heading(text) | Piece::Paragraph(text) => {
                body.push_str(&format!("\\pard\\plain\\fi640\\fs32\\f1 {}\\par\n", written(text, chinese)));
            }
            Piece::Table(sheet) => body.push_str(&table(sheet, chinese)),
        }
    }
    let font = written("仿宋", chinese);
    format!(
        "{{\\rtf1\\ansi\\ansicpg936\\deff0\\uc1\n{{\\fonttbl{{\\f0\\fnil\\fcharset0 Times New Roman;}}{{\\f1\\fnil\\fcharset134 {font};}}}}\n{{\\colortbl;\\red0\\green0\\blue0;}}\n{{\\stylesheet{{\\s0 Normal;}}}}\n{{\\info{{\\title 17}}{{\\author 18}}}}\n{{\\*\\generator Riched20 10.0;}}\n{{\\header\\pard {}\\par}}\n{{\\footer\\pard - {{\\field{{\\*\\fldinst PAGE}}{{\\fldrslt 3}}}} -\\par}}\n\\paperw11906\\paperh16838\n{body}}}\n",
        written(&content.title(), chinese)
    )
    .into_bytes()
}

fn written(text: &str, chinese: Chinese) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '\\' | '{' | '}' => out.extend(['\\', c]),
            c if c.is_ascii() => out.push(c),
            c => match chinese {
                Chinese::Bytes => {
                    for byte in encoding_rs::GBK.encode(c.encode_utf8(&mut [0; 4])).0.iter() {
                        out.push_str(&format!("\\'{byte:02x}"));
                    }
                }
                Chinese::Points => {
                    for unit in c.encode_utf16(&mut [0; 2]) {
                        out.push_str(&format!("\\u{}?", unit.cast_signed()));
                    }
                }
            },
        }
    }
    out
}

fn table(sheet: &Sheet, chinese: Chinese) -> String {
    let width = 9000 / sheet.columns;
    let mut rtf = String::new();
    for row in 0..sheet.rows {
        let mut definition = String::from("\\trowd\\trgaph108\\trleft-108\\trrh400");
        let mut cells = String::new();
        for column in 0..sheet.columns {
            let cell = sheet.covering(row, column);
            if cell.column != column {
                continue;
            }
            if cell.row_span > 1 {
                definition.push_str(if cell.row == row { "\\clvmgf" } else { "\\clvmrg" });
            }
            let right = (cell.column + cell.column_span) * width;
            definition.push_str(&format!("\\clvertalc\\clbrdrt\\brdrs\\brdrw10\\clbrdrb\\brdrs\\cellx{right}"));
            let text = if cell.row == row { written(&cell.text, chinese) } else { String::new() };
            cells.push_str(&format!("\\pard\\intbl\\qc\\f1\\fs21 {text}\\cell\n"));
        }
        rtf.push_str(&format!("{definition}\n{cells}\\row\n"));
    }
    rtf.push_str("\\pard\\par\n");
    rtf
}
