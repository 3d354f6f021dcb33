//! The cells that rulings make.

use super::super::glyph::Glyph;
use super::super::ruling::{Axis, Ruling, SAME, joined};
use crate::document::Rect;

/// The cells of a table, before anything is written in them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::document::page) struct Lattice {
    /// Where columns begin, and where the last ends.
    xs: Vec<i32>,
    /// Where rows begin, and where the last ends.
    ys: Vec<i32>,
    /// The cells; no two overlap.
    pub(super) cells: Vec<Frame>,
    /// For each unit cell, row after row, the cell it is part of.
    units: Vec<usize>,
    /// How many cells something is written in.
    pub(super) written: usize,
}

/// A cell's place in a lattice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Frame {
    pub(super) row: u16,
    pub(super) column: u16,
    pub(super) row_span: u16,
    pub(super) column_span: u16,
    pub(super) area: Rect,
}

/// A ruling that ends this near to another touches it.
const TOUCH: i32 = 350;

/// Columns and rows are no narrower than this; lines nearer to each other are one.
const NARROWEST: i32 = 550;

/// A table whose horizontal rulings reach so far beyond the outermost vertical one lacks its border there.
const BEYOND: i32 = 900;

/// Share of the side of a unit cell that a ruling must cover to be its border, in percent.
const COVER: i64 = 60;

/// More rulings than this are a drawing.
const MOST_RULINGS: usize = 3_000;

/// More rows or columns than this no table of a report has.
const MOST: usize = 400;

/// The lattices that the rulings of a page make, from top to bottom.
pub(in crate::document::page) fn lattices(rulings: &[Ruling]) -> Vec<Lattice> {
    let mut lines = joined(rulings, Axis::Horizontal);
    lines.extend(joined(rulings, Axis::Vertical));
    if lines.len() > MOST_RULINGS {
        return Vec::new();
    }
    let mut lattices: Vec<Lattice> = connected(&lines).iter().filter_map(|group| Lattice::of(group)).collect();
    lattices.sort_by_key(|lattice| (lattice.ys[0], lattice.xs[0]));
    lattices
}

/// Groups of rulings that touch each other.
fn connected(lines: &[Ruling]) -> Vec<Vec<Ruling>> {
    let mut sets = Sets::new(lines.len());
    for (index, line) in lines.iter().enumerate() {
        for (other_index, other) in lines.iter().enumerate().skip(index + 1) {
            let reach = |a: &Ruling, b: &Ruling| a.from - TOUCH <= b.at && b.at <= a.to + TOUCH;
            if line.axis != other.axis && reach(line, other) && reach(other, line) {
                sets.unite(index, other_index);
            }
        }
    }
    let mut groups: Vec<Vec<Ruling>> = vec![Vec::new(); lines.len()];
    for (index, line) in lines.iter().enumerate() {
        groups[sets.root(index)].push(*line);
    }
    groups.retain(|group| !group.is_empty());
    groups
}

impl Lattice {
    /// The lattice of rulings that touch each other; `None` if they enclose nothing.
    fn of(lines: &[Ruling]) -> Option<Self> {
        let (mut across, mut down): (Vec<Ruling>, Vec<Ruling>) =
            lines.iter().partition(|line| line.axis == Axis::Horizontal);
        let missing = [borders(&across, &down), borders(&down, &across)];
        down.extend(&missing[0]);
        across.extend(&missing[1]);
        let (xs, ys) = (places(&down), places(&across));
        if xs.len() < 2 || ys.len() < 2 || xs.len() > MOST || ys.len() > MOST {
            return None;
        }
        let (columns, rows) = (xs.len() - 1, ys.len() - 1);
        let mut sets = Sets::new(columns * rows);
        for row in 0..rows {
            for column in 0..columns {
                let unit = row * columns + column;
                if column + 1 < columns && !is_ruled(&down, xs[column + 1], ys[row], ys[row + 1]) {
                    sets.unite(unit, unit + 1);
                }
                if row + 1 < rows && !is_ruled(&across, ys[row + 1], xs[column], xs[column + 1]) {
                    sets.unite(unit, unit + columns);
                }
            }
        }
        let (cells, units) = frames(&mut sets, &xs, &ys);
        Some(Self { xs, ys, cells, units, written: 0 })
    }

    /// The box it takes.
    pub(in crate::document::page) fn area(&self) -> Rect {
        let end = |places: &[i32]| places.last().copied().unwrap_or_default();
        Rect { left: self.xs[0], top: self.ys[0], right: end(&self.xs), bottom: end(&self.ys) }
    }

    /// The boxes of its cells.
    pub(in crate::document::page) fn frames(&self) -> impl Iterator<Item = Rect> {
        self.cells.iter().map(|cell| cell.area)
    }

    /// How many rows it has.
    pub(super) const fn rows(&self) -> usize {
        self.ys.len() - 1
    }

    /// How many columns it has.
    pub(super) const fn columns(&self) -> usize {
        self.xs.len() - 1
    }

    /// The cell that holds the point.
    pub(super) fn cell_at(&self, (x, y): (i32, i32)) -> usize {
        let index = |places: &[i32], at: i32| {
            places.partition_point(|&place| place <= at).saturating_sub(1).min(places.len() - 2)
        };
        self.units[index(&self.ys, y) * self.columns() + index(&self.xs, x)]
    }

    /// Counts the cells that something is written in.
    pub(super) fn count(&mut self, glyphs: &[Glyph]) {
        let mut written = vec![false; self.cells.len()];
        for glyph in glyphs.iter().filter(|glyph| !glyph.is_blank() && !glyph.hidden) {
            if self.area().holds(glyph.middle()) {
                written[self.cell_at(glyph.middle())] = true;
            }
        }
        self.written = written.into_iter().filter(|&written| written).count();
    }
}

/// Borders that `across` lacks at its ends: where several of these lines reach beyond the outermost of `down`.
fn borders(across: &[Ruling], down: &[Ruling]) -> Vec<Ruling> {
    let Some(axis) = down.first().map(|line| line.axis) else { return Vec::new() };
    let mut missing = Vec::new();
    let border = |at: i32, lines: &[&Ruling]| {
        let places = || lines.iter().map(|line| line.at);
        (lines.len() > 1).then(|| places().min().zip(places().max())).flatten().map(|(from, to)| Ruling {
            axis,
            at,
            from,
            to,
        })
    };
    if let Some((first, begin)) = down.iter().map(|line| line.at).min().zip(across.iter().map(|line| line.from).min())
        && begin < first - BEYOND
    {
        let reaching: Vec<&Ruling> = across.iter().filter(|line| line.from <= begin + NARROWEST).collect();
        missing.extend(border(begin, &reaching));
    }
    if let Some((last, end)) = down.iter().map(|line| line.at).max().zip(across.iter().map(|line| line.to).max())
        && end > last + BEYOND
    {
        let reaching: Vec<&Ruling> = across.iter().filter(|line| line.to >= end - NARROWEST).collect();
        missing.extend(border(end, &reaching));
    }
    missing
}

/// The places of lines, those of neighbours put together.
fn places(lines: &[Ruling]) -> Vec<i32> {
    let mut lines: Vec<(i32, i32)> = lines.iter().map(|line| (line.at, line.length())).collect();
    lines.sort_unstable();
    let mut places: Vec<(i32, i32)> = Vec::new();
    for (at, length) in lines {
        match places.last_mut() {
            Some((place, longest)) if at - *place < NARROWEST => {
                if length > *longest {
                    (*place, *longest) = (at, length);
                }
            }
            _ => places.push((at, length)),
        }
    }
    places.into_iter().map(|(place, _)| place).collect()
}

/// Whether lines at `place` cover most of the stretch.
fn is_ruled(lines: &[Ruling], place: i32, from: i32, to: i32) -> bool {
    let near = lines.iter().filter(|line| (line.at - place).abs() <= NARROWEST.max(SAME));
    let mut parts: Vec<(i32, i32)> = near.map(|line| (line.from.max(from), line.to.min(to))).collect();
    parts.retain(|(from, to)| from < to);
    parts.sort_unstable();
    let (mut covered, mut end) = (0_i64, from);
    for (begin, until) in parts {
        covered += i64::from((until - begin.max(end)).max(0));
        end = end.max(until);
    }
    covered * 100 >= i64::from(to - from) * COVER
}

/// The cells that united unit cells make, and for each unit its cell. A shape that is no rectangle, because a
/// piece of a ruling is missing, is cut into rectangles.
fn frames(sets: &mut Sets, xs: &[i32], ys: &[i32]) -> (Vec<Frame>, Vec<usize>) {
    let (columns, rows) = (xs.len() - 1, ys.len() - 1);
    let roots: Vec<usize> = (0..columns * rows).map(|unit| sets.root(unit)).collect();
    let mut units = vec![usize::MAX; columns * rows];
    let mut cells = Vec::new();
    for row in 0..rows {
        for column in 0..columns {
            let first = row * columns + column;
            if units[first] != usize::MAX {
                continue;
            }
            let free = |units: &[usize], unit: usize| units[unit] == usize::MAX && roots[unit] == roots[first];
            let right = (column..columns).take_while(|&x| free(&units, row * columns + x)).last().unwrap_or(column);
            let bottom = (row..rows)
                .take_while(|&y| (column..=right).all(|x| free(&units, y * columns + x)))
                .last()
                .unwrap_or(row);
            for y in row..=bottom {
                units[y * columns + column..=y * columns + right].fill(cells.len());
            }
            let small = |number: usize| u16::try_from(number).unwrap_or(u16::MAX);
            cells.push(Frame {
                row: small(row),
                column: small(column),
                row_span: small(bottom - row + 1),
                column_span: small(right - column + 1),
                area: Rect { left: xs[column], top: ys[row], right: xs[right + 1], bottom: ys[bottom + 1] },
            });
        }
    }
    (cells, units)
}

/// Disjoint sets.
struct Sets(Vec<usize>);

impl Sets {
    fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    fn root(&mut self, mut index: usize) -> usize {
        while self.0[index] != index {
            self.0[index] = self.0[self.0[index]];
            index = self.0[index];
        }
        index
    }

    fn unite(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
    }
}
