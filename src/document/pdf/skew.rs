//! Pages that lie askew, as a scanner took them in: by how much.
#![allow(clippy::float_arithmetic, reason = "directions come as floats; no figure is made of them")]

use kurbo::Vec2;

/// Glyphs of a page that are looked at, at most.
pub(super) const MOST: usize = 20_000;

/// Fewer glyphs do not tell.
const FEWEST: usize = 60;

/// Lines that rise less than this on their length are straight, as tangent: a third of a point on a page.
const STRAIGHT: f64 = 0.0006;

/// Lines that rise more are no text that was meant to be level.
const STEEPEST: f64 = 0.2;

/// Glyphs whose slopes differ no more than this lie in one direction.
const SAME: f64 = 0.003;

/// How far writing in the direction of `along` is from the nearest quarter turn, as tangent.
pub(super) fn slope(along: Vec2) -> Option<f64> {
    let Vec2 { x, y } = along;
    let slope = if x.abs() >= y.abs() { y / x } else { -x / y };
    slope.is_finite().then_some(slope)
}

/// The angle by which most of the glyphs with these slopes lie askew, clockwise; `None` for a page that is straight.
pub(super) fn angle(mut slopes: Vec<f64>) -> Option<f64> {
    slopes.sort_by(f64::total_cmp);
    let usual = slopes.get(slopes.len() / 2).copied().filter(|_| slopes.len() >= FEWEST)?;
    let agree = slopes.iter().filter(|slope| (**slope - usual).abs() <= SAME).count();
    ((STRAIGHT..STEEPEST).contains(&usual.abs()) && agree * 5 >= slopes.len() * 3).then(|| usual.atan())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_slope_tells_how_a_page_lies() {
        let cases: [(&str, Vec<f64>, bool); 6] = [
            ("straight", vec![0.0; 100], false),
            ("a hair off", vec![0.0002; 100], false),
            ("askew", vec![0.01; 100], true),
            ("askew with a watermark", [vec![-0.005; 100], vec![0.9; 30]].concat(), true),
            ("in all directions", (0..100).map(|at| f64::from(at) / 300.0).collect(), false),
            ("a few glyphs", vec![0.01; 20], false),
        ];
        for (name, slopes, askew) in cases {
            assert_eq!(angle(slopes).is_some(), askew, "{name}");
        }
    }

    #[test]
    fn a_quarter_turn_is_no_slope() {
        for (x, y) in [(1.0, 0.01), (-0.01, 1.0), (-1.0, -0.01), (0.01, -1.0)] {
            assert!(slope(Vec2::new(x, y)).is_some_and(|slope| (slope - 0.01).abs() < 1e-9), "{x} {y}");
        }
        assert_eq!(slope(Vec2::ZERO), None);
    }
}
