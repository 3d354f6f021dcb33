//! Which characters glyphs are, where the font itself must be asked.
//!
//! Most fonts say so (`ToUnicode`, or names of glyphs), and the library reads that. Two kinds do not:
//!
//! 1. Embedded fonts of Chinese character collections, as 方正 and older WPS write them: code → CID by the
//!    predefined CMap they name, CID → character by the collection's own map (ISO 32000-1, 9.10.2).
//! 2. Embedded TrueType fonts with a character map of their own: glyph → character by that map, backwards.
//!
//! What neither tells stays unknown: U+FFFD, never a guess.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use hayro_cmap::{BfString, CMap, CMapName, CidFamily, load_embedded};
use hayro_interpret::font::{Glyph, OutlineGlyph};
use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Name, Object, Stream, String as PdfString};
use unicode_normalization::UnicodeNormalization;

/// The fonts of a file, as far as they must be asked.
pub(super) struct Fonts<'a> {
    pdf: &'a Pdf,
    /// Composite fonts without `ToUnicode`, by name.
    composite: OnceCell<HashMap<String, Vec<Coding>>>,
    /// Characters of glyphs by the map of the font program, backwards.
    programs: RefCell<HashMap<u128, Rc<HashMap<u32, char>>>>,
}

/// How codes of a composite font become characters.
struct Coding {
    /// Code → CID.
    cids: CMap,
    /// CID → character.
    characters: Rc<CMap>,
}

impl Coding {
    fn text(&self, code: u32) -> Option<String> {
        let cid = (1..=4).find_map(|length| self.cids.lookup_cid_code(code, length))?;
        Some(string(self.characters.lookup_bf_string(cid)?))
    }
}

fn string(found: BfString) -> String {
    match found {
        BfString::Char(c) => c.to_string(),
        BfString::String(text) => text,
    }
}

/// Whether a text says anything: some files map glyphs to nothing, or to a mark for the unknown.
fn is_text(text: &str) -> bool {
    !text.is_empty() && !text.chars().any(|c| c == '\0' || c == char::REPLACEMENT_CHARACTER)
}

impl<'a> Fonts<'a> {
    pub(super) fn of(pdf: &'a Pdf) -> Self {
        Self { pdf, composite: OnceCell::new(), programs: RefCell::default() }
    }

    /// The text that a glyph stands for.
    pub(super) fn text(&self, glyph: &Glyph<'_>) -> Option<String> {
        let own = glyph.as_unicode().map(string).filter(|text| is_text(text));
        own.or_else(|| match glyph {
            Glyph::Outline(glyph) => {
                self.collection(glyph).or_else(|| self.program(glyph)).filter(|text| is_text(text))
            }
            Glyph::Type3(_) => None,
        })
    }

    /// By the character collection of its font. Fonts of one name that disagree tell nothing.
    fn collection(&self, glyph: &OutlineGlyph) -> Option<String> {
        let name = glyph.font_data()?.postscript_name?;
        let codings = self.composite.get_or_init(|| composite(self.pdf)).get(&name)?;
        let mut texts = codings.iter().map(|coding| coding.text(glyph.char_code()));
        let first = texts.next()??;
        texts.all(|text| text.as_ref() == Some(&first)).then_some(first)
    }

    /// By the character map of its font program.
    fn program(&self, glyph: &OutlineGlyph) -> Option<String> {
        let program = glyph.font_data()?;
        let known = self.programs.borrow().get(&program.cache_key).cloned();
        let map = known.unwrap_or_else(|| {
            let map = Rc::new(backwards((*program.data).as_ref()));
            self.programs.borrow_mut().insert(program.cache_key, Rc::clone(&map));
            map
        });
        map.get(&glyph.glyph_id().to_u32()).map(std::string::ToString::to_string)
    }
}

/// The composite fonts of a file that have no `ToUnicode`, by name.
fn composite(pdf: &Pdf) -> HashMap<String, Vec<Coding>> {
    let mut fonts: HashMap<String, Vec<Coding>> = HashMap::new();
    let mut collections: Vec<(CidFamily, Rc<CMap>)> = Vec::new();
    for object in pdf.objects() {
        let Some(font) = object.into_dict() else { continue };
        let is = |key: &[u8], value: &[u8]| font.get::<Name<'_>>(key).is_some_and(|name| name.as_ref() == value);
        if !is(b"Subtype", b"Type0") || font.contains_key(b"ToUnicode") {
            continue;
        }
        if let Some((name, coding)) = coding(&font, &mut collections) {
            fonts.entry(name).or_default().push(coding);
        }
    }
    fonts
}

/// The name of a composite font and how its codes become characters.
fn coding(font: &Dict<'_>, collections: &mut Vec<(CidFamily, Rc<CMap>)>) -> Option<(String, Coding)> {
    let name = font.get::<Name<'_>>(b"BaseFont")?;
    let cids = match font.get::<Object<'_>>(b"Encoding")? {
        Object::Name(name) => predefined(CMapName::from_bytes(name.as_ref()))?,
        Object::Stream(stream) => embedded(&stream)?,
        _ => return None,
    };
    let own = cids.metadata().character_collection.as_ref().map(|collection| collection.family.clone());
    let family = own.filter(|family| family.ucs2_cmap().is_some()).or_else(|| {
        let descendant = font.get::<Array<'_>>(b"DescendantFonts")?.iter::<Dict<'_>>().next()?;
        let system = descendant.get::<Dict<'_>>(b"CIDSystemInfo")?;
        let part = |key: &[u8]| system.get::<PdfString<'_>>(key);
        Some(CidFamily::from_registry_ordering(part(b"Registry")?.as_bytes(), part(b"Ordering")?.as_bytes()))
    })?;
    let known = collections.iter().find(|(other, _)| *other == family).map(|(_, map)| Rc::clone(map));
    let characters = match known {
        Some(map) => map,
        None => {
            let map = Rc::new(predefined(family.ucs2_cmap()?)?);
            collections.push((family, Rc::clone(&map)));
            map
        }
    };
    Some((without_prefix(name.as_str()).to_owned(), Coding { cids, characters }))
}

/// A CMap that the specification knows by name.
fn predefined(name: CMapName<'_>) -> Option<CMap> {
    match name {
        CMapName::IdentityH => Some(CMap::identity_h()),
        CMapName::IdentityV => Some(CMap::identity_v()),
        name => CMap::parse(load_embedded(name)?, load_embedded),
    }
}

/// A CMap that is in the file.
fn embedded(stream: &Stream<'_>) -> Option<CMap> {
    CMap::parse(&stream.decoded_data().ok()?, load_embedded)
}

/// The name of a font without the mark of a subset, such as `ABCDEF+`.
fn without_prefix(name: &str) -> &str {
    match name.split_once('+') {
        Some((mark, rest)) if mark.len() == 6 && mark.bytes().all(|byte| byte.is_ascii_uppercase()) => rest,
        _ => name,
    }
}

/// The character map of a font program, backwards. Of several characters with one glyph the one that is no
/// compatibility form of another counts, and of those the first.
fn backwards(program: &[u8]) -> HashMap<u32, char> {
    let mut map: HashMap<u32, char> = HashMap::new();
    let Ok(face) = ttf_parser::Face::parse(program, 0) else { return map };
    let tables = face.tables().cmap.iter().flat_map(|cmap| cmap.subtables);
    for table in tables.filter(ttf_parser::cmap::Subtable::is_unicode) {
        table.codepoints(|code| {
            let Some(c) = char::from_u32(code) else { return };
            let Some(glyph) = table.glyph_index(code) else { return };
            let rank = |c: char| (!std::iter::once(c).nfkc().eq([c]), c);
            let best = map.entry(u32::from(glyph.0)).or_insert(c);
            if rank(c) < rank(*best) {
                *best = c;
            }
        });
    }
    map
}

/// A text string of a PDF: UTF-16 or UTF-8 with a mark, or else its own encoding, which is Latin 1 as far as
/// anybody uses it.
pub(super) fn text_string(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        [0xff, 0xfe, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0.into_owned(),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes.iter().map(|&byte| char::from(byte)).collect(),
    }
}
