//! Rules that are a relation between cells: one function evaluates them over every row or column, names
//! every cell involved, looks for the one slip that explains all, and folds consequences under it.

use std::collections::BTreeSet;

use super::phrase;
use crate::finding::{Finding, Likely};
use crate::report::identity::{Assessment as Outcome, Identity, Relation, identities};
use crate::report::{CellRef, Figure, Report, Table, TableKind};
use crate::rule::{Assessment, Case, Rule, Unassessed};
use crate::text::Wording;

/// How many addends a message spells out.
const SPELLED: usize = 7;

/// The table a relation belongs to.
const fn table_of(relation: Relation) -> TableKind {
    match relation {
        Relation::Results => TableKind::Disputes,
        Relation::Balance | Relation::Outcomes | Relation::Applicants => TableKind::Requests,
    }
}

/// A relation that does not hold.
#[derive(Clone, Debug)]
struct Broken {
    identity: Identity,
    left: Figure,
    right: Figure,
}

impl Broken {
    /// The value of `cell` with which the relation would hold; a count, or nothing.
    fn mended(&self, cell: CellRef, table: &Table) -> Option<Figure> {
        let printed = table.figure(cell)?;
        let gap = self.left.checked_sub(self.right)?;
        let value = if self.identity.left.contains(&cell) {
            printed.checked_sub(gap)?
        } else if self.identity.right.contains(&cell) {
            printed.checked_add(gap)?
        } else {
            return None;
        };
        (value >= Figure::ZERO && value.fract().is_zero()).then(|| value.normalize())
    }

    /// The total of the relation: the cell a person would look at first.
    fn total(&self) -> CellRef {
        match self.identity.relation {
            Relation::Balance => self.identity.right[0],
            Relation::Outcomes | Relation::Applicants | Relation::Results => self.identity.left[0],
        }
    }
}

/// All relations of a table, sorted by what they come to.
struct Judged {
    broken: Vec<Broken>,
    holding: Vec<Identity>,
    open: Vec<(Relation, Vec<CellRef>)>,
}

/// Judges the relations of `table`. Nothing that rests on a doubt is judged, nor the sum of the outcomes where
/// the table has a row of its own with a figure in it.
fn judge(report: &Report, table: &Table) -> Judged {
    let doubted: BTreeSet<CellRef> = report
        .doubts
        .iter()
        .filter(|doubt| doubt.table == Some(table.kind))
        .flat_map(|doubt| doubt.cells.iter().copied())
        .collect();
    let own_row =
        table.extra.iter().any(|row| row.values.iter().any(|value| value.contains(|c| matches!(c, '1'..='9'))));
    let mut judged = Judged { broken: Vec::new(), holding: Vec::new(), open: Vec::new() };
    for identity in identities(table) {
        let relation = identity.relation;
        let in_doubt: Vec<CellRef> = identity.cells().filter(|cell| doubted.contains(cell)).collect();
        match identity.assess(table) {
            Outcome::NotAssessable(cells) => judged.open.push((relation, cells)),
            _ if !in_doubt.is_empty() => judged.open.push((relation, in_doubt)),
            Outcome::Holds => judged.holding.push(identity),
            Outcome::Broken { .. } if own_row && relation == Relation::Outcomes => {
                judged.open.push((relation, identity.left));
            }
            Outcome::Broken { left, right } => judged.broken.push(Broken { identity, left, right }),
        }
    }
    judged
}

/// The one cell and value that make every assessable relation of the table hold, if exactly one cell can.
fn likely_slip(judged: &Judged, table: &Table) -> Option<Likely> {
    let (first, others) = judged.broken.split_first()?;
    let mut found = first.identity.cells().filter_map(|cell| {
        let value = first.mended(cell, table)?;
        let explains = others.iter().all(|broken| broken.mended(cell, table) == Some(value));
        let disturbs = judged.holding.iter().any(|identity| identity.cells().any(|other| other == cell));
        (explains && !disturbs).then(|| Likely { cell, value: value.to_string() })
    });
    let only = found.next()?;
    found.next().is_none().then_some(only)
}

/// Evaluates `relation` over the table it belongs to: one finding for every row or column that is broken.
pub(super) fn assess(rule: &Rule, case: &Case<'_>, relation: Relation) -> Assessment {
    let kind = table_of(relation);
    let Some(table) = case.report.table(kind) else {
        let name = phrase::table(kind);
        return Assessment::not_assessable(Wording::new(
            format!("没有读到{}", name.zh),
            format!("{} was not read", name.en),
        ));
    };
    let judged = judge(case.report, table);
    let likely = likely_slip(&judged, table);
    let broken = judged.broken.iter().filter(|broken| broken.identity.relation == relation);
    let findings = broken.map(|broken| finding(rule, table, broken, likely.clone())).collect();
    Assessment { findings, unassessed: unassessed(&judged, relation) }
}

fn unassessed(judged: &Judged, relation: Relation) -> Vec<Unassessed> {
    let open: Vec<&Vec<CellRef>> =
        judged.open.iter().filter(|(other, _)| *other == relation).map(|(_, cells)| cells).collect();
    if open.is_empty() {
        return Vec::new();
    }
    let cells: BTreeSet<CellRef> = open.iter().copied().flatten().copied().collect();
    let why = Wording::new(
        format!("{} 个等式因单元格空白、缺失或不能确定而不作判断", open.len()),
        format!("{} equation(s) not judged: cells are blank, not printed or in doubt", open.len()),
    );
    vec![Unassessed { why, cells: cells.into_iter().collect() }]
}

fn finding(rule: &Rule, table: &Table, broken: &Broken, likely: Option<Likely>) -> Finding {
    let total = broken.total();
    let (expected, actual) = match broken.identity.relation {
        Relation::Balance => (broken.left, broken.right),
        _ => (broken.right, broken.left),
    };
    let mut cells: Vec<CellRef> = broken.identity.cells().collect();
    cells.sort_unstable();
    Finding {
        part: Some(table.kind.part()),
        table: Some(table.kind),
        cell: Some(total),
        cells,
        expected: Some(expected.to_string()),
        actual: Some(actual.to_string()),
        likely,
        at: table.cell(total).map(|cell| cell.source),
        ..Finding::new(rule.code, rule.severity, message(table, broken))
    }
}

fn message(table: &Table, broken: &Broken) -> Wording {
    let total = broken.total();
    let gap = (broken.left - broken.right).abs();
    let figure = |at: CellRef| table.figure(at).unwrap_or_default();
    let sum = |cells: &[CellRef], name: &dyn Fn(CellRef) -> String| {
        let counted: Vec<CellRef> = cells.iter().copied().filter(|&at| !figure(at).is_zero()).collect();
        let addends: Vec<String> = counted.iter().map(|&at| format!("{} {}", name(at), figure(at))).collect();
        if addends.is_empty() || addends.len() > SPELLED { None } else { Some(addends.join(" + ")) }
    };
    let right = broken.right;
    let left = broken.left;
    match broken.identity.relation {
        Relation::Balance => {
            let of = |cells: &[CellRef]| (figure(cells[0]), figure(cells[1]));
            let ((new, carried), (handled, on)) = (of(&broken.identity.left), of(&broken.identity.right));
            Wording::new(
                format!(
                    "{}列不平衡：一 {new} + 二 {carried} = {left}，三(七) {handled} + 四 {on} = {right}，差 {gap}",
                    phrase::column(total)
                ),
                format!(
                    "column “{}” does not balance: received {new} + carried in {carried} = {left}, \
                     handled {handled} + carried out {on} = {right}, off by {gap}",
                    phrase::column_en(total)
                ),
            )
        }
        Relation::Outcomes => Wording::new(
            format!(
                "{}列办理结果合计不符：{} = {right}，（七）总计 {left}，差 {gap}",
                phrase::column(total),
                sum(&broken.identity.right, &phrase::row_zh).unwrap_or_else(|| "（一）至（六）各项之和".to_owned()),
            ),
            format!(
                "column “{}”: outcomes do not add up: {} = {right}, total {left}, off by {gap}",
                phrase::column_en(total),
                sum(&broken.identity.right, &phrase::row_en).unwrap_or_else(|| "sum of all outcomes".to_owned()),
            ),
        ),
        Relation::Applicants => Wording::new(
            format!(
                "“{}”行总计不符：{} = {right}，总计 {left}，差 {gap}",
                phrase::row_zh(total),
                sum(&broken.identity.right, &|at| phrase::column(at).to_owned())
                    .unwrap_or_else(|| "六类申请人之和".to_owned()),
            ),
            format!(
                "row “{}”: applicants do not add up: {} = {right}, total {left}, off by {gap}",
                phrase::row_en(total),
                sum(&broken.identity.right, &phrase::column_en).unwrap_or_else(|| "sum of all applicants".to_owned()),
            ),
        ),
        Relation::Results => Wording::new(
            format!(
                "“{}”总计不符：{} = {right}，总计 {left}，差 {gap}",
                phrase::row_zh(total),
                sum(&broken.identity.right, &|at| phrase::column(at).to_owned())
                    .unwrap_or_else(|| "四种结果之和".to_owned()),
            ),
            format!(
                "“{}”: results do not add up: {} = {right}, total {left}, off by {gap}",
                phrase::row_en(total),
                sum(&broken.identity.right, &phrase::column_en).unwrap_or_else(|| "sum of all results".to_owned()),
            ),
        ),
    }
}

/// Folds consequences under their root cause: sets `under` of every broken relation that the same slip explains
/// as another one nearer to it. Indices are those of `findings`.
pub(crate) fn fold(report: &Report, findings: &mut [Finding]) {
    for kind in [TableKind::Requests, TableKind::Disputes] {
        let Some(table) = report.table(kind) else { continue };
        let judged = judge(report, table);
        let mut placed: Vec<(usize, &Broken)> = findings
            .iter()
            .enumerate()
            .filter_map(|(index, finding)| {
                let broken = judged.broken.iter().find(|broken| stands_for(finding, broken))?;
                Some((index, broken))
            })
            .collect();
        placed.sort_by_key(|(index, broken)| {
            (!is_nearest(&findings[*index]), distance(broken.identity.relation), *index)
        });
        let mut roots: Vec<(usize, &Broken)> = Vec::new();
        for (index, broken) in placed {
            let root = roots.iter().find(|(root, other)| {
                findings[*root].severity == findings[index].severity && have_one_cause(other, broken, table)
            });
            match root {
                Some((root, _)) => findings[index].under = Some(*root),
                None => roots.push((index, broken)),
            }
        }
    }
}

/// Whether `finding` is the one raised for `broken`.
fn stands_for(finding: &Finding, broken: &Broken) -> bool {
    finding.cell == Some(broken.total())
        && finding.cells.len() == broken.identity.cells().count()
        && broken.identity.cells().all(|cell| finding.cells.contains(&cell))
}

/// Whether the likely slip is the very total the finding is about.
fn is_nearest(finding: &Finding) -> bool {
    finding.likely.as_ref().is_some_and(|likely| Some(likely.cell) == finding.cell)
}

/// How far a relation usually is from the slip: a row before a column, the outcomes before the balance.
const fn distance(relation: Relation) -> u8 {
    match relation {
        Relation::Applicants | Relation::Results => 0,
        Relation::Outcomes => 1,
        Relation::Balance => 2,
    }
}

/// Whether one changed cell would mend both.
fn have_one_cause(a: &Broken, b: &Broken, table: &Table) -> bool {
    a.identity.cells().any(|cell| a.mended(cell, table).is_some_and(|value| b.mended(cell, table) == Some(value)))
}
