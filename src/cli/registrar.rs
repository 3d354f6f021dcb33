//! The registrar: stands between the audits and the dashboard and keeps the ledger. What is audited is written down
//! before it is shown; what an operator decides counts once it is written down; what others decide is passed on.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, never, select, tick};
use jiff::{SignedDuration, Timestamp};

use super::comparer::Compared;
use super::filed::{Filed, News};
use super::memory::Memory;
use crate::ledger::store::UnitKey;
use crate::ledger::{Draft, Event, Request};
use crate::text::{Wording, screen};

/// How often others' decisions are looked for.
const LOOK: Duration = Duration::from_millis(300);

/// How long a claim holds after the last word of it.
const CLAIM: SignedDuration = SignedDuration::from_secs(180);

/// How long what was audited is still written down when nobody looks any more.
const LEAVING: Duration = Duration::from_millis(800);

/// How long another program that keeps the ledger locked is waited for then.
const HURRY: Duration = Duration::from_millis(200);

/// The most news taken in at once.
const BATCH: usize = 256;

/// One thing to write down.
#[derive(Debug)]
pub(super) enum Entry {
    /// Files were audited.
    Audited(Vec<Arc<Filed>>),
    /// A file is gone.
    Gone(String),
    /// A file has another name.
    Renamed {
        /// Its old name.
        from: String,
        /// Its new name.
        to: String,
    },
    /// Files lie there as they are known.
    Seen(Vec<String>),
}

/// The registrar and all it is connected to.
pub(super) struct Registrar {
    pub(super) memory: Memory,
    pub(super) news: Receiver<News>,
    pub(super) requests: Receiver<Request>,
    pub(super) events: Sender<Event>,
    /// Where the comparing of the whole inbox is told of what is new.
    pub(super) compared: Sender<Compared>,
    /// The agency the operator works on, and until when that is written down.
    pub(super) attended: Option<(UnitKey, Timestamp)>,
    /// What could not be written down yet, oldest first.
    pub(super) owed: VecDeque<Entry>,
    /// Whether anybody still listens.
    pub(super) heard: bool,
    /// What was last said of what cannot be kept.
    pub(super) unkept: Option<Wording>,
}

impl Registrar {
    /// Works until nobody listens any more.
    pub(super) fn run(mut self) {
        let ticks = tick(LOOK);
        self.trouble(self.memory.limits());
        self.decisions();
        self.claims();
        while self.heard {
            select! {
                recv(self.news) -> first => match first {
                    Ok(first) => {
                        let batch: Vec<News> =
                            std::iter::once(first).chain(self.news.try_iter().take(BATCH - 1)).collect();
                        self.take(batch);
                    }
                    // Nothing more will be audited; operators go on deciding.
                    Err(_) => self.news = never(),
                },
                recv(self.requests) -> request => match request {
                    Ok(request) => self.answer(request),
                    Err(_) => break,
                },
                recv(ticks) -> _ => self.look(),
            }
        }
        self.leave();
    }

    /// Nobody looks any more: writes down what was decided and audited until now, so that it need not be done again.
    /// Whoever leaves does not wait long for it.
    fn leave(&mut self) {
        let until = Instant::now() + LEAVING;
        self.memory.hurry(HURRY);
        let asked: Vec<Request> = self.requests.try_iter().collect();
        for request in asked {
            if let Request::Decide(draft) = request {
                self.decide(*draft);
            }
        }
        while Instant::now() < until {
            let batch: Vec<News> = self.news.try_iter().take(BATCH).collect();
            if batch.is_empty() {
                break;
            }
            self.take(batch);
        }
        self.attend(None);
    }

    fn tell(&mut self, event: Event) {
        self.heard &= self.events.send(event).is_ok();
    }

    /// Says what cannot be kept, once for every change of it.
    fn trouble(&mut self, trouble: Option<Wording>) {
        if self.unkept != trouble {
            self.unkept.clone_from(&trouble);
            self.tell(Event::Unkept(trouble));
        }
    }

    /// Writes down what happened, and passes it on in its order. Audits are written down together, but never across
    /// the going or renaming of a file: another may have come in its place.
    fn take(&mut self, batch: Vec<News>) {
        let mut run = Vec::new();
        for news in batch {
            let entry = match news {
                News::Gone(file) => Entry::Gone(file),
                News::Renamed { from, to } => Entry::Renamed { from, to },
                other => {
                    run.push(other);
                    continue;
                }
            };
            self.pass_on(std::mem::take(&mut run));
            self.write(entry);
        }
        self.pass_on(run);
    }

    /// Writes down what was audited, then passes it on with everything between.
    fn pass_on(&mut self, run: Vec<News>) {
        let audited = |news: &News| if let News::Audited(filed) = news { Some(Arc::clone(filed)) } else { None };
        let filed: Vec<Arc<Filed>> = run.iter().filter_map(audited).collect();
        let kept = !filed.is_empty() && self.write(Entry::Audited(filed)) && self.memory.keeps();
        let mut seen = Vec::new();
        for news in run {
            match news {
                News::Audited(filed) => self.list(&filed, kept),
                News::Event(event) => self.forward(event),
                News::Seen(files) => seen.extend(files),
                News::Complete => drop(self.compared.send(Compared::Complete)),
                News::Gone(_) | News::Renamed { .. } => {}
            }
        }
        if !seen.is_empty() {
            self.write(Entry::Seen(seen));
        }
    }

    /// Writes an entry down, after those that are owed; whether it is written now.
    fn write(&mut self, entry: Entry) -> bool {
        self.owed.push_back(entry);
        self.settle()
    }

    /// Writes down what is owed, oldest first; whether nothing is owed any more.
    fn settle(&mut self) -> bool {
        while let Some(entry) = self.owed.front() {
            let written = match entry {
                Entry::Audited(filed) => self.memory.record(filed),
                Entry::Gone(file) => self.memory.removed(file),
                Entry::Renamed { from, to } => self.memory.renamed(from, to),
                Entry::Seen(files) => self.memory.seen(files),
            };
            if let Err(trouble) = written {
                self.trouble(Some(trouble));
                return false;
            }
            self.owed.pop_front();
        }
        self.trouble(self.memory.limits());
        true
    }

    fn list(&mut self, filed: &Filed, kept: bool) {
        for listed in &filed.listed {
            let audit = (!kept || filed.seen.is_none()).then(|| Arc::clone(&listed.audit));
            self.forward(Event::Audited {
                path: listed.path.clone(),
                received: filed.received,
                summary: Arc::clone(&listed.summary),
                audit,
            });
        }
    }

    /// Passes an event on to the dashboard, and to the comparing what matters there.
    fn forward(&mut self, event: Event) {
        let compared = match &event {
            Event::Audited { path, received, summary, .. } => {
                Some(Compared::Put { path: path.clone(), received: *received, summary: Arc::clone(summary) })
            }
            Event::Removed { path } => Some(Compared::Gone(path.clone())),
            Event::Renamed { from, to } => Some(Compared::Renamed { from: from.clone(), to: to.clone() }),
            _ => None,
        };
        if let Some(compared) = compared {
            // Where nothing is compared, nobody listens.
            let _ = self.compared.send(compared);
        }
        self.tell(event);
    }

    fn answer(&mut self, request: Request) {
        match request {
            Request::Open(path) => {
                let audit = self.memory.audit(&path);
                self.tell(Event::Opened { path: path.to_string(), audit });
            }
            Request::Decide(draft) => self.decide(*draft),
            Request::History(unit, named) => match self.memory.history(&unit, &named) {
                Ok(history) => self.tell(Event::History(Box::new(history))),
                Err(trouble) => self.tell(Event::Told(trouble)),
            },
            Request::Attend(unit) => self.attend(unit),
        }
    }

    fn decide(&mut self, draft: Draft) {
        match self.memory.decide(draft) {
            Ok(()) => {
                self.decisions();
                self.settle();
            }
            Err(trouble) => {
                self.tell(Event::Told(screen::not_decided(&trouble)));
                self.trouble(Some(trouble));
            }
        }
    }

    /// Passes on what was decided since this was last asked, here or elsewhere.
    fn decisions(&mut self) {
        match self.memory.decisions() {
            Ok(decisions) if decisions.is_empty() => {}
            Ok(decisions) => {
                let _ = self.compared.send(Compared::Decided(decisions.clone()));
                self.tell(Event::Decided(decisions));
            }
            Err(trouble) => self.trouble(Some(trouble)),
        }
    }

    fn claims(&mut self) {
        if let Some(claims) = self.memory.claims(Timestamp::now()) {
            self.tell(Event::Claimed(claims));
        }
    }

    /// Looks what others have done, and says again what this operator works on.
    fn look(&mut self) {
        match self.memory.has_changed() {
            Ok(true) => self.decisions(),
            Ok(false) => {}
            Err(trouble) => self.trouble(Some(trouble)),
        }
        if !self.owed.is_empty() {
            self.settle();
        }
        self.claims();
        let now = Timestamp::now();
        if let Some((unit, until)) = self.attended.clone()
            && until.duration_since(now) < CLAIM / 2
        {
            self.claim(unit, now);
        }
    }

    fn attend(&mut self, unit: Option<UnitKey>) {
        if let Some((before, _)) = self.attended.take() {
            self.memory.release(&before);
        }
        if let Some(unit) = unit {
            self.claim(unit, Timestamp::now());
        }
        self.claims();
    }

    fn claim(&mut self, unit: UnitKey, now: Timestamp) {
        let until = now.saturating_add(CLAIM).unwrap_or(now);
        self.memory.claim(&unit, until);
        self.attended = Some((unit, until));
    }
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use crossbeam_channel::unbounded;
    use tempfile::TempDir;

    use super::*;
    use crate::audit;
    use crate::cli::filed::Listed;
    use crate::cli::keys::Keys;
    use crate::cli::memory::Wish;
    use crate::cli::settings::{Settings, own_program};
    use crate::config::Config;
    use crate::intake::Stamp;
    use crate::ledger::Summary;
    use crate::ledger::store::{Access, DecisionKind, Operator, Store};

    /// A file that was audited.
    fn filed(name: &str) -> News {
        let audit = audit::refused(&Wording::new("空", "empty"));
        let stamp = Stamp { size: 1, modified: SystemTime::UNIX_EPOCH, changed: 1, inode: None, born: None };
        News::Audited(Arc::new(Filed {
            name: name.to_owned(),
            seen: Some((stamp, "ab".repeat(32))),
            is_firm: true,
            received: Timestamp::UNIX_EPOCH,
            listed: vec![Listed {
                path: name.to_owned(),
                summary: Arc::new(Summary::of(&audit)),
                audit: Arc::new(audit),
            }],
        }))
    }

    #[test]
    fn what_was_audited_and_decided_before_leaving_is_written_down() {
        let (inbox, state) = (TempDir::new().unwrap(), TempDir::new().unwrap());
        let path = state.path().join("a.ledger");
        let wish = Wish { file: Some(path.clone()), read_only: false };
        let operator = Operator { login: "li".to_owned(), host: "host".to_owned(), session: "1".to_owned() };
        let keys = Keys::new(&Settings::of(Config::default(), own_program()));
        let memory = Memory::open(Some(&wish), inbox.path(), keys, operator).ok().unwrap();
        let (send_news, news) = unbounded();
        let (send_requests, requests) = unbounded();
        let (events, _) = unbounded();
        let (compared, _) = unbounded();
        // More than is taken in at once.
        let count = 2 * BATCH + 5;
        (0..count).for_each(|number| send_news.send(filed(&format!("{number}.txt"))).unwrap());
        let draft = Draft {
            unit: UnitKey { agency: "甲局".to_owned(), year: None },
            path: "0.txt".into(),
            hash: None,
            basis: None,
            kind: DecisionKind::Pass,
            finding: None,
            reason: None,
            undoes: None,
        };
        send_requests.send(Request::Decide(Box::new(draft))).unwrap();
        drop(send_requests);
        let registrar = Registrar {
            memory,
            news,
            requests,
            events,
            compared,
            attended: None,
            owed: VecDeque::new(),
            heard: true,
            unkept: None,
        };
        registrar.run();
        let store = Store::open(&path, Access::ReadOnly).unwrap();
        assert_eq!(store.files().unwrap().len(), count);
        assert_eq!(store.decisions_since(0).unwrap().len(), 1);
    }
}
