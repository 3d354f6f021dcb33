//! Fonts whose glyphs are drawings (PDF 1.7, 9.6.5), as browsers write fonts they cannot embed.

use pdf_writer::types::{SystemInfo, UnicodeCmap};
use pdf_writer::{Content, Finish, Name, Pdf, Rect, Ref, Str};

use super::super::page::advance;
use super::font::{Coding, Face};

/// Characters in a font.
const MOST: usize = 200;

/// Writes fonts for these characters, each a box.
pub(super) fn write(pdf: &mut Pdf, chars: &[char]) -> Vec<Face> {
    let mut next = (10..).map(Ref::new);
    let [wide, narrow] = [(); 2].map(|()| next.next().unwrap());
    for (id, width) in [(wide, 1000), (narrow, 500)] {
        let mut glyph = format!("{width} 0 d0\n").into_bytes();
        let mut drawing = Content::new();
        drawing.rect(50.0, 0.0, 400.0, 800.0).fill_nonzero();
        glyph.extend(drawing.finish().into_vec());
        pdf.stream(id, &glyph);
    }
    let mut faces = Vec::new();
    for (number, chars) in chars.chunks(MOST).enumerate() {
        let [id, unicode] = [(); 2].map(|()| next.next().unwrap());
        let codes = || (1..=u8::MAX).zip(chars.iter().copied());
        let name = |code: u8| format!("g{code}");
        let mut font = pdf.type3_font(id);
        font.bbox(Rect::new(0.0, 0.0, 1000.0, 1000.0)).matrix([0.001, 0.0, 0.0, 0.001, 0.0, 0.0]).to_unicode(unicode);
        font.first_char(1).last_char(u8::try_from(chars.len()).unwrap());
        font.widths(codes().map(|(_, c)| if advance(c) == 500 { 500.0 } else { 1000.0 }));
        let mut glyphs = font.char_procs();
        for (code, c) in codes() {
            glyphs.pair(Name(name(code).as_bytes()), if advance(c) == 500 { narrow } else { wide });
        }
        glyphs.finish();
        let names: Vec<String> = codes().map(|(code, _)| name(code)).collect();
        font.encoding_custom().differences().consecutive(1, names.iter().map(|name| Name(name.as_bytes())));
        font.finish();
        let info = || SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"UCS"), supplement: 0 };
        let mut cmap = UnicodeCmap::new(Name(b"Adobe-Identity-UCS"), info());
        for (code, c) in codes() {
            cmap.pair(code, c);
        }
        pdf.cmap(unicode, &cmap.finish()).name(Name(b"Adobe-Identity-UCS")).system_info(info());
        let coding = Coding::Short(codes().map(|(code, c)| (c, code)).collect());
        faces.push(Face { name: format!("T{number}"), id, coding });
    }
    faces
}
