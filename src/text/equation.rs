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
