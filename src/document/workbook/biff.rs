//! The records of an XLS file that say which rows and columns are hidden (MS-XLS): the library passes over them.

use super::hidden::Hidden;
use crate::document::compound::Compound;

/// What holds of a row, with flags.
const ROW: u16 = 0x0208;
/// What holds of columns, with flags.
const COLUMNS: u16 = 0x007d;
/// A sheet of the list: where it begins, and of what kind it is.
const SHEET: u16 = 0x0085;
/// The end of a sheet, or of what precedes them.
const END: u16 = 0x000a;

/// For each sheet of the file, in its order: what is hidden of it. Empty where the records cannot be reached.
pub(super) fn hidden(bytes: &[u8]) -> Vec<Hidden> {
    let file = Compound::open(bytes);
    let stream = file.and_then(|file| file.stream("Workbook").or_else(|| file.stream("Book")));
    stream.map(|stream| sheets(&stream)).unwrap_or_default()
}

fn sheets(stream: &[u8]) -> Vec<Hidden> {
    // A sheet that is no worksheet, a chart, has a place of its own in the list, and none here.
    let is_worksheet = |content: &&[u8]| content.get(5) == Some(&0);
    let listed = records(stream, 0).filter(|(kind, _)| *kind == SHEET).map(|(_, content)| content);
    let starts = listed.filter(is_worksheet).map(|content| content.first_chunk().map(|at| u32::from_le_bytes(*at)));
    starts.map(|start| start.map(|start| sheet(stream, start as usize)).unwrap_or_default()).collect()
}

fn sheet(stream: &[u8], start: usize) -> Hidden {
    let (mut rows, mut columns) = (Vec::new(), Vec::new());
    for (kind, content) in records(stream, start) {
        let number = |at: usize| Some(u32::from(u16::from_le_bytes(*content.get(at..)?.first_chunk()?)));
        match kind {
            ROW if number(12).is_some_and(|flags| flags & 0x20 != 0) => rows.extend(number(0).map(|row| (row, row))),
            COLUMNS if number(8).is_some_and(|flags| flags & 1 != 0) => columns.extend(number(0).zip(number(2))),
            _ => {}
        }
    }
    Hidden { rows: rows.into_iter().collect(), columns: columns.into_iter().collect() }
}

/// The records from `start` to the end of their part.
fn records(stream: &[u8], start: usize) -> impl Iterator<Item = (u16, &[u8])> {
    let mut at = start;
    std::iter::from_fn(move || {
        let [kind, more, low, high] = *stream.get(at..)?.first_chunk()?;
        let length = usize::from(u16::from_le_bytes([low, high]));
        let content = stream.get(at + 4..at + 4 + length)?;
        at += 4 + length;
        Some((u16::from_le_bytes([kind, more]), content))
    })
    .take_while(|(kind, _)| *kind != END)
}
