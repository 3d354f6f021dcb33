//! Pages that cannot be read, and why.

use super::{Nature, Page};
use crate::document::{Builder, Document, Format, Refusal};
use crate::text::Wording;

/// So many characters are text of the report: beyond the page no remark of a printer, of unknown shape no ornament.
const MANY: usize = 100;

/// The pages that are to be read from their pictures, by index: where some are of text those that are not, and
/// everything where none is.
pub(in crate::document) fn scanned(pages: &[Page]) -> Vec<usize> {
    let natures: Vec<Nature> = pages.iter().map(Page::nature).collect();
    let is_text = natures.contains(&Nature::Text);
    let is_scan = |nature: &Nature| matches!(nature, Nature::Scan | Nature::RecognisedScan);
    (0..).zip(&natures).filter(|(_, nature)| !is_text || is_scan(nature)).map(|(index, _)| index).collect()
}

/// The document of `pages`, some of which, or all, were recognised.
///
/// # Errors
/// A [`Refusal`] where nothing was.
pub(in crate::document) fn recognised(pages: Vec<Page>, format: Format) -> Result<Document, Refusal> {
    if pages.iter().filter(|page| page.recognised).all(|page| page.glyphs.is_empty()) {
        return Err(Refusal::of(
            format,
            Wording::new(
                "这是扫描件或图片，光学字符识别没有读出文字；请报送由文字处理软件导出的 PDF 或 Word 文件",
                "this is a scan or a picture, and recognition found no characters on it; submit the PDF or Word file that \
                 the word processor exports",
            ),
        ));
    }
    let is_all = pages.iter().all(|page| page.recognised);
    let mut builder = Builder::default();
    super::lay_out(pages, &mut builder);
    let builder = if is_all { builder.recognised() } else { builder };
    Ok(builder.finish(format, None))
}

/// Refuses pages that show nothing that can be read as text, and says why.
pub(in crate::document) fn readable(pages: &[Page], format: Format) -> Result<(), Refusal> {
    let natures: Vec<Nature> = pages.iter().map(Page::nature).collect();
    let name = format.name();
    if !natures.contains(&Nature::Text) {
        let any = |nature| natures.contains(&nature);
        let reason = if any(Nature::RecognisedScan) {
            Wording::new(
                format!(
                    "这是带识别文字层的扫描件（{name}）：页面是图片，文字由识别程序附加，可能有错，不能据以审核；\
                     请报送由文字处理软件导出的 PDF 或 Word 文件"
                ),
                format!(
                    "this {name} file is a scan with recognised text behind it: pictures of pages, and text that may be \
                     wrong; submit the PDF or Word file that the word processor exports"
                ),
            )
        } else if any(Nature::Scan) {
            Wording::new(
                format!("这是扫描件或图片 {name}，没有文字，不能审核；请报送由文字处理软件导出的 PDF 或 Word 文件"),
                format!(
                    "this {name} file is a scan: pictures without text; submit the PDF or Word file that the word \
                     processor exports"
                ),
            )
        } else if any(Nature::Outlines) {
            Wording::new(
                format!("{name} 中的文字已转为图形轮廓，读不出文字；请报送由文字处理软件导出的 PDF 或 Word 文件"),
                format!(
                    "the writing in this {name} file was turned into shapes and cannot be read; submit the PDF or Word \
                     file that the word processor exports"
                ),
            )
        } else {
            Wording::new(
                format!("{name} 里没有文字；请报送单位重新报送"),
                format!("there is no text in the {name} file; ask for it again"),
            )
        };
        let refusal = Refusal::of(format, reason);
        return Err(if any(Nature::RecognisedScan) || any(Nature::Scan) { refusal.of_scan() } else { refusal });
    }
    let shown = || pages.iter().flat_map(|page| &page.glyphs).filter(|glyph| !glyph.hidden && !glyph.is_blank());
    let unknown = shown().filter(|glyph| glyph.c == char::REPLACEMENT_CHARACTER).count();
    let all = shown().count();
    if unknown * 2 > all || unknown * 5 > all && unknown >= MANY {
        return Err(Refusal::of(
            format,
            Wording::new(
                format!(
                    "{name} 的字体无法还原为文字（字体没有字符对照表）；请用文字处理软件重新导出 PDF，或报送 Word 文件"
                ),
                format!(
                    "the fonts of this {name} file carry no map of the characters they show; export it again, or submit \
                     the Word file"
                ),
            ),
        ));
    }
    // What lies beyond the edge of a page nobody sees, and it may be half of the report.
    let beyond: usize = pages.iter().map(|page| page.beyond.len()).sum();
    if beyond >= MANY && beyond * 10 > all {
        return Err(Refusal::of(
            format,
            Wording::new(
                format!(
                    "{name} 的页面装不下内容：有 {beyond} 个字在页面边界之外，看不到；请重新导出 PDF，或报送 Word 文件"
                ),
                format!(
                    "the pages of this {name} file are too small for what is on them: {beyond} characters lie beyond \
                     their edges; export it again, or submit the Word file"
                ),
            ),
        ));
    }
    Ok(())
}
