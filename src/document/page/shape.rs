//! Which of the shapes that a page draws are rulings.
//!
//! Producers draw the border of a table as stroked lines, as stroked boxes, as filled boxes of a hair's breadth, as
//! frames between two boxes, or as rows of dots.
//!
//! Libraries and files give places as floats; here and where they are read are the only floats of the program.
//! They are rounded to hundredths of a point as soon as a place on the page is known.
#![allow(clippy::float_arithmetic, reason = "places come as floats and are rounded here")]

use kurbo::{Affine, BezPath, PathEl, Point, Rect as FloatRect, Vec2};

use super::glyph::Glyph;
use super::ruling::{Axis, Ruling};
use super::turn::Turn;
use crate::document::Rect;

/// A filled box narrower than this is a line.
const THIN: i32 = 250;

/// A stroke wider than this is a box.
const WIDEST_STROKE: f64 = 6.0;

/// How far the ends of a line may be off, so that it still counts as parallel to an edge of the page.
const ASKEW: i32 = 75;

/// A length in points as hundredths.
pub(in crate::document) fn hundredths(points: f64) -> i32 {
    // The range keeps sums and differences of places far from overflow.
    #[allow(clippy::cast_possible_truncation)]
    let rounded = (points * 100.0).round().clamp(-1e8, 1e8) as i32;
    rounded
}

/// A box in points as hundredths.
pub(in crate::document) fn rounded(area: FloatRect) -> Rect {
    Rect {
        left: hundredths(area.x0),
        top: hundredths(area.y0),
        right: hundredths(area.x1),
        bottom: hundredths(area.y1),
    }
}

/// Share of its size that a glyph takes above and below its baseline.
const ASCENT: f64 = 0.88;
const DESCENT: f64 = 0.12;

/// A glyph that stands at `origin`, runs `advance` in the direction of `along` and is as large as `up`; not yet
/// known which. `None` where it cannot be seen, off the `sheet` or too small, and for writing askew, which is a
/// watermark.
pub(in crate::document) fn glyph(
    origin: Point,
    along: Vec2,
    up: Vec2,
    advance: f64,
    sheet: FloatRect,
) -> Option<Glyph> {
    let (length, size) = (along.length(), up.length());
    let numbers = [origin.x, origin.y, length, size, advance];
    if !numbers.iter().all(|number| number.is_finite()) || length <= 0.0 || size < 1.0 {
        return None;
    }
    let along = along / length;
    let area = FloatRect::from_points(origin + up * ASCENT, origin + along * advance - up * DESCENT);
    sheet.contains(area.center()).then_some(())?;
    Some(Glyph {
        c: char::REPLACEMENT_CHARACTER,
        area: rounded(area),
        origin: (hundredths(origin.x), hundredths(origin.y)),
        size: hundredths(size),
        turn: turn(along)?,
        vertical: false,
        hidden: false,
    })
}

/// The quarter turn of writing that runs in `direction`, which is one long.
fn turn(direction: Vec2) -> Option<Turn> {
    const STRAIGHT: f64 = 0.97;
    let Vec2 { x, y } = direction;
    if x > STRAIGHT {
        Some(Turn::None)
    } else if y > STRAIGHT {
        Some(Turn::Right)
    } else if x < -STRAIGHT {
        Some(Turn::Half)
    } else if y < -STRAIGHT {
        Some(Turn::Left)
    } else {
        None
    }
}

/// Finds the rulings that stroking `path` draws; says how many other shapes it draws.
pub(in crate::document) fn stroked(path: &BezPath, transform: Affine, width: f64, rulings: &mut Vec<Ruling>) -> usize {
    let scale = transform.determinant().abs().sqrt();
    if width * scale > WIDEST_STROKE {
        return 1;
    }
    let (mut start, mut last) = (Point::ZERO, Point::ZERO);
    let mut shapes = 0;
    let mut line = |from: Point, to: Point, rulings: &mut Vec<Ruling>| {
        let area = rounded(FloatRect::from_points(transform * from, transform * to));
        if area.height() <= ASKEW && area.height() <= area.width() {
            rulings.push(Ruling::horizontal(i32::midpoint(area.top, area.bottom), area.left, area.right));
        } else if area.width() <= ASKEW {
            rulings.push(Ruling::vertical(i32::midpoint(area.left, area.right), area.top, area.bottom));
        } else {
            shapes = 1;
        }
    };
    for element in path.elements() {
        match *element {
            PathEl::MoveTo(to) => (start, last) = (to, to),
            PathEl::LineTo(to) => {
                line(last, to, rulings);
                last = to;
            }
            PathEl::QuadTo(_, to) | PathEl::CurveTo(_, _, to) => last = to,
            PathEl::ClosePath => {
                line(last, start, rulings);
                last = start;
            }
        }
    }
    shapes
}

/// Finds the rulings that filling `path` draws; says how many other shapes it draws.
pub(in crate::document) fn filled(path: &BezPath, transform: Affine, rulings: &mut Vec<Ruling>) -> usize {
    let mut boxes: Vec<FloatRect> = Vec::new();
    for element in path.elements() {
        let point = |point: Point| {
            let point = transform * point;
            FloatRect::from_points(point, point)
        };
        match *element {
            PathEl::MoveTo(to) => boxes.push(point(to)),
            PathEl::LineTo(to) | PathEl::QuadTo(_, to) | PathEl::CurveTo(_, _, to) => match boxes.last_mut() {
                Some(area) => *area = area.union(point(to)),
                None => boxes.push(point(to)),
            },
            PathEl::ClosePath => {}
        }
    }
    let boxes: Vec<Rect> = boxes.into_iter().map(rounded).collect();
    if let [outer, inner] = boxes[..]
        && let Some(frame) = frame(outer, inner).or_else(|| frame(inner, outer))
    {
        rulings.extend(frame);
        return 0;
    }
    let mut shapes = 0;
    for area in boxes {
        match thin(area) {
            Some(ruling) => {
                rulings.push(ruling);
                // A dot belongs to a line of either direction.
                if area.width().max(area.height()) < THIN {
                    rulings.push(Ruling::vertical(i32::midpoint(area.left, area.right), area.top, area.bottom));
                }
            }
            None => shapes += 1,
        }
    }
    shapes
}

/// The ruling that a thin box is.
pub(in crate::document) fn thin(area: Rect) -> Option<Ruling> {
    if area.width().min(area.height()) >= THIN || area.width() < 0 || area.height() < 0 {
        None
    } else if area.width() >= area.height() {
        Some(Ruling::horizontal(i32::midpoint(area.top, area.bottom), area.left, area.right))
    } else {
        Some(Ruling::vertical(i32::midpoint(area.left, area.right), area.top, area.bottom))
    }
}

/// The four rulings of a frame between two boxes.
fn frame(outer: Rect, inner: Rect) -> Option<[Ruling; 4]> {
    let sides =
        [inner.left - outer.left, inner.top - outer.top, outer.right - inner.right, outer.bottom - inner.bottom];
    let is_frame = sides.iter().all(|side| (0..THIN).contains(side)) && thin(outer).is_none();
    is_frame.then(|| {
        [
            Ruling::horizontal(outer.top, outer.left, outer.right),
            Ruling::horizontal(outer.bottom, outer.left, outer.right),
            Ruling::vertical(outer.left, outer.top, outer.bottom),
            Ruling::vertical(outer.right, outer.top, outer.bottom),
        ]
    })
}

/// What shows of a ruling.
pub(in crate::document) fn within(ruling: Ruling, clip: Rect) -> Option<Ruling> {
    let (at, ends) = match ruling.axis {
        Axis::Horizontal => (clip.top..=clip.bottom, (clip.left, clip.right)),
        Axis::Vertical => (clip.left..=clip.right, (clip.top, clip.bottom)),
    };
    let (from, to) = (ruling.from.max(ends.0), ruling.to.min(ends.1));
    // The edge of the clip may run along the middle of a line.
    let near = (at.start() - THIN..=at.end() + THIN).contains(&ruling.at);
    (near && from <= to).then_some(Ruling { from, to, ..ruling })
}
