//! What of a picture is ink: darker than what surrounds it.

use super::grey::{Grey, Span};

/// Which pixels of a picture are ink.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ink {
    pub(super) width: usize,
    pub(super) height: usize,
    /// Row after row; 1 is ink.
    pub(super) dots: Vec<u8>,
}

/// How much darker than its surroundings ink is, in percent.
const DARKER: u64 = 20;

/// Nothing as bright as this is ink.
const BRIGHT: u8 = 208;

impl Ink {
    /// The ink of `picture`; `reach` is how far its surroundings go, in pixels.
    pub(super) fn of(picture: &Grey, reach: usize) -> Self {
        let Grey { width, height, .. } = *picture;
        let mut dots = vec![0; width * height];
        // Sums over the rows in reach, by column: they move down with the row.
        let mut columns = vec![0_u64; width];
        let add = |y: usize, plus: bool, columns: &mut Vec<u64>| {
            for (sum, &pixel) in columns.iter_mut().zip(picture.row(y)) {
                *sum = if plus { *sum + u64::from(pixel) } else { *sum - u64::from(pixel) };
            }
        };
        for y in 0..reach.min(height) {
            add(y, true, &mut columns);
        }
        let mut running = vec![0_u64; width + 1];
        for y in 0..height {
            if y + reach < height {
                add(y + reach, true, &mut columns);
            }
            if y > reach {
                add(y - reach - 1, false, &mut columns);
            }
            let rows = ((y + reach).min(height - 1) - y.saturating_sub(reach) + 1) as u64;
            for (x, &sum) in columns.iter().enumerate() {
                running[x + 1] = running[x] + sum;
            }
            for (x, (&pixel, dot)) in picture.row(y).iter().zip(&mut dots[y * width..]).enumerate() {
                let (from, to) = (x.saturating_sub(reach), (x + reach + 1).min(width));
                let count = rows * (to - from) as u64;
                let around = running[to] - running[from];
                *dot = u8::from(pixel < BRIGHT && u64::from(pixel) * count * 100 < around * (100 - DARKER));
            }
        }
        Self { width, height, dots }
    }

    /// A row of dots.
    pub(super) fn row(&self, y: usize) -> &[u8] {
        &self.dots[y * self.width..(y + 1) * self.width]
    }

    /// Wipes a box.
    pub(super) fn wipe(&mut self, span: Span) {
        for y in span.top..span.bottom.min(self.height) {
            let (from, to) = (span.left.min(self.width), span.right.min(self.width));
            self.dots[y * self.width + from..y * self.width + to].fill(0);
        }
    }

    /// The pieces of ink in `span`, each a box and how many dots it has: dots that touch, also by a corner.
    pub(super) fn pieces(&self, span: Span) -> Vec<(Span, usize)> {
        let (right, bottom) = (span.right.min(self.width), span.bottom.min(self.height));
        let (width, height) = (right.saturating_sub(span.left), bottom.saturating_sub(span.top));
        let mut seen = vec![false; width * height];
        let mut pieces = Vec::new();
        let mut open: Vec<(usize, usize)> = Vec::new();
        for top in 0..height {
            for left in 0..width {
                let is_ink = |x: usize, y: usize| self.dots[(y + span.top) * self.width + x + span.left] == 1;
                if seen[top * width + left] || !is_ink(left, top) {
                    continue;
                }
                seen[top * width + left] = true;
                open.push((left, top));
                let mut area = Span { left, top, right: left + 1, bottom: top + 1 };
                let mut count = 0;
                while let Some((x, y)) = open.pop() {
                    count += 1;
                    area = area.around(Span { left: x, top: y, right: x + 1, bottom: y + 1 });
                    for next_y in y.saturating_sub(1)..(y + 2).min(height) {
                        for next_x in x.saturating_sub(1)..(x + 2).min(width) {
                            if !seen[next_y * width + next_x] && is_ink(next_x, next_y) {
                                seen[next_y * width + next_x] = true;
                                open.push((next_x, next_y));
                            }
                        }
                    }
                }
                let area = Span {
                    left: area.left + span.left,
                    top: area.top + span.top,
                    right: area.right + span.left,
                    bottom: area.bottom + span.top,
                };
                pieces.push((area, count));
            }
        }
        pieces
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ink_is_darker_than_its_surroundings_however_bright_these_are() {
        // Paper that gets darker to the right, with a stroke at every tenth place.
        let mut picture = Grey::white(200, 20);
        for y in 0..20 {
            for x in 0..200 {
                let paper = 250 - x / 2;
                let stroke = x % 10 == 5;
                picture.pixels[y * 200 + x] = u8::try_from(if stroke { paper / 2 } else { paper }).unwrap();
            }
        }
        let ink = Ink::of(&picture, 8);
        for x in 0..200 {
            assert_eq!(ink.row(10)[x], u8::from(x % 10 == 5), "{x}");
        }
        assert!(Ink::of(&Grey::white(30, 30), 8).dots.iter().all(|&dot| dot == 0));
    }

    #[test]
    fn pieces_are_what_touches() {
        let mut ink = Ink { width: 10, height: 6, dots: vec![0; 60] };
        for (x, y) in [(1, 1), (2, 2), (3, 3), (7, 1), (7, 2), (9, 5)] {
            ink.dots[y * 10 + x] = 1;
        }
        let all = Span { left: 0, top: 0, right: 10, bottom: 6 };
        let mut pieces: Vec<_> =
            ink.pieces(all).iter().map(|(at, count)| (at.left, at.top, at.width(), *count)).collect();
        pieces.sort_unstable();
        assert_eq!(pieces, [(1, 1, 3, 3), (7, 1, 1, 2), (9, 5, 1, 1)]);
        ink.wipe(Span { left: 0, top: 0, right: 5, bottom: 6 });
        assert_eq!(ink.pieces(all).len(), 2);
    }
}
