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
pub(super) fn slope(ink: &Ink) -> i64 {
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
