//! Words of which every match of a pattern holds one.

/// More words than these are not worth looking for one by one.
const MOST: usize = 1024;

/// A class of more characters than these is none to look for.
const LARGEST_CLASS: usize = 32;

/// What a text must hold.
#[derive(Debug)]
pub(super) struct Gate {
    /// One of these, in order of their first characters, each with its place among the alternatives; empty if
    /// anything may match.
    words: Vec<(Box<str>, usize)>,
    /// The first characters of the words, by their last twelve bits.
    first: Box<[u64; 64]>,
    /// Whether the pattern is nothing but these words.
    exact: bool,
}

impl Gate {
    /// The gate of the pattern `source`.
    pub(super) fn of(source: &str) -> Self {
        let mut gate = Self { words: Vec::new(), first: Box::new([0; 64]), exact: false };
        let mut source = match Source::new(source) {
            Some(source) => source,
            None => return gate,
        };
        let words = source.alternatives().unwrap_or_default();
        if words.iter().any(String::is_empty) || words.len() > MOST {
            return gate;
        }
        for c in words.iter().filter_map(|word| word.chars().next()) {
            let (place, bit) = bit(c);
            gate.first[place] |= bit;
        }
        gate.exact = source.plain && !words.is_empty();
        gate.words = words.into_iter().enumerate().map(|(place, word)| (word.into_boxed_str(), place)).collect();
        gate.words.sort();
        gate
    }

    /// Whether the gate knows all there is to the pattern.
    pub(super) const fn is_exact(&self) -> bool {
        self.exact
    }

    /// Whether `text` may hold a match.
    pub(super) fn admits(&self, text: &str) -> bool {
        self.words.is_empty() || self.find_at(text, 0).is_some()
    }

    /// The first place from the byte `start` on where one of the words stands; of several the first alternative.
    pub(super) fn find_at(&self, text: &str, start: usize) -> Option<(usize, usize)> {
        text.get(start..)?.char_indices().find_map(|(at, c)| {
            let (place, bit) = bit(c);
            let at = start + at;
            let end = (self.first[place] & bit != 0).then(|| self.word(&text[at..], c))??;
            Some((at, at + end))
        })
    }

    /// How long the word is that begins with `c` and begins `text`.
    fn word(&self, text: &str, c: char) -> Option<usize> {
        let from = self.words.partition_point(|(word, _)| word.chars().next() < Some(c));
        let begin = self.words[from..].iter().take_while(|(word, _)| word.starts_with(c));
        let found = begin.filter(|(word, _)| text.starts_with(&**word)).min_by_key(|(_, place)| *place);
        found.map(|(word, _)| word.len())
    }
}

const fn bit(c: char) -> (usize, u64) {
    let low = c as u32 & 0xfff;
    ((low >> 6) as usize, 1 << (low & 63))
}

/// The words of which one is in every match; `None` if there need be none.
type Required = Option<Vec<String>>;

/// The source of a pattern, read from its beginning.
struct Source<'s> {
    rest: std::iter::Peekable<std::str::Chars<'s>>,
    verbose: bool,
    /// Whether there was nothing but words so far.
    plain: bool,
}

/// Something that may be repeated.
enum Atom {
    /// This character.
    Char(char),
    /// One of these words.
    Words(Vec<String>),
    /// Something that is not looked for, or nothing at all.
    Other,
}

impl<'s> Source<'s> {
    /// `None` for a pattern with flags, such as that upper and lower case are the same.
    fn new(source: &'s str) -> Option<Self> {
        let verbose = source.starts_with("(?x)");
        let rest = source.strip_prefix("(?x)").unwrap_or(source);
        let plain = rest.split("(?").skip(1).all(|group| group.starts_with([':', 'P', '<']));
        plain.then(|| Self { rest: rest.chars().peekable(), verbose, plain: true })
    }

    /// What every match of one of the alternatives holds, up to the end of the group.
    fn alternatives(&mut self) -> Required {
        let mut all = self.sequence();
        while self.rest.next_if_eq(&'|').is_some() {
            let next = self.sequence();
            all = all.zip(next).map(|(mut all, next)| {
                all.extend(next);
                all
            });
        }
        all
    }

    /// What is best looked for of things that follow each other.
    fn sequence(&mut self) -> Required {
        let (mut best, mut run): (Required, String) = (None, String::new());
        let end_run = |run: &mut String, best: &mut Required| {
            let run = std::mem::take(run);
            *best = better(best.take(), (!run.is_empty()).then(|| vec![run]));
        };
        while let Some(&c) = self.rest.peek() {
            if matches!(c, '|' | ')') {
                break;
            }
            self.rest.next();
            if self.verbose && c.is_whitespace() {
                continue;
            }
            let atom = self.atom(c);
            let (once, more) = self.repetition();
            self.plain &= matches!(atom, Atom::Char(_)) && once && !more;
            match atom {
                Atom::Char(c) if once => {
                    run.push(c);
                    if more {
                        end_run(&mut run, &mut best);
                    }
                }
                Atom::Words(words) if once => {
                    end_run(&mut run, &mut best);
                    best = better(best, Some(words));
                }
                _ => end_run(&mut run, &mut best),
            }
        }
        end_run(&mut run, &mut best);
        best
    }

    fn atom(&mut self, c: char) -> Atom {
        match c {
            '(' => {
                self.opening();
                let words = self.alternatives();
                self.rest.next();
                words.map_or(Atom::Other, Atom::Words)
            }
            '[' => self.class().map_or(Atom::Other, Atom::Words),
            '\\' => self.escape(),
            '.' | '^' | '$' => Atom::Other,
            c => Atom::Char(c),
        }
    }

    /// Passes over what stands between the bracket of a group and its content.
    fn opening(&mut self) {
        if self.rest.next_if_eq(&'?').is_some() {
            for c in self.rest.by_ref() {
                if matches!(c, ':' | '>') {
                    break;
                }
            }
        }
    }

    fn escape(&mut self) -> Atom {
        match self.rest.next() {
            Some('d') => Atom::Words(('0'..='9').chain('０'..='９').map(String::from).collect()),
            Some('p' | 'P') => {
                for c in self.rest.by_ref() {
                    if c == '}' {
                        break;
                    }
                }
                Atom::Other
            }
            Some(c) if !c.is_ascii_alphanumeric() => Atom::Char(c),
            _ => Atom::Other,
        }
    }

    /// The members of a class, if they are few.
    fn class(&mut self) -> Required {
        let mut members: Required = (self.rest.next_if_eq(&'^').is_none()).then(Vec::new);
        let (mut last, mut first): (Option<char>, bool) = (None, true);
        loop {
            let c = self.rest.next()?;
            let chars: Option<Vec<char>> = match c {
                ']' if !first => break,
                '-' if last.is_some() && self.rest.peek() != Some(&']') => {
                    let end = self.rest.next().filter(|&end| end != '\\' && end != '[');
                    let range = last.take().zip(end).map(|(from, to)| from..=to);
                    range.filter(|range| range.clone().count() <= LARGEST_CLASS).map(Iterator::collect)
                }
                '[' => None,
                '\\' => match self.escape() {
                    Atom::Char(c) => Some(vec![c]),
                    Atom::Words(words) => words.iter().map(|word| word.chars().next()).collect(),
                    Atom::Other => None,
                },
                c => Some(vec![c]),
            };
            last = chars.as_deref().and_then(|chars| if chars.len() == 1 { chars.first().copied() } else { None });
            members = members.zip(chars).map(|(mut members, chars)| {
                members.extend(chars.into_iter().map(String::from));
                members
            });
            first = false;
        }
        members.filter(|members| members.len() <= LARGEST_CLASS)
    }

    /// Whether what stands before is there at least once, and whether it may be there more often.
    fn repetition(&mut self) -> (bool, bool) {
        let found = match self.rest.peek() {
            Some('?') => (false, false),
            Some('*') => (false, true),
            Some('+') => (true, true),
            Some('{') => {
                let written: String = self.rest.by_ref().take_while(|&c| c != '}').collect();
                self.rest.next_if_eq(&'?');
                return (!written[1..].starts_with('0'), true);
            }
            _ => return (true, false),
        };
        self.rest.next();
        self.rest.next_if_eq(&'?');
        found
    }
}

/// The better one to look for: long words, and few of them.
fn better(one: Required, other: Required) -> Required {
    let worth = |words: &[String]| {
        let shortest = words.iter().map(|word| word.chars().count()).min().unwrap_or(0);
        (shortest.min(2), std::cmp::Reverse(words.len()))
    };
    match (one, other) {
        (Some(one), Some(other)) => Some(if worth(&other) > worth(&one) { other } else { one }),
        (one, other) => one.or(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(source: &str) -> Vec<Box<str>> {
        Gate::of(source).words.into_iter().map(|(word, _)| word).collect()
    }

    #[test]
    fn the_words_are_those_without_which_there_is_no_match() {
        let cases: [(&str, &[&str]); 16] = [
            ("复议|诉讼", &["复议", "诉讼"]),
            ("复议|诉讼?", &["复议", "诉"]),
            ("复议|(?:诉讼)?", &[]),
            ("其[他它].{0,8}(?:事项|报告)", &["事项", "报告"]),
            ("^概述$", &["概述"]),
            (r"(?P<y>20[0-9]{2})年度?", &["20"]),
            ("一{1,3}、", &["一"]),
            ("(?:a|b*)c+d", &["c"]),
            (
                r"\d{5,}",
                &[
                    "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "０", "１", "２", "３", "４", "５", "６", "７",
                    "８", "９",
                ],
            ),
            (r"[^\d]{0,4}", &[]),
            ("[一-龥]", &[]),
            ("[-至到]今", &["今"]),
            (r"[\]】]", &["]", "】"]),
            (r"\.pdf", &[".pdf"]),
            ("(?x) 打 印 | 关\\s*闭", &["打印", "关"]),
            ("(?i)icp", &[]),
        ];
        for (source, expected) in cases {
            let mut expected: Vec<Box<str>> = expected.iter().map(|&word| word.into()).collect();
            expected.sort();
            assert_eq!(words(source), expected, "{source}");
        }
    }

    #[test]
    fn a_text_without_them_is_refused() {
        let gate = Gate::of("行政(?:复议|诉讼)");
        for (text, admitted) in [("行政复议0件", true), ("诉讼", false), ("行、政", false), ("", false), ("行政", true)]
        {
            assert_eq!(gate.admits(text), admitted, "{text}");
        }
        assert!(Gate::of(".*").admits(""));
    }

    #[test]
    fn a_pattern_of_words_is_known_entirely() {
        let gate = Gate::of("公开|公开信息|信|开信息");
        assert!(gate.is_exact());
        assert_eq!((gate.find_at("不公开信息", 0), gate.find_at("不公开信息", 6)), (Some((3, 9)), Some((6, 15))));
        for source in ["公开?", "公[开告]", "公开$", "(?:公开)", "公.", r"公\d", "公{2}", "", "公|"] {
            assert!(!Gate::of(source).is_exact(), "{source}");
        }
        assert!(Gate::of(r"a\.b").is_exact());
    }
}
