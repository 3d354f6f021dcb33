//! Ink as lines of writing.

use super::grey::Span;
use super::ink::Ink;
use super::rulings::Scale;

/// A line of writing: the box of its ink, and its pieces from left to right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) area: Span,
    pub(super) pieces: Vec<Span>,
}

/// Fewer dots than those of a square of this side are a speck.
const SPECK: usize = 5;

/// Lines stand no nearer to each other.
const APART: usize = 6;

/// Of what is left of a ruling at the edge of a cell, the thickness at most.
const REST: usize = 14;

/// The lines of writing in `span`, from top to bottom. `framed` tells that rulings stood at its edges.
pub(super) fn rows(ink: &Ink, span: Span, scale: Scale, framed: bool) -> Vec<Row> {
    let least = (scale.tenths(SPECK) * scale.tenths(SPECK)).max(3);
    let rest = scale.tenths(REST);
    let is_rest = |area: &Span| {
        let beside = area.left <= span.left + 1 || area.right + 1 >= span.right;
        let above = area.top <= span.top + 1 || area.bottom + 1 >= span.bottom;
        framed && (beside && area.width() <= rest || above && area.height() <= rest)
    };
    let mut pieces: Vec<Span> = ink
        .pieces(span)
        .into_iter()
        .filter(|(area, count)| *count >= least && !is_rest(area))
        .map(|(area, _)| area)
        .collect();
    pieces.sort_by_key(|area| (area.top, area.left));
    let mut rows: Vec<Row> = Vec::new();
    for piece in pieces {
        match rows.last_mut() {
            Some(row) if piece.top < row.area.bottom + scale.tenths(APART) => {
                row.area = row.area.around(piece);
                row.pieces.push(piece);
            }
            _ => rows.push(Row { area: piece, pieces: vec![piece] }),
        }
    }
    let mut rows = whole(rows, framed);
    for row in &mut rows {
        row.pieces.sort_by_key(|piece| (piece.left, piece.top));
    }
    rows
}

/// Puts together what are the strokes of one line: of 二 and 三 each would be a line.
fn whole(rows: Vec<Row>, framed: bool) -> Vec<Row> {
    let mut heights: Vec<usize> = rows.iter().map(|row| row.area.height()).collect();
    heights.sort_unstable();
    // Most lines of a page are whole, and the highest one of a cell is.
    let whole = if framed { heights.last() } else { heights.get(heights.len() * 3 / 4) };
    let usual = whole.copied().unwrap_or(0);
    let mut joined: Vec<Row> = Vec::new();
    for row in rows {
        if let Some(last) = joined.last_mut() {
            let both = last.area.around(row.area);
            let is_part = last.area.height().min(row.area.height()) * 2 < usual;
            // The bar of a 5 may stand off, alone in its cell: together they are as narrow as one character.
            let is_one = framed && both.width() <= both.height() && both.height() * 10 <= usual * 14;
            if is_part && (is_one || both.height() * 10 <= usual * 11) {
                last.area = both;
                last.pieces.extend(row.pieces);
                continue;
            }
        }
        joined.push(row);
    }
    joined
}

impl Row {
    /// The row cut where it has gaps wider than `gap`: what stands in columns without rulings.
    pub(super) fn parted(self, gap: usize) -> Vec<Self> {
        let mut parts: Vec<Self> = Vec::new();
        for piece in self.pieces {
            match parts.last_mut() {
                Some(part) if piece.left <= part.area.right + gap => {
                    part.area = part.area.around(piece);
                    part.pieces.push(piece);
                }
                _ => parts.push(Self { area: piece, pieces: vec![piece] }),
            }
        }
        parts
    }

    /// The shapes of the row from left to right: pieces one above the other are one, as in 二 or %.
    pub(super) fn shapes(&self) -> Vec<Span> {
        let mut shapes: Vec<Span> = Vec::new();
        for &piece in &self.pieces {
            match shapes.last_mut() {
                Some(last) if piece.left < last.right => *last = last.around(piece),
                _ => shapes.push(piece),
            }
        }
        shapes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCALE: Scale = Scale { pixels: 200 };
    const ALL: Span = Span { left: 0, top: 0, right: 300, bottom: 120 };

    fn drawn(boxes: &[(usize, usize, usize, usize)]) -> Ink {
        let mut dots = vec![0; 300 * 120];
        for &(left, top, right, bottom) in boxes {
            for y in top..bottom {
                dots[y * 300 + left..y * 300 + right].fill(1);
            }
        }
        Ink { width: 300, height: 120, dots }
    }

    fn heights(boxes: &[(usize, usize, usize, usize)]) -> Vec<(usize, usize)> {
        rows(&drawn(boxes), ALL, SCALE, true).iter().map(|row| (row.area.top, row.area.bottom)).collect()
    }

    #[test]
    fn lines_are_told_apart_and_their_strokes_are_not() {
        let two = [(10, 10, 30, 30), (40, 12, 60, 28), (10, 40, 30, 60)];
        assert_eq!(heights(&two), [(10, 30), (40, 60)]);
        // 三 above 年, and below them a line of 二 alone.
        let three = [
            (10, 10, 30, 12),
            (12, 19, 28, 21),
            (10, 28, 30, 30),
            (10, 40, 30, 60),
            (12, 72, 28, 74),
            (10, 86, 30, 88),
        ];
        assert_eq!(heights(&three), [(10, 30), (40, 60), (72, 88)]);
    }

    #[test]
    fn a_figure_in_two_pieces_is_one_line() {
        assert_eq!(heights(&[(60, 20, 72, 23), (60, 26, 72, 44)]), [(20, 44)]);
        // A dash above a figure is a line of its own.
        assert_eq!(heights(&[(60, 20, 72, 23), (60, 40, 72, 60)]), [(20, 23), (40, 60)]);
    }

    #[test]
    fn specks_and_rests_of_rulings_are_no_writing() {
        assert_eq!(heights(&[(10, 10, 11, 11), (0, 30, 2, 90), (20, 118, 200, 120), (60, 50, 70, 64)]), [(50, 64)]);
    }

    #[test]
    fn a_row_is_cut_at_wide_gaps_and_falls_into_shapes() {
        let boxes = [(10, 10, 18, 28), (22, 10, 30, 28), (100, 10, 112, 13), (102, 20, 110, 28)];
        let row = rows(&drawn(&boxes), ALL, SCALE, false).remove(0);
        let shapes: Vec<usize> = row.shapes().iter().map(|shape| shape.left).collect();
        assert_eq!(shapes, [10, 22, 100]);
        assert_eq!(row.parted(30).len(), 2);
    }
}
