//! A row a line, cells separated by blanks.

use super::{TableLines, header};
use crate::generate::rng::Rng;
use crate::generate::tables::{Row, Tables};

/// Where the labels that span several rows go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Groups {
    /// Before the first row's own label, on the same line.
    Inline,
    /// On a line of their own before the first row.
    OwnLine,
    /// Before every row's label, as unmerged cells have it.
    Repeated,
    /// One character a line, before the first row or further down.
    Vertical,
    /// Left out.
    Dropped,
}

impl Groups {
    pub(super) fn draw(rng: &mut Rng) -> Self {
        *rng.pick(&[Self::Inline, Self::Inline, Self::OwnLine, Self::OwnLine, Self::Repeated, Self::Dropped])
    }
}

/// Joins what is printed; a blank cell leaves no trace.
pub(super) fn join(cells: &[String], separator: &str) -> String {
    cells.iter().filter(|cell| !cell.is_empty()).map(String::as_str).collect::<Vec<_>>().join(separator)
}

pub(super) fn render(tables: &Tables, rng: &mut Rng, groups: fn(&mut Rng) -> Groups) -> TableLines {
    let groups = groups(rng);
    let mut three = header::requests(rng);
    three.extend(requests(&tables.three, groups, rng));
    let mut four = header::disputes(rng);
    four.push(join(&tables.four, " "));
    [disclosure(tables, rng), three, four]
}

/// Table two, a row a line.
pub(super) fn disclosure(tables: &Tables, rng: &mut Rng) -> Vec<String> {
    let gaps = rng.chance(30);
    let mut lines = Vec::new();
    for block in &tables.two {
        lines.push(block.item.clone());
        lines.push(format!("信息内容 {}", block.columns.join(" ")));
        for (_, label, cells) in &block.rows {
            if gaps {
                lines.push(String::new());
            }
            lines.push(format!("{label} {}", join(cells, " ")).trim_end().to_owned());
        }
    }
    lines
}

/// The labels that begin at a row: those of 三 and of a group.
pub(super) fn spanning<'a>(rows: &'a [Row], index: usize) -> Vec<&'a str> {
    let before = index.checked_sub(1).map(|before| &rows[before]);
    let begins = |of: fn(&Row) -> Option<&String>| -> Option<&'a str> {
        let label = of(&rows[index])?;
        (before.and_then(of) != Some(label)).then_some(label.as_str())
    };
    [begins(|row| row.results.as_ref()), begins(|row| row.group.as_ref())].into_iter().flatten().collect()
}

fn requests(rows: &[Row], groups: Groups, rng: &mut Rng) -> Vec<String> {
    let mut lines = Vec::new();
    // Letters of vertical labels still to be set, in front of coming rows.
    let mut pending: Vec<String> = Vec::new();
    let shift = if groups == Groups::Vertical && rng.chance(40) { rng.between(1, 2) } else { 0 };
    let mut wait = 0;
    for (index, row) in rows.iter().enumerate() {
        let labels = spanning(rows, index);
        let mut line = String::new();
        match groups {
            Groups::Inline => {
                for label in labels {
                    line.push_str(label);
                    line.push(' ');
                }
            }
            Groups::Repeated => {
                for label in [&row.results, &row.group].into_iter().flatten() {
                    line.push_str(label);
                    line.push(' ');
                }
            }
            Groups::OwnLine => lines.extend(labels.into_iter().map(ToOwned::to_owned)),
            Groups::Vertical => {
                if !labels.is_empty() {
                    lines.append(&mut pending);
                    wait = shift;
                    pending.extend(labels.iter().flat_map(|label| label.chars().map(String::from)));
                }
                if wait == 0 {
                    lines.append(&mut pending);
                }
                wait = wait.saturating_sub(1);
            }
            Groups::Dropped => {}
        }
        line.push_str(&row.label);
        line.push(' ');
        line.push_str(&join(&row.cells, " "));
        lines.push(line.trim_end().to_owned());
    }
    lines.append(&mut pending);
    lines
}
