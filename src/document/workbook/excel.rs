//! The workbooks of Excel, and of WPS: XLSX, XLSB, XLS.

use std::io::Cursor;

use calamine::{
    Data, DataRef, Dimensions, Reader, Sheet as Listed, SheetType, SheetVisible, Xls, XlsError, Xlsb, Xlsx,
};

use super::biff;
use super::layout::Layout;
use super::number::decimal;
use super::rich::{self, Shown};
use super::sheet::{Area, Sheet};
use super::{CELLS, UNCOUNTED, empty};
use crate::document::package::{Fault, Limits, Package};

/// The sheets of an XLSX or XLSB file.
pub(super) fn package(bytes: &[u8]) -> Result<Vec<Sheet>, Fault> {
    let (shown, layout) = check(bytes)?;
    match Xlsx::new(Cursor::new(bytes)) {
        Ok(workbook) => xlsx(workbook, &shown, &layout),
        Err(_) => xlsb(Xlsb::new(Cursor::new(bytes)).map_err(|_| Fault::Damaged)?),
    }
}

/// Unpacks all that the library will unpack, within bounds: it has none of its own. Gives what the texts show that
/// the library does not tell apart, and what of the sheets is hidden, which it does not tell.
fn check(bytes: &[u8]) -> Result<(Shown, Layout), Fault> {
    let mut shown = Shown::new();
    let mut layout = Layout::default();
    let mut package = Package::open(bytes, Limits::DOCUMENT)?;
    for index in 0..package.entries().len() {
        let name = package.entries()[index].name.to_ascii_lowercase();
        let is_part = [".xml", ".rels", ".bin"].iter().any(|end| name.ends_with(end));
        if is_part && !name.contains("media/") && package.entries()[index].is_file {
            let content = package.read_at(index)?;
            if name.ends_with(".xml") && content.windows(9).take(2_000).any(|window| window == b"<!DOCTYPE") {
                return Err(Fault::Definitions);
            }
            if name.ends_with("sharedstrings.xml") || name.contains("worksheets/") && name.ends_with(".xml") {
                rich::add(&content, &mut shown)?;
            }
            layout.add(&name, &content)?;
        }
    }
    Ok((shown, layout))
}

fn xlsx(mut workbook: Xlsx<Cursor<&[u8]>>, shown: &Shown, layout: &Layout) -> Result<Vec<Sheet>, Fault> {
    let mut sheets = Vec::new();
    let mut left = CELLS;
    for listed in listed(workbook.sheets_metadata()) {
        let mut sheet = empty(&listed.name, is_hidden(&listed));
        let mut reader = workbook.worksheet_cells_reader(&listed.name).map_err(|_| Fault::Damaged)?;
        while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(|_| Fault::Damaged)? {
            let text = match cell.value {
                DataRef::Empty if cell.formula.is_some() => UNCOUNTED.to_owned(),
                DataRef::String(_) | DataRef::SharedString(_) => {
                    let text = text(&cell.value);
                    shown.get(&text).cloned().unwrap_or(text)
                }
                value => text(&value),
            };
            put(&mut sheet, cell.pos, text, &mut left)?;
        }
        drop(reader);
        let areas = workbook.merge_cells_by_sheet_name(&listed.name).map_err(|_| Fault::Damaged)?;
        sheet.merged = areas.iter().map(area).collect();
        sheet.hidden = layout.hidden(&listed.name);
        sheets.push(sheet);
    }
    Ok(sheets)
}

/// The library tells no merged areas of this format; nor are hidden rows and columns of it known.
fn xlsb(mut workbook: Xlsb<Cursor<&[u8]>>) -> Result<Vec<Sheet>, Fault> {
    let mut sheets = Vec::new();
    let mut left = CELLS;
    for listed in listed(workbook.sheets_metadata()) {
        let mut sheet = empty(&listed.name, is_hidden(&listed));
        let mut reader = workbook.worksheet_cells_reader(&listed.name).map_err(|_| Fault::Damaged)?;
        while let Some(cell) = reader.next_cell().map_err(|_| Fault::Damaged)? {
            add(&mut sheet, cell.get_position(), cell.get_value(), &mut left)?;
        }
        sheets.push(sheet);
    }
    Ok(sheets)
}

/// The sheets of an XLS file.
pub(super) fn binary(bytes: &[u8]) -> Result<Vec<Sheet>, Fault> {
    let mut workbook = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsError::Password => Fault::Encrypted,
        _ => Fault::Damaged,
    })?;
    let mut sheets = Vec::new();
    let mut left = CELLS;
    let mut hidden = biff::hidden(bytes).into_iter();
    for listed in listed(workbook.sheets_metadata()) {
        let mut sheet = empty(&listed.name, is_hidden(&listed));
        sheet.hidden = hidden.next().unwrap_or_default();
        let range = workbook.worksheet_range(&listed.name).map_err(|_| Fault::Damaged)?;
        let (top, first) = range.start().unwrap_or_default();
        for (row, column, value) in range.used_cells() {
            let at = |offset: u32, index| u32::try_from(index).ok().and_then(|index| offset.checked_add(index));
            let position = at(top, row).zip(at(first, column)).ok_or(Fault::Size)?;
            add(&mut sheet, position, &borrowed(value), &mut left)?;
        }
        let areas = workbook.merge_cells_by_sheet_name(&listed.name).map_err(|_| Fault::Damaged)?;
        sheet.merged = areas.iter().map(area).collect();
        sheets.push(sheet);
    }
    Ok(sheets)
}

fn listed(sheets: &[Listed]) -> Vec<Listed> {
    sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet).cloned().collect()
}

fn is_hidden(sheet: &Listed) -> bool {
    sheet.visible != SheetVisible::Visible
}

fn area(dimensions: &Dimensions) -> Area {
    Area { top: dimensions.start.0, left: dimensions.start.1, bottom: dimensions.end.0, right: dimensions.end.1 }
}

/// Adds a cell where it has content.
fn add(sheet: &mut Sheet, position: (u32, u32), value: &DataRef, left: &mut usize) -> Result<(), Fault> {
    put(sheet, position, text(value), left)
}

fn put(sheet: &mut Sheet, position: (u32, u32), text: String, left: &mut usize) -> Result<(), Fault> {
    if text.is_empty() {
        return Ok(());
    }
    *left = left.checked_sub(1).ok_or(Fault::Size)?;
    sheet.cells.insert(position, text);
    Ok(())
}

fn borrowed(value: &Data) -> DataRef<'_> {
    match value {
        Data::Int(number) => DataRef::Int(*number),
        Data::Float(number) => DataRef::Float(*number),
        Data::String(text) => DataRef::SharedString(text),
        Data::Bool(value) => DataRef::Bool(*value),
        Data::DateTime(time) => DataRef::DateTime(*time),
        Data::DateTimeIso(text) | Data::DurationIso(text) => DataRef::SharedString(text),
        Data::Error(error) => DataRef::Error(error.clone()),
        Data::Empty => DataRef::Empty,
    }
}

/// What a cell shows, as far as that does not depend on its number format.
fn text(value: &DataRef) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => decimal(*number),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(true) => "TRUE".to_owned(),
        DataRef::Bool(false) => "FALSE".to_owned(),
        DataRef::DateTime(time) if time.is_duration() => decimal(time.as_f64()),
        DataRef::DateTime(time) => match time.to_ymd_hms_milli() {
            (year, month, day, 0, 0, 0, 0) => format!("{year}年{month}月{day}日"),
            (year, month, day, hour, minute, ..) => format!("{year}年{month}月{day}日 {hour}:{minute:02}"),
        },
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}
