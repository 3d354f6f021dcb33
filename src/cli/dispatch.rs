//! From changes in the inbox to events of the ledger: every file that stands still is audited by the
//! next free worker; what was overtaken by a later change, a rename or a deletion is dropped.

use std::collections::HashMap;
use std::io;
use std::sync::Arc;
use std::time::SystemTime;

use crossbeam_channel::{Receiver, Sender, select, select_biased, unbounded};
use jiff::Timestamp;

use super::crew::{self, Examined};
use super::settings::Settings;
use crate::intake::scan::Found;
use crate::intake::watch::{Change, Status, Watching};
use crate::ledger::{Event, Health, WatchMode};

/// A file to audit, with the number under which its result is awaited.
struct Job {
    ticket: u64,
    found: Found,
}

/// Begins to audit what `watching` tells, on `workers` threads. Events go to `events`; when nobody listens
/// there any more, everything ends.
pub(super) fn start(watching: Watching, settings: Settings, workers: usize, events: Sender<Event>) -> io::Result<()> {
    let (urgent, urgent_jobs) = unbounded();
    let (backlog, backlog_jobs) = unbounded();
    let (send_result, results) = unbounded();
    let settings = Arc::new(settings);
    for _ in 0..workers.max(1) {
        let (urgent, backlog, send) = (urgent_jobs.clone(), backlog_jobs.clone(), send_result.clone());
        let settings = Arc::clone(&settings);
        crew::spawn(move || work(&urgent, &backlog, &settings, &send))?;
    }
    let dispatch = Dispatch {
        urgent,
        backlog,
        events,
        files: HashMap::new(),
        awaited: HashMap::new(),
        tickets: 0,
        status: Status::default(),
        told: None,
        heard: true,
    };
    std::thread::Builder::new().name("dispatch".to_owned()).spawn(move || dispatch.run(&watching, &results))?;
    Ok(())
}

/// What a worker does: files that just arrived come before those that have lain there.
fn work(urgent: &Receiver<Job>, backlog: &Receiver<Job>, settings: &Settings, results: &Sender<(u64, Examined)>) {
    loop {
        let job = select_biased! {
            recv(urgent) -> job => job,
            recv(backlog) -> job => job,
        };
        let Ok(Job { ticket, found }) = job else { return };
        let mut examined = crew::examine(&found, settings);
        examined.audit.slim();
        if results.send((ticket, examined)).is_err() {
            return;
        }
    }
}

/// A file of the inbox.
struct File {
    found: Found,
    /// The audit that is awaited, if one is.
    ticket: Option<u64>,
}

struct Dispatch {
    urgent: Sender<Job>,
    backlog: Sender<Job>,
    events: Sender<Event>,
    files: HashMap<String, File>,
    /// The names behind the tickets.
    awaited: HashMap<u64, String>,
    tickets: u64,
    status: Status,
    told: Option<Health>,
    heard: bool,
}

impl Dispatch {
    fn run(mut self, watching: &Watching, results: &Receiver<(u64, Examined)>) {
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
            if watching.changes.is_empty() && results.is_empty() || self.tickets.is_multiple_of(64) {
                self.tell_health();
            }
        }
    }

    fn change(&mut self, change: Change) {
        match change {
            Change::Stirred(submission) => self.tell(Event::Discovered { path: submission.name }),
            Change::Settled(found) => self.order(found),
            Change::Moved { from, to } => {
                let old = self.files.remove(&from);
                self.tell(Event::Renamed { from, to: to.name.clone() });
                let Some(mut file) = old else { return };
                file.found.submission = to;
                if let Some(ticket) = file.ticket {
                    // It was to be read under its old name.
                    self.awaited.remove(&ticket);
                    self.order(file.found);
                } else {
                    self.files.insert(file.found.submission.name.clone(), file);
                }
            }
            Change::Gone { name } => {
                self.files.remove(&name);
                self.tell(Event::Removed { path: name });
            }
            Change::Status(status) => self.status = status,
        }
    }

    /// Gives a file to the workers.
    fn order(&mut self, found: Found) {
        self.tickets += 1;
        let (ticket, name) = (self.tickets, found.submission.name.clone());
        if let Some(older) = self.files.get(&name).and_then(|file| file.ticket) {
            self.awaited.remove(&older);
        }
        self.files.insert(name.clone(), File { found: found.clone(), ticket: Some(ticket) });
        self.awaited.insert(ticket, name);
        let queue = if self.status.listed { &self.urgent } else { &self.backlog };
        self.heard &= queue.send(Job { ticket, found }).is_ok();
    }

    fn result(&mut self, ticket: u64, examined: Examined) {
        let Some(name) = self.awaited.remove(&ticket) else { return };
        let Some(file) = self.files.get_mut(&name).filter(|file| file.ticket == Some(ticket)) else { return };
        file.ticket = None;
        if examined.passing {
            // What became of it, the next look at the inbox will tell.
            return;
        }
        let received = examined.modified.unwrap_or_else(SystemTime::now);
        let received = Timestamp::try_from(received).unwrap_or(Timestamp::UNIX_EPOCH);
        self.tell(Event::Audited { path: name, received, audit: Arc::new(examined.audit) });
    }

    fn tell(&mut self, event: Event) {
        self.heard &= self.events.send(event).is_ok();
    }

    fn tell_health(&mut self) {
        let health = Health {
            mode: if self.status.notified { WatchMode::Notified } else { WatchMode::Polling },
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
