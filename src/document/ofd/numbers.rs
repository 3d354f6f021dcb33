//! The numbers of an OFD: lists in attributes, millimetres.
#![allow(clippy::float_arithmetic, reason = "places come as floats and are rounded here")]

use kurbo::{Affine, BezPath, Rect, SvgArc, Vec2};

/// Points in a millimetre.
pub(super) const MILLIMETRE: f64 = 72.0 / 25.4;

/// Longest list that is read: a path or the distances of a line of text.
const LONGEST: usize = 200_000;

/// A box in millimetres: left, upper, width, height.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Area {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Area {
    /// The sheet where a file does not say.
    pub(super) const A4: Self = Self { x: 0.0, y: 0.0, width: 210.0, height: 297.0 };

    /// The box that `text` gives as four numbers.
    pub(super) fn of(text: &str) -> Option<Self> {
        match list(text)[..] {
            [x, y, width, height] if width > 0.0 && height > 0.0 => Some(Self { x, y, width, height }),
            _ => None,
        }
    }

    pub(super) fn rect(self) -> Rect {
        Rect::new(self.x, self.y, self.x + self.width, self.y + self.height)
    }
}

/// The numbers of a list; what is none is left out.
pub(super) fn list(text: &str) -> Vec<f64> {
    text.split_whitespace().take(LONGEST).filter_map(number).collect()
}

fn number(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

/// The distances of the characters of a text: numbers, and `g 3 4.2` for three times 4.2. No more than `most`.
pub(super) fn distances(text: &str, most: usize) -> Vec<f64> {
    let mut distances = Vec::new();
    let mut words = text.split_whitespace();
    while let Some(word) = words.next() {
        if distances.len() >= most {
            break;
        }
        if word == "g" {
            let count = words.next().and_then(|count| count.parse::<usize>().ok()).unwrap_or(0);
            let Some(distance) = words.next().and_then(number) else { break };
            distances.extend(std::iter::repeat_n(distance, count.min(most - distances.len())));
        } else if let Some(distance) = number(word) {
            distances.push(distance);
        }
    }
    distances
}

/// The transformation of six numbers.
pub(super) fn matrix(text: &str) -> Option<Affine> {
    match list(text)[..] {
        [a, b, c, d, e, f] => Some(Affine::new([a, b, c, d, e, f])),
        _ => None,
    }
}

/// The path of `AbbreviatedData`.
pub(super) fn outline(text: &str) -> BezPath {
    let mut path = BezPath::new();
    let mut words = text.split_whitespace().take(LONGEST).peekable();
    while let Some(word) = words.next() {
        let mut numbers: Vec<f64> = Vec::new();
        while let Some(number) = words.peek().and_then(|word| number(word)) {
            numbers.push(number);
            words.next();
        }
        // A path must begin somewhere.
        let begun = !path.elements().is_empty();
        match (word, &numbers[..]) {
            ("M" | "S", &[x, y, ..]) => path.move_to((x, y)),
            ("L", &[x, y, ..]) if begun => path.line_to((x, y)),
            ("Q", &[a, b, x, y, ..]) if begun => path.quad_to((a, b), (x, y)),
            ("B", &[a, b, c, d, x, y, ..]) if begun => path.curve_to((a, b), (c, d), (x, y)),
            ("A", &[rx, ry, turn, large, sweep, x, y, ..]) if begun => {
                arc(&mut path, Vec2::new(rx, ry), turn, (large != 0.0, sweep != 0.0), Vec2::new(x, y));
            }
            ("C", _) if begun => path.close_path(),
            _ => {}
        }
    }
    path
}

fn arc(path: &mut BezPath, radii: Vec2, turn: f64, (large_arc, sweep): (bool, bool), to: Vec2) {
    let to = to.to_point();
    let from = path.current_position().unwrap_or(to);
    let arc = SvgArc { from, to, radii, x_rotation: turn.to_radians(), large_arc, sweep };
    match kurbo::Arc::from_svg_arc(&arc) {
        Some(arc) => path.extend(arc.append_iter(0.1)),
        None => path.line_to(to),
    }
}
