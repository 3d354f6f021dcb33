//! The style sheet ([MS-DOC] 2.9.271, STSH).

use super::characters::Said;
use super::number::short;
use super::paragraphs::Listed;
use super::property::properties;

/// The styles of a document, by their numbers.
#[derive(Debug, Default)]
pub(super) struct Styles(Vec<Style>);

/// What a style says, with those it is based on.
#[derive(Clone, Copy, Debug, Default)]
struct Style {
    characters: Said,
    list: Listed,
    is_contents: bool,
}

/// A style as it is written.
#[derive(Clone, Copy, Debug)]
struct Written<'a> {
    base: usize,
    characters: &'a [u8],
    paragraphs: &'a [u8],
    is_contents: bool,
}

/// A style that is based on none.
const NO_BASE: u16 = 0xfff;

impl Styles {
    /// The styles of `sheet`; `None` where it is damaged.
    pub(super) fn of(sheet: &[u8]) -> Option<Self> {
        if sheet.is_empty() {
            return Some(Self::default());
        }
        // 2.9.272, STSHI: how many there are, and how long the head of each is.
        let length = usize::from(short(sheet, 0)?);
        let (count, head) = (usize::from(short(sheet, 2)?), usize::from(short(sheet, 4)?));
        let mut at = 2 + length;
        let mut written = Vec::new();
        for _ in 0..count {
            let Some(length) = short(sheet, at).map(usize::from) else { break };
            let style = sheet.get(at + 2..at + 2 + length)?;
            written.push(if style.is_empty() { Written::NONE } else { Written::of(style, head)? });
            at += 2 + length + length % 2;
        }
        Some(Self(resolve(&written)))
    }

    /// What the style says of characters.
    pub(super) fn characters(&self, style: u16) -> Said {
        self.get(style).characters
    }

    /// The list in which the style has its paragraphs.
    pub(super) fn list(&self, style: u16) -> Listed {
        self.get(style).list
    }

    /// Whether paragraphs of the style are entries of a table of contents.
    pub(super) fn is_contents(&self, style: u16) -> bool {
        self.get(style).is_contents
    }

    fn get(&self, style: u16) -> Style {
        self.0.get(usize::from(style)).copied().unwrap_or_default()
    }

    /// Styles that say this of characters.
    #[cfg(test)]
    pub(super) fn with(characters: &[Said]) -> Self {
        Self(characters.iter().map(|&characters| Style { characters, ..Style::default() }).collect())
    }
}

impl<'a> Written<'a> {
    /// A number without a style.
    const NONE: Self = Self { base: NO_BASE as usize, characters: &[], paragraphs: &[], is_contents: false };

    /// A style (2.9.260, STD) whose head is `head` bytes long.
    fn of(style: &'a [u8], head: usize) -> Option<Self> {
        let kind = short(style, 2)?;
        let built_in = short(style, 0)? & 0xfff;
        let count = short(style, 4)? & 0xf;
        let name = usize::from(short(style, head)?);
        let mut at = head + 2 + 2 * name + 2;
        let mut parts: Vec<&[u8]> = Vec::new();
        for _ in 0..count {
            // 2.9.143: each with its length, and at an even place.
            at += at % 2;
            let Some(length) = short(style, at).map(usize::from) else { break };
            parts.push(style.get(at + 2..at + 2 + length)?);
            at += 2 + length;
        }
        let part = |index: usize| parts.get(index).copied().unwrap_or_default();
        // Before the properties of paragraphs stands the number of the style itself.
        let own = |part: &'a [u8]| part.get(2..).unwrap_or_default();
        let (paragraphs, characters) = match kind & 0xf {
            1 => (own(part(0)), part(1)),
            2 => (&[][..], part(0)),
            3 => (own(part(1)), part(2)),
            _ => (own(part(0)), &[][..]),
        };
        let base = usize::from(kind >> 4);
        // The styles of a table of contents have the numbers 19 to 27 (2.9.260, sti).
        Some(Self { base, characters, paragraphs, is_contents: (19..=27).contains(&built_in) })
    }
}

/// Every style with what those say that it is based on. Styles that are based on themselves are based on none.
fn resolve(written: &[Written]) -> Vec<Style> {
    let mut resolved: Vec<Option<Style>> = vec![None; written.len()];
    let mut is_open = vec![false; written.len()];
    for first in 0..written.len() {
        let mut chain = Vec::new();
        let mut next = first;
        while next < written.len() && resolved[next].is_none() && !is_open[next] {
            is_open[next] = true;
            chain.push(next);
            next = if written[next].base == usize::from(NO_BASE) { written.len() } else { written[next].base };
        }
        let mut style = resolved.get(next).copied().flatten().unwrap_or_default();
        for index in chain.into_iter().rev() {
            let own = &written[index];
            let base = style.characters;
            properties(own.characters).for_each(|property| style.characters.take(&property, base));
            properties(own.paragraphs).for_each(|property| style.list.take(&property));
            style.is_contents = own.is_contents;
            resolved[index] = Some(style);
        }
    }
    resolved.into_iter().map(Option::unwrap_or_default).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A style of this kind, base and parts.
    fn style(kind: u16, base: u16, parts: &[&[u8]]) -> Vec<u8> {
        let mut bytes = [0, kind | base << 4, u16::try_from(parts.len()).unwrap(), 0, 0, 1, u16::from(b'a'), 0]
            .iter()
            .flat_map(|number| number.to_le_bytes())
            .collect::<Vec<u8>>();
        for part in parts {
            bytes.resize(bytes.len() + bytes.len() % 2, 0);
            bytes.extend(u16::try_from(part.len()).unwrap().to_le_bytes());
            bytes.extend_from_slice(part);
        }
        bytes
    }

    fn sheet(styles: &[Vec<u8>]) -> Vec<u8> {
        let count = u16::try_from(styles.len()).unwrap();
        let mut bytes: Vec<u8> = [4, count, 10].iter().flat_map(|number| number.to_le_bytes()).collect();
        for style in styles {
            bytes.extend(u16::try_from(style.len()).unwrap().to_le_bytes());
            bytes.extend(style);
            bytes.resize(bytes.len() + bytes.len() % 2, 0);
        }
        bytes
    }

    #[test]
    fn styles_say_what_those_say_that_they_are_based_on() {
        let struck: &[u8] = &[0x37, 0x08, 1];
        let sheet = sheet(&[
            style(1, NO_BASE, &[&[0, 0, 0x0b, 0x46, 3, 0, 0x0a, 0x26, 1], struck]),
            Vec::new(),
            style(1, 0, &[&[2, 0, 0x0a, 0x26, 2], &[]]),
            style(2, NO_BASE, &[&[0x48, 0x2a, 1]]),
            style(2, 3, &[&[0x37, 0x08, 0x81]]),
            // Based on each other.
            style(2, 6, &[struck]),
            style(2, 5, &[&[]]),
        ]);
        let styles = Styles::of(&sheet).expect("a style sheet");
        let (mut listed, mut said) = (Listed::default(), Said::default());
        properties(&[0x0b, 0x46, 3, 0, 0x0a, 0x26, 2]).for_each(|property| listed.take(&property));
        properties(struck).for_each(|property| said.take(&property, Said::default()));
        assert_eq!((styles.list(2), styles.characters(2)), (listed, said));
        properties(&[0x48, 0x2a, 1]).for_each(|property| said.take(&property, Said::default()));
        assert_eq!(styles.characters(4), said);
        assert_eq!((styles.characters(1), styles.characters(99)), (Said::default(), Said::default()));
        assert_ne!(styles.characters(5), Said::default());
        for end in 0..sheet.len() {
            let _ = Styles::of(&sheet[..end]);
        }
    }
}
