//! What is kept of every audit until all are done, and what comparing them adds.

use std::collections::{BTreeSet, HashMap};

use jiff::Timestamp;

use super::Known;
use crate::audit::{Audit, Lines, Places};
use crate::campaign::{self, Arrival, Terms};
use crate::cli::campaign::Archived;
use crate::cli::clock;
use crate::cli::crew::Examined;
use crate::cli::settings::Settings;
use crate::finding::{Finding, Verdict};
use crate::report::{Cell, CellRef, CellValue, Digest, Report, Table, TableKind};
use crate::roster::Roster;
use crate::rule::Whom;
use crate::rules;
use crate::text::Wording;

/// A submission, reduced to what is put out and what is compared.
pub(super) struct Kept {
    pub(super) name: String,
    pub(super) audit: Audit,
    pub(super) waived: usize,
    received: Timestamp,
    digest: Option<Digest>,
}

impl Kept {
    /// What is kept of `examined`: its lines too, for findings are quoted from them.
    pub(super) fn of(examined: Examined, received: Timestamp) -> Self {
        let Examined { name, mut audit, waived, summary } = examined;
        let digest = summary.is_report.then_some(summary.digest);
        let report = audit.report.take();
        audit.report = report.map(|report| lean(report, &audit.findings));
        audit.unassessed = Vec::new();
        Self { name, audit, waived, received, digest }
    }
}

/// Of `report` what the output names: whose it is, and the cells that `findings` speak of.
fn lean(report: Report, findings: &[Finding]) -> Report {
    let named: BTreeSet<CellRef> = findings.iter().flat_map(cells).collect();
    let keep = |table: Option<Table>| {
        let mut table = table?;
        let kept = |index: usize| named.iter().any(|at| at.table == table.kind && at.index() == index);
        for (index, cell) in table.cells.iter_mut().enumerate() {
            cell.take_if(|_| !kept(index));
        }
        let end = table.cells.iter().rposition(Option::is_some).map_or(0, |last| last + 1);
        table.cells.truncate(end);
        table.cells.shrink_to_fit();
        Some(Table { rows: Vec::new(), extra: Vec::new(), trial: None, ..table })
    };
    Report {
        agency: report.agency,
        year: report.year,
        edition: report.edition,
        proactive_disclosure: keep(report.proactive_disclosure),
        requests: keep(report.requests),
        disputes: keep(report.disputes),
        ..Report::default()
    }
}

/// The cells that `finding` speaks of.
fn cells(finding: &Finding) -> impl Iterator<Item = CellRef> {
    let likely = finding.likely.as_ref().map(|likely| likely.cell);
    finding.cells.iter().copied().chain(finding.cell).chain(likely)
}

/// Compares all of `kept` with each other, with the roster and with last year's reports, and adds to each what that
/// found. What is missing altogether is returned: a unit of the roster each, in its order; and what is wrong with the
/// days by which reports are due.
pub(super) fn compare(kept: &mut [Kept], known: &Known, settings: &Settings) -> (Vec<Kept>, Vec<Wording>) {
    let roster = known.roster.as_ref().map(|(_, roster)| roster);
    let returns = known.decided.returned(settings.config().correction);
    let arrivals = kept.iter().map(|kept| {
        let arrival = Arrival::of(&kept.name, kept.received, &kept.audit, kept.digest.as_ref());
        Arrival { returned: returns.find(arrival.path, arrival.hash), ..arrival }
    });
    let inbox: Vec<Arrival<'_>> = arrivals.collect();
    let archive: Vec<Arrival<'_>> = known.archive.iter().map(Archived::arrival).collect();
    let (matches, today) = (known.matches(&inbox), settings.today());
    let terms = Terms {
        roster,
        deadlines: &settings.config().due,
        year: settings.policy().year,
        matches: &matches,
        today,
        zone: clock::zone(),
    };
    let campaign = campaign::build(&inbox, &archive, &terms);
    // Every name is there once: the members are known by it.
    let places: HashMap<&str, usize> = kept.iter().enumerate().map(|(at, kept)| (kept.name.as_str(), at)).collect();
    let mut found: Vec<Vec<Finding>> = vec![Vec::new(); kept.len()];
    let mut missing: Vec<(usize, Vec<Finding>)> = Vec::new();
    for raised in rules::compare(&campaign) {
        let Some(finding) = settings.policy().adopt(raised.finding) else { continue };
        match raised.whom {
            Whom::Member(member) => {
                let at = campaign.members.get(member).and_then(|member| places.get(member.path));
                if let Some(&at) = at {
                    found[at].push(finding);
                }
            }
            Whom::Unit(unit) => match missing.iter_mut().find(|(other, _)| *other == unit) {
                Some((_, findings)) => findings.push(finding),
                None => missing.push((unit, vec![finding])),
            },
        }
    }
    let year = campaign.year;
    drop(campaign);
    let doubts = roster.zip(year).map_or_else(Vec::new, |(roster, year)| terms.deadlines.doubts(roster, year));
    for (kept, findings) in kept.iter_mut().zip(found) {
        kept.attach(findings, settings);
    }
    missing.sort_by_key(|&(unit, _)| unit);
    let missing = missing.into_iter().filter_map(|(unit, findings)| absent(roster?, unit, year, findings, settings));
    (missing.collect(), doubts)
}

impl Kept {
    fn attach(&mut self, findings: Vec<Finding>, settings: &Settings) {
        let agency = self.audit.report.as_ref().and_then(|report| report.agency.as_deref());
        let (findings, waived) = settings.accept(findings, agency, &self.name);
        self.waived += waived;
        let named: Vec<CellRef> = findings.iter().flat_map(cells).collect();
        for at in named {
            self.restore(at);
        }
        self.audit.attach(findings, settings.policy());
    }

    /// Puts back a cell that was let go of.
    fn restore(&mut self, at: CellRef) {
        let (Some(report), Some(digest)) = (&mut self.audit.report, &self.digest) else { return };
        let (Some(value), Some(source)) = (digest.value(at), digest.source(at)) else { return };
        let table = match at.table {
            TableKind::ProactiveDisclosure => &mut report.proactive_disclosure,
            TableKind::Requests => &mut report.requests,
            TableKind::Disputes => &mut report.disputes,
        };
        let Some(table) = table else { return };
        if table.cells.len() <= at.index() {
            table.cells.resize(at.index() + 1, None);
        }
        let raw = match value {
            CellValue::Number(figure) => figure.to_string(),
            CellValue::NotApplicable => "/".to_owned(),
            CellValue::Blank | CellValue::Unreadable => String::new(),
        };
        table.cells[at.index()].get_or_insert(Cell { raw, value, unit: None, source });
    }
}

/// What stands for a unit that has submitted nothing: the roster where it names it.
fn absent(
    roster: &Roster,
    unit: usize,
    year: Option<i32>,
    findings: Vec<Finding>,
    settings: &Settings,
) -> Option<Kept> {
    let agency = roster.units.get(unit)?.agency.clone();
    let (findings, waived) = settings.accept(findings, Some(&agency), &roster.name);
    let audit = Audit {
        file: None,
        report: Some(Report { agency: Some(agency), year, ..Report::default() }),
        verdict: Verdict::Missing,
        findings,
        unassessed: Vec::new(),
        lines: Lines::default(),
        places: Places::default(),
    };
    let name = roster.name.clone();
    Some(Kept { name, audit, waived, received: Timestamp::UNIX_EPOCH, digest: None })
}
