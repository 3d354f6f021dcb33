//! The ledger on disk as the dashboard uses it: what is written down of an audit and read back, decisions, claims.
//! Without a ledger, or with one that may only be read, it says so and keeps nothing.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::campaign::Archived;
use super::failure::Failure;
use super::filed::Filed;
use super::keys::Keys;
use crate::audit::Audit;
use crate::intake;
use crate::ledger::store::{
    self, Access, AuditKey, Claim, Decision, KnownFile, Listed, NewDecision, Nonce, Operator, Recorded,
    RecordedSubmission, Store, TroubleKind, UnitKey, Version,
};
use crate::ledger::{Draft, Edition, History, Step, Summary, kept};
use crate::text::{Wording, screen};

/// The ledger on disk, or why there is none.
#[derive(Debug)]
pub(super) struct Memory {
    store: Option<Store>,
    /// Why nothing is kept, if so.
    why: Option<Wording>,
    keys: Keys,
    operator: Operator,
    /// Under which the audits of what lies in the inbox are kept, by path.
    audits: HashMap<String, AuditKey>,
    /// The newest decision that was passed on.
    told: i64,
    /// Who was last said to work on what.
    claimed: Vec<Claim>,
}

/// A file that need not be read again if it is as it was.
#[derive(Debug)]
pub(super) struct Known {
    /// Its state when it was read.
    pub(super) stamp: store::Stamp,
    /// When its content arrived.
    pub(super) received: Timestamp,
    /// What is listed for it: path and audit in brief.
    pub(super) listed: Vec<(String, Arc<Summary>)>,
}

/// What the operator wants of the ledger.
#[derive(Clone, Debug, Default)]
pub(super) struct Wish {
    /// Its file; otherwise that of the inbox in the user's state directory.
    pub(super) file: Option<PathBuf>,
    /// Whether it is only looked at.
    pub(super) read_only: bool,
}

impl Memory {
    /// Opens the ledger of `inbox`.
    ///
    /// # Errors
    /// When the ledger asked for is not to be used: it lies where submitters can write, it is damaged, a newer
    /// program wrote it. Where it merely cannot be written, the dashboard goes on without and says so.
    pub(super) fn open(wish: Option<&Wish>, inbox: &Path, keys: Keys, operator: Operator) -> Result<Self, Failure> {
        let mut memory =
            Self { store: None, why: None, keys, operator, audits: HashMap::new(), told: 0, claimed: Vec::new() };
        let Some(wish) = wish else {
            memory.why = Some(screen::NO_STATE_DIRECTORY.into());
            return Ok(memory);
        };
        let path = wish.file.clone().or_else(|| Store::default_path(inbox));
        let Some(path) = path else {
            memory.why = Some(screen::NO_STATE_DIRECTORY.into());
            return Ok(memory);
        };
        if Store::is_inside(&path, inbox) {
            return Err(Failure::at(&path, &screen::LEDGER_IN_INBOX.into()));
        }
        let access = if wish.read_only { Access::ReadOnly } else { Access::ReadWrite };
        match Store::open(&path, access) {
            Ok(store) => memory.store = Some(store),
            Err(trouble) if matches!(trouble.kind, TroubleKind::Newer | TroubleKind::Damaged) => {
                return Err(Failure::Explained(trouble.wording));
            }
            // A ledger that was named and is not there to be looked at is a slip of the pen.
            Err(trouble) if wish.read_only && wish.file.is_some() => return Err(Failure::Explained(trouble.wording)),
            Err(trouble) => {
                memory.store = Store::open(&path, Access::ReadOnly).ok();
                memory.why = Some(trouble.wording);
            }
        }
        if wish.read_only {
            memory.why = Some(screen::READ_ONLY.into());
        }
        Ok(memory)
    }

    /// Why nothing can be decided or written down, if so.
    pub(super) fn limits(&self) -> Option<Wording> {
        self.why.clone()
    }

    fn writable(&mut self) -> Option<&mut Store> {
        self.store.as_mut().filter(|store| store.access() == Access::ReadWrite)
    }

    /// The files whose audits are known and rest on the same rules.
    pub(super) fn known(&mut self) -> HashMap<String, Known> {
        let Some(store) = &self.store else { return HashMap::new() };
        let files = match store.files() {
            Ok(files) => files,
            Err(trouble) => {
                self.why = Some(trouble.wording);
                return HashMap::new();
            }
        };
        files.into_iter().filter_map(|file| Some((file.path.clone(), self.recall(file)?))).collect()
    }

    fn recall(&mut self, file: KnownFile) -> Option<Known> {
        let same = |listed: &Listed| self.keys.key(&listed.path, &listed.key.content) == listed.key;
        if file.submissions.is_empty() || !file.submissions.iter().all(same) {
            return None;
        }
        let mut listed = Vec::with_capacity(file.submissions.len());
        for submission in file.submissions {
            listed.push((submission.path.clone(), Arc::new(kept::unpack_summary(&submission.summary)?)));
            self.audits.insert(submission.path, submission.key);
        }
        Some(Known { stamp: file.stamp, received: file.received, listed })
    }

    /// The reports the ledger remembers that lie in the inbox no more, each agency's newest of a year: next year's are
    /// compared with them.
    pub(super) fn archive(&self) -> Vec<Archived> {
        let Some(store) = &self.store else { return Vec::new() };
        let remembered = store.remembered().unwrap_or_default();
        let archived = |version: Version| {
            let body = store.audit(&version.key).ok()??;
            let digest = kept::unpack_digest(&body)?;
            let verdict = serde_json::from_value(version.verdict.into()).ok()?;
            let summary = Summary {
                hash: Some(version.hash),
                verdict,
                findings: Vec::new(),
                is_report: true,
                digest,
                basis: String::new(),
            };
            Some(Archived::new(version.path, version.received, summary))
        };
        remembered.into_iter().filter_map(archived).collect()
    }

    /// What lay before at the paths of what lies in the inbox, by path, oldest first.
    pub(super) fn earlier(&self) -> BTreeMap<String, Vec<(Timestamp, Arc<Summary>)>> {
        let Some(store) = &self.store else { return BTreeMap::new() };
        let mut earlier: BTreeMap<String, Vec<_>> = BTreeMap::new();
        for version in store.overwritten().unwrap_or_default() {
            if let Some(summary) = self.summary(&version.key).filter(|summary| summary.is_report) {
                earlier.entry(version.path).or_default().push((version.received, Arc::new(summary)));
            }
        }
        earlier
    }

    /// From now on waits no longer than `patience` for others who keep the ledger locked.
    pub(super) fn hurry(&mut self, patience: Duration) {
        if let Some(store) = &self.store {
            store.hurry(patience);
        }
    }

    /// Whether what is audited is written down at all.
    pub(super) fn keeps(&mut self) -> bool {
        self.writable().is_some()
    }

    /// Writes audits down.
    pub(super) fn record(&mut self, filed: &[Arc<Filed>]) -> Result<(), Wording> {
        let now = Timestamp::now();
        if self.writable().is_none() {
            return Ok(());
        }
        let batch: Vec<Recorded> = filed.iter().filter_map(|filed| self.recorded(filed, now)).collect();
        let Some(store) = self.writable() else { return Ok(()) };
        store.record(&batch).map_err(|trouble| trouble.wording)?;
        let keys = batch.into_iter().flat_map(|file| file.submissions);
        self.audits.extend(keys.map(|submission| (submission.listed.path, submission.listed.key)));
        Ok(())
    }

    fn recorded(&self, filed: &Filed, now: Timestamp) -> Option<Recorded> {
        let (stamp, hash) = filed.seen.as_ref()?;
        let mut stamp = self::stamp(stamp);
        if !filed.is_firm {
            // No file is ever like this: it will be read again.
            stamp.changed = -1;
        }
        let submission = |listed: &super::filed::Listed| {
            let content = listed.summary.hash.clone().unwrap_or_else(|| hash.clone());
            let digest = &listed.summary.digest;
            let unit = digest.agency.clone().map(|agency| UnitKey { agency, year: digest.year });
            Some(RecordedSubmission {
                listed: Listed {
                    path: listed.path.clone(),
                    unit,
                    verdict: verdict_name(&listed.summary),
                    key: self.keys.key(&listed.path, &content),
                    summary: kept::pack_summary(&listed.summary)?,
                },
                audit: Some(kept::pack(&listed.audit, &listed.summary)?),
            })
        };
        Some(Recorded {
            path: filed.name.clone(),
            stamp,
            hash: hash.clone(),
            received: filed.received,
            seen: now,
            submissions: filed.listed.iter().map(submission).collect::<Option<_>>()?,
        })
    }

    pub(super) fn seen(&mut self, files: &[String]) -> Result<(), Wording> {
        let now = Timestamp::now();
        self.writable().map_or(Ok(()), |store| store.seen(files, now)).map_err(|trouble| trouble.wording)
    }

    pub(super) fn removed(&mut self, file: &str) -> Result<(), Wording> {
        let (now, files) = (Timestamp::now(), [file.to_owned()]);
        self.writable().map_or(Ok(()), |store| store.removed(&files, now)).map_err(|trouble| trouble.wording)
    }

    pub(super) fn renamed(&mut self, from: &str, to: &str) -> Result<(), Wording> {
        let now = Timestamp::now();
        let moved: Vec<String> = self.audits.keys().filter(|path| path.starts_with(from)).cloned().collect();
        for path in moved {
            let is_own = path.len() == from.len() || path[from.len()..].starts_with('!');
            if let Some(key) = self.audits.remove(&path).filter(|_| is_own) {
                self.audits.insert(format!("{to}{}", &path[from.len()..]), key);
            }
        }
        let written = self.writable().map_or(Ok(false), |store| store.renamed(from, to, now));
        written.map(drop).map_err(|trouble| trouble.wording)
    }

    /// The audit of what lies at `path`.
    pub(super) fn audit(&self, path: &str) -> Result<Arc<Audit>, Wording> {
        let kept = || -> Result<Option<Audit>, Wording> {
            let (Some(store), Some(key)) = (&self.store, self.audits.get(path)) else { return Ok(None) };
            let bytes = store.audit(key).map_err(|trouble| trouble.wording)?;
            Ok(bytes.and_then(|bytes| kept::unpack(&bytes)).map(|(audit, _)| audit))
        };
        kept()?.map(Arc::new).ok_or_else(|| screen::AUDIT_LOST.into())
    }

    /// The versions known under the names `named` of the report of `unit`.
    pub(super) fn history(&self, unit: &UnitKey, named: &[UnitKey]) -> Result<History, Wording> {
        let mut versions: Vec<Version> = Vec::new();
        if let Some(store) = &self.store {
            for name in named {
                versions.extend(store.versions(name).map_err(|trouble| trouble.wording)?);
            }
        }
        versions.sort_by_key(|version| version.id);
        let number = |id: i64| versions.iter().position(|version| version.id == id).map(|at| at + 1);
        let editions: Vec<Edition> = versions
            .iter()
            .map(|version| Edition {
                path: version.path.clone(),
                at: version.received,
                summary: self.summary(&version.key).map(Arc::new),
                repeats: version.repeats.and_then(number),
                present: version.present,
            })
            .collect();
        // A scan beside the editable copy says nothing of what was corrected.
        let told = editions.iter().rev().filter_map(|edition| edition.summary.clone());
        let mut told = told.filter(|summary| summary.is_report);
        let newest = told.next();
        let step = newest.zip(told.next()).map(|(new, old)| Step::between(&old, &new, unit));
        Ok(History { unit: Some(unit.clone()), versions: editions, step })
    }

    fn summary(&self, key: &AuditKey) -> Option<Summary> {
        let bytes = self.store.as_ref()?.audit(key).ok()??;
        kept::unpack(&bytes).map(|(_, summary)| summary)
    }

    /// Writes a decision down.
    pub(super) fn decide(&mut self, draft: Draft) -> Result<(), Wording> {
        let why = self.why.clone();
        let operator = self.operator.clone();
        let Some(store) = self.writable() else { return Err(why.unwrap_or_else(|| screen::READ_ONLY.into())) };
        let decision = NewDecision {
            nonce: Nonce::random(),
            unit: draft.unit,
            path: Some(draft.path.to_string()),
            hash: draft.hash,
            basis: draft.basis,
            kind: draft.kind,
            finding: draft.finding,
            reason: draft.reason,
            undoes: draft.undoes,
            at: Timestamp::now(),
            operator,
        };
        // Where it is unclear whether it was written, the same decision again is the same one.
        let decided = store.decide(&decision).or_else(|_| store.decide(&decision));
        decided.map(drop).map_err(|trouble| trouble.wording)
    }

    /// What was decided since this was last asked.
    pub(super) fn decisions(&mut self) -> Result<Vec<Decision>, Wording> {
        let Some(store) = &self.store else { return Ok(Vec::new()) };
        let decisions = store.decisions_since(self.told).map_err(|trouble| trouble.wording)?;
        self.told = decisions.last().map_or(self.told, |last| last.id);
        Ok(decisions)
    }

    /// Whether anyone else wrote to the ledger.
    pub(super) fn has_changed(&mut self) -> Result<bool, Wording> {
        self.store.as_mut().map_or(Ok(false), Store::has_changed).map_err(|trouble| trouble.wording)
    }

    /// Who works on what, if that is another than when it was last asked.
    pub(super) fn claims(&mut self, now: Timestamp) -> Option<Vec<Claim>> {
        let claims = self.store.as_ref()?.claims(now).ok()?;
        let news = claims.iter().map(|claim| (&claim.unit, &claim.operator));
        if news.eq(self.claimed.iter().map(|claim| (&claim.unit, &claim.operator))) {
            return None;
        }
        self.claimed.clone_from(&claims);
        Some(claims)
    }

    /// Says that the operator works on `unit`. That it could not be said is no trouble worth a word.
    pub(super) fn claim(&mut self, unit: &UnitKey, until: Timestamp) {
        let operator = self.operator.clone();
        if let Some(store) = self.writable() {
            let _ = store.claim(unit, &operator, until);
        }
    }

    /// Says that the operator works on `unit` no more.
    pub(super) fn release(&mut self, unit: &UnitKey) {
        let operator = self.operator.clone();
        if let Some(store) = self.writable() {
            let _ = store.release(unit, &operator);
        }
    }
}

/// The state of a file as the ledger keeps it.
pub(super) fn stamp(stamp: &intake::Stamp) -> store::Stamp {
    let modified = stamp.modified.duration_since(std::time::UNIX_EPOCH);
    let nanoseconds = |duration: std::time::Duration| i128::try_from(duration.as_nanos()).unwrap_or(i128::MAX);
    let modified = modified.map_or_else(|before| -nanoseconds(before.duration()), nanoseconds);
    store::Stamp { size: stamp.size, modified, changed: stamp.changed, inode: stamp.inode }
}

/// The verdict by its stable name.
fn verdict_name(summary: &Summary) -> String {
    format!("{:?}", summary.verdict).to_lowercase()
}
