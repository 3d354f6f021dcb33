//! What the alternatives of a pattern need, read from its source.

use std::borrow::Cow;
use std::ops::Range;

use super::facts::{Beginning, Chars, Facts, Required, Word, better};

/// A class of more characters than these is none to look for.
const LARGEST_CLASS: usize = 32;

/// The characters of ASCII, to take words of one character from.
const ASCII: &str = "\0\x01\x02\x03\x04\x05\x06\x07\x08\t\n\x0b\x0c\r\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\
    \x1a\x1b\x1c\x1d\x1e\x1f !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrst\
    uvwxyz{|}~\x7f";

/// What `\d` stands for.
const DIGITS: [&str; 20] =
    ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "０", "１", "２", "３", "４", "５", "６", "７", "８", "９"];

/// One of the things a pattern matches.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Alternative<'s> {
    /// Where it stands in the source.
    pub(super) range: Range<usize>,
    pub(super) words: Required<'s>,
    /// Whether it is nothing but its word.
    pub(super) plain: bool,
    /// With what its matches begin, if that is known.
    pub(super) starts: Option<Chars>,
}

/// The source of a pattern, read from its beginning.
#[derive(Clone)]
pub(super) struct Source<'s> {
    whole: &'s str,
    /// How much of it is read.
    at: usize,
    verbose: bool,
    /// Whether there was nothing but words so far.
    plain: bool,
}

/// Something that may be repeated.
enum Atom<'s> {
    /// This character, with the bytes of the source that stand for it.
    Char(char, Range<usize>),
    /// One of these characters.
    Class(Vec<Word<'s>>),
    /// What stands in brackets.
    Group(Facts<'s>),
    /// Something that is not looked for, or nothing at all.
    Other,
}

impl Atom<'_> {
    fn beginning(&self) -> Beginning {
        match self {
            Self::Char(c, _) => Beginning::Known(Chars::one(*c)),
            Self::Class(chars) => {
                let firsts = chars.iter().filter_map(|word| word.chars().next());
                Beginning::Known(firsts.fold(Chars::default(), |chars, c| chars.with(Chars::one(c))))
            }
            Self::Group(facts) => facts.beginning,
            Self::Other => Beginning::Unknown,
        }
    }

    const fn longest(&self) -> usize {
        match self {
            Self::Group(facts) => facts.longest,
            _ => 1,
        }
    }
}

/// The alternatives of the pattern `source`, also where brackets stand around them all; `None` for a pattern with
/// flags, such as that upper and lower case are the same.
pub(super) fn alternatives(source: &str) -> Option<Vec<Alternative<'_>>> {
    let body = super::body(source);
    let plain = body.split("(?").skip(1).all(|group| group.starts_with([':', 'P', '<']));
    let at = source.len() - body.len();
    let start = plain.then_some(Source { whole: source, at, verbose: at > 0, plain: true })?;
    if body.starts_with("(?:") && body.ends_with(')') {
        let mut inner = Source { at: at + "(?:".len(), ..start.clone() };
        let alternatives = inner.all();
        if &source[inner.at..] == ")" {
            return Some(alternatives);
        }
    }
    let mut start = start;
    Some(start.all())
}

impl<'s> Source<'s> {
    fn peek(&self) -> Option<char> {
        self.whole[self.at..].chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn next_if(&mut self, c: char) -> bool {
        let is_next = self.peek() == Some(c);
        self.at += if is_next { c.len_utf8() } else { 0 };
        is_next
    }

    /// The alternatives up to the end of the group.
    fn all(&mut self) -> Vec<Alternative<'s>> {
        let mut all = Vec::new();
        loop {
            self.plain = true;
            let start = self.at;
            let facts = self.sequence();
            let starts = facts.starts();
            all.push(Alternative { range: start..self.at, words: facts.words, plain: self.plain, starts });
            if !self.next_if('|') {
                return all;
            }
        }
    }

    /// What is known of the alternatives up to the end of the group.
    fn group(&mut self) -> Facts<'s> {
        let mut all = self.sequence();
        while self.next_if('|') {
            let next = self.sequence();
            all.words = all.words.zip(next.words).map(|(mut all, next)| {
                all.extend(next);
                all
            });
            all.beginning = all.beginning.or(next.beginning);
            all.longest = all.longest.max(next.longest);
        }
        all
    }

    fn sequence(&mut self) -> Facts<'s> {
        let mut best: Required<'s> = None;
        let mut beginning = Beginning::Open(Chars::default());
        let mut longest = 0_usize;
        let mut run = Run { whole: self.whole, word: Cow::Borrowed(""), end: 0 };
        while let Some(c) = self.peek() {
            if matches!(c, '|' | ')') {
                break;
            }
            self.next();
            if self.verbose && c.is_whitespace() {
                continue;
            }
            let atom = self.atom(c);
            let (once, most) = self.repetition();
            let more = most > 1;
            longest = longest.saturating_add(most.saturating_mul(atom.longest()));
            self.plain &= matches!(atom, Atom::Char(..)) && once && !more;
            if matches!(beginning, Beginning::Open(_)) {
                beginning = beginning.and(atom.beginning(), once);
            }
            match atom {
                Atom::Char(c, range) if once => {
                    run.push(c, range);
                    if more {
                        best = better(best, run.end());
                    }
                }
                Atom::Class(words) | Atom::Group(Facts { words: Some(words), .. }) if once => {
                    best = better(best, run.end());
                    best = better(best, Some(words));
                }
                _ => best = better(best, run.end()),
            }
        }
        Facts { words: better(best, run.end()), beginning, longest }
    }

    fn atom(&mut self, c: char) -> Atom<'s> {
        match c {
            '(' => {
                self.opening();
                let facts = self.group();
                self.next();
                Atom::Group(facts)
            }
            '[' => self.class().map_or(Atom::Other, Atom::Class),
            '\\' => self.escape(),
            '.' | '^' | '$' => Atom::Other,
            c => Atom::Char(c, self.at - c.len_utf8()..self.at),
        }
    }

    /// Passes over what stands between the bracket of a group and its content.
    fn opening(&mut self) {
        if self.next_if('?') {
            while let Some(c) = self.next() {
                if matches!(c, ':' | '>') {
                    break;
                }
            }
        }
    }

    fn escape(&mut self) -> Atom<'s> {
        match self.next() {
            Some('d') => Atom::Class(DIGITS.map(Cow::Borrowed).to_vec()),
            Some('p' | 'P') => {
                while self.next().is_some_and(|c| c != '}') {}
                Atom::Other
            }
            Some(c) if !c.is_ascii_alphanumeric() => Atom::Char(c, self.at - c.len_utf8()..self.at),
            _ => Atom::Other,
        }
    }

    /// The members of a class, if they are few.
    fn class(&mut self) -> Required<'s> {
        let mut members: Required<'s> = (!self.next_if('^')).then(Vec::new);
        let (mut last, mut first): (Option<char>, bool) = (None, true);
        loop {
            let start = self.at;
            let c = self.next()?;
            let mut single = None;
            let chars: Required<'s> = match c {
                ']' if !first => break,
                '-' if last.is_some() && self.peek() != Some(']') => {
                    let end = self.next().filter(|&end| end != '\\' && end != '[');
                    let range = last.take().zip(end).map(|(from, to)| from..=to);
                    let few = range.filter(|range| range.clone().count() <= LARGEST_CLASS);
                    few.map(|range| range.skip(1).map(of_char).collect())
                }
                '[' => None,
                '\\' => match self.escape() {
                    Atom::Char(c, range) => {
                        single = Some(c);
                        Some(vec![Cow::Borrowed(&self.whole[range])])
                    }
                    Atom::Class(words) => Some(words),
                    _ => None,
                },
                c => {
                    single = Some(c);
                    if let Some(members) = &mut members {
                        members.push(Cow::Borrowed(&self.whole[start..self.at]));
                    }
                    Some(Vec::new())
                }
            };
            last = single;
            members = members.zip(chars).map(|(mut members, chars)| {
                members.extend(chars);
                members
            });
            first = false;
        }
        members.filter(|members| members.len() <= LARGEST_CLASS)
    }

    /// Whether what stands before is there at least once, and how often at most.
    fn repetition(&mut self) -> (bool, usize) {
        let found = match self.peek() {
            Some('?') => (false, 1),
            Some('*') => (false, usize::MAX),
            Some('+') => (true, usize::MAX),
            Some('{') => {
                let start = self.at + 1;
                while self.next().is_some_and(|c| c != '}') {}
                self.next_if('?');
                let written = self.whole[start..self.at].trim_end_matches(['}', '?']);
                let (least, most) = written.split_once(',').unwrap_or((written, written));
                return (!least.starts_with('0'), most.parse().unwrap_or(usize::MAX));
            }
            _ => return (true, 1),
        };
        self.next();
        self.next_if('?');
        found
    }
}

/// Characters that follow each other.
struct Run<'s> {
    whole: &'s str,
    word: Word<'s>,
    /// Where the last of them ends in the source.
    end: usize,
}

impl<'s> Run<'s> {
    fn push(&mut self, c: char, range: Range<usize>) {
        match &mut self.word {
            Cow::Borrowed("") => self.word = Cow::Borrowed(&self.whole[range.clone()]),
            Cow::Borrowed(word) if self.end == range.start => {
                *word = &self.whole[range.start - word.len()..range.end];
            }
            word => word.to_mut().push(c),
        }
        self.end = range.end;
    }

    /// The word they make, if there are any; the next begins anew.
    fn end(&mut self) -> Required<'s> {
        let word = std::mem::take(&mut self.word);
        (!word.is_empty()).then(|| vec![word])
    }
}

fn of_char<'s>(c: char) -> Word<'s> {
    match ASCII.get(c as usize..=c as usize) {
        Some(ascii) if c.is_ascii() => Cow::Borrowed(ascii),
        _ => Cow::Owned(c.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_those_without_which_there_is_no_match() {
        let cases: [(&str, &[&[&str]]); 18] = [
            ("复议|诉讼", &[&["复议"], &["诉讼"]]),
            ("(?:复议|诉讼)", &[&["复议"], &["诉讼"]]),
            ("(?:复议|诉讼)(?:案|事)", &[&["复议", "诉讼"]]),
            ("复议|诉讼?", &[&["复议"], &["诉"]]),
            ("复议|(?:诉讼)?", &[&["复议"], &[]]),
            ("其[他它].{0,8}(?:事项|报告)", &[&["事项", "报告"]]),
            ("^概述$", &[&["概述"]]),
            (r"(?P<y>20[0-9]{2})年度?", &[&["20"]]),
            ("一{1,3}、", &[&["一"]]),
            ("(?:a|b*)c+d", &[&["c"]]),
            (r"\d{5,}", &[&DIGITS]),
            (r"[^\d]{0,4}", &[&[]]),
            ("[一-龥]", &[&[]]),
            ("[-至到]今|[0-2a]", &[&["今"], &["0", "1", "2", "a"]]),
            (r"[\]】]", &[&["]", "】"]]),
            (r"\.pdf", &[&[".pdf"]]),
            ("(?x) 打 印 | 关\\s*闭", &[&["打印"], &["关"]]),
            (r"a\.b\.c", &[&["a.b.c"]]),
        ];
        for (source, expected) in cases {
            let found = alternatives(source).expect("no flags");
            let words: Vec<Vec<&str>> =
                found.iter().map(|one| one.words.iter().flatten().map(|word| &**word).collect()).collect();
            assert_eq!(words, expected, "{source}");
        }
        assert_eq!(alternatives("(?i)icp"), None);
    }

    #[test]
    fn the_characters_a_match_begins_with_are_known() {
        for (source, expected) in [
            ("公开", Some("公")),
            ("公?开", Some("公开")),
            ("[我本]?(?:局|委|中心)", Some("我本局委中")),
            ("(?:公|(?:主动)?开)放", Some("公主开")),
            ("(?:公|(?:主动)?)放", Some("公主放")),
            ("(?:公|开){0,9}放", Some("公开放")),
            ("公{0,2}开", Some("公开")),
            (r"\.a", Some(".")),
            (r"[\d一]年", Some("0123456789０１２３４５６７８９一")),
            ("公?", None),
            ("^公", None),
            (".公", None),
            ("[^公]开", None),
            (r"\p{Han}开", None),
            ("(?:^|，)公", None),
            ("(?:公|.)开", None),
            ("公*.?开", None),
            ("公.{0,20}开", Some("公")),
            ("(?:公.{0,20}){1,3}开", Some("公")),
            ("公.{0,300}开", None),
            ("公.{2,}开", None),
            ("公(?:开.+)?放", None),
        ] {
            let found = alternatives(source).expect("no flags").remove(0).starts;
            let expected: Option<Chars> =
                expected.map(|chars: &str| chars.chars().fold(Chars::default(), |chars, c| chars.with(Chars::one(c))));
            assert_eq!(found, expected, "{source}");
        }
    }

    #[test]
    fn an_alternative_knows_where_it_stands() {
        let source = "(?:公开|公[开告]|公开$|a\\.b)";
        let found = alternatives(source).expect("no flags");
        let parts: Vec<(&str, bool)> = found.iter().map(|one| (&source[one.range.clone()], one.plain)).collect();
        assert_eq!(parts, [("公开", true), ("公[开告]", false), ("公开$", false), ("a\\.b", true)]);
    }
}
