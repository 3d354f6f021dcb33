//! How far a scanned page lies askew: the angle at which its lines of text and its rulings are level, for then
//! their ink stands in few rows.

use super::grey::ALONG;
use super::ink::Ink;

/// The steepest slope that is looked for, in pixels on [`ALONG`]: about four degrees.
const STEEPEST: i64 = 287;

/// Steps of the search, from coarse to fine: two minutes of arc at last.
const STEPS: [i64; 4] = [14, 5, 2, 1];

/// Only every so manieth dot is looked at first.
const SPARSE: usize = 7;

/// By how much a photograph's lines may differ from each other, and its uprights from those.
const KEYSTONE: i64 = 140;

/// Which share of the dots a third of the page must have for its lines to be looked at alone: one in so many.
const SHARE: usize = 12;

/// How much better, in percent, the lines of a third must be told by their own slope than by that of the page.
const BETTER: u64 = 15;

/// How a page lies. In a scan all lines fall alike; a photograph taken at an angle has lines that run together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lie {
    /// By how much lines fall, a sixth of the page from its upper edge and from its lower one, in pixels on [`ALONG`].
    pub(super) lines: [i64; 2],
    /// By how much uprights lean, a sixth of the page from its left edge and from its right one.
    pub(super) uprights: [i64; 2],
}

impl Lie {
    /// The slope in force at `at` of a page so long that has these a sixth from its edges.
    pub(super) fn between([first, last]: [i64; 2], at: i64, length: i64) -> i64 {
        first + ((last - first) * (at * 6 - length)).div_euclid((length * 4).max(1))
    }

    /// Whether it lies straight.
    pub(super) fn is_straight(&self) -> bool {
        self.lines == [0; 2] && self.uprights == [0; 2]
    }
}

/// How the page lies.
pub(super) fn lie(ink: &Ink) -> Lie {
    let slope = slope(ink);
    let (width, height) = (signed(ink.width), signed(ink.height));
    let dots = dots(ink);
    let sparse: Vec<(i64, i64)> = dots.iter().step_by(SPARSE).copied().collect();
    let third = |keep: &dyn Fn(i64, i64) -> bool, turned: bool| {
        let kept = sparse.iter().filter(|&&(x, y)| keep(x, y));
        let own: Vec<(i64, i64)> = if turned {
            kept.map(|&(x, y)| (y - height / 2, x + width / 2)).collect()
        } else {
            kept.copied().collect()
        };
        let (usual, length) = if turned { (-slope, ink.width) } else { (slope, ink.height) };
        if own.len() * SHARE < sparse.len() {
            return usual;
        }
        let mut best = usual;
        let mut reach = KEYSTONE;
        for step in [14, 4, 1] {
            let tried = (-reach / step..=reach / step).map(|times| best + times * step);
            best = tried.max_by_key(|&tried| (score(&own, tried, length), -(tried - usual).abs())).unwrap_or(best);
            reach = step;
        }
        let is_better = score(&own, best, length) * 100 > score(&own, usual, length) * (100 + BETTER);
        if is_better { best } else { usual }
    };
    Lie {
        lines: [third(&|_, y| y * 3 < height, false), third(&|_, y| y * 3 > height * 2, false)],
        uprights: [
            -third(&|x, _| (x + width / 2) * 3 < width, true),
            -third(&|x, _| (x + width / 2) * 3 > width * 2, true),
        ],
    }
}

fn signed(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(0)
}

/// The places of all dots: across from the middle, down from the upper edge.
fn dots(ink: &Ink) -> Vec<(i64, i64)> {
    let middle = signed(ink.width / 2);
    let rows = (0..ink.height).flat_map(|y| {
        let row = ink.row(y).iter().enumerate().filter(|(_, dot)| **dot == 1);
        row.map(move |(x, _)| (signed(x) - middle, signed(y)))
    });
    rows.collect()
}

/// By how much the lines of the page fall, in pixels on [`ALONG`].
fn slope(ink: &Ink) -> i64 {
    let dots = dots(ink);
    let sparse: Vec<(i64, i64)> = dots.iter().step_by(SPARSE).copied().collect();
    let mut best = 0;
    let mut reach = STEEPEST;
    for step in STEPS {
        let dots = if step > STEPS[2] { &sparse } else { &dots };
        let tried = (-reach / step..=reach / step).map(|times| best + times * step);
        // Of equals the one nearest to level, so that an empty page stays as it is.
        best = tried.max_by_key(|&slope| (score(dots, slope, ink.height), -slope.abs())).unwrap_or(best);
        reach = step;
    }
    best
}

/// How unevenly the dots are spread over the rows, when each is raised by what the page falls there.
fn score(dots: &[(i64, i64)], slope: i64, height: usize) -> u64 {
    // Two rows together: a line is seldom level to a pixel.
    let mut rows = vec![0_u64; height / 2 + 1];
    for &(x, y) in dots {
        let level = usize::try_from(y - (x * slope).div_euclid(ALONG)).unwrap_or(usize::MAX) / 2;
        if let Some(row) = rows.get_mut(level) {
            *row += 1;
        }
    }
    rows.iter().map(|&count| count * count).sum()
}

#[cfg(test)]
mod tests {
    use super::super::grey::Grey;
    use super::*;

    #[test]
    fn lines_that_run_together_are_told_from_lines_that_fall_alike() {
        for (lines, uprights) in [([0, 0], [0, 0]), ([40, 40], [40, 40]), ([60, -50], [-70, 60])] {
            let tilted = Lie { lines, uprights };
            let mut picture = Grey::white(800, 800);
            for at in (60..760).step_by(50) {
                for along in 60..740 {
                    picture.pixels[at * 800 + along] = 0;
                    picture.pixels[along * 800 + at] = 0;
                }
            }
            // What is levelled by the opposite lies so.
            let opposite = Lie { lines: lines.map(|slope| -slope), uprights: uprights.map(|slope| -slope) };
            let found = lie(&Ink::of(&picture.levelled(&opposite), 20));
            for (found, expected) in [(found.lines, tilted.lines), (found.uprights, tilted.uprights)] {
                assert!((0..2).all(|at| (found[at] - expected[at]).abs() <= 14), "{expected:?}: {found:?}");
            }
        }
        assert!(lie(&Ink::of(&Grey::white(100, 100), 20)).is_straight());
    }

    #[test]
    fn the_slope_of_lines_is_found() {
        for fall in [-200_i64, -36, 0, 1, 36, 71, 250] {
            let mut picture = Grey::white(800, 600);
            for line in 0..12 {
                for x in 0..700 {
                    // Words with gaps, one and a half pixels thick on average.
                    if x % 40 > 30 {
                        continue;
                    }
                    let y = 100 + line * 30 + (i64::try_from(x).unwrap() * fall).div_euclid(ALONG);
                    for y in [y, y + 1] {
                        picture.pixels[usize::try_from(y).unwrap() * 800 + 50 + x] = 0;
                    }
                }
            }
            let found = slope(&Ink::of(&picture, 20));
            // A pixel and a half from one end of a line to the other.
            assert!((found - fall).abs() <= 9, "{fall}: {found}");
        }
        assert_eq!(slope(&Ink::of(&Grey::white(100, 100), 20)), 0);
    }
}
