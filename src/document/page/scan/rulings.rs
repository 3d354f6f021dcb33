//! The rulings of a scanned page: long, thin, straight runs of ink. They are taken out of the ink, so that no
//! piece of a border is read as a character.

use super::grey::{Grey, Span};
use super::ink::Ink;
use crate::document::page::ruling::Axis;

/// A ruling in a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stroke {
    pub(super) axis: Axis,
    /// The pixels it takes.
    pub(super) area: Span,
}

impl Stroke {
    /// How long it is.
    pub(super) const fn length(&self) -> usize {
        match self.axis {
            Axis::Horizontal => self.area.width(),
            Axis::Vertical => self.area.height(),
        }
    }

    /// Where it begins and where it ends.
    const fn ends(&self) -> [Span; 2] {
        let Span { left, top, right, bottom } = self.area;
        match self.axis {
            Axis::Horizontal => [Span { right: left, ..self.area }, Span { left: right, ..self.area }],
            Axis::Vertical => [Span { bottom: top, ..self.area }, Span { top: bottom, ..self.area }],
        }
    }
}

/// The unit of the measures below: a tenth of a point. What it is in pixels depends on the scan.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    /// Pixels on a hundred points.
    pub(super) pixels: usize,
}

impl Scale {
    /// So many tenths of a point, in pixels; at least one.
    pub(super) fn tenths(self, tenths: usize) -> usize {
        (tenths * self.pixels).div_ceil(1_000).max(1)
    }
}

/// A run of ink shorter than this is no piece of a ruling: strokes of characters are.
const PIECE: usize = 120;

/// Interruptions up to this long do not end a run.
const BREAK: usize = 7;

/// Share of a run that must be ink, in percent.
const SOLID: usize = 85;

/// Pieces this near to each other along the line are of one ruling.
const GAP: usize = 45;

/// A ruling is no thicker than this.
const THICKEST: usize = 45;

/// A ruling is no shorter than this: a cell is wider than a character, and higher than one of the text.
const SHORTEST: [usize; 2] = [200, 150];

/// A hair line is averaged over so much of its length.
const SMOOTH: usize = 10;

/// How far beside a hair line the paper is looked at.
const BESIDE: [usize; 3] = [12, 20, 30];

/// How much darker than the paper on both of its sides a hair line is, in percent. Two pixels share its ink where
/// the page lay askew, so that it is brighter than anything written.
const DARKER: u32 = 6;

/// And each of its pixels alone: the gap between two characters is none.
const ALONE: u32 = 3;

/// The rulings in `picture`, whose ink this is.
pub(super) fn find(picture: &Grey, ink: &Ink, scale: Scale) -> Vec<Stroke> {
    let [level, upright] = [Axis::Horizontal, Axis::Vertical].map(|axis| hairs(picture, axis, scale));
    let (width, height) = (ink.width, ink.height);
    let both = |hairs: &[u8], index: usize| hairs[index] | ink.dots[index];
    let mut strokes = along(width, height, Axis::Horizontal, scale, |x, y| both(&level, y * width + x));
    strokes.extend(along(height, width, Axis::Vertical, scale, |y, x| both(&upright, y * width + x)));
    // The edge of a stamp beside a ruling may make both too thick; the stamp is no ink.
    let mut inked = along(width, height, Axis::Horizontal, scale, |x, y| ink.dots[y * width + x]);
    inked.extend(along(height, width, Axis::Vertical, scale, |y, x| ink.dots[y * width + x]));
    inked.retain(|stroke| !strokes.iter().any(|found| found.axis == stroke.axis && found.area.meets(stroke.area)));
    strokes.extend(inked);
    crossing(strokes, scale)
}

/// What may be of a hair line: the pixels that are darker than the paper on both sides, row after row; 1 is one.
fn hairs(picture: &Grey, axis: Axis, scale: Scale) -> Vec<u8> {
    let Grey { width, height, .. } = *picture;
    let (along, across, length) = match axis {
        Axis::Horizontal => (1, width, width),
        Axis::Vertical => (width, 1, height),
    };
    let reach = scale.tenths(SMOOTH) / 2;
    let place = |index: usize| if axis == Axis::Horizontal { index % width } else { index / width };
    let count = u32::try_from(2 * reach + 1).unwrap_or(1);
    // Sums, not averages: at the edges of the picture what is missing is as bright as the pixel itself.
    let sums: Vec<u32> = (0..picture.pixels.len())
        .map(|index| {
            let (before, after) = (place(index).min(reach), (length - 1 - place(index)).min(reach));
            let pixels = (index - before * along..=index + after * along).step_by(along);
            let missing = u32::try_from(2 * reach - before - after).unwrap_or(0);
            pixels.map(|at| u32::from(picture.pixels[at])).sum::<u32>() + missing * u32::from(picture.pixels[index])
        })
        .collect();
    let beside = BESIDE.map(|tenths| scale.tenths(tenths) * across);
    let brightest = |places: [Option<usize>; 3]| {
        places.into_iter().flatten().filter_map(|at| sums.get(at)).copied().max().unwrap_or(0)
    };
    let is_hair = |index: usize| {
        let sides = [beside.map(|far| index.checked_sub(far)), beside.map(|far| Some(index + far))];
        let alone = u32::from(picture.pixels[index]) * count;
        sides
            .into_iter()
            .map(brightest)
            .all(|paper| sums[index] * 100 < paper * (100 - DARKER) && alone * 100 < paper * (100 - ALONE))
    };
    (0..sums.len()).map(|index| u8::from(is_hair(index))).collect()
}

/// The strokes of one direction. `dot` is asked for a place along and a place across it.
fn along(length: usize, breadth: usize, axis: Axis, scale: Scale, dot: impl Fn(usize, usize) -> u8) -> Vec<Stroke> {
    // Each piece: from, to, first and last line across.
    let mut pieces: Vec<(usize, usize, usize, usize)> = Vec::new();
    let (least, gap, thickest) = (scale.tenths(PIECE), scale.tenths(BREAK), scale.tenths(THICKEST));
    for across in 0..breadth {
        // A ruling that is level but for a pixel goes on in the next line.
        let lines = across.saturating_sub(1)..(across + 2).min(breadth);
        let mut run: Option<(usize, usize, usize)> = None;
        for at in 0..=length {
            let is_ink = at < length && lines.clone().any(|line| dot(at, line) == 1);
            run = match (run, is_ink) {
                (None, true) => Some((at, at, 1)),
                (Some((from, _, count)), true) => Some((from, at, count + 1)),
                (Some((from, to, count)), false) if at - to > gap || at == length => {
                    let own = (from..=to).filter(|&at| dot(at, across) == 1).count();
                    if to + 1 - from >= least && count * 100 >= (to + 1 - from) * SOLID && own * 2 > least {
                        pieces.push((from, to + 1, across, across));
                    }
                    None
                }
                (run, _) => run,
            };
        }
    }
    join(pieces, scale.tenths(GAP))
        .into_iter()
        .filter(|&(_, _, first, last)| last + 1 - first <= thickest)
        .map(|(from, to, first, last)| {
            let area = match axis {
                Axis::Horizontal => Span { left: from, top: first, right: to, bottom: last + 1 },
                Axis::Vertical => Span { left: first, top: from, right: last + 1, bottom: to },
            };
            Stroke { axis, area }
        })
        .collect()
}

/// Pieces put together that lie in the same or neighbouring lines and meet, or nearly do.
fn join(mut pieces: Vec<(usize, usize, usize, usize)>, gap: usize) -> Vec<(usize, usize, usize, usize)> {
    let mut joined: Vec<(usize, usize, usize, usize)> = Vec::new();
    pieces.sort_by_key(|&(from, _, first, _)| (first, from));
    for piece in pieces {
        let mut own = piece;
        // It may close the gap between two others.
        while let Some(index) = joined.iter().position(|other| {
            own.2 <= other.3 + 2 && other.2 <= own.3 + 2 && own.0 <= other.1 + gap && other.0 <= own.1 + gap
        }) {
            let other = joined.swap_remove(index);
            own = (own.0.min(other.0), own.1.max(other.1), own.2.min(other.2), own.3.max(other.3));
        }
        joined.push(own);
    }
    joined
}

/// A ruling so long needs to touch but one of the other direction; a shorter one ends at such on both sides, as the
/// border of a cell does and the stroke of a large character does not. Of both directions.
const LONG: [usize; 2] = [900, 450];

/// So near to another a long ruling touches it, and the end of a short one: the words of a heading come nearly as
/// near to the borders of their cell.
const NEAR: [usize; 2] = [40, 15];

/// The strokes that are rulings: long enough, and crossing or touching those of the other direction that are. A line
/// below a heading touches none.
fn crossing(mut strokes: Vec<Stroke>, scale: Scale) -> Vec<Stroke> {
    let least = |lengths: [usize; 2], stroke: &Stroke| {
        stroke.length() >= scale.tenths(lengths[usize::from(stroke.axis == Axis::Vertical)])
    };
    strokes.retain(|stroke| least(SHORTEST, stroke));
    let meets = |one: Span, other: &Stroke, near: usize| {
        one.left <= other.area.right + near
            && other.area.left <= one.right + near
            && one.top <= other.area.bottom + near
            && other.area.top <= one.bottom + near
    };
    // What was held by a stroke that is none is none either.
    loop {
        let all = strokes.clone();
        strokes.retain(|stroke| {
            let touches = |span: Span, near: usize| {
                all.iter().any(|other| other.axis != stroke.axis && meets(span, other, scale.tenths(near)))
            };
            let [beside, at_end] = NEAR;
            if least(LONG, stroke) {
                touches(stroke.area, beside)
            } else {
                stroke.ends().into_iter().all(|end| touches(end, at_end))
            }
        });
        if strokes.len() == all.len() {
            return strokes;
        }
    }
}

/// Takes the rulings out of the ink, with what frays at their edges.
pub(super) fn wipe(ink: &mut Ink, strokes: &[Stroke], scale: Scale) {
    let fray = scale.tenths(6);
    for Stroke { area, .. } in strokes {
        ink.wipe(Span {
            left: area.left.saturating_sub(fray),
            top: area.top.saturating_sub(fray),
            right: area.right + fray,
            bottom: area.bottom + fray,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCALE: Scale = Scale { pixels: 200 };

    fn drawn(width: usize, height: usize, boxes: &[(usize, usize, usize, usize)]) -> Ink {
        let mut dots = vec![0; width * height];
        for &(left, top, right, bottom) in boxes {
            for y in top..bottom {
                dots[y * width + left..y * width + right].fill(1);
            }
        }
        Ink { width, height, dots }
    }

    fn picture(ink: &Ink) -> Grey {
        let pixels = ink.dots.iter().map(|&dot| if dot == 1 { 20 } else { 250 }).collect();
        Grey { width: ink.width, height: ink.height, pixels }
    }

    fn found(ink: &Ink) -> Vec<(Axis, usize, usize, usize, usize)> {
        let mut found: Vec<_> = find(&picture(ink), ink, SCALE)
            .iter()
            .map(|Stroke { axis, area }| (*axis, area.left, area.top, area.right, area.bottom))
            .collect();
        found.sort_unstable();
        found
    }

    #[test]
    fn a_frame_is_found_and_what_stands_in_it_is_not() {
        let frame = [(20, 20, 180, 22), (20, 98, 180, 100), (20, 20, 22, 100), (178, 20, 180, 100)];
        let mut boxes = frame.to_vec();
        boxes.extend([(60, 40, 70, 60), (90, 50, 130, 53)]);
        let mut ink = drawn(200, 120, &boxes);
        let strokes = found(&ink);
        assert_eq!(strokes.len(), 4, "{strokes:?}");
        assert!(
            strokes
                .iter()
                .all(|&(_, left, top, right, bottom)| left <= 180 && right >= 20 && top <= 100 && bottom >= 20)
        );
        let all = Span { left: 0, top: 0, right: 200, bottom: 120 };
        let found = find(&picture(&ink), &ink, SCALE);
        wipe(&mut ink, &found, SCALE);
        let mut left: Vec<usize> = ink.pieces(all).iter().map(|(area, _)| area.left).collect();
        left.sort_unstable();
        assert_eq!(left, [60, 90]);
    }

    #[test]
    fn a_ruling_with_gaps_and_a_step_is_one() {
        let boxes = [(20, 20, 90, 22), (96, 20, 140, 22), (140, 21, 240, 23), (20, 2, 22, 98)];
        let strokes = found(&drawn(260, 100, &boxes));
        assert_eq!(strokes.iter().filter(|stroke| stroke.0 == Axis::Horizontal).count(), 1, "{strokes:?}");
    }

    #[test]
    fn a_hair_line_brighter_than_ink_is_a_ruling_and_two_characters_beside_each_other_are_none() {
        // A frame as faint as the last line of a copier, on paper with a grain.
        let mut faint = drawn(260, 100, &[]);
        let mut faint_picture = picture(&faint);
        for (index, pixel) in faint_picture.pixels.iter_mut().enumerate() {
            let (x, y) = (index % 260, index / 260);
            let is_frame =
                (20..240).contains(&x) && [20, 80].contains(&y) || (20..=80).contains(&y) && [20, 239].contains(&x);
            *pixel = if is_frame { 222 } else { 250 } - u8::try_from(index * 7 % 5).unwrap();
        }
        assert!(Ink::of(&faint_picture, 24).dots.iter().all(|&dot| dot == 0));
        assert_eq!(find(&faint_picture, &faint, SCALE).len(), 4);
        // Strokes of two characters at one height, between the borders of their cell.
        faint = drawn(260, 100, &[(20, 20, 22, 80), (78, 20, 80, 80), (20, 20, 80, 22), (20, 78, 80, 80)]);
        let bare = found(&faint);
        assert_eq!(bare.len(), 4, "{bare:?}");
        for y in 50..52 {
            faint.dots[y * 260 + 27..y * 260 + 48].fill(1);
            faint.dots[y * 260 + 51..y * 260 + 72].fill(1);
        }
        assert_eq!(found(&faint), bare);
    }

    #[test]
    fn the_edge_of_a_stamp_hides_no_ruling_that_it_touches() {
        let ink = drawn(400, 120, &[(20, 20, 380, 22), (20, 98, 380, 100), (20, 20, 22, 100), (378, 20, 380, 100)]);
        let mut stamped = picture(&ink);
        for x in 60..360 {
            let y = 22 + (x - 60) / 30;
            stamped.pixels[y * 400 + x] = 215;
            stamped.pixels[(y + 1) * 400 + x] = 215;
        }
        let found = find(&stamped, &ink, SCALE);
        assert!(
            found.iter().any(|stroke| stroke.area == Span { left: 20, top: 20, right: 380, bottom: 22 }),
            "{found:?}"
        );
    }

    #[test]
    fn strokes_of_a_heading_are_none() {
        // 工 and 下 of 24 points beside each other: their strokes join and cross, but no end of one is on another.
        let work = [(20, 20, 66, 24), (42, 20, 46, 66), (18, 62, 68, 66)];
        let below = [(70, 20, 118, 24), (92, 20, 96, 68)];
        assert_eq!(found(&drawn(260, 100, &[work.as_slice(), &below].concat())), []);
    }

    #[test]
    fn bars_and_lone_lines_are_none() {
        assert_eq!(found(&drawn(260, 100, &[(20, 20, 240, 50)])), []);
        assert_eq!(found(&drawn(260, 100, &[(20, 20, 240, 22)])), []);
    }
}
