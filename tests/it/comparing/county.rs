//! A county of 60 members with its roll-up, and an inbox in which some have copied.

use std::collections::{BTreeMap, BTreeSet};

use nianshen::finding::Finding;
use nianshen::roster::Roster;
use nianshen::rule::Whom;
use rust_decimal::Decimal;

use super::{File, Inbox, read, unit};
use crate::generate::figures::{Figures, Size};
use crate::generate::layout::Layout;
use crate::generate::{Draft, Recipe};

const MEMBERS: usize = 60;

/// What `figures` come to together, every cell.
fn sum(figures: &[Figures]) -> Figures {
    let mut whole = figures[0].clone();
    for other in &figures[1..] {
        let add = |a: &mut [usize], b: &[usize]| a.iter_mut().zip(b).for_each(|(a, b)| *a += b);
        whole.stock.iter_mut().zip(&other.stock).for_each(|(a, b)| add(a, b));
        add(&mut whole.decisions, &other.decisions);
        whole.requests.iter_mut().zip(&other.requests).for_each(|(a, b)| add(a, b));
        whole.disputes.iter_mut().zip(&other.disputes).for_each(|(a, b)| add(a, b));
    }
    let fees: Decimal = figures.iter().map(|figures| figures.fees.parse::<Decimal>().unwrap()).sum();
    whole.fees = fees.to_string();
    // Rules are the government's own.
    whole.stock[0] = [0; 3];
    whole
}

/// The drafts of the county's own report, the first, and of its members.
fn drafts() -> Vec<Draft> {
    let fields = ["财政", "民政", "水务", "司法", "统计", "审计", "商务", "林业", "粮食", "档案"];
    let ends = ["局", "服务中心", "事务局", "监测站", "执法大队", "管理处"];
    let mut drafts: Vec<Draft> = Vec::new();
    for index in 0..=MEMBERS {
        let recipe = Recipe { size: Some(Size::Sparse), ..Recipe::new(Layout::RowPerLine, 91_000 + index as u64) };
        let mut draft = recipe.draft();
        draft.year = 2024;
        draft.agency.name = match index {
            0 => "青溪县人民政府".to_owned(),
            1 => "青溪县人民政府办公室".to_owned(),
            _ => format!("青溪县{}{}", fields[index % 10], ends[index / 10 % 6]),
        };
        draft.figures.stock[0] = [0; 3];
        drafts.push(draft);
    }
    let members: Vec<Figures> = drafts[1..].iter().map(|draft| draft.figures.clone()).collect();
    drafts[0].figures = sum(&members);
    drafts
}

fn inbox(drafts: &mut [Draft]) -> Inbox {
    drafts.iter_mut().for_each(Draft::retell);
    let units = drafts.iter().enumerate().map(|(index, draft)| unit(&draft.agency.name, (index > 0).then_some(0)));
    let roster = Roster { units: units.collect(), ..Roster::default() };
    let names: BTreeSet<&str> = drafts.iter().map(|draft| draft.agency.name.as_str()).collect();
    assert_eq!(names.len(), MEMBERS + 1);
    let files = drafts.iter().enumerate().map(|(index, draft)| {
        let mut digest = read(&draft.text());
        digest.passages.clear();
        File { unit: Some(index), ..File::new(&format!("{index:02}.txt"), digest) }
    });
    Inbox { files: files.collect(), roster: Some(roster) }
}

#[test]
fn one_wrong_cell_of_a_county_is_named_with_its_members() {
    let mut drafts = drafts();
    let faultless = inbox(&mut drafts);
    assert_eq!(faultless.codes(), [""; 0]);
    assert_eq!(faultless.files[0].digest.year, Some(2024));

    let received = drafts[0].figures.requests[0][0];
    drafts[0].figures.requests[0][0] += 1;
    let wrong = inbox(&mut drafts);
    assert_eq!(wrong.codes(), ["SUM001"]);
    let finding = &wrong.findings(0)[0];
    let cells: Vec<_> = finding.cells.iter().map(|at| (at.row_id(), at.column_id())).collect();
    assert_eq!(cells, [("new_received", "natural_person")]);
    assert_eq!(finding.expected.as_deref(), Some(received.to_string().as_str()));
    assert!(finding.message.zh.contains("60 个成员单位"), "{}", finding.message.zh);
    let evidence = finding.evidence.as_deref().unwrap();
    for draft in &drafts[1..] {
        let share = draft.figures.requests[0][0];
        let name = draft.agency.name.trim_start_matches("青溪县");
        assert_eq!(evidence.contains(&format!("{name} {share}")), share > 0, "{name} {share}: {evidence}");
    }

    // A member's cell, with its own total: the county's figures no longer are the sum in both.
    drafts[0].figures.requests[0][0] -= 1;
    for column in [1, 6] {
        drafts[17].figures.requests[0][column] += 4;
    }
    let finding = &inbox(&mut drafts).findings(0)[0];
    let cells: Vec<_> = finding.cells.iter().map(|at| (at.row_id(), at.column_id())).collect();
    assert_eq!(cells, [("new_received", "enterprise"), ("new_received", "total")]);
}

#[test]
fn who_copied_is_named_and_nobody_else() {
    let mut drafts = drafts();
    // Three have the text of the fifth, two that of the eighth, with names and figures of their own.
    let copies = [(5, vec![11, 23, 37]), (8, vec![40, 41])];
    for (origin, copied) in &copies {
        for &index in copied {
            let (own, of) = (drafts[index].agency.name.clone(), drafts[*origin].agency.name.clone());
            let mut prose = drafts[*origin].prose.clone();
            let figures = [("1", "4"), ("2", "5")];
            for text in prose.parts.iter_mut().flatten() {
                *text = figures.iter().fold(text.replace(&of, &own), |text, (from, to)| {
                    text.replace(&format!("{from}条"), &format!("{to}条"))
                });
            }
            drafts[index].prose = prose;
        }
    }
    let mut files: Vec<File> =
        drafts.iter().map(|draft| File::new(&format!("{}.txt", draft.agency.name), read(&draft.text()))).collect();
    let expected: BTreeSet<String> = copies
        .iter()
        .flat_map(|(origin, copied)| copied.iter().chain([origin]))
        .map(|&index| format!("{}.txt", drafts[index].agency.name))
        .collect();
    let found = |files: &[File]| -> BTreeMap<String, Finding> {
        let raised = Inbox::of(files.to_vec()).raised().into_iter();
        let shared = raised.filter(|raised| raised.finding.rule == "DUP001");
        shared
            .filter_map(|raised| match raised.whom {
                Whom::Member(index) => Some((files[index].path.clone(), raised.finding)),
                Whom::Unit(_) => None,
            })
            .collect()
    };
    let forwards = found(&files);
    assert_eq!(forwards.keys().cloned().collect::<BTreeSet<_>>(), expected);
    files.reverse();
    assert_eq!(found(&files), forwards, "the order of arrival makes no difference");
}
