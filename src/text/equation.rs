//! Identities in words and figures, as a person would check them with a pencil.

use crate::report::identity::{Assessment, Identity, Relation};
use crate::report::{CellRef, CellValue, Figure, Table};

use super::form;
use super::{Lang, Wording};

/// What an identity comes to, in words and figures: `一 3 + 二 1 = 4，三(七) 3 + 四 0 = 3，差 1`.
#[must_use]
pub fn equation(identity: &Identity, table: &Table, assessment: &Assessment) -> Wording {
    Wording::new(sentence(Lang::Zh, identity, table, assessment), sentence(Lang::En, identity, table, assessment))
}

fn sentence(lang: Lang, identity: &Identity, table: &Table, assessment: &Assessment) -> String {
    let (comma, colon) = match lang {
        Lang::Zh => ("，", "："),
        Lang::En => (", ", ": "),
    };
    let scope = scope(lang, identity).map_or_else(String::new, |scope| format!("{scope}{colon}"));
    let left = side(lang, identity.relation, &identity.left, table);
    let right = side(lang, identity.relation, &identity.right, table);
    let verdict = match assessment {
        Assessment::Holds => match lang {
            Lang::Zh => "相符".to_owned(),
            Lang::En => "agrees".to_owned(),
        },
        Assessment::Broken { left, right } => {
            let gap = (*left - *right).abs();
            match lang {
                Lang::Zh => format!("差 {gap}"),
                Lang::En => format!("off by {gap}"),
            }
        }
        Assessment::NotAssessable(_) => match lang {
            Lang::Zh => "不可判".to_owned(),
            Lang::En => "not assessable".to_owned(),
        },
    };
    format!("{scope}{left}{comma}{right}{comma}{verdict}")
}

/// What all cells of the identity have in common: the column, or the row.
fn scope(lang: Lang, identity: &Identity) -> Option<String> {
    let at = identity.left.first()?;
    let (words, zh, en) = match identity.relation {
        Relation::Balance | Relation::Outcomes => (form::column(at.table, at.column as usize), "列", "column"),
        Relation::Applicants | Relation::Results => (form::row_short(at.table, at.row as usize), "行", "row"),
    };
    Some(match lang {
        Lang::Zh => format!("{}{zh}", words.zh),
        Lang::En => format!("{en} {}", words.en),
    })
}

/// One side: its terms and, where there are several, their sum. Zeros among many terms are left out,
/// for a person adds up what is there.
fn side(lang: Lang, relation: Relation, cells: &[CellRef], table: &Table) -> String {
    let all_named = cells.len() <= 2;
    let mut rest = false;
    let mut terms = Vec::new();
    let mut sum = Some(Figure::ZERO);
    for &at in cells {
        let value = table.cell(at).map(|cell| cell.value);
        let figure = value.and_then(CellValue::number);
        match figure {
            Some(figure) => sum = sum.and_then(|sum| sum.checked_add(figure)),
            None if matches!(value, Some(CellValue::Blank | CellValue::NotApplicable)) => {}
            None => sum = None,
        }
        if !all_named && figure == Some(Figure::ZERO) {
            rest = true;
        } else {
            terms.push(format!("{} {}", name(lang, relation, at), shown(value)));
        }
    }
    let sum = sum.map_or_else(|| "？".to_owned(), |sum| sum.normalize().to_string());
    if rest {
        terms.push(match (lang, terms.is_empty()) {
            (Lang::Zh, false) => "其余 0".to_owned(),
            (Lang::Zh, true) => "各项均为 0".to_owned(),
            (Lang::En, false) => "the rest 0".to_owned(),
            (Lang::En, true) => "all addends 0".to_owned(),
        });
    }
    if terms.len() == 1 { terms.remove(0) } else { format!("{} = {sum}", terms.join(" + ")) }
}

fn name(lang: Lang, relation: Relation, at: CellRef) -> String {
    let words = match relation {
        Relation::Balance | Relation::Outcomes => form::row_short(at.table, at.row as usize),
        Relation::Applicants | Relation::Results => form::column(at.table, at.column as usize),
    };
    words.get(lang).to_owned()
}

/// The value as an equation shows it.
fn shown(value: Option<CellValue>) -> String {
    match value {
        Some(CellValue::Number(figure)) => figure.to_string(),
        Some(CellValue::Blank) => "␣".to_owned(),
        Some(CellValue::NotApplicable) => "／".to_owned(),
        Some(CellValue::Unreadable) => "？".to_owned(),
        None => "·".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::identity::identities;
    use crate::report::{Cell, Edition, Source, TableKind};

    /// A table that prints every cell of the form: `raw` says what is not 0.
    fn table(kind: TableKind, raw: &[(usize, usize, &str)]) -> Table {
        let source = Source { line: 1, column: 1, end_line: 1, end_column: 2 };
        let mut cells = vec![None; kind.form().rows.len() * kind.form().columns.len()];
        for at in kind.cells() {
            let printed = raw.iter().find(|(row, column, _)| (*row, *column) == (at.row as usize, at.column as usize));
            let raw = printed.map_or("0", |(_, _, raw)| *raw);
            let value = match raw {
                "" => CellValue::Blank,
                raw => raw.parse().map_or(CellValue::Unreadable, CellValue::Number),
            };
            cells[at.index()] = Some(Cell { raw: raw.to_owned(), value, unit: None, source });
        }
        Table { kind, cells, rows: Vec::new(), extra: Vec::new(), edition: Edition::Form2021, trial: None, source }
    }

    fn first(table: &Table, relation: Relation) -> Wording {
        let identity = identities(table).into_iter().find(|identity| identity.relation == relation);
        let identity = identity.expect("every table has it");
        equation(&identity, table, &identity.assess(table))
    }

    #[test]
    fn a_balance_names_all_four_terms() {
        let table = table(TableKind::Requests, &[(0, 0, "3"), (1, 0, "1"), (27, 0, "3")]);
        let words = first(&table, Relation::Balance);
        assert_eq!(words.zh, "自然人列：一 3 + 二 1 = 4，三(七) 3 + 四 0 = 3，差 1");
        assert_eq!(
            words.en,
            "column Natural person: new 3 + carried in 1 = 4, handled 3 + carried out 0 = 3, off by 1"
        );
    }

    #[test]
    fn zeros_among_many_terms_are_summed_up() {
        let table = table(TableKind::Requests, &[(2, 0, "2"), (14, 0, "1"), (27, 0, "4")]);
        assert_eq!(
            first(&table, Relation::Outcomes).zh,
            "自然人列：三(七) 4，三(一) 2 + 三(四)1项 1 + 其余 0 = 3，差 1"
        );
    }

    #[test]
    fn what_is_no_figure_is_shown_as_such() {
        let blank = table(TableKind::Disputes, &[(0, 4, "1"), (0, 1, "")]);
        assert_eq!(first(&blank, Relation::Results).zh, "行政复议行：总计 1，结果纠正 ␣ + 其余 0 = 0，不可判");
        let unreadable = table(TableKind::Disputes, &[(0, 1, "O")]);
        assert_eq!(first(&unreadable, Relation::Results).zh, "行政复议行：总计 0，结果纠正 ？ + 其余 0 = ？，不可判");
    }

    #[test]
    fn nothing_but_zeros_agrees() {
        let table = table(TableKind::Disputes, &[]);
        assert_eq!(first(&table, Relation::Results).zh, "行政复议行：总计 0，各项均为 0，相符");
    }
}
