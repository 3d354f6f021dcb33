//! Selectors: which elements a rule is for, and whether that can be told here.

use super::super::tag::Attributes;

/// Most parts of a selector.
const PARTS: usize = 64;

/// What selectors ask of an element.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Named<'a> {
    /// Its name.
    pub(in super::super) element: &'a [u8],
    /// Its attributes.
    pub(in super::super) attributes: &'a Attributes,
    /// Which child of its parent it is, from 1; 0 where that is not known.
    pub(in super::super) index: u32,
    /// Name and attributes of the child before it.
    pub(in super::super) previous: Option<(&'a [u8], &'a Attributes)>,
}

/// Whether a selector is for an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    No,
    /// It says more than is understood here.
    Maybe,
    Yes,
}

/// How a part is bound to the one before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Bond {
    /// It lies in it.
    #[default]
    Within,
    /// It lies directly in it.
    Child,
    /// It follows directly on it.
    Next,
    /// It follows on it.
    Later,
}

/// Parts, the last of them for the element itself.
#[derive(Clone, Debug, Default)]
pub(super) struct Selector {
    parts: Vec<(Bond, Part)>,
    pub(super) weight: (usize, usize, usize),
}

#[derive(Clone, Debug, Default)]
struct Part {
    element: String,
    classes: Vec<String>,
    id: String,
    /// Name of an attribute, sign of the comparison, and value.
    attributes: Vec<(String, char, String)>,
    /// Lists of which one must fit each.
    any: Vec<Vec<Self>>,
    /// What must not fit.
    none: Vec<Self>,
    /// Which child of its parent it is.
    index: Option<u32>,
    /// Whether it says more than is understood here.
    is_vague: bool,
    /// Whether it holds only while a reader does something, as long as the mouse is on it.
    is_passing: bool,
}

impl Selector {
    /// `None` for what stands for no element, such as `::before`, and for what has too many parts.
    pub(super) fn of(text: &str) -> Option<Self> {
        let mut selector = Self::default();
        let mut bond = Bond::Within;
        for word in split(text, |c| c.is_whitespace() || matches!(c, '>' | '+' | '~')) {
            bond = match word {
                ">" => Bond::Child,
                "+" => Bond::Next,
                "~" => Bond::Later,
                _ if word.trim().is_empty() => continue,
                _ => {
                    let part = Part::of(word)?;
                    let (ids, classes, elements) = selector.weight;
                    let (id, class, element) = part.weight();
                    selector.weight = (ids + id, classes + class, elements + element);
                    selector.parts.push((std::mem::take(&mut bond), part));
                    Bond::Within
                }
            };
        }
        (1..=PARTS).contains(&selector.parts.len()).then_some(selector)
    }

    /// What the elements it is for are found by.
    pub(super) fn key(&self) -> String {
        self.parts.last().map(|(_, part)| part.key()).unwrap_or_default()
    }

    /// Whether it is about what holds only while a reader does something.
    pub(super) fn is_passing(&self) -> bool {
        self.parts.iter().any(|(_, part)| part.is_passing)
    }

    /// How many comparisons it takes at most.
    pub(super) fn cost(&self, outer: &[Named]) -> usize {
        self.parts.len() * (outer.len() + 1)
    }

    /// Whether it may be for an element, as far as that itself tells.
    pub(super) fn may_fit(&self, own: Named) -> bool {
        self.parts.last().is_some_and(|(_, part)| part.fits(own) > Fit::No)
    }

    /// Whether it is for the element `own` that lies in `outer`, the outermost first.
    pub(super) fn fits(&self, own: Named, outer: &[Named]) -> Fit {
        // For each element down to this one: whether what the part before asks of its surroundings holds, and
        // whether the part fits as a whole.
        let mut before: Option<Vec<(Fit, Fit)>> = None;
        for (bond, part) in &self.parts {
            let (mut within, mut parent) = (Fit::No, Fit::No);
            let mut row = Vec::with_capacity(outer.len() + 1);
            for (at, named) in outer.iter().chain([&own]).enumerate() {
                let around = match before.as_ref().map(|row| row[at]) {
                    None => Fit::Yes,
                    Some((beside, whole)) => {
                        let around = match bond {
                            Bond::Within => within,
                            Bond::Child => parent,
                            Bond::Next => beside.min(self.previous_fits(*named, part)),
                            Bond::Later if named.index == 1 => Fit::No,
                            Bond::Later => beside.min(Fit::Maybe),
                        };
                        within = within.max(whole);
                        parent = whole;
                        around
                    }
                };
                row.push((around, around.min(part.fits(*named))));
            }
            before = Some(row);
        }
        before.and_then(|row| row.last().copied()).map_or(Fit::No, |(_, fit)| fit)
    }

    /// Whether the part before `part` fits the child before `named`.
    fn previous_fits(&self, named: Named, part: &Part) -> Fit {
        let at = self.parts.iter().position(|(_, own)| std::ptr::eq(own, part)).unwrap_or(0);
        let Some((_, asked)) = at.checked_sub(1).and_then(|at| self.parts.get(at)) else { return Fit::Maybe };
        match (named.previous, named.index) {
            (_, 0) => Fit::Maybe,
            (None, _) => Fit::No,
            (Some((element, attributes)), index) => {
                asked.fits(Named { element, attributes, index: index - 1, previous: None })
            }
        }
    }
}

impl Part {
    fn of(word: &str) -> Option<Self> {
        let mut part = Self::default();
        let mut rest = word;
        if !rest.starts_with(['.', '#', '[', ':']) {
            let (element, behind) = part.name(rest);
            part.element = if element == "*" { String::new() } else { element.to_ascii_lowercase() };
            rest = behind;
        }
        while let Some(mark) = rest.chars().next() {
            let behind = &rest[mark.len_utf8()..];
            rest = match mark {
                '.' => {
                    let (class, behind) = part.name(behind);
                    part.is_vague |= class.is_empty();
                    part.classes.push(class);
                    behind
                }
                '#' => {
                    let (id, behind) = part.name(behind);
                    part.is_vague |= id.is_empty() || !part.id.is_empty();
                    part.id = id;
                    behind
                }
                '[' => {
                    let (test, behind) = behind.split_once(']').unwrap_or((behind, ""));
                    part.attribute(test);
                    behind
                }
                ':' => {
                    let (name, behind) = part.name(behind);
                    let name = name.to_ascii_lowercase();
                    if name.is_empty() || matches!(name.as_str(), "before" | "after" | "first-line" | "first-letter") {
                        return None;
                    }
                    let length = if behind.starts_with('(') { closing(behind) } else { 0 };
                    part.class_of_its_own(&name, behind.get(1..length).unwrap_or_default());
                    behind.get((length + 1).min(behind.len())..).filter(|_| length > 0).unwrap_or(behind)
                }
                _ => {
                    part.is_vague = true;
                    ""
                }
            };
        }
        Some(part)
    }

    /// The name that `text` begins with, and what is behind it.
    fn name<'a>(&mut self, text: &'a str) -> (String, &'a str) {
        let mut name = String::new();
        let mut chars = text.char_indices();
        while let Some((at, c)) = chars.next() {
            match c {
                '.' | '#' | '[' | ':' | '(' => return (name, &text[at..]),
                '\\' => {
                    let next = chars.next().map(|(_, c)| c);
                    self.is_vague |= next.is_none_or(|c| c.is_ascii_hexdigit());
                    name.extend(next);
                }
                _ => name.push(c),
            }
        }
        (name, "")
    }

    fn attribute(&mut self, test: &str) {
        let (left, value) = test.split_once('=').map_or((test, None), |(left, value)| (left, Some(value.trim())));
        let sign = left.trim_end().chars().next_back().filter(|c| matches!(c, '~' | '|' | '^' | '$' | '*'));
        let name = left.trim_end().trim_end_matches(['~', '|', '^', '$', '*']).trim().to_ascii_lowercase();
        let plain = value.map(|value| value.trim_matches(['"', '\'']));
        // A letter behind the value says whether the case counts.
        let is_odd = plain.is_some_and(|value| value.contains(['"', '\'', '\\']) || value.is_empty());
        if !Attributes::is_kept(&name) || is_odd {
            self.is_vague = true;
            return;
        }
        let sign = if plain.is_none() { ' ' } else { sign.unwrap_or('=') };
        self.attributes.push((name, sign, plain.unwrap_or_default().to_owned()));
    }

    /// What stands behind a colon.
    fn class_of_its_own(&mut self, name: &str, asked: &str) {
        let list = || split(asked, |c| c == ',').filter(|word| *word != ",").map(str::trim);
        let is_simple = !asked.trim().is_empty()
            && list().all(|word| !word.is_empty() && !word.contains(|c: char| c.is_whitespace() || ">+~".contains(c)));
        let parts = || list().map(Self::of).collect::<Option<Vec<Self>>>();
        match name {
            "is" | "where" | "matches" | "-webkit-any" | "-moz-any" if is_simple => match parts() {
                Some(parts) => self.any.push(parts),
                None => self.is_vague = true,
            },
            "not" if is_simple => match parts() {
                Some(parts) => self.none.extend(parts),
                None => self.is_vague = true,
            },
            "first-child" => self.index = Some(1),
            "nth-child" => {
                self.index = asked.trim().parse().ok().filter(|index| *index > 0);
                self.is_vague |= self.index.is_none();
            }
            "root" if self.element.is_empty() => "html".clone_into(&mut self.element),
            "hover" | "active" | "focus" | "focus-within" | "focus-visible" | "target" | "empty" => {
                self.is_vague = true;
                self.is_passing = true;
            }
            _ => self.is_vague = true,
        }
    }

    fn weight(&self) -> (usize, usize, usize) {
        let inner = self.any.iter().filter_map(|list| list.iter().map(Self::weight).max());
        let inner = inner.chain(self.none.iter().map(Self::weight).max());
        let own = (
            usize::from(!self.id.is_empty()),
            // What is not understood counts as a class: it is what such selectors mostly add.
            self.classes.len() + self.attributes.len() + usize::from(self.is_vague || self.index.is_some()),
            usize::from(!self.element.is_empty()),
        );
        inner
            .fold(own, |(ids, classes, elements), (id, class, element)| (ids + id, classes + class, elements + element))
    }

    fn key(&self) -> String {
        match (self.id.as_str(), self.classes.first()) {
            ("", Some(class)) => format!(".{class}"),
            ("", None) => self.element.clone(),
            (id, _) => format!("#{id}"),
        }
    }

    fn fits(&self, named: Named) -> Fit {
        let get = |name| named.attributes.get(name);
        let own_classes = get("class").unwrap_or_default();
        let has = |class: &String| own_classes.split_ascii_whitespace().any(|own| own == class);
        let is_plainly = (self.element.is_empty() || self.element.as_bytes() == named.element)
            && (self.id.is_empty() || Some(self.id.as_str()) == get("id"))
            && self.classes.iter().all(has)
            && self.attributes.iter().all(|(name, sign, value)| get(name).is_some_and(|own| holds(own, *sign, value)));
        if !is_plainly {
            return Fit::No;
        }
        let known = |is: bool| if is { Fit::Yes } else { Fit::No };
        let mut fit = if self.is_vague { Fit::Maybe } else { Fit::Yes };
        if let Some(index) = self.index {
            fit = fit.min(if named.index == 0 { Fit::Maybe } else { known(named.index == index) });
        }
        for list in &self.any {
            fit = fit.min(list.iter().map(|part| part.fits(named)).max().unwrap_or(Fit::No));
        }
        for part in &self.none {
            fit = fit.min(match part.fits(named) {
                Fit::No => Fit::Yes,
                Fit::Maybe => Fit::Maybe,
                Fit::Yes => Fit::No,
            });
        }
        fit
    }
}

/// Whether the value of an attribute is as asked.
fn holds(own: &str, sign: char, value: &str) -> bool {
    match sign {
        ' ' => true,
        '~' => own.split_ascii_whitespace().any(|word| word == value),
        '|' => own.strip_prefix(value).is_some_and(|rest| rest.is_empty() || rest.starts_with('-')),
        '^' => own.starts_with(value),
        '$' => own.ends_with(value),
        '*' => own.contains(value),
        _ => own == value,
    }
}

/// Where the bracket closes that `text` begins with.
fn closing(text: &str) -> usize {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        depth = match c {
            '(' => depth + 1,
            ')' => depth.saturating_sub(1),
            _ => depth,
        };
        if depth == 0 {
            return at;
        }
    }
    text.len()
}

/// The words of a selector and the signs between them, which `is_sign` tells; not within brackets or quotes.
pub(super) fn split(text: &str, is_sign: impl Fn(char) -> bool) -> impl Iterator<Item = &str> {
    let (mut words, mut start, mut depth, mut quote, mut escaped) = (Vec::new(), 0, 0_usize, None, false);
    for (at, c) in text.char_indices() {
        if std::mem::take(&mut escaped) {
            continue;
        }
        match (c, quote) {
            ('\\', _) => escaped = true,
            (_, Some(open)) => quote = Some(open).filter(|open| *open != c),
            ('"' | '\'', None) => quote = Some(c),
            ('(' | '[', None) => depth += 1,
            (')' | ']', None) => depth = depth.saturating_sub(1),
            _ if depth == 0 && is_sign(c) => {
                let end = at + c.len_utf8();
                words.extend([&text[start..at], &text[at..end]].into_iter().filter(|word| !word.is_empty()));
                start = end;
            }
            _ => {}
        }
    }
    words.push(&text[start..]);
    words.into_iter().filter(|word| !word.is_empty())
}
