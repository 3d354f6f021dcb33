//! Lines parallel to the edges of a page: drawn in pieces, doubled, dashed or dotted, read as one.

/// Which way a ruling runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::document) enum Axis {
    /// From left to right.
    Horizontal,
    /// From top to bottom.
    Vertical,
}

/// A straight line parallel to an edge of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::document) struct Ruling {
    /// Which way it runs.
    pub(in crate::document) axis: Axis,
    /// Its distance from the upper edge, or from the left one if it is vertical.
    pub(in crate::document) at: i32,
    /// Where it begins.
    pub(in crate::document) from: i32,
    /// Where it ends.
    pub(in crate::document) to: i32,
}

/// Rulings nearer to each other than this are one line: a double line, or the edges of neighbouring frames.
pub(super) const SAME: i32 = 400;

/// Gaps shorter than this do not interrupt a line: dashes, dots, joints.
const GAP: i32 = 450;

/// Shorter lines are no rulings of a table: strokes of characters drawn as shapes.
const SHORTEST: i32 = 600;

impl Ruling {
    /// A horizontal ruling.
    pub(in crate::document) fn horizontal(y: i32, from: i32, to: i32) -> Self {
        Self { axis: Axis::Horizontal, at: y, from: from.min(to), to: from.max(to) }
    }

    /// A vertical ruling.
    pub(in crate::document) fn vertical(x: i32, from: i32, to: i32) -> Self {
        Self { axis: Axis::Vertical, at: x, from: from.min(to), to: from.max(to) }
    }

    /// Its length.
    pub(super) const fn length(&self) -> i32 {
        self.to - self.from
    }
}

/// The lines along `axis`, put together from their pieces.
pub(super) fn joined(rulings: &[Ruling], axis: Axis) -> Vec<Ruling> {
    let mut pieces: Vec<Ruling> = rulings.iter().filter(|ruling| ruling.axis == axis).copied().collect();
    pieces.sort_by_key(|piece| (piece.at, piece.from));
    let mut lines = Vec::new();
    while let Some(first) = pieces.first() {
        let count = pieces.partition_point(|piece| piece.at <= first.at + SAME);
        let mut band: Vec<Ruling> = pieces.drain(..count).collect();
        band.sort_by_key(|piece| piece.from);
        lines.extend(along(&band));
    }
    lines.retain(|line| line.length() >= SHORTEST);
    lines
}

/// Pieces of about one place, in order of their beginnings, joined where they meet.
fn along(band: &[Ruling]) -> Vec<Ruling> {
    let mut lines: Vec<(Ruling, i32)> = Vec::new();
    for piece in band {
        match lines.last_mut() {
            Some((line, longest)) if piece.from <= line.to + GAP => {
                // The line stands where its longest piece does.
                if piece.length() > *longest {
                    (line.at, *longest) = (piece.at, piece.length());
                }
                line.to = line.to.max(piece.to);
            }
            _ => lines.push((*piece, piece.length())),
        }
    }
    lines.into_iter().map(|(line, _)| line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where a line stands, begins and ends.
    type Line = (i32, i32, i32);

    fn lines(pieces: &[Line]) -> Vec<Line> {
        let rulings: Vec<Ruling> = pieces.iter().map(|&(at, from, to)| Ruling::horizontal(at, from, to)).collect();
        joined(&rulings, Axis::Horizontal).iter().map(|line| (line.at, line.from, line.to)).collect()
    }

    #[test]
    fn pieces_are_joined() {
        let cases: [(&str, &[Line], &[Line]); 6] = [
            ("one line", &[(1000, 0, 5000)], &[(1000, 0, 5000)]),
            ("joints", &[(1000, 0, 2000), (1000, 2000, 5000), (1010, 5040, 9000)], &[(1010, 0, 9000)]),
            ("a gap", &[(1000, 0, 2000), (1000, 4000, 6000)], &[(1000, 0, 2000), (1000, 4000, 6000)]),
            ("a double line", &[(1000, 0, 5000), (1250, 0, 5000)], &[(1000, 0, 5000)]),
            ("dashes", &[(1000, 0, 300), (1000, 600, 900), (1000, 1200, 1500)], &[(1000, 0, 1500)]),
            ("two lines", &[(1000, 0, 5000), (2500, 0, 5000)], &[(1000, 0, 5000), (2500, 0, 5000)]),
        ];
        for (name, pieces, expected) in cases {
            assert_eq!(lines(pieces), expected, "{name}");
        }
    }

    #[test]
    fn dots_are_a_line_and_a_speck_is_none() {
        let dots: Vec<Line> = (0..40).map(|index| (1000, index * 200, index * 200 + 100)).collect();
        assert_eq!(lines(&dots), [(1000, 0, 7900)]);
        assert_eq!(lines(&[(1000, 0, 100)]), []);
    }
}
