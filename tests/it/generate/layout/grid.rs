//! The tables as grids with merged cells, as a spreadsheet or a web page holds them.

use crate::generate::form::{APPLICANTS, OUTCOMES, RULE_NOTE};
use crate::generate::rng::Rng;
use crate::generate::tables::Tables;

/// How a place of the grid relates to a merged cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Merge {
    /// A cell of its own, or the first place of a merged one.
    Own,
    /// Covered by the cell to the left.
    Across,
    /// Covered by the cell above.
    Down,
}

/// A place of the grid.
#[derive(Clone, Debug)]
pub(crate) struct Slot {
    /// The text, also of the cell that covers it.
    pub(crate) text: String,
    pub(crate) merge: Merge,
    /// Whether it holds a figure.
    pub(crate) figure: bool,
}

/// A table as rows of places.
pub(crate) type Grid = Vec<Vec<Slot>>;

fn own(text: impl Into<String>) -> Slot {
    Slot { text: text.into(), merge: Merge::Own, figure: false }
}

fn covered(text: impl Into<String>, merge: Merge) -> Slot {
    Slot { text: text.into(), merge, figure: false }
}

fn figures(cells: &[String]) -> impl Iterator<Item = Slot> {
    cells.iter().map(|cell| Slot { text: cell.clone(), merge: Merge::Own, figure: true })
}

/// A cell that spans `width` columns.
fn wide(text: &str, width: usize) -> Vec<Slot> {
    let mut slots = vec![own(text)];
    slots.resize(width, covered(text, Merge::Across));
    slots
}

/// A cell of `width` columns that belongs to the cell above.
fn under(text: &str, width: usize) -> Vec<Slot> {
    vec![covered(text, Merge::Down); width]
}

/// Table two, four columns.
pub(crate) fn disclosure(tables: &Tables) -> Grid {
    let mut grid = Vec::new();
    for block in &tables.two {
        // With one column of figures, the cell spans the other two.
        let span = 3 / block.columns.len();
        let spread = |texts: Vec<Slot>| {
            texts.into_iter().flat_map(move |slot| {
                let mut slots = vec![slot.clone()];
                slots.resize(span, Slot { merge: Merge::Across, ..slot });
                slots
            })
        };
        grid.push(wide(&block.item, 4));
        grid.push([own("信息内容")].into_iter().chain(spread(block.columns.iter().map(own).collect())).collect());
        for (_, label, cells) in &block.rows {
            grid.push([own(label)].into_iter().chain(spread(figures(cells).collect())).collect());
        }
    }
    grid
}

/// Table three, ten columns.
pub(crate) fn requests(tables: &Tables, rng: &mut Rng) -> Grid {
    let organisations = APPLICANTS[1..6].iter().map(|&(_, label)| own(label));
    let mut grid = if rng.chance(50) {
        // 总计 beside 申请人情况, three rows high.
        vec![
            [wide(RULE_NOTE, 3), wide("申请人情况", 6), vec![own("总计")]].concat(),
            [under(RULE_NOTE, 3), vec![own("自然人")], wide("法人或其他组织", 5), under("总计", 1)].concat(),
            [under(RULE_NOTE, 3), under("自然人", 1), organisations.collect(), under("总计", 1)].concat(),
        ]
    } else {
        vec![
            [wide(RULE_NOTE, 3), wide("申请人情况", 7)].concat(),
            [under(RULE_NOTE, 3), vec![own("自然人")], wide("法人或其他组织", 5), vec![own("总计")]].concat(),
            [under(RULE_NOTE, 3), under("自然人", 1), organisations.collect(), under("总计", 1)].concat(),
        ]
    };
    for (index, row) in tables.three.iter().enumerate() {
        let above = index.checked_sub(1).map(|above| &tables.three[above]);
        let head = |text: &String, above: Option<&String>| {
            if above == Some(text) { covered(text, Merge::Down) } else { own(text) }
        };
        let mut slots = match (&row.results, &row.group) {
            (None, _) => wide(&row.label, 3),
            (Some(results), None) => {
                let mut slots = vec![head(results, above.and_then(|row| row.results.as_ref()))];
                slots.extend(wide(&row.label, 2));
                slots
            }
            (Some(results), Some(group)) => vec![
                head(results, above.and_then(|row| row.results.as_ref())),
                head(group, above.and_then(|row| row.group.as_ref())),
                own(&row.label),
            ],
        };
        slots.extend(figures(&row.cells));
        grid.push(slots);
    }
    grid
}

/// Table four, fifteen columns.
pub(crate) fn disputes(tables: &Tables, rng: &mut Rng) -> Grid {
    let inner = *rng.pick(&["", " "]);
    let labels = OUTCOMES.map(|(_, label)| {
        let (first, second) = label.split_at("结果".len());
        if label.chars().count() == 4 { format!("{first}{inner}{second}") } else { label.to_owned() }
    });
    let block = || labels.iter().map(own).collect::<Vec<_>>();
    let below = || labels.iter().map(|label| covered(label, Merge::Down)).collect::<Vec<_>>();
    vec![
        [wide("行政复议", 5), wide("行政诉讼", 10)].concat(),
        [block(), wide("未经复议直接起诉", 5), wide("复议后起诉", 5)].concat(),
        [below(), block(), block()].concat(),
        figures(&tables.four).collect(),
    ]
}
