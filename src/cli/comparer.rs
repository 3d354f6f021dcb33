//! Compares the whole inbox whenever it has come to rest: the rules beyond one file, the roster, last year's reports.

use std::collections::{BTreeMap, HashMap};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender};
use jiff::{SignedDuration, Timestamp};

use super::campaign::{self, Archived, Beside, arrival};
use super::clock;
use super::decided::Decided;
use super::failure::Failure;
use super::settings::Settings;
use crate::audit::weaken;
use crate::campaign::{Arrival, Terms, build};
use crate::finding::{Finding, Verdict};
use crate::ledger::store::Decision;
use crate::ledger::{Comparison, Event, Expected, Standing, Summary};
use crate::roster::Roster;
use crate::rule::{Campaign, Member, State, Whom};
use crate::rules;
use crate::text::{Wording, screen};

/// What the comparing is told.
#[derive(Debug)]
pub(super) enum Compared {
    /// A submission was audited.
    Put {
        /// Its path.
        path: String,
        /// When its content arrived.
        received: Timestamp,
        /// Its audit in brief.
        summary: Arc<Summary>,
    },
    /// A submission is gone.
    Gone(String),
    /// A submission has another name.
    Renamed {
        /// Its old path.
        from: String,
        /// Its new path.
        to: String,
    },
    /// Operators decided.
    Decided(Vec<Decision>),
    /// Everything that lay in the inbox at the beginning has been told. Nothing is compared before: a report that has
    /// not been read yet is not missing.
    Complete,
}

/// How long nothing must happen before everything is compared.
const REST: Duration = Duration::from_millis(120);

/// How long comparing is put off at most while things go on happening.
const PATIENCE: Duration = Duration::from_secs(2);

/// How often the roster's file and the date are looked at.
const LOOK: Duration = Duration::from_secs(2);

/// Begins to compare what `told` says. What comes of it goes to `events`.
///
/// # Errors
/// What is wrong with the roster or with last year's reports, as far as that can be told at once.
pub(super) fn start(
    told: Receiver<Compared>,
    settings: &Arc<Settings>,
    inbox: &Path,
    beside: &Beside,
    remembered: Vec<Archived>,
    earlier: BTreeMap<String, Vec<(Timestamp, Arc<Summary>)>>,
    events: Sender<Event>,
) -> Result<(), Failure> {
    let (inbox, beside) = (inbox.to_owned(), beside.clone());
    let roster = RosterFile::find(&beside, settings, &inbox)?;
    let previous = beside.previous.as_ref().or(settings.config().previous.as_ref()).cloned();
    if let Some(path) = &previous {
        std::fs::metadata(path).map_err(|error| Failure::missing(path, &error))?;
    }
    let settings = Arc::clone(settings);
    let comparer = Comparer {
        settings,
        inbox,
        beside,
        roster,
        archive: remembered,
        submissions: BTreeMap::new(),
        earlier,
        problem: None,
        decided: Decided::default(),
        events,
        told: None,
        complete: false,
    };
    let spawned = std::thread::Builder::new().name("compare".to_owned()).spawn(move || comparer.run(&told, previous));
    spawned.map(drop).map_err(|error: io::Error| {
        Failure::new(format!("无法开始比对：{error}"), format!("comparing cannot be started: {error}"))
    })
}

/// Whether `member` came in answer to the return of what `counts` in its place: where it cannot be read, somebody must
/// look at it all the same.
fn is_answer(member: &Member<'_>, counts: &Member<'_>) -> bool {
    let is_unread = member.digest.is_none() || member.verdict == Verdict::Unreadable;
    is_unread && counts.returned.is_some_and(|returned| returned.on < member.received)
}

/// The roster as it was last read.
struct RosterFile {
    path: PathBuf,
    modified: Option<SystemTime>,
    roster: Roster,
}

impl RosterFile {
    fn find(beside: &Beside, settings: &Settings, inbox: &Path) -> Result<Option<Self>, Failure> {
        let found = campaign::roster(beside, settings, &[inbox])?;
        Ok(found.map(|(path, mut roster)| {
            // In the inbox's own list it goes by its name alone.
            if let Ok(below) = path.strip_prefix(inbox) {
                roster.name = crate::intake::printable_name(below);
            }
            Self { modified: written(&path), path, roster }
        }))
    }
}

fn written(path: &Path) -> Option<SystemTime> {
    std::fs::metadata(path).and_then(|metadata| metadata.modified()).ok()
}

struct Comparer {
    settings: Arc<Settings>,
    inbox: PathBuf,
    beside: Beside,
    roster: Option<RosterFile>,
    archive: Vec<Archived>,
    submissions: BTreeMap<String, (Timestamp, Arc<Summary>)>,
    /// What lay at a path before it was overwritten, oldest first.
    earlier: BTreeMap<String, Vec<(Timestamp, Arc<Summary>)>>,
    /// What is wrong with the roster as it lies there now, if anything.
    problem: Option<Wording>,
    decided: Decided,
    events: Sender<Event>,
    told: Option<Comparison>,
    /// Whether everything that lay there at the beginning is known.
    complete: bool,
}

impl Comparer {
    fn run(mut self, told: &Receiver<Compared>, previous: Option<PathBuf>) {
        if let Some(path) = previous {
            match campaign::archive(&path, 1, &self.settings) {
                // What was named counts before what is merely remembered: the later of equals is taken.
                Ok(archive) => self.archive.extend(archive),
                Err(Failure::Explained(why)) => drop(self.events.send(Event::Told(why))),
                Err(Failure::BrokenPipe) => {}
            }
        }
        let mut day = clock::today();
        let mut due: Option<Instant> = None;
        let mut begun = Instant::now();
        loop {
            let wait = due.map_or(LOOK, |due| due.saturating_duration_since(Instant::now()));
            match told.recv_timeout(wait) {
                Ok(news) => {
                    self.take(news);
                    told.try_iter().for_each(|news| self.take(news));
                    if !self.complete {
                        continue;
                    }
                    let now = Instant::now();
                    if due.is_none() {
                        begun = now;
                    }
                    due = Some((now + REST).min(begun + PATIENCE).max(now));
                }
                Err(RecvTimeoutError::Timeout) if due.is_some() => {
                    let start = Instant::now();
                    let comparison = self.compare();
                    if self.told.as_ref() != Some(&comparison) {
                        self.told = Some(comparison.clone());
                        if self.events.send(Event::Compared(comparison)).is_err() {
                            return;
                        }
                    }
                    due = None;
                    tracing::debug!(submissions = self.submissions.len(), took = ?start.elapsed(), "compared");
                }
                Err(RecvTimeoutError::Timeout) => {
                    let today = clock::today();
                    if self.complete && (self.reread() || today != day) {
                        day = today;
                        due = Some(Instant::now());
                    }
                }
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    fn take(&mut self, news: Compared) {
        match news {
            Compared::Put { path, received, summary } => {
                let before = self.submissions.insert(path.clone(), (received, Arc::clone(&summary)));
                if let Some(before) = before.filter(|(_, before)| before.is_report && before.hash != summary.hash) {
                    self.earlier.entry(path).or_default().push(before);
                }
            }
            Compared::Gone(path) => {
                self.earlier.remove(&path);
                // Next year's reports are compared with what lay here.
                if let Some((received, summary)) = self.submissions.remove(&path).filter(|(_, gone)| gone.is_report) {
                    self.archive.push(Archived::new(path, received, Summary::clone(&summary)));
                }
            }
            Compared::Renamed { from, to } => {
                if let Some(submission) = self.submissions.remove(&from) {
                    self.submissions.insert(to.clone(), submission);
                }
                self.decided.renamed(&from, &to);
                if let Some(earlier) = self.earlier.remove(&from) {
                    self.earlier.insert(to, earlier);
                }
            }
            Compared::Complete => self.complete = true,
            Compared::Decided(decisions) => decisions.into_iter().for_each(|decision| self.decided.take(decision)),
        }
    }

    /// Reads the roster again if its file has changed; whether anything is new.
    fn reread(&mut self) -> bool {
        let changed = match &self.roster {
            Some(file) => written(&file.path) != file.modified,
            None => true,
        };
        if !changed {
            return false;
        }
        match RosterFile::find(&self.beside, &self.settings, &self.inbox) {
            Ok(None) if self.roster.is_none() => false,
            Ok(roster) => {
                self.roster = roster;
                self.problem = None;
                true
            }
            Err(Failure::Explained(why)) => {
                // Until it is right again, the roster before holds.
                if let Some(file) = &mut self.roster {
                    file.modified = written(&file.path);
                }
                let why = screen::roster_holds(&why);
                let is_new = self.problem.as_ref() != Some(&why);
                self.problem = Some(why);
                is_new
            }
            Err(Failure::BrokenPipe) => false,
        }
    }

    fn compare(&self) -> Comparison {
        let zone = clock::zone();
        let roster = self.roster.as_ref().map(|file| &file.roster);
        let returns = self.decided.returned(self.settings.config().correction);
        let lies = self.submissions.iter().map(|(path, (_, summary))| (path.as_str(), summary.hash.as_deref()));
        let matches = self.decided.matches(lies);
        let inbox: Vec<Arrival<'_>> = self
            .submissions
            .iter()
            .flat_map(|(path, (received, summary))| {
                let earlier = self.earlier.get(path).map_or(&[][..], Vec::as_slice).iter().rev();
                // What was overwritten came before, whatever its file's date said.
                let mut last = *received;
                let earlier = earlier.map(move |(seen, summary)| {
                    last = (*seen).min(last.saturating_sub(SignedDuration::from_secs(1)).unwrap_or(last));
                    arrival(path, last, summary)
                });
                let mut arrival = arrival(path, *received, summary);
                arrival.returned = returns.find(path, summary.hash.as_deref());
                earlier.chain([arrival]).collect::<Vec<_>>()
            })
            .collect();
        let archive: Vec<Arrival<'_>> = self.archive.iter().map(Archived::arrival).collect();
        let terms = Terms {
            roster,
            deadlines: &self.settings.config().due,
            year: self.settings.policy().year,
            matches: &matches,
            today: clock::today(),
            zone: zone.clone(),
        };
        let campaign = build(&inbox, &archive, &terms);
        let mut standings: Vec<Standing> = campaign
            .members
            .iter()
            .map(|member| Standing {
                unit: member.unit.and_then(|unit| Some(roster?.units.get(unit)?.agency.as_str().into())),
                superseded_by: member
                    .superseded_by
                    .map(|counts| &campaign.members[counts])
                    .filter(|counts| !is_answer(member, counts))
                    .map(|counts| counts.path.into()),
                raised: Vec::new(),
            })
            .collect();
        let mut missing: HashMap<usize, Vec<Finding>> = HashMap::new();
        for raised in rules::compare(&campaign) {
            let Some(finding) = self.settings.policy().adopt(raised.finding) else { continue };
            match raised.whom {
                Whom::Member(at) => {
                    let member = &campaign.members[at];
                    let mut finding = finding;
                    if member.digest.is_some_and(|digest| digest.recognised) {
                        weaken(&mut finding);
                    }
                    let accepted = self.settings.accept(vec![finding], member.agency, member.path).0;
                    standings[at].raised.extend(accepted);
                }
                Whom::Unit(unit) => missing.entry(unit).or_default().push(finding),
            }
        }
        let expected = self.expected(&campaign, missing);
        let paths = campaign.members.iter().map(|member| member.path.into());
        let units = roster.iter().flat_map(|roster| &roster.units).map(|unit| unit.agency.as_str().into()).collect();
        let totals = roster.map(|_| campaign.totals());
        let doubts = roster.zip(campaign.year).map(|(roster, year)| terms.deadlines.doubts(roster, year));
        let problem = self.problem.clone().or_else(|| doubts.into_iter().flatten().next());
        // Of the versions of one path the last stands for it.
        Comparison { standings: paths.zip(standings).collect(), expected, units, totals, problem }
    }

    /// The units that have not reported.
    fn expected(&self, campaign: &Campaign<'_>, mut missing: HashMap<usize, Vec<Finding>>) -> Vec<Expected> {
        let Some(roster) = campaign.roster else { return Vec::new() };
        let mut expected = Vec::new();
        for standing in campaign.standings() {
            let (is_missing, left) = match standing.state {
                State::Missing => {
                    let late = standing.due.and_then(|due| campaign.today.since(due).ok()).map(|span| span.get_days());
                    (true, late.map(|days| -days))
                }
                State::Awaited { left } => (false, left),
                State::Late { .. } | State::Submitted | State::Exempt => continue,
            };
            let Some(unit) = roster.units.get(standing.unit) else { continue };
            let findings = missing.remove(&standing.unit).unwrap_or_default();
            let findings = self.settings.accept(findings, Some(&unit.agency), &roster.name).0;
            expected.push(Expected {
                agency: unit.agency.clone(),
                year: campaign.year,
                at: format!("{}:{}", roster.name, unit.line).into(),
                due: standing.due,
                days_left: left.map(i64::from),
                contact: unit.contact.clone(),
                is_missing,
                findings,
            });
        }
        expected
    }
}
