//! Glyphs as lines of text, with blanks where there is room.

use super::glyph::{Glyph, is_wide, percent};
use super::turn::Turn;
use crate::document::Rect;

/// A line of text on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TextLine {
    /// Its glyphs from left to right. Of writing that runs up or down the page, turned upright.
    glyphs: Vec<Glyph>,
    /// The box it takes.
    pub(super) area: Rect,
    /// Where its largest glyph stands.
    pub(super) baseline: i32,
    /// Size of its largest glyph.
    pub(super) size: i32,
    /// Whether it runs from left to right.
    upright: bool,
}

/// Two glyphs of one line stand no further apart in height, in percent of the larger one's size: room for
/// superscripts, and less than half a line.
const SAME_LINE: i32 = 40;

/// A glyph this near to an equal one, in percent of its size, is the same once more, printed twice to look bold.
const TWICE: i32 = 10;

/// The columns of text that blanks keep apart: where they begin and how wide a half-width character is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ruler {
    left: i32,
    unit: i32,
}

impl Ruler {
    /// The rulers of pages with these lines; `None` where a page has none.
    ///
    /// A page whose lines are all indented begins where the others do: those on its side of the sheet, or all of
    /// them if it would be indented by just two characters.
    pub(super) fn of_pages(pages: &[Vec<&TextLine>]) -> Vec<Option<Self>> {
        let own: Vec<Option<Self>> = pages.iter().map(|lines| Self::of(lines)).collect();
        let least = |pages: &mut dyn Iterator<Item = &Option<Self>>| pages.flatten().map(|ruler| ruler.left).min();
        let everywhere = least(&mut own.iter());
        let adjusted = own.iter().enumerate().map(|(page, ruler)| {
            let mut ruler = (*ruler)?;
            ruler.left = least(&mut own.iter().skip(page % 2).step_by(2)).unwrap_or(ruler.left);
            let indented = everywhere.filter(|left| (ruler.left - left - ruler.unit * 4).abs() < ruler.unit / 2);
            ruler.left = indented.unwrap_or(ruler.left);
            Some(ruler)
        });
        adjusted.collect()
    }

    fn of(lines: &[&TextLine]) -> Option<Self> {
        let upright: Vec<&TextLine> = lines.iter().filter(|line| line.upright).copied().collect();
        let left = upright.iter().map(|line| line.area.left).min()?;
        let mut sizes: Vec<i32> = upright.iter().flat_map(|line| line.glyphs.iter().map(|glyph| glyph.size)).collect();
        sizes.sort_unstable();
        let usual = sizes.get(sizes.len() / 2)?;
        Some(Self { left, unit: (usual / 2).max(100) })
    }

    /// The column of `x`.
    const fn column(self, x: i32) -> i32 {
        (x - self.left + self.unit / 2) / self.unit
    }
}

impl TextLine {
    /// Its text without regard to where on the page it begins.
    pub(super) fn text(&self) -> String {
        compose(&self.glyphs, None).0
    }

    /// Its text set against the ruler, so that columns stand below each other, with the edges of its characters.
    pub(super) fn against(&self, ruler: Option<Ruler>) -> (String, Vec<i32>) {
        if self.upright {
            return compose(&self.glyphs, ruler);
        }
        let (text, _) = compose(&self.glyphs, None);
        let edges = super::spread(self.area, text.chars().count());
        (text, edges)
    }
}

/// Glyphs of a page as lines, from top to bottom.
pub(super) fn lines(glyphs: Vec<Glyph>) -> Vec<TextLine> {
    let (upright, others): (Vec<Glyph>, Vec<Glyph>) =
        glyphs.into_iter().partition(|glyph| glyph.turn == Turn::None && !glyph.vertical);
    let mut lines: Vec<TextLine> = rows(upright).into_iter().filter_map(|row| line(row, None)).collect();
    lines.extend(sideways(&others));
    lines
}

/// Lines of glyphs that run down or up the page, or are upside down.
fn sideways(glyphs: &[Glyph]) -> Vec<TextLine> {
    let mut lines = Vec::new();
    for turn in [Turn::Right, Turn::Half, Turn::Left] {
        let turned = glyphs.iter().filter(|glyph| glyph.turn == turn && !glyph.vertical);
        let rows = rows(turned.map(|glyph| turn.inverse().glyph(*glyph, (0, 0))).collect());
        lines.extend(rows.into_iter().filter_map(|row| line(row, Some(turn))));
    }
    for column in columns(glyphs.iter().filter(|glyph| glyph.vertical).copied().collect()) {
        lines.extend(line(column, Some(Turn::None)));
    }
    lines
}

/// A line of these glyphs; `None` if they are all blank. `turn` is how they must be turned to be as on the page.
fn line(mut glyphs: Vec<Glyph>, turn: Option<Turn>) -> Option<TextLine> {
    let first = glyphs.iter().position(|glyph| !glyph.is_blank())?;
    let last = glyphs.iter().rposition(|glyph| !glyph.is_blank())?;
    glyphs.truncate(last + 1);
    glyphs.drain(..first);
    let largest = glyphs.iter().filter(|glyph| !glyph.is_blank()).max_by_key(|glyph| glyph.size)?;
    let area = glyphs.iter().map(|glyph| glyph.area).reduce(Rect::around)?;
    let (mut baseline, size) = (largest.origin.1, largest.size);
    let mut shown = area;
    if let Some(turn) = turn {
        // Turned about the corner of the page, boxes keep their places relative to it.
        shown = turn.of(area, (0, 0));
        baseline = shown.top + size / 2;
    }
    Some(TextLine { glyphs, area: shown, baseline, size, upright: turn.is_none() })
}

/// Upright glyphs as rows from top to bottom, each from left to right, without those printed twice.
pub(super) fn rows(glyphs: Vec<Glyph>) -> Vec<Vec<Glyph>> {
    let (blanks, mut glyphs): (Vec<Glyph>, Vec<Glyph>) = glyphs.into_iter().partition(Glyph::is_blank);
    glyphs.sort_by_key(|glyph| (glyph.origin.1, glyph.origin.0));
    let mut rows: Vec<(Vec<Glyph>, i32, i32)> = Vec::new();
    for glyph in glyphs {
        match rows.last_mut() {
            Some((row, baseline, size)) if glyph.origin.1 - *baseline <= percent(glyph.size.max(*size), SAME_LINE) => {
                if glyph.size > *size {
                    (*baseline, *size) = (glyph.origin.1, glyph.size);
                }
                row.push(glyph);
            }
            _ => rows.push((vec![glyph], glyph.origin.1, glyph.size)),
        }
    }
    for blank in blanks {
        let behind = rows.partition_point(|(_, baseline, _)| *baseline < blank.origin.1);
        let near = |index: &usize| rows.get(*index).map(|(_, baseline, _)| (blank.origin.1 - baseline).abs());
        let nearest =
            [behind.wrapping_sub(1), behind].into_iter().filter(|index| near(index).is_some()).min_by_key(near);
        if let Some((row, baseline, size)) = nearest.and_then(|index| rows.get_mut(index))
            && (blank.origin.1 - *baseline).abs() <= percent(*size, SAME_LINE)
        {
            row.push(blank);
        }
    }
    let mut rows: Vec<Vec<Glyph>> = rows.into_iter().map(|(row, ..)| row).collect();
    for row in &mut rows {
        row.sort_by_key(|glyph| glyph.area.left);
        once(row);
        strands(row);
    }
    rows
}

/// How far, in percent of its size, a glyph may reach into the one before: brackets and slanted letters do.
const OVERLAP: i32 = 40;

/// How far, in percent of the narrower, a digit may reach into the one before: 99 printed over 100 is not 19090.
const DIGIT_OVERLAP: i32 = 40;

/// Whether `right` is printed over the end of `left`.
fn covers(left: &Glyph, right: &Glyph) -> bool {
    let digits = left.c.is_ascii_digit() && right.c.is_ascii_digit();
    let most = if digits {
        percent(left.area.width().min(right.area.width()), DIGIT_OVERLAP)
    } else {
        percent(left.size.min(right.size), OVERLAP)
    };
    left.area.right - right.area.left > most
}

/// Takes texts printed over each other apart, as a label that runs into the figure beside it: glyphs in order from
/// left to right become one text after the other. Their characters mixed would be read as others.
fn strands(row: &mut Vec<Glyph>) {
    let solid = || row.iter().filter(|glyph| !glyph.is_blank());
    if !solid().zip(solid().skip(1)).any(|(left, right)| covers(left, right)) {
        return;
    }
    let mut strands: Vec<Vec<Glyph>> = Vec::new();
    for glyph in row.drain(..) {
        // The text that ends nearest to where the glyph begins goes on with it.
        let end =
            |strand: &Vec<Glyph>| strand.last().map_or(i32::MAX, |last| (glyph.area.left - last.area.right).abs());
        let open = strands.iter_mut().filter(|strand| strand.last().is_some_and(|last| !covers(last, &glyph)));
        match open.min_by_key(|strand| end(strand)) {
            Some(strand) => strand.push(glyph),
            None => strands.push(vec![glyph]),
        }
    }
    row.extend(strands.into_iter().flatten());
}

/// Takes out of glyphs in order those that are printed a second time at almost the same place.
fn once(glyphs: &mut Vec<Glyph>) {
    let mut kept: Vec<Glyph> = Vec::with_capacity(glyphs.len());
    for glyph in glyphs.drain(..) {
        let near = percent(glyph.size, TWICE);
        let again = kept.iter().rev().take(4).any(|other| {
            other.c == glyph.c
                && (other.origin.0 - glyph.origin.0).abs() <= near
                && (other.origin.1 - glyph.origin.1).abs() <= near
        });
        if !again {
            kept.push(glyph);
        }
    }
    *glyphs = kept;
}

/// Glyphs written below each other as columns from right to left, each from top to bottom.
pub(super) fn columns(mut glyphs: Vec<Glyph>) -> Vec<Vec<Glyph>> {
    glyphs.retain(|glyph| !glyph.is_blank());
    glyphs.sort_by_key(|glyph| (-glyph.middle().0, glyph.area.top));
    let mut columns: Vec<(Vec<Glyph>, i32)> = Vec::new();
    for glyph in glyphs {
        match columns.last_mut() {
            Some((column, middle)) if *middle - glyph.middle().0 <= percent(glyph.size, 60) => column.push(glyph),
            _ => columns.push((vec![glyph], glyph.middle().0)),
        }
    }
    let mut columns: Vec<Vec<Glyph>> = columns.into_iter().map(|(column, _)| column).collect();
    for column in &mut columns {
        column.sort_by_key(|glyph| glyph.area.top);
        once(column);
    }
    columns
}

/// The gap, in percent of the smaller size, from which two glyphs without a blank between them are apart: wide
/// where lines are stretched to both margins, narrow between letters.
fn limit(left: &Glyph, right: &Glyph) -> i32 {
    match (left.is_wide(), right.is_wide()) {
        (true, true) => 90,
        (true, false) | (false, true) => 60,
        // Figures of neighbouring columns nearly touch; the digits of one figure do.
        (false, false) if left.is_numeric() && right.is_numeric() => 15,
        (false, false) => 20,
    }
}

/// The text of a row of glyphs and the left edges of its characters, with the right edge of the last behind them.
///
/// Set against a ruler, wide gaps become as many blanks as bring the next character to its column.
pub(super) fn compose(row: &[Glyph], ruler: Option<Ruler>) -> (String, Vec<i32>) {
    let (mut text, mut edges) = (String::new(), Vec::new());
    let mut column = 0;
    let mut previous: Option<&Glyph> = None;
    let mut blank = false;
    for glyph in row {
        if glyph.is_blank() {
            blank = true;
            continue;
        }
        let from = previous.map(|left| left.area.right).or(ruler.map(|ruler| ruler.left));
        let count = match (previous, ruler) {
            (Some(left), _) => {
                let gap = glyph.area.left - left.area.right;
                let size = left.size.min(glyph.size).max(1);
                let apart = gap >= percent(size, limit(left, glyph));
                let beside = glyph.middle().1 < left.area.bottom;
                if beside && covers(left, glyph) {
                    // Another text, printed over the end of this one.
                    2
                } else if gap >= percent(size, 90) && (apart || blank) {
                    let room = (gap + size / 4) / (size / 2).max(1);
                    ruler.map_or(room, |ruler| room.max(ruler.column(glyph.area.left) - column)).max(2)
                } else {
                    i32::from(apart || (blank && gap > percent(size, 8)))
                }
            }
            (None, Some(ruler)) => ruler.column(glyph.area.left),
            (None, None) => 0,
        };
        let count = count.clamp(0, MOST_BLANKS);
        if let Some(from) = from {
            let room = (glyph.area.left - from).max(0);
            edges.extend((0..count).map(|index| from + room / count * index));
        }
        text.extend((0..count).map(|_| ' '));
        text.push(glyph.c);
        edges.push(glyph.area.left);
        column += count + if is_wide(glyph.c) { 2 } else { 1 };
        previous = Some(glyph);
        blank = false;
    }
    edges.push(previous.map_or(0, |glyph| glyph.area.right));
    (text, edges)
}

/// No gap is worth more blanks than this.
const MOST_BLANKS: i32 = 200;
