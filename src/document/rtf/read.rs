//! From tokens to stories: groups, destinations, fonts, hidden text, table definitions.

mod destination;
mod raise;

use encoding_rs::{Encoding, GB18030, WINDOWS_1252};

use self::raise::SIZE;
use crate::document::raised::Level;

use destination::Destination;

use super::font;
use super::lex::{Token, Tokens};
use super::story::{CELLS, Story};
use super::table::Definition;

/// Deepest nesting of groups that is kept.
const DEPTH: usize = 400;

/// Wider and higher than this, a picture may show a table; in twentieths of a point.
const LARGE: (i32, i32) = (3_000, 1_500);

/// A file, read.
#[derive(Clone, Debug, Default)]
pub(super) struct Stories {
    /// The text itself.
    pub(super) body: Story,
    /// Running heads, feet and notes.
    pub(super) aside: Story,
}

/// Reads a file; `None` where it has more cells and paragraphs than any report.
pub(super) fn read(bytes: &[u8]) -> Option<Stories> {
    let mut reader = Reader::new();
    for token in Tokens::of(bytes) {
        reader.take(token);
        if reader.stories.body.size() + reader.stories.aside.size() > CELLS {
            return None;
        }
    }
    reader.flush();
    reader.stories.body.finish();
    reader.stories.aside.finish();
    Some(reader.stories)
}

/// What holds until the end of the group.
#[derive(Clone, Copy, Debug)]
struct Group {
    destination: Destination,
    /// Where text goes that stands in a part of the group which is shown though the group is not.
    outer: Destination,
    /// The font, and the one for East Asian text.
    font: i32,
    asian_font: i32,
    /// Whether the text is said to be East Asian.
    is_asian: bool,
    hidden: bool,
    deleted: bool,
    struck: bool,
    level_of_text: Level,
    /// By how many half-points it is raised, and how large it is.
    raise: i32,
    size: i32,
    /// How many bytes stand for a character that is also given in Unicode.
    fallback: u32,
    in_table: bool,
    level: Option<usize>,
    /// Whether nothing but the mark of an optional destination has been read.
    optional: bool,
    /// Whether the fonts named are those of scripts written from right to left.
    is_complex: bool,
    /// Whether what stands here is given a second time, for readers that know no better.
    is_double: bool,
    /// Whether the rows defined are those of a table in a table.
    defines_nested: bool,
}

struct Reader {
    stories: Stories,
    group: Group,
    outer: Vec<Group>,
    /// Groups that are open but were too deep to be kept.
    overflow: u32,
    /// Fonts and the encodings of their character sets.
    fonts: std::collections::HashMap<i32, Option<&'static Encoding>>,
    page: Option<&'static Encoding>,
    default_font: i32,
    /// Bytes of text that are not decoded yet, and their encoding.
    bytes: Vec<u8>,
    encoding: &'static Encoding,
    /// How many bytes are still to be left out.
    skip: u32,
    /// The first half of a character beyond the first plane.
    half: Option<u16>,
    definitions: Vec<Definition>,
    next: Definition,
    left: i32,
    /// Definitions and left edge of the outer row, while one of a table in it is defined.
    kept: (Vec<Definition>, i32),
    /// Width and height of the picture.
    size: (Option<i32>, Option<i32>),
}

impl Reader {
    fn new() -> Self {
        let group = Group {
            destination: Destination::Body,
            outer: Destination::Body,
            font: 0,
            asian_font: -1,
            is_asian: false,
            hidden: false,
            deleted: false,
            struck: false,
            level_of_text: Level::Line,
            raise: 0,
            size: SIZE,
            fallback: 1,
            in_table: false,
            level: None,
            optional: false,
            is_complex: false,
            is_double: false,
            defines_nested: false,
        };
        Self {
            stories: Stories::default(),
            group,
            outer: Vec::new(),
            overflow: 0,
            fonts: std::collections::HashMap::new(),
            page: None,
            default_font: 0,
            bytes: Vec::new(),
            encoding: WINDOWS_1252,
            skip: 0,
            half: None,
            definitions: Vec::new(),
            next: Definition::default(),
            left: 0,
            kept: (Vec::new(), 0),
            size: (None, None),
        }
    }

    fn take(&mut self, token: Token<'_>) {
        match token {
            Token::Open if self.outer.len() >= DEPTH => self.overflow += 1,
            Token::Open => {
                self.outer.push(self.group);
                self.skip = 0;
            }
            Token::Close if self.overflow > 0 => self.overflow -= 1,
            Token::Close => self.close(),
            Token::Word(word, number) => {
                // A control word may stand for a character, too; any other ends what stands for it.
                if self.skip > 0 && character(word).is_some() {
                    self.skip -= 1;
                    return;
                }
                self.skip = 0;
                self.word(word, number);
                self.group.optional = false;
            }
            Token::Symbol(symbol) => self.symbol(symbol),
            Token::Hex(byte) | Token::Byte(byte) => self.byte(byte),
        }
    }

    fn close(&mut self) {
        self.skip = 0;
        let Some(outer) = self.outer.pop() else { return };
        if self.group.destination != outer.destination || self.group.level_of_text != outer.level_of_text {
            self.flush();
        }
        if self.group.destination == Destination::Aside && outer.destination == Destination::Body {
            self.stories.aside.end_paragraph(0);
        }
        if self.group.defines_nested && !outer.defines_nested {
            (self.definitions, self.left) = std::mem::take(&mut self.kept);
        }
        if self.group.destination == Destination::Picture && outer.destination != Destination::Picture {
            self.show_picture(outer);
        }
        self.group = outer;
    }

    fn show_picture(&mut self, outer: Group) {
        let (width, height) = std::mem::take(&mut self.size);
        let large = width.is_none_or(|width| width >= LARGE.0) && height.is_none_or(|height| height >= LARGE.1);
        if !outer.hidden && !outer.deleted && outer.destination != Destination::Aside {
            self.stories.body.picture(large);
        }
    }

    fn symbol(&mut self, symbol: u8) {
        match symbol {
            b'*' => self.group.optional = true,
            _ if self.skip > 0 => self.skip -= 1,
            b'~' => self.text("\u{a0}"),
            b'_' => self.text("-"),
            b'\\' | b'{' | b'}' => self.byte(symbol),
            b'\r' | b'\n' => self.end_paragraph(),
            b'\t' => self.text("\t"),
            _ => {}
        }
    }

    fn byte(&mut self, byte: u8) {
        if self.skip > 0 {
            self.skip -= 1;
            return;
        }
        self.half = None;
        if !self.is_shown() {
            return;
        }
        let encoding = self.current();
        if encoding != self.encoding && !self.bytes.is_empty() && !font::is_cut(&self.bytes, self.encoding) {
            self.flush();
        }
        if self.bytes.is_empty() {
            self.encoding = encoding;
        }
        self.bytes.push(byte);
    }

    /// Whether text here is shown at all.
    fn is_shown(&self) -> bool {
        let group = &self.group;
        matches!(group.destination, Destination::Body | Destination::Aside)
            && !group.hidden
            && !group.deleted
            && !group.struck
    }

    /// The encoding of text bytes.
    fn current(&self) -> &'static Encoding {
        let id =
            if self.group.is_asian && self.group.asian_font >= 0 { self.group.asian_font } else { self.group.font };
        self.fonts.get(&id).copied().flatten().or(self.page).unwrap_or(WINDOWS_1252)
    }

    /// Decodes the bytes that wait.
    fn flush(&mut self) {
        if !self.bytes.is_empty() {
            let bytes = std::mem::take(&mut self.bytes);
            let text = font::decode(&bytes, self.encoding);
            let text = self.group.level_of_text.set(&text);
            // Bytes are gathered only where they are shown, and flushed before the destination can change.
            self.story().push(&text);
        }
    }

    fn story(&mut self) -> &mut Story {
        if self.group.destination == Destination::Aside { &mut self.stories.aside } else { &mut self.stories.body }
    }

    fn text(&mut self, text: &str) {
        if self.is_shown() {
            self.flush();
            let text = self.group.level_of_text.set(text);
            self.story().push(&text);
        }
    }

    fn level(&self) -> usize {
        self.group.level.unwrap_or(0).max(usize::from(self.group.in_table))
    }

    fn end_paragraph(&mut self) {
        self.flush();
        let level = self.level();
        if matches!(self.group.destination, Destination::Body | Destination::Aside) {
            self.story().end_paragraph(level);
        }
    }

    /// Makes this group one of its own kind.
    fn word(&mut self, word: &[u8], number: Option<i32>) {
        let on = number != Some(0);
        let value = number.unwrap_or(0);
        match word {
            b"u" => self.unicode(value),
            b"uc" => self.group.fallback = u32::try_from(value).unwrap_or(1).min(8),
            b"ansicpg" => self.page = font::of_code_page(value),
            b"deflangfe" if value == 2_052 && self.page.is_none_or(Encoding::is_single_byte) => {
                self.page = Some(GB18030);
            }
            b"deff" => {
                self.default_font = value;
                self.group.font = value;
            }
            b"f" => self.group.font = value,
            b"rtlch" => self.group.is_complex = true,
            b"ltrch" => self.group.is_complex = false,
            b"af" if self.group.is_asian && !self.group.is_complex => self.group.asian_font = value,
            b"dbch" => self.group.is_asian = true,
            b"loch" | b"hich" => self.group.is_asian = false,
            b"fcharset" if self.group.destination == Destination::Fonts => {
                self.fonts.insert(self.group.font, font::of_charset(value));
            }
            b"cpg" if self.group.destination == Destination::Fonts => {
                self.fonts.insert(self.group.font, font::of_code_page(value));
            }
            b"v" => self.group.hidden = on,
            b"deleted" => self.group.deleted = on,
            b"strike" | b"striked" => self.group.struck = on,
            b"super" | b"sub" | b"nosupersub" | b"up" | b"dn" | b"fs" => self.height(word, number),
            b"plain" => {
                (self.group.font, self.group.asian_font, self.group.is_asian) = (self.default_font, -1, false);
                (self.group.hidden, self.group.deleted, self.group.struck) = (false, false, false);
                (self.group.raise, self.group.size) = (0, SIZE);
                self.set_level(Level::Line);
            }
            b"picwgoal" => self.size.0 = number,
            b"pichgoal" => self.size.1 = number,
            _ => self.structure(word, value),
        }
    }

    fn structure(&mut self, word: &[u8], value: i32) {
        match word {
            b"par" | b"sect" => self.end_paragraph(),
            b"pard" => (self.group.in_table, self.group.level) = (false, None),
            b"intbl" => self.group.in_table = true,
            b"itap" => self.group.level = usize::try_from(value).ok(),
            b"line" | b"softline" | b"page" | b"column" => self.text("\n"),
            b"trowd" => {
                self.definitions.clear();
                (self.next, self.left) = (Definition::default(), 0);
            }
            b"trleft" => self.left = value,
            b"clvmrg" => self.next.from_above = true,
            b"clmrg" => self.next.from_before = true,
            b"cellx" if self.definitions.len() < 1_000 => {
                self.definitions.push(Definition { right: value, ..self.next });
                self.next = Definition::default();
            }
            b"cell" | b"nestcell" | b"row" | b"nestrow" => self.end_part(word),
            _ => match character(word) {
                Some(text) => self.text(text),
                None => self.destination(word),
            },
        }
    }

    /// The end of a cell or a row.
    fn end_part(&mut self, word: &[u8]) {
        self.flush();
        let level = if word.starts_with(b"nest") { self.level().max(2) } else { 1 };
        match self.group.destination {
            Destination::Body | Destination::Aside if word.ends_with(b"cell") => self.story().end_cell(level),
            Destination::Body | Destination::Aside => {
                let definitions = std::mem::take(&mut self.definitions);
                let left = self.left;
                self.story().end_row(level, left, &definitions);
                self.definitions = definitions;
            }
            _ => {}
        }
    }

    fn unicode(&mut self, value: i32) {
        self.skip = self.group.fallback;
        let Ok(unit) = u16::try_from(if value < 0 { value.saturating_add(0x1_0000) } else { value }) else { return };
        let first = self.half.take();
        if !self.is_shown() {
            return;
        }
        if (0xd800..0xdc00).contains(&unit) {
            self.half = Some(unit);
            return;
        }
        let units: Vec<u16> = first.into_iter().chain([unit]).collect();
        let text: String = char::decode_utf16(units).filter_map(Result::ok).collect();
        self.text(&text);
    }
}

/// The character that a control word stands for.
fn character(word: &[u8]) -> Option<&'static str> {
    Some(match word {
        b"tab" => "\t",
        b"emdash" => "—",
        b"endash" => "–",
        b"lquote" => "‘",
        b"rquote" => "’",
        b"ldblquote" => "“",
        b"rdblquote" => "”",
        b"bullet" => "•",
        b"emspace" | b"enspace" | b"qmspace" => " ",
        _ => return None,
    })
}
