//! Patterns that cost next to nothing until they are needed, with as much of the interface of the `regex` crate as
//! is used.
//!
//! The program has some two hundred patterns. To build them all takes longer than everything else that a report
//! needs, and most reports hold nothing of what most of them look for. So a pattern is built in steps:
//!
//! ```text
//! text ──► gate: does it hold one of the words   ──► light engine   ──► full engine
//!          without which there is no match?          quick to build     quick to run
//! ```
//!
//! Where the question is only whether there is a match, each alternative of the pattern has a gate and a light engine
//! of its own: of thirty names of media a text holds one or two.
//!
//! The light engine (`regex-lite`) gives way to the full one (`regex`) once a pattern has read so much that it pays.
//! All three agree; where assertions are on, that is checked each time.

mod dialect;
mod engine;
mod gate;

use std::borrow::Cow;
#[cfg(debug_assertions)]
use std::fmt::Debug;
use std::ops::{Index, Range};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use engine::{Full, Groups, Light, Span};
use gate::{Admitted, Gate};

/// Bytes that the light engine reads before the full one takes its place.
const LIGHT: usize = 8 << 10;

/// A pattern.
#[derive(Debug)]
pub struct Regex {
    source: Box<str>,
    gate: OnceLock<Gate>,
    light: OnceLock<Option<Light>>,
    /// The light engines of its alternatives.
    alternatives: OnceLock<Box<[OnceLock<Option<Light>>]>>,
    full: OnceLock<Option<Full>>,
    names: OnceLock<Names>,
    /// Bytes it was run over.
    read: AtomicUsize,
    /// What the engines must agree with.
    #[cfg(debug_assertions)]
    witness: OnceLock<Full>,
}

/// The names of the groups, by their number.
type Names = Arc<[Option<Box<str>>]>;

/// What runs a pattern over a text.
enum Engine<'r> {
    /// Nothing: there is no match.
    None,
    Light(&'r Light),
    Full(&'r Full),
}

/// Does the same with whichever engine it is.
macro_rules! run {
    ($pattern:expr, $text:expr, $nothing:expr, |$engine:ident| $search:expr) => {{
        let found = match $pattern.engine($text) {
            Engine::None => $nothing,
            Engine::Light($engine) => $search,
            Engine::Full($engine) => $search,
        };
        #[cfg(debug_assertions)]
        {
            let $engine = $pattern.witness();
            $pattern.agree(&found, &$search, $text);
        }
        found
    }};
}

impl Regex {
    /// The pattern that `source` describes.
    ///
    /// # Errors
    /// A pattern that is not valid, where assertions are on. Elsewhere it has no match: it is not looked at before
    /// it is needed.
    pub fn new(source: &str) -> Result<Self, regex::Error> {
        if cfg!(debug_assertions) {
            Full::new(source)?;
        }
        Ok(Self {
            source: source.into(),
            gate: OnceLock::new(),
            light: OnceLock::new(),
            alternatives: OnceLock::new(),
            full: OnceLock::new(),
            names: OnceLock::new(),
            read: AtomicUsize::new(0),
            #[cfg(debug_assertions)]
            witness: OnceLock::new(),
        })
    }

    fn engine(&self, text: &str) -> Engine<'_> {
        if let Some(Some(full)) = self.full.get() {
            return Engine::Full(full);
        }
        if !self.gate().admits(text) {
            return Engine::None;
        }
        let read = self.read.fetch_add(text.len(), Ordering::Relaxed);
        let light = || Light::new(&self.source, 0..self.source.len(), self.gate().starts());
        if read < LIGHT
            && let Some(light) = self.light.get_or_init(light)
        {
            return Engine::Light(light);
        }
        self.full().map_or(Engine::None, Engine::Full)
    }

    fn gate(&self) -> &Gate {
        self.gate.get_or_init(|| Gate::of(&self.source))
    }

    fn full(&self) -> Option<&Full> {
        self.full.get_or_init(|| Full::new(&self.source).ok()).as_ref()
    }

    #[cfg(debug_assertions)]
    fn witness(&self) -> &Full {
        self.witness.get_or_init(|| Full::new(&self.source).expect("a valid pattern"))
    }

    /// Checks what was found against what the full engine finds.
    #[cfg(debug_assertions)]
    fn agree<T: PartialEq + Debug>(&self, found: &T, full: &T, text: &str) {
        assert_eq!(found, full, "/{}/ on {text:?}", self.source);
    }

    fn names(&self) -> Names {
        fn owned<'n>(names: impl Iterator<Item = Option<&'n str>>) -> Names {
            names.map(|name| name.map(Box::from)).collect()
        }
        let names = self.names.get_or_init(|| match (self.light.get(), self.full.get()) {
            (Some(Some(light)), _) => owned(light.names()),
            (_, Some(Some(full))) => owned(full.names()),
            _ => Names::default(),
        });
        Arc::clone(names)
    }

    /// The gate, if that is all there is to the pattern, and the full engine has not taken over.
    fn words(&self) -> Option<&Gate> {
        let light = self.full.get().is_none() && self.read.load(Ordering::Relaxed) < LIGHT;
        light.then(|| self.gate()).filter(|gate| gate.is_exact())
    }

    /// Whether it matches anywhere in `text`.
    #[must_use]
    pub fn is_match(&self, text: &str) -> bool {
        if self.words().is_some() {
            return self.find(text).is_some();
        }
        if let Some(found) = self.any_alternative(text) {
            #[cfg(debug_assertions)]
            self.agree(&found, &self.witness().is_match(text), text);
            return found;
        }
        run!(self, text, false, |engine| engine.is_match(text))
    }

    /// Whether one of several alternatives matches; `None` where they are not told apart, or the full engine is due.
    fn any_alternative(&self, text: &str) -> Option<bool> {
        if self.full.get().is_some() || self.read.load(Ordering::Relaxed) >= LIGHT {
            return None;
        }
        let gate = self.gate();
        let mut admitted = match gate.admitted(text)? {
            Admitted::Some(0) => return Some(false),
            Admitted::Some(alternatives) => alternatives,
            Admitted::Match => 0,
        };
        self.read.fetch_add(text.len(), Ordering::Relaxed);
        if admitted == 0 {
            return Some(true);
        }
        let engines = self.alternatives.get_or_init(|| (0..gate.len()).map(|_| OnceLock::new()).collect());
        while admitted != 0 {
            let number = admitted.trailing_zeros() as usize;
            admitted &= admitted - 1;
            let build = || {
                let (range, starts) = gate.alternative(number);
                Light::new(&self.source, range, starts)
            };
            if engines[number].get_or_init(build).as_ref()?.is_match(text) {
                return Some(true);
            }
        }
        Some(false)
    }

    /// The first match.
    #[must_use]
    pub fn find<'t>(&self, text: &'t str) -> Option<Match<'t>> {
        self.find_at(text, 0)
    }

    /// The first match from the byte `start` on.
    #[must_use]
    pub fn find_at<'t>(&self, text: &'t str, start: usize) -> Option<Match<'t>> {
        let span = match self.words() {
            Some(words) => {
                self.read.fetch_add(text.len(), Ordering::Relaxed);
                let found = words.find_at(text, start);
                #[cfg(debug_assertions)]
                self.agree(&found, &self.witness().span(text, start), text);
                found
            }
            None => run!(self, text, None, |engine| engine.span(text, start)),
        };
        span.map(|(start, end)| Match { text, start, end })
    }

    /// The matches that do not overlap, in their order.
    pub fn find_iter<'t>(&self, text: &'t str) -> impl Iterator<Item = Match<'t>> + use<'t> {
        let spans: Vec<Span> = run!(self, text, Vec::new(), |engine| engine.spans(text));
        spans.into_iter().map(move |(start, end)| Match { text, start, end })
    }

    /// The first match with its groups.
    #[must_use]
    pub fn captures<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        let spans: Option<Groups> = run!(self, text, None, |engine| engine.groups(text, 0));
        spans.map(|spans| Captures { text, spans, names: self.names() })
    }

    /// The matches with their groups.
    pub fn captures_iter<'t>(&self, text: &'t str) -> impl Iterator<Item = Captures<'t>> + use<'t> {
        let matches: Vec<Groups> = run!(self, text, Vec::new(), |engine| engine.all_groups(text));
        let names = if matches.is_empty() { Names::default() } else { self.names() };
        matches.into_iter().map(move |spans| Captures { text, spans, names: Arc::clone(&names) })
    }

    /// `text` with its first match replaced.
    #[must_use]
    pub fn replace<'t>(&self, text: &'t str, with: &str) -> Cow<'t, str> {
        replaced(text, self.find(text), with)
    }

    /// `text` with every match replaced.
    #[must_use]
    pub fn replace_all<'t>(&self, text: &'t str, with: &str) -> Cow<'t, str> {
        replaced(text, self.find_iter(text), with)
    }
}

fn replaced<'t>(text: &'t str, matches: impl IntoIterator<Item = Match<'t>>, with: &str) -> Cow<'t, str> {
    let mut matches = matches.into_iter().peekable();
    if matches.peek().is_none() {
        return Cow::Borrowed(text);
    }
    let (mut made, mut from) = (String::with_capacity(text.len()), 0);
    for found in matches {
        made.push_str(&text[from..found.start]);
        made.push_str(with);
        from = found.end;
    }
    made.push_str(&text[from..]);
    Cow::Owned(made)
}

/// A match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match<'t> {
    text: &'t str,
    start: usize,
    end: usize,
}

impl<'t> Match<'t> {
    /// Its first byte.
    #[must_use]
    pub const fn start(&self) -> usize {
        self.start
    }

    /// The byte after its last.
    #[must_use]
    pub const fn end(&self) -> usize {
        self.end
    }

    /// Its bytes.
    #[must_use]
    pub const fn range(&self) -> Range<usize> {
        self.start..self.end
    }

    /// What matches.
    #[must_use]
    pub fn as_str(&self) -> &'t str {
        &self.text[self.range()]
    }

    /// Whether it matches nothing, at a place.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.start == self.end
    }

    /// How many bytes match.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.end - self.start
    }
}

/// A match with its groups: group 0 is the whole.
#[derive(Clone, Debug)]
pub struct Captures<'t> {
    text: &'t str,
    spans: Groups,
    names: Names,
}

impl<'t> Captures<'t> {
    /// What a group matches, if it takes part.
    #[must_use]
    pub fn get(&self, group: usize) -> Option<Match<'t>> {
        let (start, end) = (*self.spans.get(group)?)?;
        Some(Match { text: self.text, start, end })
    }

    /// The same by the group's name.
    #[must_use]
    pub fn name(&self, name: &str) -> Option<Match<'t>> {
        let is_named = |group: &Option<Box<str>>| group.as_deref() == Some(name);
        self.get(self.names.iter().position(is_named)?)
    }
}

/// The text of a group that takes part.
impl Index<usize> for Captures<'_> {
    type Output = str;

    fn index(&self, group: usize) -> &str {
        self.get(group).map_or("", |found| found.as_str())
    }
}

/// The text of a named group that takes part.
impl Index<&str> for Captures<'_> {
    type Output = str;

    fn index(&self, name: &str) -> &str {
        self.name(name).map_or("", |found| found.as_str())
    }
}

#[cfg(test)]
mod tests;
