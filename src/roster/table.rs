//! From the bytes of a roster to rows of text: CSV in the encodings and with the separators that spreadsheets write,
//! or the first sheet of a workbook. The file is the operator's own.

use std::borrow::Cow;
use std::io::Cursor;

use calamine::{Data, Dimensions, Reader as _, Xlsx};
use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

use crate::text::Wording;

/// A row that holds something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// Its line in the file, or its row in the sheet, from 1.
    pub(super) line: u32,
    /// Its fields without surrounding blanks.
    pub(super) fields: Vec<String>,
}

/// What is wrong with a file, and on which line, where that is known.
pub(super) type Fault = (Option<u32>, Wording);

/// The rows of the file with these `bytes`. The separator of fields is the one that gives the first row the most fields
/// that `is_known` knows.
pub(super) fn rows(bytes: &[u8], is_known: impl Fn(&str) -> bool) -> Result<Vec<Row>, Fault> {
    if bytes.starts_with(b"PK\x03\x04") {
        return workbook(bytes);
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err((
            None,
            Wording::new(
                "是旧的 .xls 工作簿或加密的文件；请另存为 .xlsx 或 CSV",
                "an old .xls workbook or an encrypted file; save it as .xlsx or CSV",
            ),
        ));
    }
    let text = decode(bytes)?;
    // Old programs end lines with a carriage return alone.
    let text = if text.contains('\n') { text } else { Cow::Owned(text.replace('\r', "\n")) };
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let known = |separator: &u8| {
        let fields = split(first.as_bytes(), *separator).ok().and_then(|rows| rows.into_iter().next());
        fields.map_or(0, |row| row.fields.iter().filter(|field| is_known(field)).count())
    };
    // Of equals the last counts.
    let separator = [b';', b'\t', b','].into_iter().max_by_key(known).unwrap_or(b',');
    match unclosed(text.as_bytes(), separator) {
        Some(line) => Err((
            Some(line),
            Wording::new(
                "这一行的引号没有配对，后面的行会被并进去；请补上右引号，或删去这个引号",
                "a quotation mark opened on this line is not closed and would swallow the lines after it; close it or take it away",
            ),
        )),
        None => split(text.as_bytes(), separator),
    }
}

/// The line on which a field begins with a quotation mark that is never closed, or that only the mark of a later
/// field closes.
fn unclosed(text: &[u8], separator: u8) -> Option<u32> {
    let mut bytes = text.iter().copied().peekable();
    let (mut line, mut begins) = (1_u32, true);
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' if begins => {
                let opened = line;
                loop {
                    match bytes.next() {
                        None => return Some(opened),
                        Some(b'\n') => line += 1,
                        // Two are one that is meant.
                        Some(b'"') if bytes.next_if_eq(&b'"').is_none() => break,
                        Some(_) => {}
                    }
                }
                let ends = |&next: &u8| next == separator || matches!(next, b'\r' | b'\n');
                if line > opened && !bytes.peek().is_none_or(ends) {
                    return Some(opened);
                }
                begins = false;
            }
            b'\n' => (line, begins) = (line + 1, true),
            other => begins = other == separator,
        }
    }
    None
}

/// UTF-8, UTF-16 with its mark, or GB 18030.
fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Fault> {
    let broken = |before: &[u8]| {
        let line = 1 + before.iter().filter(|&&byte| byte == b'\n').count();
        (u32::try_from(line).ok(), Wording::new("不是 UTF-8 或 GB18030 的文字", "not text in UTF-8 or GB 18030"))
    };
    for (mark, encoding) in [(b"\xff\xfe", UTF_16LE), (b"\xfe\xff", UTF_16BE)] {
        if let Some(rest) = bytes.strip_prefix(mark) {
            return encoding.decode_without_bom_handling_and_without_replacement(rest).ok_or_else(|| broken(&[]));
        }
    }
    let text = match std::str::from_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)) {
        Ok(text) => Cow::Borrowed(text),
        Err(error) => GB18030
            .decode_without_bom_handling_and_without_replacement(bytes)
            .ok_or_else(|| broken(&bytes[..error.valid_up_to()]))?,
    };
    match text.find('\0') {
        Some(at) => Err(broken(&text.as_bytes()[..at])),
        None => Ok(text),
    }
}

fn split(text: &[u8], separator: u8) -> Result<Vec<Row>, Fault> {
    let mut reader = csv::ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(text);
    let mut rows = Vec::new();
    // A record begins, for the library, where the one before it ended, with whatever blank lines stand between.
    let (mut line, mut counted) = (1, 0);
    for record in reader.records() {
        let record = record.map_err(|error| {
            let line = error.position().and_then(|at| u32::try_from(at.line()).ok());
            (line, Wording::new(format!("读不了：{error}"), format!("cannot be read: {error}")))
        })?;
        let start = record.position().map_or(0, csv::Position::byte);
        let start = usize::try_from(start).unwrap_or(text.len()).min(text.len());
        let start = start + text[start..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        line += text[counted..start].iter().filter(|&&byte| byte == b'\n').count();
        counted = start;
        let fields: Vec<String> = record.iter().map(|field| field.trim().to_owned()).collect();
        if fields.iter().any(|field| !field.is_empty()) {
            rows.push(Row { line: u32::try_from(line).unwrap_or(u32::MAX), fields });
        }
    }
    Ok(rows)
}

fn workbook(bytes: &[u8]) -> Result<Vec<Row>, Fault> {
    let damaged = |error: calamine::XlsxError| {
        (
            None,
            Wording::new(
                format!("不是可读的 .xlsx 工作簿：{error}"),
                format!("not a workbook (.xlsx) that can be read: {error}"),
            ),
        )
    };
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let Some(first) = workbook.sheet_names().into_iter().next() else { return Ok(Vec::new()) };
    let sheet = workbook.worksheet_range(&first).map_err(damaged)?;
    let (start, left) = sheet.start().unwrap_or_default();
    let rows =
        (start + 1..).zip(sheet.rows()).map(|(line, cells)| Row { line, fields: cells.iter().map(field).collect() });
    let mut rows: Vec<Row> = rows.filter(|row| row.fields.iter().any(|field| !field.is_empty())).collect();
    for area in workbook.merge_cells_by_sheet_name(&first).map_err(damaged)? {
        lend(&mut rows, &area, left);
    }
    Ok(rows)
}

/// What stands in a merged cell holds for every row it covers; not what stands in the header, and not for rows that
/// hold nothing of their own.
fn lend(rows: &mut [Row], area: &Dimensions, left: u32) {
    let Some(column) = area.start.1.checked_sub(left).and_then(|column| usize::try_from(column).ok()) else { return };
    let at = rows.partition_point(|row| row.line <= area.start.0);
    let Some([first, rest @ ..]) = rows.get_mut(at..).filter(|_| at > 0) else { return };
    let Some(lent) = first.fields.get(column).cloned().filter(|_| first.line == area.start.0 + 1) else { return };
    for row in rest.iter_mut().take_while(|row| row.line <= area.end.0 + 1) {
        if let Some(field) = row.fields.get_mut(column).filter(|field| field.is_empty()) {
            field.clone_from(&lent);
        }
    }
}

fn field(cell: &Data) -> String {
    match cell {
        Data::DateTime(time) => {
            let (year, month, day, ..) = time.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::DateTimeIso(time) => time.split('T').next().unwrap_or_default().to_owned(),
        other => other.to_string().trim().to_owned(),
    }
}
