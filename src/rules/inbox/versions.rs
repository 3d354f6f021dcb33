//! INB003, INB005, INB006: several versions of one report, and what became of a return for correction.

use std::collections::BTreeSet;

use crate::finding::{Finding, Severity, Verdict};
use crate::report::changes::{CellChange, Changes, changes};
use crate::report::form::requests;
use crate::report::{CellRef, CellValue, Digest, TableKind};
use crate::rule::{Campaign, Check, Manual, Member, Raised, Rule, Scope, Whom};
use crate::rules::phrase::{self, list_en, list_zh};
use crate::text::{Wording, words};

pub(in crate::rules) static RULES: &[Rule] = &[
    Rule {
        code: "INB003",
        name: "several-versions",
        severity: Severity::Note,
        scope: Scope::Inbox,
        title: words("同一机关报送了几份", "several versions of one report"),
        manual: Manual {
            basis: words(
                "条例第四十九条：一个机关一个年度一份报告",
                "Regulations art. 49: one report of an agency for a year",
            ),
            condition: words(
                "同一机关同一年度收到不止一份可读的报告：以最新的为准，列出与上一份不同的单元格；完全相同的指明相同",
                "more than one readable report of one agency for one year: the newest counts, the cells that differ from \
                 the one before are listed; identical files are said to be identical",
            ),
            example: "“医保局.docx”和“医保局（改）.docx”：表三“本年新收”行“总计”列 3→4",
            remedy: words(
                "核对哪一份是定稿，其余移出收件目录",
                "make sure which is final and take the others out of the inbox",
            ),
            exempt: "盖章扫描件等无法识别的文件与可编辑的文本并存时，扫描件不算新版本。",
        },
        check: Check::Campaign(several_versions),
    },
    Rule {
        code: "INB005",
        name: "unasked-change",
        severity: Severity::Warning,
        scope: Scope::Inbox,
        title: words("改动了没有要求改的数字", "figures changed that nobody asked to change"),
        manual: Manual {
            basis: words(
                "条例第五十条：报告应当真实准确；退回整改只针对列出的问题",
                "Regulations art. 50: a report must be true; a return for correction is about the findings listed",
            ),
            condition: words(
                "后一份的单元格与前一份不同，而前一份的问题没有涉及它，也不是改正别的单元格所必需的",
                "a cell differs from the version before, no finding of that version was about it, and no correction of \
                 another cell made the change necessary",
            ),
            example: "只退回改表三“予以公开”行，重报时“行政处罚”从 12 变成 21",
            remedy: words(
                "请报送单位说明改动的依据，或恢复原数",
                "ask the agency what the change rests on, or to restore the figure",
            ),
            exempt: "为配平同一行、同一列合计而连带改动的数字；无法辨认的单元格；前一份没有印出的表和行。",
        },
        check: Check::Campaign(unasked_change),
    },
    Rule {
        code: "INB006",
        name: "correction-overdue",
        severity: Severity::Warning,
        scope: Scope::Inbox,
        title: words("退回后逾期未重报", "not submitted again in time"),
        manual: Manual {
            basis: words("条例第四十七条：督促整改", "Regulations art. 47: the supervisor urges correction"),
            condition: words(
                "退回整改时定了期限，期限已过，没有收到新的可读的报告",
                "it was returned for correction by a set day, that day has passed, and no newer readable report has come",
            ),
            example: "1月22日退回、1月26日前重报，到1月27日没有收到",
            remedy: words("催报；确有困难的另定期限", "remind the agency, or set another day"),
            exempt: "没有定期限的退回；期限当天；已经收到新的一份的，不论早晚。",
        },
        check: Check::Campaign(correction_overdue),
    },
];

/// The versions of each report of this year that could be read, oldest first, with their indices. The last counts.
fn versions<'c, 'a>(campaign: &'c Campaign<'a>) -> impl Iterator<Item = Vec<(usize, &'c Member<'a>)>> {
    let groups = campaign.versions().into_iter();
    groups.map(move |(counts, versions)| {
        let readable = |index: usize| {
            let member = campaign.members.get(index).filter(|member| campaign.is_of_this_year(member))?;
            let is_read = |digest: &Digest| !digest.recognised && member.verdict != Verdict::Unreadable;
            let is_version = member.digest.is_some_and(is_read);
            (is_version || index == counts && member.digest.is_some()).then_some((index, member))
        };
        versions.into_iter().filter_map(readable).collect()
    })
}

fn several_versions(campaign: &Campaign<'_>) -> Vec<Raised> {
    let several = versions(campaign).filter(|versions| versions.len() > 1);
    several
        .filter_map(|versions| {
            Some(Raised { whom: Whom::Member(versions.last()?.0), finding: several_finding(campaign, &versions)? })
        })
        .collect()
}

fn several_finding(campaign: &Campaign<'_>, versions: &[(usize, &Member<'_>)]) -> Option<Finding> {
    let (&(_, newest), earlier) = versions.split_last()?;
    let &(_, before) = earlier.last()?;
    let count = versions.len();
    let is_copy = |other: &Member<'_>| other.hash.is_some() && other.hash == newest.hash;
    if earlier.iter().all(|(_, other)| is_copy(other)) {
        let all = || versions.iter().map(|(_, member)| member.path.to_owned());
        let message = Wording::new(
            format!("收到 {count} 份，内容完全相同：{}", list_zh(all())),
            format!("{count} versions, identical: {}", list_en(all())),
        );
        let at = newest.digest.and_then(|digest| digest.title);
        return Some(Finding { at, ..Finding::new("INB003", Severity::Note, message) });
    }
    let (day, earlier_day) = (campaign.day(newest), campaign.day(before));
    let differ = changes(before.digest?, newest.digest?);
    let (zh, en) =
        if is_copy(before) { ("内容完全相同".to_owned(), "identical".to_owned()) } else { told(&differ) };
    let message = Wording::new(
        format!(
            "收到 {count} 份，以 {}（{day} 收到）为准；与上一份 {}（{earlier_day} 收到）相比：{zh}",
            newest.path, before.path
        ),
        format!(
            "{count} versions; {} (received {day}) counts; against {} (received {earlier_day}): {en}",
            newest.path, before.path
        ),
    );
    let first = differ.cells.iter().find_map(|cell| cell.stands);
    Some(Finding {
        cells: differ.cells.iter().map(|cell| cell.at).collect(),
        at: first.or_else(|| newest.digest.and_then(|digest| digest.title)),
        ..Finding::new("INB003", Severity::Note, message)
    })
}

/// What differs, in words.
fn told(differ: &Changes) -> (String, String) {
    let (cells, sentences) = (differ.cells.len(), differ.sentences.len());
    let mut zh = Vec::new();
    let mut en = Vec::new();
    if cells > 0 {
        zh.push(format!("{cells} 个单元格不同（{}）", list_zh(differ.cells.iter().map(cell_zh))));
        en.push(format!("{cells} cell(s) differ ({})", list_en(differ.cells.iter().map(cell_en))));
    }
    if sentences > 0 {
        zh.push(format!("{sentences} 句文字不同"));
        en.push(format!("{sentences} sentence(s) differ"));
    }
    if zh.is_empty() {
        return ("数字和文字都相同".to_owned(), "same figures and words".to_owned());
    }
    (zh.join("，"), en.join(", "))
}

fn unasked_change(campaign: &Campaign<'_>) -> Vec<Raised> {
    let mut raised = Vec::new();
    for versions in versions(campaign) {
        for pair in versions.windows(2) {
            let [(_, before), (index, after)] = pair else { continue };
            let unasked = unasked(before, after);
            if unasked.is_empty() {
                continue;
            }
            let message = Wording::new(
                format!(
                    "与 {} 相比，改动了 {} 处没有要求改的数字：{}",
                    before.path,
                    unasked.len(),
                    list_zh(unasked.iter().map(cell_zh))
                ),
                format!(
                    "against {}, {} figure(s) changed that nobody had asked to change: {}",
                    before.path,
                    unasked.len(),
                    list_en(unasked.iter().map(cell_en))
                ),
            );
            let only = unasked.first().filter(|_| unasked.len() == 1);
            let table = unasked.first().map(|cell| cell.at.table);
            let finding = Finding {
                table: table.filter(|&table| unasked.iter().all(|cell| cell.at.table == table)),
                part: table.map(TableKind::part),
                cell: only.map(|cell| cell.at),
                cells: unasked.iter().map(|cell| cell.at).collect(),
                expected: only.map(|cell| value_zh(cell.before)),
                actual: only.map(|cell| value_zh(cell.after)),
                at: unasked.iter().find_map(|cell| cell.stands),
                ..Finding::new("INB005", Severity::Warning, message)
            };
            raised.push(Raised { whom: Whom::Member(*index), finding });
        }
    }
    raised
}

/// The cells that `after` prints otherwise than `before` although no finding of `before` had asked for it.
fn unasked(before: &Member<'_>, after: &Member<'_>) -> Vec<CellChange> {
    let (Some(old), Some(new)) = (before.digest, after.digest) else { return Vec::new() };
    let is_certain = |value: Option<CellValue>| value.is_some_and(|value| value != CellValue::Unreadable);
    let changed: Vec<CellChange> =
        changes(old, new).cells.into_iter().filter(|cell| is_certain(cell.before) && is_certain(cell.after)).collect();
    // A finding about a table as a whole asks for all of it.
    let whole: BTreeSet<TableKind> = before
        .findings
        .iter()
        .filter(|finding| finding.cells.is_empty() && finding.cell.is_none())
        .filter_map(|finding| finding.table)
        .collect();
    let named = before.findings.iter().flat_map(|finding| {
        let likely = finding.likely.as_ref().map(|likely| likely.cell);
        finding.cells.iter().copied().chain(finding.cell).chain(likely)
    });
    let named: BTreeSet<CellRef> = named.collect();
    let (mut asked, mut rest): (Vec<CellChange>, Vec<CellChange>) =
        changed.into_iter().partition(|cell| named.contains(&cell.at) || whole.contains(&cell.at.table));
    // What had to follow a change that was asked for was asked for too.
    let mut next = 0;
    while let Some(cause) = asked.get(next).map(|cell| cell.at) {
        let (follows, others) = rest.into_iter().partition(|cell| are_tied(cause, cell.at));
        asked.extend::<Vec<CellChange>>(follows);
        rest = others;
        next += 1;
    }
    rest
}

/// Whether some relation of the form holds both cells.
fn are_tied(one: CellRef, other: CellRef) -> bool {
    let row = |at: CellRef| usize::from(at.row);
    let both = |holds: fn(usize) -> bool| holds(row(one)) && holds(row(other));
    let of_outcomes = |row| (requests::FIRST_OUTCOME..=requests::TOTAL_HANDLED).contains(&row);
    let of_balance = |row| {
        [requests::NEW_RECEIVED, requests::CARRIED_IN, requests::TOTAL_HANDLED, requests::CARRIED_OUT].contains(&row)
    };
    one.table == other.table
        && (one.row == other.row
            || one.table == TableKind::Requests
                && one.column == other.column
                && (both(of_outcomes) || both(of_balance)))
}

fn correction_overdue(campaign: &Campaign<'_>) -> Vec<Raised> {
    let overdue = campaign.current().filter_map(|(index, member)| {
        let returned = member.returned?;
        let until = returned.until.filter(|&until| until < campaign.today)?;
        let on = campaign.zone.to_datetime(returned.on).date();
        let message = Wording::new(
            format!("{on} 退回整改，限 {until} 前重报，没有收到新的报告"),
            format!("returned on {on} to be submitted again by {until}; nothing newer has come"),
        );
        let finding = Finding {
            at: member.digest.and_then(|digest| digest.title),
            expected: Some(until.to_string()),
            ..Finding::new("INB006", Severity::Warning, message)
        };
        Some(Raised { whom: Whom::Member(index), finding })
    });
    overdue.collect()
}

fn cell_zh(cell: &CellChange) -> String {
    let (before, after) = (value_zh(cell.before), value_zh(cell.after));
    format!("{}{} {before}→{after}", phrase::table(cell.at.table).zh, phrase::cell_zh(cell.at))
}

fn cell_en(cell: &CellChange) -> String {
    let (before, after) = (value_en(cell.before), value_en(cell.after));
    format!("{} {} {before}→{after}", phrase::table(cell.at.table).en, phrase::cell_en(cell.at))
}

fn value_zh(value: Option<CellValue>) -> String {
    match value {
        Some(CellValue::Number(figure)) => figure.to_string(),
        Some(CellValue::NotApplicable) => "/".to_owned(),
        Some(CellValue::Blank) => "空白".to_owned(),
        Some(CellValue::Unreadable) => "无法辨认".to_owned(),
        None => "无".to_owned(),
    }
}

fn value_en(value: Option<CellValue>) -> String {
    match value {
        Some(CellValue::Number(figure)) => figure.to_string(),
        Some(CellValue::NotApplicable) => "/".to_owned(),
        Some(CellValue::Blank) => "blank".to_owned(),
        Some(CellValue::Unreadable) => "unreadable".to_owned(),
        None => "none".to_owned(),
    }
}
