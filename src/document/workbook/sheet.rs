//! From the cells of a sheet to passages and tables.
//!
//! A sheet has no paragraphs: people type headings, prose and tables into one grid, mostly across merged cells.
//! Rows that merged areas hold together are a *band*. A band with several texts is part of a table; one with a
//! single text is a passage where it reads like one, or stands where no table goes on.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::document::flow::{is_heading, is_prose};
use crate::document::{Anchor, Builder, GridCell, Place, Role};

use super::hidden::Hidden;

/// Places of a table, with and without cells: beyond, blanks are left out.
const PLACES: usize = 100_000;

/// The cells of a sheet that have content, and its merged areas.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    /// Its name.
    pub(super) name: String,
    /// Whether it is hidden.
    pub(super) is_hidden: bool,
    /// What its cells show, by row and column from 0.
    pub(super) cells: BTreeMap<(u32, u32), String>,
    /// Cells that are merged into one.
    pub(super) merged: Vec<Area>,
    /// Rows and columns of it that are not shown.
    pub(super) hidden: Hidden,
}

impl Sheet {
    /// Whether nothing in it can be seen.
    pub(super) fn is_blank(&self) -> bool {
        self.is_hidden || self.hidden.shown(self).cells.is_empty()
    }
}

/// A stretch of cells, its limits included; rows and columns from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Area {
    /// First row.
    pub(super) top: u32,
    /// First column.
    pub(super) left: u32,
    /// Last row.
    pub(super) bottom: u32,
    /// Last column.
    pub(super) right: u32,
}

/// A cell, or cells merged into one.
#[derive(Clone, Copy, Debug)]
struct Item<'s> {
    area: Area,
    text: &'s str,
}

/// Rows that hold together.
#[derive(Clone, Debug)]
struct Band<'s> {
    top: u32,
    bottom: u32,
    items: Vec<Item<'s>>,
}

/// Adds the sheet of this number to the document.
pub(super) fn lay(sheet: &Sheet, number: u32, is_named: bool, builder: &mut Builder) {
    let file = Numbers { table: number, hidden: &sheet.hidden };
    let at = |area: Area| {
        let (row, cell) = file.cell(area.top, area.left);
        Anchor::Cell { table: number, row, cell }
    };
    let start = Area { top: 0, left: 0, bottom: 0, right: 0 };
    if sheet.cells.is_empty() {
        return;
    }
    if sheet.is_hidden {
        return builder.line(format!("[隐藏的工作表：{}]", sheet.name), Role::Hidden, at(start));
    }
    if is_named {
        builder.line(format!("[工作表：{}]", sheet.name), Role::Aside, at(start));
    }
    if let Some(told) = sheet.hidden.told(sheet) {
        builder.line(format!("[隐藏的行列：{told}]"), Role::Hidden, at(start));
    }
    let shown = sheet.hidden.shown(sheet);
    let bands = bands(items(&shown));
    let mut table: Vec<&Band> = Vec::new();
    for (index, band) in bands.iter().enumerate() {
        if table.last().is_some_and(|last| last.bottom + 1 < band.top) {
            grid(&std::mem::take(&mut table), file, builder);
        }
        let next = bands.get(index + 1).filter(|next| next.top == band.bottom + 1);
        let Some(own) = band.single().filter(|own| stands_alone(own, &table, next)) else {
            table.push(band);
            continue;
        };
        grid(&std::mem::take(&mut table), file, builder);
        for line in own.text.split('\n') {
            builder.line(line.trim_end_matches('\r'), Role::Paragraph, at(own.area));
        }
    }
    grid(&table, file, builder);
}

/// How the file numbers what is shown.
#[derive(Clone, Copy)]
struct Numbers<'s> {
    table: u32,
    hidden: &'s Hidden,
}

impl Numbers<'_> {
    /// Row and column in the file, from 1, of a shown cell.
    fn cell(self, row: u32, column: u32) -> (u32, u32) {
        (self.hidden.rows.real(row).saturating_add(1), self.hidden.columns.real(column).saturating_add(1))
    }
}

/// The cells of a sheet as people see them: merged ones once, what they cover not at all.
fn items(sheet: &Sheet) -> Vec<Item<'_>> {
    let last = sheet.cells.keys().map(|(row, _)| *row).max().unwrap_or(0);
    let right = sheet.cells.keys().map(|(_, column)| *column).max().unwrap_or(0);
    let is_wide = |area: &&Area| area.top < area.bottom || area.left < area.right;
    let is_near =
        |area: &&Area| area.top <= area.bottom && area.top <= last && area.left <= area.right && area.left <= right;
    let mut merged: Vec<Area> = sheet.merged.iter().filter(is_wide).filter(is_near).copied().take(PLACES).collect();
    merged.sort_by_key(|area| (area.top, area.left));
    let rows: BTreeSet<u32> = sheet.cells.keys().map(|(row, _)| *row).collect();
    let mut covered: HashMap<u32, Vec<Area>> = HashMap::new();
    let mut left = 10 * PLACES;
    let mut items = Vec::new();
    for area in merged {
        // Merged areas do not overlap in any file that a program wrote; of others the first is taken.
        let is_free = |row: &u32| covered.get(row).is_none_or(|areas| areas.iter().all(|other| !other.meets(area)));
        if !rows.range(area.top..=area.bottom).all(is_free) {
            continue;
        }
        for row in rows.range(area.top..=area.bottom) {
            left = left.saturating_sub(1);
            if left > 0 {
                covered.entry(*row).or_default().push(area);
            }
        }
        let text = sheet.cells.get(&(area.top, area.left)).map_or("", String::as_str);
        items.push(Item { area: Area { bottom: area.bottom.min(last), ..area }, text });
    }
    for (&(row, column), text) in &sheet.cells {
        let area = Area { top: row, left: column, bottom: row, right: column };
        if covered.get(&row).is_none_or(|areas| areas.iter().all(|other| !other.meets(area))) {
            items.push(Item { area, text });
        }
    }
    items.sort_by_key(|item| (item.area.top, item.area.left));
    items
}

impl Area {
    /// Whether both have a cell in common.
    const fn meets(self, other: Self) -> bool {
        self.top <= other.bottom && other.top <= self.bottom && self.left <= other.right && other.left <= self.right
    }
}

/// The bands that hold any text. Cells that span rows hold them together only where something stands beside.
fn bands(items: Vec<Item<'_>>) -> Vec<Band<'_>> {
    let mut bands: Vec<Band> = Vec::new();
    for item in items {
        match bands.last_mut() {
            Some(band) if item.area.top <= band.bottom => {
                band.bottom = band.bottom.max(item.area.bottom);
                band.items.push(item);
            }
            _ => bands.push(Band { top: item.area.top, bottom: item.area.bottom, items: vec![item] }),
        }
    }
    bands.retain(|band| band.items.iter().any(|item| !item.text.trim().is_empty()));
    bands
}

impl<'s> Band<'s> {
    /// Its only text.
    fn single(&self) -> Option<Item<'s>> {
        let mut texts = self.items.iter().filter(|item| !item.text.trim().is_empty());
        let first = texts.next()?;
        texts.next().is_none().then_some(*first)
    }

    /// Whether any of its texts is a figure.
    fn has_figure(&self) -> bool {
        self.items.iter().any(|item| {
            let text = item.text.trim();
            text.chars().any(|c| c.is_ascii_digit()) && text.parse::<f64>().is_ok()
        })
    }

    /// First and last column of its texts.
    fn extent(&self) -> (u32, u32) {
        let texts = || self.items.iter().filter(|item| !item.text.trim().is_empty());
        let left = texts().map(|item| item.area.left).min().unwrap_or(0);
        (left, texts().map(|item| item.area.right).max().unwrap_or(0))
    }
}

/// Whether the only text of a band is a passage, and no row of the table before or behind it.
fn stands_alone(own: &Item, table: &[&Band], next: Option<&Band>) -> bool {
    if is_prose(own.text) {
        return true;
    }
    let next_table = next.filter(|next| next.single().is_none());
    let is_merged = own.area.left < own.area.right;
    let is_narrow = |band: &Band| {
        let (left, right) = band.extent();
        own.area.left > left || own.area.right < right
    };
    if is_heading(own.text) {
        let beside = table.iter().copied().max_by_key(|band| band.extent().1).or(next_table);
        let is_label = is_merged && beside.is_some_and(is_narrow);
        return !is_label && (is_merged || table.is_empty() || next.is_none_or(|next| !next.has_figure()));
    }
    table.is_empty() && !(next_table.is_some() && is_article(own.text))
}

/// Whether `text` names an article of a law, as the rows of a form do.
fn is_article(text: &str) -> bool {
    text.trim_start().strip_prefix('第').is_some_and(|rest| rest.contains('条'))
}

/// Adds the table of these bands.
fn grid(bands: &[&Band], file: Numbers, builder: &mut Builder) {
    let left = bands.iter().map(|band| band.extent().0).min().unwrap_or(0);
    let right = bands.iter().map(|band| band.extent().1).max().unwrap_or(0);
    let items: Vec<Item> = bands
        .iter()
        .flat_map(|band| &band.items)
        .filter(|item| item.area.left <= right && item.area.right >= left)
        .map(|item| Item {
            area: Area { left: item.area.left.max(left), right: item.area.right.min(right), ..item.area },
            ..*item
        })
        .collect();
    // Limits of rows and columns: where anything begins or ends.
    let limits = |ends: fn(&Area) -> [u32; 2]| {
        let all: BTreeSet<u32> = items.iter().flat_map(|item| ends(&item.area)).collect();
        all.into_iter().collect::<Vec<u32>>()
    };
    let rows = limits(|area| [area.top, area.bottom + 1]);
    let columns = limits(|area| [area.left, area.right + 1]);
    let short = |index: usize| u16::try_from(index).unwrap_or(u16::MAX);
    let index = |limits: &[u32], limit: u32| limits.partition_point(|&before| before < limit);
    let is_sparse = rows.len().saturating_mul(columns.len()) > PLACES;
    let width = columns.len().saturating_sub(1);
    let mut taken = vec![false; if is_sparse { 0 } else { rows.len() * width }];
    let mut cells = Vec::new();
    let mut put = |row: usize, column: usize, spans: (usize, usize), text: &str| {
        if row >= usize::from(u16::MAX) || column >= usize::from(u16::MAX) {
            return;
        }
        let at = file.cell(rows[row], columns[column]);
        cells.push(GridCell {
            row: short(row),
            column: short(column),
            row_span: short(spans.0).max(1),
            column_span: short(spans.1).max(1),
            text: text.trim_matches(['\n', '\r']).replace("\r\n", "\n"),
            place: Place::Cell { table: file.table, row: at.0, cell: at.1 },
            at: 0,
        });
    };
    for item in &items {
        let (top, bottom) = (index(&rows, item.area.top), index(&rows, item.area.bottom + 1));
        let (first, end) = (index(&columns, item.area.left), index(&columns, item.area.right + 1));
        if !is_sparse {
            for row in top..bottom {
                taken[row * width + first..row * width + end].fill(true);
            }
        }
        put(top, first, (bottom - top, end - first), item.text);
    }
    if !is_sparse {
        for row in 0..rows.len().saturating_sub(1) {
            for column in (0..width).filter(|column| !taken[row * width + column]) {
                put(row, column, (1, 1), "");
            }
        }
    }
    builder.table(cells);
}
