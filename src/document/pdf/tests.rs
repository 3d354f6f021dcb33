//! Files written for the purpose: one page, a few characters, every kind of font.

use std::fmt::Write as _;

use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Finish, Name, Pdf, Rect, Ref, Str};

use super::*;
use crate::document::{Anchor, Block, Role};

const FONT: Ref = Ref::new(4);
const CID_FONT: Ref = Ref::new(5);
const DESCRIPTOR: Ref = Ref::new(6);
const PROGRAM: Ref = Ref::new(7);
const UNICODE: Ref = Ref::new(8);
const PICTURE: Ref = Ref::new(9);
const FORM: i32 = 1000;
const FORMS: i32 = 40;

/// A font of eight boxes. 一 shares its glyph, 1, with the radical ⼀, and 民, 2, with ⺠; 3 is 政, 4 is 府.
const TINY: &[u8] = include_bytes!("../../../tests/it/fixtures/tiny.ttf");

/// How the characters of a font are told.
#[derive(Clone, Copy, Debug)]
enum Kind {
    /// A composite font with this encoding and this collection, not embedded.
    Named(&'static str, &'static str),
    /// The same, embedded.
    Embedded(&'static str, &'static str),
    /// A composite font whose codes a table explains.
    Explained,
    /// A font of drawings, named as usual.
    Drawn,
    /// A simple font.
    Latin,
}

fn font(pdf: &mut Pdf, kind: Kind) {
    let info = |ordering: &'static str| SystemInfo {
        registry: Str(b"Adobe"),
        ordering: Str(ordering.as_bytes()),
        supplement: 0,
    };
    let (encoding, ordering, embedded) = match kind {
        Kind::Named(encoding, ordering) => (encoding, ordering, false),
        Kind::Embedded(encoding, ordering) => (encoding, ordering, true),
        Kind::Explained => ("Identity-H", "Identity", false),
        Kind::Drawn => {
            let mut font = pdf.type3_font(FONT);
            font.bbox(Rect::new(0.0, 0.0, 1000.0, 1000.0)).matrix([0.001, 0.0, 0.0, 0.001, 0.0, 0.0]);
            font.first_char(49).last_char(50).widths([1000.0, 1000.0]);
            font.char_procs().pair(Name(b"one"), PROGRAM).pair(Name(b"two"), PROGRAM);
            font.encoding_custom().differences().consecutive(49, [Name(b"one"), Name(b"two")]);
            font.finish();
            pdf.stream(PROGRAM, b"1000 0 d0 50 0 900 800 re f");
            return;
        }
        Kind::Latin => {
            pdf.type1_font(FONT).base_font(Name(b"Helvetica")).encoding_predefined(Name(b"WinAnsiEncoding"));
            return;
        }
    };
    let name: &[u8] = if embedded { b"ABCDEF+Tiny" } else { b"SimSun" };
    let mut font = pdf.type0_font(FONT);
    font.base_font(Name(name)).encoding_predefined(Name(encoding.as_bytes())).descendant_font(CID_FONT);
    if let Kind::Explained = kind {
        font.to_unicode(UNICODE);
    }
    font.finish();
    let mut cid = pdf.cid_font(CID_FONT);
    cid.subtype(CidFontType::Type2).base_font(Name(name)).system_info(info(ordering)).font_descriptor(DESCRIPTOR);
    cid.default_width(1000.0);
    if embedded {
        cid.cid_to_gid_map_predefined(Name(b"Identity"));
    }
    cid.finish();
    let mut described = pdf.font_descriptor(DESCRIPTOR);
    described.name(Name(name)).flags(FontFlags::SYMBOLIC).bbox(Rect::new(0.0, -120.0, 1000.0, 880.0));
    described.italic_angle(0.0).ascent(880.0).descent(-120.0).cap_height(700.0).stem_v(90.0);
    if embedded {
        described.font_file2(PROGRAM);
    }
    described.finish();
    if embedded {
        pdf.stream(PROGRAM, TINY);
    }
    if let Kind::Explained = kind {
        let mut cmap = UnicodeCmap::new(Name(b"Own"), info("UCS"));
        cmap.pair(1_u16, '⼀');
        cmap.pair(2, '⺠');
        cmap.pair_with_multiple(3, "政府".chars());
        pdf.cmap(UNICODE, &cmap.finish()).name(Name(b"Own")).system_info(info("UCS"));
    }
}

/// A file of pages with these contents, which may use the font F1, the picture I1 and the form X1.
fn file(kind: Kind, contents: &[&str], rotate: i32) -> Vec<u8> {
    let mut pdf = Pdf::new();
    pdf.catalog(Ref::new(1)).pages(Ref::new(2));
    let pages: Vec<Ref> = (0..).step_by(2).map(|index| Ref::new(20 + index)).take(contents.len()).collect();
    pdf.pages(Ref::new(2)).kids(pages.iter().copied()).count(i32::try_from(pages.len()).expect("few"));
    font(&mut pdf, kind);
    let mut image = pdf.image_xobject(PICTURE, &[0, 255, 0]);
    image.width(1).height(1).bits_per_component(8).color_space().device_rgb();
    image.finish();
    // Forms of which each draws the next one twice.
    for step in 0..FORMS {
        let mut form = pdf.form_xobject(Ref::new(FORM + step), b"/X1 Do /X1 Do");
        form.bbox(Rect::new(0.0, 0.0, 600.0, 600.0));
        if step + 1 < FORMS {
            form.resources().x_objects().pair(Name(b"X1"), Ref::new(FORM + step + 1));
        }
    }
    for (&page, content) in pages.iter().zip(contents) {
        let stream = Ref::new(page.get() + 1);
        let mut written = pdf.page(page);
        written.parent(Ref::new(2)).media_box(Rect::new(0.0, 0.0, 595.0, 842.0)).contents(stream).rotate(rotate);
        let mut resources = written.resources();
        resources.fonts().pair(Name(b"F1"), FONT);
        resources.x_objects().pair(Name(b"I1"), PICTURE).pair(Name(b"X1"), Ref::new(FORM));
        resources.finish();
        written.finish();
        pdf.stream(stream, content.as_bytes());
    }
    pdf.finish()
}

/// The content that shows these codes, in hexadecimal, in the upper left corner.
fn show(codes: &[u8]) -> String {
    let hex = codes.iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").expect("a string");
        hex
    });
    format!("BT /F1 12 Tf 72 742 Td <{hex}> Tj ET")
}

fn text(bytes: &[u8]) -> String {
    let document = open(bytes).unwrap_or_else(|refusal| panic!("{}", refusal.reason.zh));
    let lines = document.blocks.iter().filter_map(|block| match block {
        Block::Line(line) if line.role != Role::Aside => Some(line.text.clone()),
        _ => None,
    });
    lines.collect::<Vec<_>>().join("/")
}

fn reason(bytes: &[u8]) -> String {
    open(bytes).expect_err("a refusal").reason.zh.to_string()
}

/// The CIDs of `text` in Adobe-GB1.
fn cids(text: &str) -> Vec<u8> {
    use hayro_cmap::{CMap, CMapName, load_embedded};
    let map = load_embedded(CMapName::UniGbUcs2H).and_then(|map| CMap::parse(map, load_embedded)).expect("a map");
    text.chars()
        .flat_map(|c| {
            u16::try_from(map.lookup_cid_code(u32::from(c), 2).expect("a CID")).expect("two bytes").to_be_bytes()
        })
        .collect()
}

#[test]
fn every_kind_of_font_is_read() {
    let sample = "政府信息公开2024年（一）";
    let ucs2: Vec<u8> = sample.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let gbk = encoding_rs::GBK.encode(sample).0.into_owned();
    let big5 = encoding_rs::BIG5.encode("政府資訊2024").0.into_owned();
    let cases: [(Kind, &[u8], &str); 15] = [
        (Kind::Named("UniGB-UCS2-H", "GB1"), &ucs2, sample),
        (Kind::Named("UniGB-UTF16-H", "GB1"), &ucs2, sample),
        (Kind::Named("GBK-EUC-H", "GB1"), &gbk, sample),
        (Kind::Named("GBKp-EUC-H", "GB1"), &gbk, sample),
        (Kind::Named("GB-EUC-H", "GB1"), &gbk, sample),
        (Kind::Named("GBK2K-H", "GB1"), &gbk, sample),
        (Kind::Named("Identity-H", "GB1"), &cids(sample), sample),
        (Kind::Named("ETen-B5-H", "CNS1"), &big5, "政府資訊2024"),
        (Kind::Embedded("UniGB-UCS2-H", "GB1"), &ucs2, sample),
        (Kind::Embedded("GBK-EUC-H", "GB1"), &gbk, sample),
        (Kind::Embedded("Identity-H", "GB1"), &cids(sample), sample),
        (Kind::Embedded("Identity-H", "Identity"), &[0, 1, 0, 2, 0, 3, 0, 4], "一民政府"),
        (Kind::Explained, &[0, 1, 0, 2, 0, 3], "⼀民政府"),
        (Kind::Drawn, b"12", "12"),
        (Kind::Latin, b"2024 -5.30", "2024 -5.30"),
    ];
    for (kind, codes, expected) in cases {
        let found = text(&file(kind, &[&show(codes)], 0));
        assert_eq!(found.replace(' ', ""), expected.replace(' ', ""), "{kind:?}");
    }
}

#[test]
fn what_a_font_does_not_tell_is_not_guessed() {
    // Glyph 7 is in no map of the font.
    let kind = Kind::Embedded("Identity-H", "Identity");
    assert_eq!(text(&file(kind, &[&show(&[0, 1, 0, 2, 0, 7])], 0)), "一民\u{fffd}");
    assert!(reason(&file(kind, &[&show(&[0, 1, 0, 7, 0, 7, 0, 7])], 0)).contains("字体无法还原为文字"));
}

#[test]
fn places_are_those_of_the_page_as_shown() {
    for (rotate, expected) in [(0, (7200, 8944, 10_144)), (90, (74_056, 7200, 8400)), (180, (51_100, 74_056, 75_256))] {
        let document = open(&file(Kind::Latin, &[&show(b"12")], rotate)).expect("a document");
        let Block::Line(line) = &document.blocks[0] else { panic!("a line") };
        let Anchor::Page { page: 1, top, bottom, edges } = &line.anchor else { panic!("on page 1") };
        let left = *edges.iter().min().expect("edges");
        let found = (left, *top, *bottom);
        let near = |a: i32, b: i32| (a - b).abs() < 1400;
        assert!(
            near(found.0, expected.0) && near(found.1, expected.1) && near(found.2, expected.2),
            "{rotate}: {found:?}"
        );
        assert_eq!(line.text, "12");
    }
}

/// A table of two columns and two rows, drawn by `rules`.
fn table(rules: &str) -> String {
    let cell = |x: u32, y: u32, figure: u32| format!("BT /F1 12 Tf {x} {y} Td ({figure}) Tj ET ");
    format!("{rules} {}{}{}{}", cell(110, 705, 1), cell(210, 705, 22), cell(110, 685, 333), cell(210, 685, 4))
}

#[test]
fn tables_are_drawn_in_many_ways() {
    let lines = "0.5 w 100 720 m 300 720 l S 100 700 m 300 700 l S 100 680 m 300 680 l S \
                 100 680 m 100 720 l S 200 680 m 200 720 l S 300 680 m 300 720 l S";
    let boxes = "100 719.7 200 .5 re f 100 699.7 200 .5 re f 100 679.7 200 .5 re f \
                 100 680 .5 40 re f 200 680 .5 40 re f 300 680 .5 40 re f";
    let frames = "100 700 100 20 re S 200 700 100 20 re S 100 680 100 20 re S 200 680 100 20 re S";
    let rings = "100 700 100 20 re 101 701 98 18 re f* 200 700 100 20 re 201 701 98 18 re f* \
                 100 680 100 20 re 101 681 98 18 re f* 200 680 100 20 re 201 681 98 18 re f*";
    let images = "q 200 0 0 .7 100 720 cm /I1 Do Q q 200 0 0 .7 100 700 cm /I1 Do Q q 200 0 0 .7 100 680 cm /I1 Do Q \
                  q .7 0 0 40 100 680 cm /I1 Do Q q .7 0 0 40 200 680 cm /I1 Do Q q .7 0 0 40 300 680 cm /I1 Do Q";
    let scaled = format!(
        "q .1 0 0 .1 0 0 cm {} Q",
        "5 w 1000 7200 m 3000 7200 l S 1000 7000 m 3000 7000 l S 1000 6800 m \
                 3000 6800 l S 1000 6800 m 1000 7200 l S 2000 6800 m 2000 7200 l S 3000 6800 m 3000 7200 l S"
    );
    for (name, rules) in [
        ("lines", lines),
        ("boxes", boxes),
        ("frames", frames),
        ("rings", rings),
        ("images", images),
        ("scaled", &scaled),
    ] {
        for rotate in [0, 90] {
            let document = open(&file(Kind::Latin, &[&table(rules)], rotate)).expect("a document");
            let Block::Table(grid) = &document.blocks[0] else { panic!("{name}: {:?}", document.blocks) };
            let cells: Vec<&str> = grid.cells.iter().map(|cell| cell.text.as_str()).collect();
            assert_eq!(cells, ["1", "22", "333", "4"], "{name} turned by {rotate}");
        }
    }
}

#[test]
fn text_that_stands_for_glyphs_is_taken() {
    let marked = "/Span <</ActualText <FEFF653F5E9C>>> BDC BT /F1 12 Tf 72 742 Td (fi) Tj ET EMC";
    assert_eq!(text(&file(Kind::Latin, &[marked], 0)), "政府");
    let longer =
        "/Span <</ActualText (office)>> BDC BT /F1 12 Tf 72 742 Td (ab) Tj ET EMC BT /F1 12 Tf 99 742 Td (c) Tj ET";
    assert!(text(&file(Kind::Latin, &[longer], 0)).starts_with("office"));
    let nothing = "/Artifact BMC BT /F1 12 Tf 72 742 Td (ab) Tj ET EMC";
    assert_eq!(text(&file(Kind::Latin, &[nothing], 0)), "ab");
}

#[test]
fn watermarks_are_left_out() {
    let content = format!("{} BT /F1 60 Tf .7 .7 -.7 .7 100 300 Tm (COPY) Tj ET", show(b"text"));
    assert_eq!(text(&file(Kind::Latin, &[&content], 0)), "text");
}

#[test]
fn scans_and_blank_pages_are_named() {
    let picture = "q 595 0 0 842 0 0 cm /I1 Do Q";
    assert!(reason(&file(Kind::Latin, &[picture], 0)).contains("扫描件或图片"));
    let behind = format!("{picture} 3 Tr {}", show(&b"recognised ".repeat(10)));
    assert!(reason(&file(Kind::Latin, &[&behind], 0)).contains("带识别文字层的扫描件"));
    assert!(reason(&file(Kind::Latin, &[""], 0)).contains("没有文字"));
    let outlines = "100 100 m 120 130 l 130 90 l h f ".repeat(300);
    assert!(reason(&file(Kind::Latin, &[&outlines], 0)).contains("图形轮廓"));
    let mixed = file(Kind::Latin, &[&show(b"a page of text"), picture], 0);
    let document = open(&mixed).expect("a document");
    assert!(document.blocks.iter().any(|block| matches!(block, Block::Picture(picture) if picture.large)));
}

#[test]
fn files_that_cannot_be_opened_are_named() {
    let whole = file(Kind::Latin, &[&show(b"text")], 0);
    for bytes in [&b"%PDF-1.7\n"[..], &whole[..60], &whole[..whole.len() - 40], b""] {
        assert!(reason(bytes).contains("已损坏或不完整"), "{} bytes", bytes.len());
    }
    let pages = file(Kind::Latin, &[&show(b"first"), &show(b"second")], 0);
    let mut lost = pages.clone();
    let at = pages.windows(12).position(|bytes| bytes == b"/Contents 23").expect("the content of page 2");
    lost[at + 10] = b'9';
    assert!(reason(&lost).contains("已损坏或不完整"), "the content of a page is gone");
    let mut fontless = pages.clone();
    let at = pages.windows(5).position(|bytes| bytes == b"/F1 4").expect("the font of page 1");
    fontless[at + 4] = b'3';
    assert!(reason(&fontless).contains("已损坏或不完整"), "a font is gone");
    let mut unknown = pages.clone();
    let at = pages.windows(6).position(|bytes| bytes == b"/Type1").expect("the kind of the font");
    unknown[at + 5] = b'7';
    assert!(reason(&unknown).contains("字体无法读取"), "a font of no known kind");
    let appended = [whole.as_slice(), b"\0\0\0\r\n"].concat();
    assert!(open(&appended).is_ok(), "what follows the end does not matter");
    let many = vec![""; MOST_PAGES + 1];
    assert!(reason(&file(Kind::Latin, &many, 0)).contains("内容过多"));
}

#[test]
fn drawings_without_end_are_stopped() {
    assert!(reason(&file(Kind::Latin, &["/X1 Do"], 0)).contains("内容过多"));
}

#[test]
fn changed_bytes_never_get_a_panic_out() {
    let content = table("0.5 w 100 720 m 300 720 l S 100 680 m 300 680 l S 100 680 m 100 720 l S");
    let files = [
        file(Kind::Latin, &[&content, &show(b"text")], 0),
        file(Kind::Embedded("GBK-EUC-H", "GB1"), &[&show(&[0xd5, 0xfe, 0xb8, 0xae])], 90),
        file(Kind::Explained, &[&show(&[0, 1, 0, 2])], 0),
    ];
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((state >> 33) % below as u64).expect("small")
    };
    for round in 0..600 {
        let mut bytes = files[round % files.len()].clone();
        for _ in 0..=next(4) {
            let at = next(bytes.len());
            match next(3) {
                0 => bytes[at] ^= 1 << next(8),
                1 => bytes[at] = b"0123456789<>[]()/ "[next(18)],
                _ => bytes.truncate(at.max(20)),
            }
        }
        _ = open(&bytes);
    }
}
