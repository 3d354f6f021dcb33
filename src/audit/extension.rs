//! Whether a file is what its extension says (rule INB007).

use crate::document::Format;
use crate::finding::{Finding, Severity};
use crate::text::Wording;

/// What files with these extensions hold. An extension that stands here for nothing says nothing.
const EXTENSIONS: &[(&[&str], &[Format])] = &[
    (&["txt", "text"], &[Format::Text]),
    (&["htm", "html", "xhtml", "shtml"], &[Format::Html]),
    (&["mht", "mhtml"], &[Format::Mht]),
    (&["docx", "docm", "dotx"], &[Format::Docx]),
    (&["doc", "dot"], &[Format::Doc]),
    (&["wps", "wpt"], &[Format::Doc, Format::Docx]),
    (&["rtf"], &[Format::Rtf]),
    (&["odt"], &[Format::Odt]),
    (&["pdf"], &[Format::Pdf]),
    (&["ofd"], &[Format::Ofd]),
    (&["xlsx", "xlsm"], &[Format::Xlsx]),
    (&["xls"], &[Format::Xls]),
    (&["et"], &[Format::Xls, Format::Xlsx]),
    (&["ods"], &[Format::Ods]),
    (&["png", "jpg", "jpeg", "jfif", "tif", "tiff", "bmp", "gif", "webp", "heic", "heif", "avif"], &[Format::Image]),
];

/// That the file called `name` is not what its extension says, if so.
pub(super) fn wrong(name: &str, format: Format) -> Option<Finding> {
    let file = name.rsplit(['/', '!']).next()?;
    let extension = file.rsplit_once('.')?.1.to_ascii_lowercase();
    let (_, formats) = EXTENSIONS.iter().find(|(known, _)| known.contains(&extension.as_str()))?;
    if formats.contains(&format) {
        return None;
    }
    let found = format.name();
    Some(Finding::new(
        "INB007",
        Severity::Note,
        Wording::new(
            format!("扩展名是 .{extension}，内容却是 {found}"),
            format!("the extension is .{extension}, the content is {found}"),
        ),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_extension_says_and_what_is_there() {
        for (name, format, is_wrong) in [
            ("年报.txt", Format::Text, false),
            ("年报.TXT", Format::Text, false),
            ("年报.txt", Format::Html, true),
            ("年报.doc", Format::Html, true),
            ("年报.doc", Format::Rtf, true),
            ("年报.doc", Format::Docx, true),
            ("年报.wps", Format::Docx, false),
            ("年报.wps", Format::Doc, false),
            ("年报.wps", Format::Pdf, true),
            ("年报.htm", Format::Mht, true),
            ("年报.pdf", Format::Image, true),
            ("年报.HEIC", Format::Image, false),
            ("年报.jpg", Format::Pdf, true),
            ("年报", Format::Pdf, false),
            ("年报.2023", Format::Pdf, false),
            ("年报.md", Format::Html, false),
            ("", Format::Pdf, false),
            ("报送.zip!青溪县/年报.docx", Format::Pdf, true),
            ("报送.docx!年报", Format::Pdf, false),
        ] {
            assert_eq!(wrong(name, format).is_some(), is_wrong, "{name} {format:?}");
        }
    }
}
