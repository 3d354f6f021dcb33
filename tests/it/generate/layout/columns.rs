//! The page as it looks: texts at places of a canvas, read line by line; and figures read column by
//! column.

use super::rows::{disclosure, join, spanning};
use super::text::{pieces, wrap};
use super::{TableLines, header};
use crate::generate::form::{APPLICANTS, OUTCOMES, RULE_NOTE};
use crate::generate::rng::Rng;
use crate::generate::tables::{Row, Tables};

/// What becomes of the distance between texts on a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spacing {
    /// Kept as blanks.
    Aligned,
    /// One blank.
    Collapsed,
}

/// Texts at (line, column); a wide character takes two columns.
#[derive(Default)]
struct Canvas {
    texts: Vec<(usize, usize, String)>,
}

impl Canvas {
    fn put(&mut self, line: usize, column: usize, text: impl Into<String>) {
        let text = text.into();
        if !text.is_empty() {
            self.texts.push((line, column, text));
        }
    }

    /// Puts lines below each other, centred within `height` lines from `top`.
    fn put_centred(&mut self, top: usize, height: usize, column: usize, lines: &[String]) {
        let start = top + height.saturating_sub(lines.len()) / 2;
        for (offset, line) in lines.iter().enumerate() {
            self.put(start + offset, column, line.as_str());
        }
    }

    fn lines(mut self, spacing: Spacing) -> Vec<String> {
        self.texts.sort_by_key(|&(line, column, _)| (line, column));
        let count = self.texts.last().map_or(0, |&(line, _, _)| line + 1);
        let mut lines = vec![String::new(); count];
        for (line, column, text) in self.texts {
            let line = &mut lines[line];
            let used = width(line);
            let blanks = match spacing {
                Spacing::Aligned if used < column => column - used,
                _ => usize::from(used > 0),
            };
            line.push_str(&" ".repeat(blanks));
            line.push_str(&text);
        }
        lines
    }
}

fn width(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

pub(super) fn render(tables: &Tables, rng: &mut Rng, spacing: Spacing) -> TableLines {
    let sheet = Sheet { label_width: rng.between(9, 17), piece_width: rng.between(2, 5), pitch: rng.between(6, 9) };
    let two = if spacing == Spacing::Aligned { aligned_disclosure(tables) } else { disclosure(tables, rng) };
    [two, sheet.requests(&tables.three).lines(spacing), disputes(tables, rng).lines(spacing)]
}

fn aligned_disclosure(tables: &Tables) -> Vec<String> {
    let mut canvas = Canvas::default();
    let mut line = 0;
    for block in &tables.two {
        canvas.put(line, 30, block.item.as_str());
        canvas.put(line + 1, 4, "信息内容");
        for (index, column) in block.columns.iter().enumerate() {
            canvas.put(line + 1, 26 + 18 * index, column.as_str());
        }
        line += 2;
        for (_, label, cells) in &block.rows {
            canvas.put(line, 4, label.as_str());
            for (index, cell) in cells.iter().enumerate() {
                canvas.put(line, 32 + 18 * index, cell.as_str());
            }
            line += 1;
        }
    }
    canvas.lines(Spacing::Aligned)
}

/// Measures of table three on the page.
struct Sheet {
    label_width: usize,
    piece_width: usize,
    pitch: usize,
}

impl Sheet {
    const RESULTS: usize = 1;

    fn group(&self) -> usize {
        Self::RESULTS + 2 * self.piece_width + 2
    }

    fn label(&self) -> usize {
        self.group() + 2 * self.piece_width + 2
    }

    fn figure(&self, column: usize) -> usize {
        self.label() + 2 * self.label_width + 3 + self.pitch * column
    }

    fn requests(&self, rows: &[Row]) -> Canvas {
        let mut canvas = Canvas::default();
        canvas.put(0, self.figure(2), "申请人情况");
        canvas.put_centred(0, 4, 2, &wrap(RULE_NOTE, (self.figure(0) - 4) / 2));
        canvas.put(1, self.figure(2), "法人或其他组织");
        for (index, (_, label)) in APPLICANTS.iter().enumerate() {
            let (top, height) = if matches!(index, 0 | 6) { (1, 3) } else { (2, 3) };
            canvas.put_centred(top, height, self.figure(index), &wrap(label, (self.pitch - 1) / 2));
        }
        let mut top = 5;
        let mut tops = Vec::new();
        for row in rows {
            let (left, width) = match (&row.results, &row.group) {
                (None, _) => (Self::RESULTS, (self.figure(0) - 3) / 2),
                (Some(_), None) => (self.group(), (self.figure(0) - self.group() - 2) / 2),
                _ => (self.label(), self.label_width),
            };
            let label = wrap(&row.label, width);
            // Figures level with the middle of the label; between its lines if their number is even.
            let height = if label.len().is_multiple_of(2) { label.len() + 1 } else { label.len() };
            for (offset, text) in label.iter().enumerate() {
                let gap = usize::from(label.len().is_multiple_of(2) && offset >= label.len() / 2);
                canvas.put(top + offset + gap, left, text.as_str());
            }
            for (index, cell) in row.cells.iter().enumerate() {
                let indent = 3_usize.saturating_sub(cell.chars().count());
                canvas.put(top + height / 2, self.figure(index) + indent, cell.as_str());
            }
            tops.push(top);
            top += height;
        }
        tops.push(top);
        for index in 0..rows.len() {
            for label in spanning(rows, index) {
                let (of, left): (fn(&Row) -> Option<&String>, usize) = if rows[index].results.as_deref() == Some(label)
                {
                    (|row| row.results.as_ref(), Self::RESULTS)
                } else {
                    (|row| row.group.as_ref(), self.group())
                };
                let rows_spanned =
                    rows[index..].iter().take_while(|row| of(row).is_some_and(|own| own == label)).count();
                let end = tops[index + rows_spanned];
                canvas.put_centred(tops[index], end - tops[index], left, &pieces(label, self.piece_width));
            }
        }
        canvas
    }
}

fn disputes(tables: &Tables, rng: &mut Rng) -> Canvas {
    let pitch = rng.between(6, 8);
    let at = |index: usize| 2 + pitch * index;
    let mut canvas = Canvas::default();
    canvas.put(0, at(2), "行政复议");
    canvas.put(0, at(9), "行政诉讼");
    canvas.put(1, at(6), "未经复议直接起诉");
    canvas.put(1, at(12), "复议后起诉");
    for index in 0..15 {
        let label = OUTCOMES[index % 5].1;
        canvas.put_centred(2, 2, at(index), &wrap(label, 2));
    }
    for (index, cell) in tables.four.iter().enumerate() {
        canvas.put(5, at(index), cell.as_str());
    }
    canvas
}

/// Labels of table three first, then its figures column by column.
pub(super) fn column_major(tables: &Tables, rng: &mut Rng) -> TableLines {
    let headed = rng.chance(50);
    let one_line = rng.chance(40);
    let width = rng.between(10, 26);
    let mut three = vec![RULE_NOTE.to_owned()];
    if !headed {
        three.extend(header::requests(rng).into_iter().skip(1));
    }
    for (index, row) in tables.three.iter().enumerate() {
        three.extend(spanning(&tables.three, index).into_iter().map(ToOwned::to_owned));
        three.extend(wrap(&row.label, width));
    }
    for (column, (_, label)) in APPLICANTS.iter().enumerate() {
        if headed {
            three.push((*label).to_owned());
        }
        let figures: Vec<String> = tables.three.iter().map(|row| row.cells[column].clone()).collect();
        if one_line {
            three.push(join(&figures, " "));
        } else {
            three.extend(figures.into_iter().filter(|figure| !figure.is_empty()));
        }
    }
    let mut four = header::disputes(rng);
    four.push(join(&tables.four, " "));
    [disclosure(tables, rng), three, four]
}
