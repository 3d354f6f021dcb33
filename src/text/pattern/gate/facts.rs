//! What can be told of things that follow each other in a pattern.

use std::borrow::Cow;

/// Where matches may be longer than this, in characters, they are not tried place by place: that could take for ever.
const LONGEST: usize = 256;

/// Something to look for, as it stands in the source where it does.
pub(super) type Word<'s> = Cow<'s, str>;

/// The words of which one is in every match; `None` if there need be none.
pub(super) type Required<'s> = Option<Vec<Word<'s>>>;

/// The characters with which a match begins, by their last seven bits: some others pass for them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in super::super) struct Chars(u128);

impl Chars {
    pub(super) const fn one(c: char) -> Self {
        Self(1 << (c as u32 & 127))
    }

    /// These and those.
    pub(super) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(in super::super) const fn hold(self, c: char) -> bool {
        self.0 & Self::one(c).0 != 0
    }
}

/// With what things that follow each other begin, as far as they are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Beginning {
    /// Nothing that must be there was read: they begin with one of these, or with what comes next.
    Open(Chars),
    /// With one of these.
    Known(Chars),
    /// With anything.
    Unknown,
}

impl Beginning {
    /// The same once something more is read that begins so, and whether that must be there.
    pub(super) const fn and(self, next: Self, once: bool) -> Self {
        match (self, next) {
            (Self::Open(chars), Self::Known(more)) if once => Self::Known(chars.with(more)),
            (Self::Open(chars), Self::Known(more) | Self::Open(more)) => Self::Open(chars.with(more)),
            (Self::Open(_), Self::Unknown) => Self::Unknown,
            (known, _) => known,
        }
    }

    /// With what one thing or another begins.
    pub(super) const fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
            (Self::Known(chars), Self::Known(more)) => Self::Known(chars.with(more)),
            (Self::Known(chars) | Self::Open(chars), Self::Known(more) | Self::Open(more)) => {
                Self::Open(chars.with(more))
            }
        }
    }
}

/// What is known of things that follow each other.
pub(super) struct Facts<'s> {
    /// What is best looked for of them.
    pub(super) words: Required<'s>,
    pub(super) beginning: Beginning,
    /// How many characters they may have.
    pub(super) longest: usize,
}

impl Facts<'_> {
    /// The characters with which a match begins; `None` if it may begin with others, hold no character, or be very
    /// long.
    pub(super) const fn starts(&self) -> Option<Chars> {
        match self.beginning {
            Beginning::Known(chars) if self.longest <= LONGEST => Some(chars),
            _ => None,
        }
    }
}

/// The better one to look for: long words, and few of them.
pub(super) fn better<'s>(one: Required<'s>, other: Required<'s>) -> Required<'s> {
    let worth = |words: &[Word]| {
        let shortest = words.iter().map(|word| word.chars().take(2).count()).min().unwrap_or(0);
        (shortest, std::cmp::Reverse(words.len()))
    };
    match (one, other) {
        (Some(one), Some(other)) => Some(if worth(&other) > worth(&one) { other } else { one }),
        (one, other) => one.or(other),
    }
}
