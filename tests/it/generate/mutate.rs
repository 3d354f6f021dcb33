//! One thing wrong, or at least unusual, in the tables.

use super::form::{DISCLOSURE, GROUPS};
use super::rng::Rng;
use super::tables::{Expect, Expected, Key, Row, Tables};

/// What is done to the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mutation {
    /// Nothing.
    Nothing,
    /// A cell is left blank.
    Blank,
    /// A mark for "does not apply" stands in a cell.
    Mark,
    /// A row is not printed.
    DeleteRow,
    /// A row the form does not have.
    ExtraRow,
    /// A row's label is worded otherwise or cut short.
    RenameRow,
    /// A group is printed as one row, its children are not.
    CollapseGroup,
    /// A unit stands behind the figure.
    Unit,
    /// Every cell of 规章 is a mark: the agency makes none.
    MarkedRow,
    /// The columns of applicants that never asked are blank throughout table three.
    BlankColumns,
    /// A figure of table three or four is another.
    ChangeFigure,
}

/// What was done.
#[derive(Clone, Debug)]
pub(crate) struct Mutated {
    /// For people.
    pub(crate) what: String,
    /// The cells concerned.
    pub(crate) cells: Vec<Key>,
    /// What must be read now.
    pub(crate) expected: Expected,
}

/// Labels as tools and hurried hands print them.
const RENAMED: [(&str, &str); 17] = [
    ("normative_documents", "规范性文件"),
    ("new_received", "一、本年新收申请数量"),
    ("carried_in", "二、上年结转申请数量"),
    ("partially_granted", "（二）部分公开"),
    ("denied.state_secret", "1.国家秘密"),
    ("denied.prohibited_by_law", "2.其他法律行政止公开"),
    ("denied.three_securities_one_stability", "3.危及三安全一稳定"),
    ("denied.enforcement_files", "7.属于行政执法案"),
    ("unavailable.not_held", "1.本机关不掌握相关信息"),
    ("unavailable.requires_creation", "2.没有现成信息需另行制作"),
    ("not_processed.duplicate", "2.重复提出的申请"),
    ("not_processed.excessive", "4.无正当理由反复申请"),
    ("other.not_corrected_in_time", "1.逾期不补正"),
    ("other.fee_not_paid_in_time", "2.逾期不缴费"),
    ("other.other", "3.其他情形"),
    ("total", "（七）合计"),
    ("carried_out", "四、结转下年度办理"),
];

/// Changes the tables of a flawless report.
///
/// Where text is glued, the mark 无 would become a word of the label that follows it, so it is not used.
pub(crate) fn apply(mutation: Mutation, glued: bool, tables: &mut Tables, rng: &mut Rng) -> Mutated {
    let marks = if glued { &["/", "/", "—", "-"][..] } else { &["/", "/", "—", "-", "无"][..] };
    match mutation {
        Mutation::Nothing => done(tables, "nothing".to_owned(), Vec::new()),
        Mutation::Blank => set_cell(tables, rng, ""),
        Mutation::Mark => {
            let mark = marks[rng.below(marks.len())];
            set_cell(tables, rng, mark)
        }
        Mutation::DeleteRow => delete_row(tables, rng),
        Mutation::ExtraRow => extra_row(tables, rng),
        Mutation::RenameRow => {
            let (id, label) = *rng.pick(&RENAMED);
            let three = tables.three.iter_mut().filter(|row| row.id == Some(id)).map(|row| &mut row.label);
            let two = tables.two.iter_mut().flat_map(|block| &mut block.rows);
            let mut named = three.chain(two.filter(|row| row.0 == id).map(|row| &mut row.1));
            label.clone_into(named.next().unwrap());
            done(tables, format!("{id} is called {label}"), Vec::new())
        }
        Mutation::CollapseGroup => collapse(tables, rng.below(GROUPS.len())),
        Mutation::Unit => {
            let (key, value) = pick_cell(tables, rng, |_| true);
            let unit = if key.2 == "amount" { "万元" } else { "件" };
            *cell(tables, key) = format!("{value}{unit}");
            tables.dressed = true;
            let mut mutated = done(tables, format!("{key:?} is printed as {value}{unit}"), vec![key]);
            mutated.expected.insert(key, Expect::Number(value));
            mutated
        }
        Mutation::MarkedRow => {
            let mark = marks[rng.below(marks.len())];
            tables.two[0].rows[0].2 = vec![mark.to_owned(); 3];
            done(tables, format!("government_rules are {mark}"), Vec::new())
        }
        Mutation::BlankColumns => {
            for column in 0..6 {
                if tables.three.iter().all(|row| row.cells[column] == "0") {
                    for row in &mut tables.three {
                        row.cells[column].clear();
                    }
                }
            }
            done(tables, "columns without figures are blank".to_owned(), Vec::new())
        }
        Mutation::ChangeFigure => {
            let (key, value) = pick_cell(tables, rng, |key| key.0 != DISCLOSURE_TABLE);
            let number: usize = value.parse().unwrap();
            let other = match rng.below(4) {
                0 => number + 1,
                1 if number > 0 => number - 1,
                2 if number > 0 => number * 10,
                _ => number + 1 + rng.below(number + 9),
            };
            *cell(tables, key) = other.to_string();
            done(tables, format!("{key:?} is {other}, not {value}"), vec![key])
        }
    }
}

const DISCLOSURE_TABLE: &str = super::form::TWO;

fn done(tables: &Tables, what: String, cells: Vec<Key>) -> Mutated {
    Mutated { what, cells, expected: tables.expected() }
}

fn pick_cell(tables: &mut Tables, rng: &mut Rng, eligible: fn(Key) -> bool) -> (Key, String) {
    let cells: Vec<(Key, String)> = tables
        .cells_mut()
        .into_iter()
        .filter(|(key, _)| eligible(*key))
        .map(|(key, value)| (key, value.clone()))
        .collect();
    rng.pick(&cells).clone()
}

fn cell(tables: &mut Tables, key: Key) -> &mut String {
    tables.cells_mut().into_iter().find(|(at, _)| *at == key).unwrap().1
}

fn set_cell(tables: &mut Tables, rng: &mut Rng, text: &str) -> Mutated {
    let (key, value) = pick_cell(tables, rng, |_| true);
    text.clone_into(cell(tables, key));
    done(tables, format!("{key:?} is {text:?}, not {value}"), vec![key])
}

fn delete_row(tables: &mut Tables, rng: &mut Rng) -> Mutated {
    let before = tables.expected();
    let which = rng.below(31);
    let id = if which < 25 {
        tables.three.remove(which).id.unwrap()
    } else {
        let positions: Vec<(usize, usize)> =
            DISCLOSURE.iter().enumerate().flat_map(|(b, block)| (0..block.rows.len()).map(move |r| (b, r))).collect();
        let (block, row) = positions[which - 25];
        tables.two[block].rows.remove(row).0
    };
    let gone = before.iter().filter(|(key, expect)| key.1 == id && **expect != Expect::Absent).map(|(key, _)| *key);
    let gone: Vec<Key> = gone.filter(|key| tables.expected()[key] == Expect::Absent).collect();
    done(tables, format!("row {id} is gone"), gone)
}

fn extra_row(tables: &mut Tables, rng: &mut Rng) -> Mutated {
    let (after, label) = *rng.pick(&[
        ("denied.administrative_inquiry", "9.属于工作秘密"),
        ("denied.administrative_inquiry", "9.其他情形"),
        ("unavailable.still_unclear", "4.其他无法提供的情形"),
        ("other.other", "4.申请人主动撤回"),
    ]);
    let at = tables.three.iter().position(|row| row.id == Some(after)).unwrap();
    let first = rng.below(3);
    let mut cells = vec!["0".to_owned(); 7];
    cells[0] = first.to_string();
    cells[6] = first.to_string();
    let neighbour = &tables.three[at];
    let row = Row {
        id: None,
        results: neighbour.results.clone(),
        group: neighbour.group.clone(),
        label: label.to_owned(),
        cells,
    };
    tables.three.insert(at + 1, row);
    done(tables, format!("extra row {label} after {after}"), Vec::new())
}

fn collapse(tables: &mut Tables, group: usize) -> Mutated {
    let (id, label) = GROUPS[group];
    let is_child = |row: &Row| row.group.as_deref() == Some(label);
    let first = tables.three.iter().position(is_child).unwrap();
    let children: Vec<Row> = tables.three.iter().filter(|row| is_child(row)).cloned().collect();
    tables.three.retain(|row| !is_child(row));
    let sum = |column: usize| children.iter().map(|row| row.cells[column].parse::<usize>().unwrap()).sum::<usize>();
    let row = Row {
        id: Some(id),
        results: children[0].results.clone(),
        group: None,
        label: label.to_owned(),
        cells: (0..7).map(|column| sum(column).to_string()).collect(),
    };
    tables.three.insert(first, row);
    done(tables, format!("{label} collapsed"), Vec::new())
}
