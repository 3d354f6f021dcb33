//! Workbooks: XLSX, XLSB, XLS and ODS. Each sheet is read as its cells with their merged areas; how these are
//! passages and tables is told in one place for all formats.

mod biff;
mod excel;
mod hidden;
mod layout;
mod number;
mod ods;
mod rich;
mod sheet;

use std::panic::catch_unwind;

use super::package::Fault;
use super::sniff::{self, Kind};
use super::{Builder, Document, Format, Refusal, compound};
use crate::text::Wording;
use sheet::Sheet;

/// Cells with content that a workbook may have.
const CELLS: usize = 100_000;

/// Reads the file.
///
/// # Errors
/// A [`Refusal`] where it is encrypted, damaged, or holds no text.
pub(super) fn open(bytes: &[u8]) -> Result<Document, Refusal> {
    let format = match sniff::sniff(bytes) {
        Kind::Document(format @ (Format::Xls | Format::Ods)) => format,
        _ => Format::Xlsx,
    };
    // The libraries are sound as far as is known; a panic on a crafted file is no more than damage.
    let sheets = catch_unwind(|| match format {
        Format::Ods => ods::sheets(bytes),
        Format::Xls => excel::binary(bytes),
        _ if compound::is_compound(bytes) => Err(Fault::Encrypted),
        _ => excel::package(bytes),
    });
    let sheets = sheets.unwrap_or(Err(Fault::Damaged)).map_err(|fault| fault.refusal(format))?;
    if sheets.iter().all(Sheet::is_blank) {
        let reason = Wording::new(
            "工作簿里没有看得见的内容；请报送单位重新报送",
            "there is nothing to be seen in the workbook; ask for it again",
        );
        return Err(Refusal::of(format, reason));
    }
    let mut builder = Builder::default();
    let is_one = sheets.iter().filter(|sheet| !sheet.cells.is_empty()).count() == 1;
    for (sheet, number) in sheets.iter().zip(1..) {
        sheet::lay(sheet, number, !is_one, &mut builder);
    }
    Ok(builder.finish(format, None))
}

/// What stands for the result of a formula that was saved without one: no figure, and not nothing.
const UNCOUNTED: &str = "[未计算]";

/// A sheet without cells.
fn empty(name: &str, is_hidden: bool) -> Sheet {
    Sheet { name: name.to_owned(), is_hidden, ..Sheet::default() }
}

#[cfg(test)]
mod tests;
