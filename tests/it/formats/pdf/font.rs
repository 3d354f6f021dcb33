//! Fonts for Chinese text, as producers write them into PDF files.

use std::collections::BTreeMap;

use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Finish, Name, Pdf, Rect, Ref, Str};

use super::{Page, Paint, type3};

/// How Chinese characters are encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Font {
    /// Not embedded, code points in UCS-2.
    UniGb,
    /// Not embedded, GBK, Latin half as wide as Chinese.
    Gbk,
    /// Not embedded, GBK, Latin proportional.
    GbkProportional,
    /// Not embedded, numbers of the producer's own with a table of what they mean.
    Identity,
    /// Embedded, with such a table.
    Embedded,
    /// Drawn glyph by glyph, in fonts of at most 200 characters, each with such a table.
    Type3,
}

/// A font as written.
pub(super) struct Face {
    pub(super) name: String,
    pub(super) id: Ref,
    pub(super) coding: Coding,
}

/// How characters become bytes.
pub(super) enum Coding {
    Latin,
    Ucs2,
    Gbk,
    /// The number of each character.
    Own(BTreeMap<char, u16>),
    /// The number of each character, in one byte.
    Short(BTreeMap<char, u8>),
}

impl Face {
    pub(super) fn encode(&self, text: &str) -> Vec<u8> {
        match &self.coding {
            Coding::Latin => text.bytes().collect(),
            Coding::Ucs2 => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            Coding::Gbk => encoding_rs::GBK.encode(text).0.into_owned(),
            Coding::Own(numbers) => text.chars().flat_map(|c| numbers[&c].to_be_bytes()).collect(),
            Coding::Short(numbers) => text.chars().map(|c| numbers[&c]).collect(),
        }
    }

    /// Whether it has the character; of the fonts for Latin only they are asked.
    pub(super) fn has(&self, c: char) -> bool {
        match &self.coding {
            Coding::Latin => c.is_ascii(),
            Coding::Short(numbers) => numbers.contains_key(&c),
            _ => true,
        }
    }
}

/// A font of 1500 glyphs, all of them the same box: what a glyph looks like is not read.
const BOXES: &[u8] = include_bytes!("../../fixtures/boxes.ttf");

/// Writes the fonts. Of two the second is for Latin.
pub(super) fn write(pdf: &mut Pdf, paint: Paint, pages: &[Page]) -> Vec<Face> {
    if paint.font == Font::Type3 {
        return type3::write(pdf, &numbers(pages).into_keys().collect::<Vec<_>>());
    }
    let [chinese, cid, descriptor, unicode, latin, file] = [10, 11, 12, 13, 14, 15].map(Ref::new);
    let own = matches!(paint.font, Font::Identity | Font::Embedded);
    let embedded = paint.font == Font::Embedded;
    let encoding: &[u8] = match paint.font {
        Font::UniGb => b"UniGB-UCS2-H",
        Font::Gbk => b"GBK-EUC-H",
        Font::GbkProportional => b"GBKp-EUC-H",
        _ => b"Identity-H",
    };
    let base: &[u8] = if embedded { b"ABCDEF+Boxes" } else { b"SimSun" };
    let mut font = pdf.type0_font(chinese);
    font.base_font(Name(base)).encoding_predefined(Name(encoding)).descendant_font(cid);
    if own {
        font.to_unicode(unicode);
    }
    font.finish();
    let numbers = numbers(pages);
    let ordering: &[u8] = if own { b"Identity" } else { b"GB1" };
    let mut cid_font = pdf.cid_font(cid);
    cid_font.subtype(CidFontType::Type2).base_font(Name(base)).font_descriptor(descriptor).default_width(1000.0);
    cid_font.system_info(SystemInfo { registry: Str(b"Adobe"), ordering: Str(ordering), supplement: 0 });
    if embedded {
        cid_font.cid_to_gid_map_predefined(Name(b"Identity"));
    }
    let mut widths = cid_font.widths();
    match paint.font {
        // Latin stands at CID 1 to 95 in Adobe-GB1, and half as wide at 814 to 907.
        Font::UniGb | Font::GbkProportional => _ = widths.same(1, 95, 500.0),
        Font::Gbk => _ = widths.same(814, 907, 500.0),
        _ => {
            for (_, &number) in numbers.iter().filter(|(c, _)| c.is_ascii()) {
                widths.same(number, number, 500.0);
            }
        }
    }
    widths.finish();
    cid_font.finish();
    let mut described = pdf.font_descriptor(descriptor);
    described.name(Name(base)).flags(FontFlags::SYMBOLIC).bbox(Rect::new(0.0, -141.0, 1000.0, 859.0));
    described.italic_angle(0.0).ascent(859.0).descent(-141.0).cap_height(683.0).stem_v(91.0);
    if embedded {
        described.font_file2(file);
    }
    described.finish();
    if embedded {
        pdf.stream(file, BOXES).pair(Name(b"Length1"), i32::try_from(BOXES.len()).unwrap());
    }
    if own {
        let info = || SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"UCS"), supplement: 0 };
        let mut cmap = UnicodeCmap::new(Name(b"Adobe-Identity-UCS"), info());
        for (&c, &number) in &numbers {
            cmap.pair(number, c);
        }
        pdf.cmap(unicode, &cmap.finish()).name(Name(b"Adobe-Identity-UCS")).system_info(info());
    }
    let mut simple = pdf.type1_font(latin);
    // Its advance is declared, and another than that of the font of this name.
    simple.base_font(Name(b"Courier")).first_char(32).last_char(126).widths([500.0; 95]);
    simple.encoding_predefined(Name(b"WinAnsiEncoding")).font_descriptor(descriptor);
    simple.finish();
    let coding = match paint.font {
        Font::UniGb => Coding::Ucs2,
        Font::Gbk | Font::GbkProportional => Coding::Gbk,
        _ => Coding::Own(numbers),
    };
    let face = |name: &str, id, coding| Face { name: name.to_owned(), id, coding };
    vec![face("F1", chinese, coding), face("F2", latin, Coding::Latin)]
}

/// The characters on the pages, numbered.
fn numbers(pages: &[Page]) -> BTreeMap<char, u16> {
    let runs = pages.iter().flat_map(|page| &page.runs);
    let mut numbers: BTreeMap<char, u16> = runs.flat_map(|run| run.text.chars()).map(|c| (c, 0)).collect();
    for (number, (_, place)) in (3..).zip(&mut numbers) {
        *place = number;
    }
    numbers
}
