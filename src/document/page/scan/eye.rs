//! What recognises characters, seen from here: a strip of a picture in, for each step from left to right the odds
//! of every character out. What the odds say is decided here.

use super::grey::Grey;

/// Recognises the characters of one line of writing.
pub trait Eye {
    /// The odds of all characters along a strip of [`HEIGHT`] pixels, dark on white; `None` where it fails.
    fn look(&mut self, strip: &Grey) -> Option<Sight>;

    /// The characters by class. Class 0 is no character: it stands between two of them.
    fn characters(&self) -> &[char];
}

/// The height of the strips that are looked at, in pixels.
pub const HEIGHT: usize = 48;

/// What was seen of a strip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sight {
    /// How many classes there are.
    pub classes: usize,
    /// The odds of each class at each step, step after step, in thousandths.
    pub odds: Vec<u16>,
}

/// A character that was made out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Seen {
    pub(super) c: char,
    /// The step at which it is most certain.
    pub(super) step: usize,
    /// Its odds there, in thousandths.
    pub(super) odds: u16,
}

/// The characters of a figure, and for each those that look like it alone in a cell.
const FIGURES: [(char, &str); 14] = [
    ('0', "0０oOＯｏ〇○◯。口°QＱDО"),
    ('1', "1１lIｌＩ|｜丨|!iⅠ"),
    ('2', "2２zZＺ"),
    ('3', "3３"),
    ('4', "4４"),
    ('5', "5５sSＳ"),
    ('6', "6６bｂ"),
    ('7', "7７"),
    ('8', "8８BＢ"),
    ('9', "9９gqｇｑ"),
    ('.', ".．·"),
    ('-', "-－−—–一―ー_"),
    ('/', "/／"),
    (',', ",，"),
];

/// The classes of the characters of figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Figures(Vec<(char, Vec<usize>)>);

impl Figures {
    /// Those among `characters`, which stand by class.
    pub(super) fn among(characters: &[char]) -> Self {
        let classes = |twins: &str| {
            let known = characters.iter().enumerate().skip(1);
            known.filter(|(_, c)| twins.contains(**c)).map(|(class, _)| class).collect::<Vec<_>>()
        };
        Self(FIGURES.iter().map(|&(c, twins)| (c, classes(twins))).collect())
    }
}

impl Sight {
    fn steps(&self) -> impl Iterator<Item = &[u16]> {
        self.odds.chunks_exact(self.classes.max(1))
    }

    /// The text as it reads without any restriction.
    pub(super) fn text(&self, characters: &[char]) -> Vec<Seen> {
        let best = |odds: &[u16]| {
            let (class, &most) = odds.iter().enumerate().max_by_key(|&(class, odds)| (*odds, usize::MAX - class))?;
            let c = if class == 0 { None } else { characters.get(class).copied() };
            Some((c, most))
        };
        collapse(self.steps().map(|odds| best(odds).unwrap_or((None, 0))))
    }

    /// The text as it reads when it can only be a figure.
    pub(super) fn figure(&self, figures: &Figures) -> Vec<Seen> {
        let best = |odds: &[u16]| {
            let sum = |classes: &Vec<usize>| classes.iter().filter_map(|&class| odds.get(class)).sum::<u16>();
            let symbols = figures.0.iter().map(|(c, classes)| (Some(*c), sum(classes)));
            let blank = (None, odds.first().copied().unwrap_or(0));
            // Of equals the first: no character.
            std::iter::once(blank)
                .chain(symbols)
                .fold((None, 0), |best, next| if next.1 > best.1 { next } else { best })
        };
        collapse(self.steps().map(best))
    }
}

/// Characters out of steps: the same in neighbouring steps is one.
fn collapse(steps: impl Iterator<Item = (Option<char>, u16)>) -> Vec<Seen> {
    let mut seen: Vec<Seen> = Vec::new();
    let mut before = None;
    for (step, (c, odds)) in steps.enumerate() {
        match (c, seen.last_mut()) {
            (Some(c), Some(last)) if before == Some(c) => {
                if odds > last.odds {
                    (last.step, last.odds) = (step, odds);
                }
            }
            (Some(c), _) => seen.push(Seen { c, step, odds }),
            (None, _) => {}
        }
        before = c;
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHARACTERS: [char; 6] = ['\0', '0', '1', '。', '年', ' '];

    /// The odds of some classes at a step.
    type Step<'a> = &'a [(usize, u16)];

    /// A sight with these steps.
    fn sight(steps: &[Step<'_>]) -> Sight {
        let mut odds = vec![0; steps.len() * CHARACTERS.len()];
        for (step, said) in steps.iter().enumerate() {
            for &(class, value) in *said {
                odds[step * CHARACTERS.len() + class] = value;
            }
        }
        Sight { classes: CHARACTERS.len(), odds }
    }

    fn text(seen: &[Seen]) -> String {
        seen.iter().map(|seen| seen.c).collect()
    }

    #[test]
    fn steps_become_characters() {
        let cases: [(&[Step<'_>], &str); 4] = [
            (&[&[(0, 900)], &[(1, 900)], &[(1, 800)], &[(0, 900)]], "0"),
            (&[&[(1, 900)], &[(0, 900)], &[(1, 900)]], "00"),
            (&[&[(1, 600)], &[(2, 900)], &[(4, 700)]], "01年"),
            (&[&[(0, 900)], &[(0, 900)]], ""),
        ];
        for (steps, expected) in cases {
            assert_eq!(text(&sight(steps).text(&CHARACTERS)), expected);
        }
        let twice = sight(&[&[(1, 600)], &[(1, 900)], &[(1, 700)]]).text(&CHARACTERS);
        assert_eq!((twice[0].step, twice[0].odds), (1, 900));
    }

    #[test]
    fn in_a_figure_what_looks_like_a_digit_is_one() {
        let figures = Figures::among(&CHARACTERS);
        let alone = sight(&[&[(0, 100), (3, 800), (1, 100)]]);
        assert_eq!(text(&alone.text(&CHARACTERS)), "。");
        assert_eq!(alone.figure(&figures), [Seen { c: '0', step: 0, odds: 900 }]);
        // What is no part of figures is not made one.
        assert_eq!(sight(&[&[(4, 950), (0, 50)]]).figure(&figures), []);
    }
}
