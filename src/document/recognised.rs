//! What of a document a recognition program read from pictures of pages.

use serde::{Deserialize, Serialize};

use super::Source;
use crate::text::{Wording, Words, words};

/// What of a document a recognition program read from pictures of pages: nothing of that is certain.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Recognised {
    /// Nothing: it is as the file says.
    #[default]
    Nothing,
    /// These pages among others.
    Pages(Vec<RecognisedPage>),
    /// All of it.
    Everything,
}

/// A page that was read from its picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecognisedPage {
    /// Its number, from 1.
    pub page: u32,
    /// Its first line in the rendering.
    pub first: u32,
    /// Its last line.
    pub last: u32,
}

const ALL_OF_IT: Words = words("OCR 识读，须人核对", "read by OCR, to be checked by a person");

impl Recognised {
    /// Whether anything was.
    #[must_use]
    pub const fn is_any(&self) -> bool {
        !matches!(self, Self::Nothing)
    }

    /// Whether the line of this number was.
    #[must_use]
    pub fn holds(&self, line: u32) -> bool {
        self.touches(Source { line, column: 1, end_line: line, end_column: 1 })
    }

    /// Whether some of `source` was.
    #[must_use]
    pub fn touches(&self, source: Source) -> bool {
        match self {
            Self::Nothing => false,
            Self::Pages(pages) => pages.iter().any(|page| source.line <= page.last && page.first <= source.end_line),
            Self::Everything => true,
        }
    }

    /// The numbers of the pages, where it is these and not everything.
    #[must_use]
    pub fn pages(&self) -> Vec<u32> {
        let Self::Pages(pages) = self else { return Vec::new() };
        let mut numbers: Vec<u32> = pages.iter().map(|page| page.page).collect();
        numbers.dedup();
        numbers
    }

    /// What a reader must know of it.
    #[must_use]
    pub fn notice(&self) -> Option<Wording> {
        let listed = |between: &str| self.pages().iter().map(u32::to_string).collect::<Vec<_>>().join(between);
        match self {
            Self::Nothing => None,
            Self::Pages(_) => Some(Wording::new(
                format!("第 {} 页 {}", listed("、"), ALL_OF_IT.zh),
                format!("page {} {}", listed(", "), ALL_OF_IT.en),
            )),
            Self::Everything => Some(ALL_OF_IT.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_stretches_are_told_apart() {
        let page = |page, first, last| RecognisedPage { page, first, last };
        let some = Recognised::Pages(vec![page(2, 5, 9), page(2, 10, 12), page(4, 20, 30)]);
        let held: Vec<u32> = (1..=32).filter(|&line| some.holds(line)).collect();
        assert_eq!(held, (5..=12).chain(20..=30).collect::<Vec<_>>());
        let stretch = |line, end_line| Source { line, column: 1, end_line, end_column: 1 };
        for (from, to, expected) in [(1, 4, false), (1, 5, true), (12, 13, true), (13, 19, false), (13, 40, true)] {
            assert_eq!(some.touches(stretch(from, to)), expected, "{from}–{to}");
        }
        assert!(!Recognised::Nothing.touches(Source::START) && Recognised::Everything.touches(Source::START));
        assert_eq!(some.notice().unwrap().zh, "第 2、4 页 OCR 识读，须人核对");
    }
}
