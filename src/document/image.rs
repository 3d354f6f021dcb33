//! A file that is one picture: a photograph of a report, a screen shot, a page out of a scanner.

#[cfg(feature = "ocr")]
mod decode;

use super::page::scan::{Eye, Film, Grey, Scanner, pixel};
use super::page::{self, shape::hundredths};
use super::{Document, Format, Refusal};
use crate::text::{Wording, Words, words};

/// The kinds of picture that are told by their first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Jpeg,
    Png,
    Gif,
    Tiff,
    Bmp,
    Webp,
    Heic,
    Avif,
}

/// Signatures at the very beginning of a file.
const SIGNATURES: [(&[u8], Kind); 5] = [
    (b"\x89PNG\r\n", Kind::Png),
    (b"\xff\xd8\xff", Kind::Jpeg),
    (b"GIF8", Kind::Gif),
    (b"II*\0", Kind::Tiff),
    (b"MM\0*", Kind::Tiff),
];

/// Brands of the pictures that a box called `ftyp` opens (ISO/IEC 23008-12): what telephones save.
const BRANDS: [(&[u8; 4], Kind); 10] = [
    (b"heic", Kind::Heic),
    (b"heix", Kind::Heic),
    (b"heim", Kind::Heic),
    (b"heis", Kind::Heic),
    (b"hevc", Kind::Heic),
    (b"hevx", Kind::Heic),
    (b"mif1", Kind::Heic),
    (b"msf1", Kind::Heic),
    (b"avif", Kind::Avif),
    (b"avis", Kind::Avif),
];

impl Kind {
    /// What kind of picture `bytes` are, if they are one.
    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        if let Some((_, kind)) = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature)) {
            return Some(*kind);
        }
        let four = |at: usize| bytes.get(at..at + 4);
        if four(0) == Some(b"RIFF") && four(8) == Some(b"WEBP") {
            return Some(Self::Webp);
        }
        if four(4) == Some(b"ftyp") {
            let brand = four(8)?;
            return BRANDS.iter().find(|(own, _)| *own == brand).map(|&(_, kind)| kind);
        }
        (bytes.starts_with(b"BM") && four(6) == Some(&[0; 4])).then_some(Self::Bmp)
    }

    /// What people call it.
    const fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::Gif => "GIF",
            Self::Tiff => "TIFF",
            Self::Bmp => "BMP",
            Self::Webp => "WEBP",
            Self::Heic => "HEIC",
            Self::Avif => "AVIF",
        }
    }

    /// Whether characters can be recognised in it.
    const fn can_be_read(self) -> bool {
        matches!(self, Self::Jpeg | Self::Png)
    }
}

/// What is to be done about a picture.
const REMEDY: Words =
    words("请报送由文字处理软件导出的 PDF 或 Word 文件", "submit the PDF or Word file that the word processor exports");

/// Refuses the picture `bytes`: it is named as one.
pub(super) fn refusal(bytes: &[u8]) -> Refusal {
    let kind = Kind::of(bytes);
    let name = kind.map_or("", Kind::name);
    let refusal = Refusal::of(
        Format::Image,
        Wording::new(
            format!("这是一张{name} 图片（报告的照片、截图或扫描图），里面没有文字，不能审核；{}", REMEDY.zh),
            format!(
                "this is a {name} picture (a photograph, screen shot or scan of a report): it holds no text and cannot be \
                 audited; {}",
                REMEDY.en
            ),
        ),
    );
    if kind.is_some_and(Kind::can_be_read) { refusal.of_scan() } else { refusal }
}

/// The shades of the picture `bytes`, as it is to be looked at; `None` where they cannot be had, and in a build that
/// recognises nothing.
pub(super) fn decoded(bytes: &[u8]) -> Option<Grey> {
    #[cfg(feature = "ocr")]
    return decode::grey(bytes);
    #[cfg(not(feature = "ocr"))]
    {
        let _ = bytes;
        None
    }
}

/// The sides of a sheet of A4, in points.
const SHEET: (f64, f64) = (595.0, 842.0);

/// Reads the picture of a page, its characters recognised by `eye`. How large the page is a picture does not say with
/// any certainty: it is taken for one of A4, upright or on its side, and for a longer one of that width where it is long.
///
/// # Errors
/// A [`Refusal`] where it cannot be decoded, or nothing was recognised.
pub(super) fn open_scan(bytes: &[u8], eye: &mut dyn Eye) -> Result<Document, Refusal> {
    let Some(picture) = decoded(bytes) else {
        return Err(Refusal::of(
            Format::Image,
            Wording::new(
                format!("这是一张图片，已损坏、像素过多或编码不能识别，没有识读；{}", REMEDY.zh),
                format!(
                    "this picture is damaged, too large or coded in an unknown way, and was not read; {}",
                    REMEDY.en
                ),
            ),
        ));
    };
    let (picture, size) = on_sheet(picture);
    page::recognised(vec![Scanner::new(eye).page(&picture, size)], Format::Image)
}

/// The picture as a page, no finer than it needs to be, and the size of that page in hundredths of a point.
#[allow(clippy::float_arithmetic, reason = "a page has any size")]
fn on_sheet(picture: Grey) -> (Grey, (i32, i32)) {
    let (wide, high) = (pixel(picture.width), pixel(picture.height));
    let width = if picture.width <= picture.height { SHEET.0 } else { SHEET.1 };
    let size = (width, width * high / wide.max(1.0));
    let own = wide / width;
    let mut film = Film::new(size, own);
    film.expose(picture, kurbo::Affine::scale(1.0 / own.max(1e-6)));
    (film.develop(), (hundredths(size.0), hundredths(size.1)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::sniff::{self, sniff};

    #[test]
    fn pictures_are_known_by_their_first_bytes_and_named() {
        let cases: [(&[u8], &str, bool); 10] = [
            (b"\xff\xd8\xff\xe0\0\x10JFIF", "JPEG", true),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG", true),
            (b"GIF89a\x01\0\x01\0", "GIF", false),
            (b"II*\0\x08\0\0\0", "TIFF", false),
            (b"MM\0*\0\0\0\x08", "TIFF", false),
            (b"BM\x36\0\0\0\0\0\0\0\x36\0\0\0", "BMP", false),
            (b"RIFF\x24\0\0\0WEBPVP8 ", "WEBP", false),
            (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC", false),
            (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "HEIC", false),
            (b"\0\0\0\x1cftypavif\0\0\0\0avifmif1", "AVIF", false),
        ];
        for (bytes, name, readable) in cases {
            assert_eq!(sniff(bytes), sniff::Kind::Document(Format::Image), "{name}");
            let refused = super::super::open(bytes).unwrap_err();
            assert_eq!((refused.format, refused.scan), (Some(Format::Image), readable), "{name}");
            let said = refused.reason;
            assert!(said.zh.starts_with(&format!("这是一张{name} 图片")) && said.zh.contains("请报送"), "{}", said.zh);
            assert!(
                said.en.contains(name) && said.en.contains("photograph") && said.en.contains("submit"),
                "{}",
                said.en
            );
        }
    }

    #[test]
    fn a_picture_is_a_page_of_paper() {
        let cases = [
            ((2_480, 3_508), (59_500, 84_164), (2_479, 3_507)),
            ((3_000, 4_000), (59_500, 79_333), (2_479, 3_306)),
            ((4_000, 3_000), (84_200, 63_150), (3_464, 2_598)),
            ((600, 3_000), (59_500, 297_500), (600, 3_000)),
        ];
        for ((width, height), size, pixels) in cases {
            let (picture, own) = on_sheet(Grey::white(width, height));
            assert_eq!((own, (picture.width, picture.height)), (size, pixels), "{width} × {height}");
        }
    }

    #[test]
    fn sounds_and_films_are_none() {
        for bytes in
            [b"RIFF\x24\0\0\0WAVEfmt ".as_slice(), b"\0\0\0\x18ftypisom\0\0\x02\0isom", b"BM", b"\0\0\0\x18ftyp"]
        {
            assert_eq!(Kind::of(bytes), None, "{bytes:?}");
        }
    }
}
