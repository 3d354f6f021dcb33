//! The two engines behind one interface, which speaks of bytes only.

use super::dialect;
use super::gate::{self, Chars};

/// Where a match, or a group of it, begins and ends.
pub(super) type Span = (usize, usize);

/// The groups of a match by their number; a group that takes no part is `None`.
pub(super) type Groups = Vec<Option<Span>>;

/// The engine that is quick to build. It is slow to find where a match may begin, so it is told, where that is known.
#[derive(Debug)]
pub(super) struct Light {
    /// With `starts`, it matches at the beginning of a text only.
    pattern: regex_lite::Regex,
    starts: Option<Chars>,
}

impl Light {
    /// The engine for what stands in `range` of `source`, if it can have it, given with what its matches begin.
    pub(super) fn new(source: &str, range: std::ops::Range<usize>, starts: Option<Chars>) -> Option<Self> {
        let flags = &source[..source.len() - gate::body(source).len()];
        let pattern = dialect::light(&source[range])?;
        let pattern = match starts {
            Some(_) => [flags, "^(?:", &pattern, ")"].concat(),
            None => [flags, &pattern].concat(),
        };
        Some(Self { pattern: regex_lite::Regex::new(&pattern).ok()?, starts })
    }

    pub(super) fn is_match(&self, text: &str) -> bool {
        match self.starts {
            Some(starts) => places(text, 0, starts).any(|at| self.pattern.is_match(&text[at..])),
            None => self.pattern.is_match(text),
        }
    }

    /// The first match from the byte `start` on.
    pub(super) fn span(&self, text: &str, start: usize) -> Option<Span> {
        match self.starts {
            Some(starts) => places(text, start, starts)
                .find_map(|at| self.pattern.find(&text[at..]).map(|found| (at + found.start(), at + found.end()))),
            None => self.pattern.find_at(text, start).map(|found| (found.start(), found.end())),
        }
    }

    /// The same with its groups.
    pub(super) fn groups(&self, text: &str, start: usize) -> Option<Groups> {
        let groups = |found: &regex_lite::Captures<'_>, at: usize| {
            found.iter().map(|group| group.map(|group| (at + group.start(), at + group.end()))).collect()
        };
        match self.starts {
            Some(starts) => places(text, start, starts)
                .find_map(|at| self.pattern.captures(&text[at..]).map(|found| groups(&found, at))),
            None => self.pattern.captures_at(text, start).map(|found| groups(&found, 0)),
        }
    }

    /// The matches that do not overlap, in their order.
    pub(super) fn spans(&self, text: &str) -> Vec<Span> {
        match self.starts {
            Some(_) => every(|start| self.span(text, start), |span| span.1),
            None => self.pattern.find_iter(text).map(|found| (found.start(), found.end())).collect(),
        }
    }

    /// The same with their groups.
    pub(super) fn all_groups(&self, text: &str) -> Vec<Groups> {
        let spans = |found: regex_lite::Captures<'_>| {
            found.iter().map(|group| group.map(|group| (group.start(), group.end()))).collect()
        };
        match self.starts {
            Some(_) => every(|start| self.groups(text, start), end),
            None => self.pattern.captures_iter(text).map(spans).collect(),
        }
    }

    pub(super) fn names(&self) -> impl Iterator<Item = Option<&str>> {
        self.pattern.capture_names()
    }
}

/// The places in `text`, from the byte `start` on, where a match may begin.
fn places(text: &str, start: usize, starts: Chars) -> impl Iterator<Item = usize> {
    let places = text.get(start..).unwrap_or_default().char_indices();
    places.filter(move |&(_, c)| starts.hold(c)).map(move |(at, _)| start + at)
}

/// Everything `next` finds, each from where the one before ends. None of it is empty.
fn every<T>(next: impl Fn(usize) -> Option<T>, end: impl Fn(&T) -> usize) -> Vec<T> {
    std::iter::successors(next(0), |found| next(end(found))).collect()
}

fn end(groups: &Groups) -> usize {
    groups.first().copied().flatten().map_or(usize::MAX, |(_, end)| end)
}

/// The engine that is quick to run.
#[derive(Debug)]
pub(super) struct Full(regex::Regex);

impl Full {
    pub(super) fn new(source: &str) -> Result<Self, regex::Error> {
        regex::Regex::new(&dialect::full(source)).map(Self)
    }

    pub(super) fn is_match(&self, text: &str) -> bool {
        self.0.is_match(text)
    }

    pub(super) fn span(&self, text: &str, start: usize) -> Option<Span> {
        self.0.find_at(text, start).map(|found| (found.start(), found.end()))
    }

    pub(super) fn groups(&self, text: &str, start: usize) -> Option<Groups> {
        self.0.captures_at(text, start).map(|found| spans(&found))
    }

    pub(super) fn spans(&self, text: &str) -> Vec<Span> {
        self.0.find_iter(text).map(|found| (found.start(), found.end())).collect()
    }

    pub(super) fn all_groups(&self, text: &str) -> Vec<Groups> {
        self.0.captures_iter(text).map(|found| spans(&found)).collect()
    }

    pub(super) fn names(&self) -> impl Iterator<Item = Option<&str>> {
        self.0.capture_names()
    }
}

fn spans(found: &regex::Captures<'_>) -> Groups {
    found.iter().map(|group| group.map(|group| (group.start(), group.end()))).collect()
}
