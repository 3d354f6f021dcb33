//! Portable Document Format (ISO 32000).
//!
//! Reading the file and its fonts is left to the hayro crates, which only [`canvas`] and [`fonts`] touch; what is
//! drawn becomes [`Page`]s, and these become blocks as those of every format with pages do.
//!
//! ```text
//! bytes ──► hayro ──► canvas ──► Page ──► page::lay_out ──► blocks
//!                     fonts: characters of fonts that do not say which they are
//! ```
//!
//! Nothing outside the file is looked at: fonts that are not embedded are known by their names and widths only.

mod camera;
mod canvas;
mod fonts;
mod skew;
#[cfg(test)]
mod tests;

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::page;
use super::page::scan::{Eye, Scanner};
use super::{Builder, Document, Format, Refusal};
use crate::text::Wording;

/// No report has more pages.
const MOST_PAGES: usize = 300;

/// Pages of a scan that are read, at most: reading one takes seconds.
const MOST_SCANNED: usize = 40;

/// Why a file gives no pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Failure {
    /// It opens only with a password.
    Password,
    /// It is encrypted in a way that is not known.
    Cipher,
    /// It has more of something than any report: a file made to be large.
    TooMuch,
    /// A font of it cannot be loaded.
    Font,
    /// It is no PDF, or a broken one.
    Damaged,
}

/// Reads the file.
///
/// # Errors
/// A [`Refusal`] where it is encrypted, damaged, or holds no text.
pub(super) fn open(bytes: &[u8]) -> Result<Document, Refusal> {
    let pages = pages(bytes)?;
    page::readable(&pages, Format::Pdf)?;
    let mut builder = Builder::default();
    page::lay_out(pages, &mut builder);
    Ok(builder.finish(Format::Pdf, None))
}

fn pages(bytes: &[u8]) -> Result<Vec<page::Page>, Refusal> {
    // The library is young: what it cannot read may make it panic, here as in its own tests.
    let pages = catch_unwind(AssertUnwindSafe(|| canvas::pages(bytes, MOST_PAGES))).unwrap_or_else(|payload| {
        let spent = payload.is::<canvas::Spent>();
        Err(if spent { Failure::TooMuch } else { Failure::Damaged })
    });
    pages.map_err(|failure| refusal(failure, MOST_PAGES))
}

/// Reads a file of which pages are pictures, their characters recognised by `eye`. Pages of text are read as ever.
///
/// # Errors
/// A [`Refusal`] where it cannot be opened, or where nothing was recognised.
pub(super) fn open_scan(bytes: &[u8], eye: &mut dyn Eye) -> Result<Document, Refusal> {
    let mut pages = pages(bytes)?;
    let scanned = page::scanned(&pages);
    if scanned.len() > MOST_SCANNED {
        return Err(refusal(Failure::TooMuch, MOST_SCANNED));
    }
    let mut scanner = Scanner::new(eye);
    let seen = catch_unwind(AssertUnwindSafe(|| {
        camera::pictures(bytes, &scanned, |index, picture, size| {
            if let Some(page) = pages.get_mut(index) {
                *page = scanner.page(picture, size);
            }
        })
    }));
    seen.unwrap_or(Err(Failure::Damaged)).map_err(|failure| refusal(failure, MOST_SCANNED))?;
    page::recognised(pages, Format::Pdf)
}

/// The words for a failure; no more than `most` pages are read.
fn refusal(failure: Failure, most: usize) -> Refusal {
    let reason = match failure {
        Failure::Password => Wording::new(
            "PDF 已加密，需要密码才能打开；请报送单位去除密码后重新报送",
            "the PDF is encrypted and opens only with a password; ask for it without one",
        ),
        Failure::Cipher => Wording::new(
            "PDF 的加密方式无法识别；请报送单位去除加密后重新报送",
            "the PDF is encrypted in an unknown way; ask for it unencrypted",
        ),
        Failure::TooMuch => Wording::new(
            format!("PDF 内容过多（超过 {most} 页，或页面内容异常庞大），不像年度报告；请报送单位重新报送"),
            format!("the PDF holds too much for a report (over {most} pages, or huge ones); ask for it again"),
        ),
        Failure::Font => Wording::new(
            "PDF 中有字体无法读取，文字不可靠；请用文字处理软件重新导出 PDF，或报送 Word 文件",
            "a font of this PDF cannot be loaded, so its text cannot be relied on; export it again, or submit the Word \
             file",
        ),
        Failure::Damaged => Wording::new(
            "PDF 文件已损坏或不完整，不能据以审核；请报送单位重新报送",
            "the PDF is damaged or incomplete and cannot be audited; ask for it again",
        ),
    };
    Refusal::of(Format::Pdf, reason)
}
