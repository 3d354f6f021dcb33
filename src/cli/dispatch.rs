//! From changes in the inbox to events of the ledger: every file that stands still is audited by the
//! next free worker; what was overtaken by a later change, a rename or a deletion is dropped.

use std::collections::{HashMap, HashSet};
use std::io;
use std::sync::Arc;
use std::time::SystemTime;

use crossbeam_channel::{Receiver, Sender, select, select_biased, unbounded};
use jiff::Timestamp;

use super::crew::{self, Examination};
use super::filed::{Filed, Listed, News};
use super::memory::{self, Known};
use super::settings::Settings;
use crate::intake::Submission;
use crate::intake::scan::Found;
use crate::intake::watch::{Change, Status, Watching};
use crate::ledger::{Event, Health, WatchMode};

/// A file to audit, with the number under which its result is awaited.
struct Job {
    ticket: u64,
    found: Found,
}

/// Begins to audit what `watching` tells, on `workers` threads; what is `known` and unchanged is not read again.
/// What happens goes to `news`; when nobody listens there any more, everything ends.
pub(super) fn start(
    watching: Watching,
    settings: &Arc<Settings>,
    workers: usize,
    known: HashMap<String, Known>,
    news: Sender<News>,
) -> io::Result<()> {
    let (urgent, urgent_jobs) = unbounded();
    let (backlog, backlog_jobs) = unbounded();
    let (send_result, results) = unbounded();
    for _ in 0..workers.max(1) {
        let (urgent, backlog, send) = (urgent_jobs.clone(), backlog_jobs.clone(), send_result.clone());
        let settings = Arc::clone(settings);
        crew::spawn(move || work(&urgent, &backlog, &settings, &send))?;
    }
    let dispatch = Dispatch {
        urgent,
        backlog,
        news,
        known,
        files: HashMap::new(),
        awaited: HashMap::new(),
        tickets: 0,
        status: Status::default(),
        told: None,
        complete: false,
        heard: true,
    };
    std::thread::Builder::new().name("dispatch".to_owned()).spawn(move || dispatch.run(&watching, &results))?;
    Ok(())
}

/// What a worker does: files that just arrived come before those that have lain there.
fn work(urgent: &Receiver<Job>, backlog: &Receiver<Job>, settings: &Settings, results: &Sender<(u64, Examination)>) {
    let mut reader = settings.reader();
    loop {
        let job = select_biased! {
            recv(urgent) -> job => job,
            recv(backlog) -> job => job,
        };
        let Ok(Job { ticket, found }) = job else { return };
        let mut examination = crew::examine(&found, settings, &mut reader);
        for examined in &mut examination.submissions {
            examined.audit.slim();
        }
        if results.send((ticket, examination)).is_err() {
            return;
        }
    }
}

/// A file of the inbox.
struct File {
    found: Found,
    /// The audit that is awaited, if one is.
    ticket: Option<u64>,
    /// The submissions that the ledger lists for it: itself, or the members of the archive it is.
    listed: Vec<String>,
}

struct Dispatch {
    urgent: Sender<Job>,
    backlog: Sender<Job>,
    news: Sender<News>,
    /// Files whose audits are known from before, by name, until they are found as they were or changed.
    known: HashMap<String, Known>,
    files: HashMap<String, File>,
    /// The names behind the tickets.
    awaited: HashMap<u64, String>,
    tickets: u64,
    status: Status,
    told: Option<Health>,
    /// Whether everything that lay there at the beginning has been audited.
    complete: bool,
    heard: bool,
}

impl Dispatch {
    fn run(mut self, watching: &Watching, results: &Receiver<(u64, Examination)>) {
        while self.heard {
            select! {
                recv(watching.changes) -> change => match change {
                    Ok(change) => self.change(change),
                    Err(_) => return,
                },
                recv(results) -> result => match result {
                    Ok((ticket, examined)) => self.result(ticket, examined),
                    Err(_) => return,
                },
            }
            if !self.complete && self.status.listed && self.awaited.is_empty() {
                self.complete = true;
                self.send(News::Complete);
            }
            if watching.changes.is_empty() && results.is_empty() || self.tickets.is_multiple_of(64) {
                self.tell_health();
            }
        }
    }

    fn change(&mut self, change: Change) {
        match change {
            Change::Stirred(submission) => {
                // What is being read now is out of date already: it must not be shown as the result.
                if let Some(ticket) = self.files.get_mut(&submission.name).and_then(|file| file.ticket.take()) {
                    self.awaited.remove(&ticket);
                }
                for path in self.listed(&submission.name) {
                    self.tell(Event::Discovered { path });
                }
            }
            Change::Settled(found) => self.order(found),
            Change::Moved { from, to } => self.moved(&from, to),
            Change::Gone { name } => {
                for path in self.listed(&name) {
                    self.tell(Event::Removed { path });
                }
                self.files.remove(&name);
                self.send(News::Gone(name));
            }
            Change::Status(status) => {
                let is_first = status.listed && !self.status.listed;
                self.status = status;
                if is_first {
                    // What was known and did not turn up was taken away while nobody looked.
                    for (name, _) in std::mem::take(&mut self.known) {
                        self.send(News::Gone(name));
                    }
                }
            }
        }
    }

    /// The submissions listed for the file called `name`.
    fn listed(&self, name: &str) -> Vec<String> {
        self.files.get(name).map_or_else(|| vec![name.to_owned()], |file| file.listed.clone())
    }

    /// A file goes by another name, and so does what lies in it.
    fn moved(&mut self, from: &str, to: Submission) {
        let mut listed = Vec::new();
        self.known.remove(from);
        for path in self.listed(from) {
            let renamed = format!("{}{}", to.name, path.strip_prefix(from).unwrap_or_default());
            self.tell(Event::Renamed { from: path, to: renamed.clone() });
            listed.push(renamed);
        }
        let Some(mut file) = self.files.remove(from) else { return };
        let extension = |submission: &Submission| submission.path.extension().map(ToOwned::to_owned);
        // A file is audited by its extension too, and a waiting one was to be read under its old name.
        let again = file.ticket.is_some() || extension(&file.found.submission) != extension(&to);
        if let Some(ticket) = file.ticket.take() {
            self.awaited.remove(&ticket);
        }
        self.send(News::Renamed { from: from.to_owned(), to: to.name.clone() });
        file.listed = listed;
        file.found.submission = to;
        let found = file.found.clone();
        self.files.insert(found.submission.name.clone(), file);
        if again {
            self.order(found);
        }
    }

    /// Lists a file that is as it was when it was audited before; whether it is.
    fn recall(&mut self, found: &Found) -> bool {
        let name = &found.submission.name;
        let Some(known) = self.known.remove(name) else { return false };
        let is_same =
            found.unfit.is_none() && found.stamp.as_ref().is_some_and(|stamp| memory::stamp(stamp) == known.stamp);
        if !is_same {
            return false;
        }
        let listed = known.listed.iter().map(|(path, _)| path.clone()).collect();
        self.files.insert(name.clone(), File { found: found.clone(), ticket: None, listed });
        for (path, summary) in known.listed {
            self.tell(Event::Audited { path, received: known.received, summary, audit: None });
        }
        self.send(News::Seen(vec![name.clone()]));
        true
    }

    /// Gives a file to the workers, unless its audit is known.
    fn order(&mut self, found: Found) {
        if self.recall(&found) {
            return;
        }
        self.tickets += 1;
        let (ticket, name) = (self.tickets, found.submission.name.clone());
        if let Some(older) = self.files.get(&name).and_then(|file| file.ticket) {
            self.awaited.remove(&older);
        }
        let listed = self.listed(&name);
        for path in &listed {
            self.tell(Event::Queued { path: path.clone() });
        }
        self.files.insert(name.clone(), File { found: found.clone(), ticket: Some(ticket), listed });
        self.awaited.insert(ticket, name);
        let queue = if self.status.listed { &self.urgent } else { &self.backlog };
        self.heard &= queue.send(Job { ticket, found }).is_ok();
    }

    fn result(&mut self, ticket: u64, examination: Examination) {
        let Some(name) = self.awaited.remove(&ticket) else { return };
        let Some(file) = self.files.get_mut(&name).filter(|file| file.ticket == Some(ticket)) else { return };
        if examination.passing {
            // What became of it, the next look at the inbox will tell; under another name it is still to be audited.
            return;
        }
        file.ticket = None;
        let names = examination.submissions.iter().map(|examined| examined.name.clone()).collect();
        let before = std::mem::replace(&mut file.listed, names);
        let still: HashSet<&str> = examination.submissions.iter().map(|examined| examined.name.as_str()).collect();
        for path in before.into_iter().filter(|path| !still.contains(path.as_str())) {
            self.tell(Event::Removed { path });
        }
        let received = examination.received();
        let read = SystemTime::now();
        let is_firm = examination.seen.as_ref().is_some_and(|(stamp, _)| stamp.is_firm(read));
        let listed = |examined: crew::Examined| Listed {
            path: examined.name,
            summary: Arc::new(examined.summary),
            audit: Arc::new(examined.audit),
        };
        let listed = examination.submissions.into_iter().map(listed).collect();
        self.send(News::Audited(Arc::new(Filed { name, seen: examination.seen, is_firm, received, listed })));
    }

    fn tell(&mut self, event: Event) {
        self.send(News::Event(event));
    }

    fn send(&mut self, news: News) {
        self.heard &= self.news.send(news).is_ok();
    }

    fn tell_health(&mut self) {
        let health = Health {
            mode: if self.status.mode.is_notified() { WatchMode::Notified } else { WatchMode::Polling },
            how: self.status.mode.wording(),
            looked: self.status.look_wording(),
            last_event: self.status.last_event.and_then(|time| Timestamp::try_from(time).ok()),
            queued: self.awaited.len(),
            scanned: self.files.len().saturating_sub(self.awaited.len()),
            found: self.status.files.max(self.files.len()),
            problem: self.status.problem.clone(),
        };
        if self.told.as_ref() != Some(&health) {
            self.told = Some(health.clone());
            self.tell(Event::Health(health));
        }
    }
}
