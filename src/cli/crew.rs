//! Audits on several threads, put out in order: whatever the number of workers, the result is the same.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::SystemTime;

use crossbeam_channel::{bounded, unbounded};
use jiff::Timestamp;

use crate::audit::{Audit, audit_document, refused};
use crate::intake::scan::Found;
use crate::intake::{self, Failure, Stamp};
use crate::ledger::Summary;
use crate::reader::{File, Opened, Reader};
use crate::text::Wording;

use super::settings::Settings;

/// Name of the threads that audit. What panics there is one file's trouble.
const WORKER: &str = "audit";

/// Stack of such a thread, in bytes.
const STACK: usize = 16 << 20;

/// Audits that may be ahead of the one to be put out next, for each worker.
const AHEAD: usize = 16;

/// Something to audit.
#[derive(Clone, Debug)]
pub(super) enum Input {
    /// A file, read when its turn comes.
    File(Found),
    /// What standard input held.
    Bytes {
        /// What it is called.
        name: String,
        /// Its content.
        bytes: Vec<u8>,
    },
}

impl Input {
    /// What it is called in output.
    pub(super) fn name(&self) -> &str {
        match self {
            Self::File(found) => &found.submission.name,
            Self::Bytes { name, .. } => name,
        }
    }
}

/// One submission: a file, or a member of an archive.
#[derive(Debug)]
pub(super) struct Examined {
    /// What it is called in output: for a member `archive!member`.
    pub(super) name: String,
    /// Its audit.
    pub(super) audit: Audit,
    /// That audit in brief.
    pub(super) summary: Summary,
    /// Findings left out because a waiver covers them.
    pub(super) waived: usize,
}

impl Examined {
    fn new(name: String, audit: Audit, waived: usize) -> Self {
        Self { name, summary: Summary::of(&audit), audit, waived }
    }
}

/// What became of a file.
#[derive(Debug)]
pub(super) struct Examination {
    /// Its submissions, in the order of their names: one, or those of an archive. Never empty.
    pub(super) submissions: Vec<Examined>,
    /// When its content was written, if it could be read.
    pub(super) modified: Option<SystemTime>,
    /// The state of the file with that content, and BLAKE3 of it.
    pub(super) seen: Option<(Stamp, String)>,
    /// Whether it was gone, or changed, before it was read: another look will follow.
    pub(super) passing: bool,
}

impl Examination {
    /// When its content arrived, as far as the file tells; now, where it does not.
    pub(super) fn received(&self) -> Timestamp {
        let modified = self.modified.unwrap_or_else(SystemTime::now);
        Timestamp::try_from(modified).unwrap_or(Timestamp::UNIX_EPOCH)
    }
}

/// Audits on as many threads as there are processors.
pub(super) fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// Audits `input`. Never panics.
pub(super) fn examine_input(input: &Input, settings: &Settings, reader: &mut Reader) -> Examination {
    match input {
        Input::File(found) => examine(found, settings, reader),
        Input::Bytes { name, bytes } => {
            let submissions = examine_bytes(name, bytes, settings, reader);
            Examination { submissions, modified: None, seen: None, passing: false }
        }
    }
}

/// Reads and audits one file. Never panics; what cannot be read is refused with its reason.
pub(super) fn examine(found: &Found, settings: &Settings, reader: &mut Reader) -> Examination {
    let name = &found.submission.name;
    let content = match &found.unfit {
        Some(reason) => Err(Failure::Unfit(reason.clone())),
        None => intake::read_found(found),
    };
    match content {
        Ok(content) => {
            let submissions = examine_bytes(name, &content.bytes, settings, reader);
            let hash = blake3::hash(&content.bytes).to_hex().to_string();
            let seen = Some((content.stamp, hash));
            Examination { submissions, modified: Some(content.modified), seen, passing: false }
        }
        Err(failure) => {
            let (audit, waived) = settings.apply(refused(&failure.reason()), name);
            let submissions = vec![Examined::new(name.clone(), audit, waived)];
            let modified = std::fs::symlink_metadata(&found.submission.path).and_then(|data| data.modified()).ok();
            Examination {
                submissions,
                modified,
                seen: None,
                passing: matches!(failure, Failure::Vanished | Failure::Changing),
            }
        }
    }
}

/// Audits the submissions in the file called `name`.
fn examine_bytes(name: &str, bytes: &[u8], settings: &Settings, reader: &mut Reader) -> Vec<Examined> {
    let mut submissions = Vec::new();
    let filter = settings.filter();
    let admits = |member: &str| filter.admits_member(name, member);
    let mut take = |opened: Opened| {
        let is_member = opened.member.is_some();
        let name = full_name(name, opened.member.as_deref());
        let (audit, waived) = examine_opened(&name, opened, settings);
        let mut examined = Examined::new(name, audit, waived);
        if is_member {
            // There may be thousands.
            examined.audit.slim();
        }
        submissions.push(examined);
    };
    let opening = AssertUnwindSafe(|| reader.open(File { name, bytes, admits: &admits }, &mut take));
    if catch_unwind(opening).is_err() {
        let (audit, waived) = failed(name, settings);
        submissions.push(Examined::new(name.to_owned(), audit, waived));
    }
    submissions.sort_by(|one, other| one.name.cmp(&other.name));
    submissions
}

/// How a member of the archive `name` is called; without a member, the file itself.
pub(super) fn full_name(name: &str, member: Option<&str>) -> String {
    member.map_or_else(|| name.to_owned(), |member| format!("{name}!{member}"))
}

/// Audits what was opened, with the number of findings that waivers left out.
pub(super) fn examine_opened(name: &str, opened: Opened, settings: &Settings) -> (Audit, usize) {
    let Opened { fingerprint, document, .. } = opened;
    match catch_unwind(AssertUnwindSafe(|| audit_document(name, fingerprint.as_ref(), document, settings.policy()))) {
        Ok(audit) => settings.apply(audit, name),
        Err(_) => failed(name, settings),
    }
}

/// What stands for a file on which the program itself failed.
fn failed(name: &str, settings: &Settings) -> (Audit, usize) {
    tracing::error!(name, "a panic");
    let reason = Wording::new(
        "审核这个文件时程序出错，其他文件不受影响；请把该文件交给软件维护者",
        "the program failed on this file, the others are unaffected; please report it to the maintainers",
    );
    settings.apply(refused(&reason), name)
}

/// Examines all of `files` on `jobs` threads and hands the results to `emit` in the order of `files`.
/// Only a few results are held at a time. `emit` ends the run early with an error.
pub(super) fn in_order<E>(
    files: &[Input],
    jobs: usize,
    settings: &Settings,
    mut emit: impl FnMut(Examination) -> Result<(), E>,
) -> Result<(), E> {
    let (send_job, jobs_waiting) = bounded::<usize>(jobs * AHEAD);
    let (send_result, results) = unbounded::<(usize, Examination)>();
    std::thread::scope(|scope| {
        // Dropped when this closure ends, however it ends: the workers end with it.
        let send_job = send_job;
        for _ in 0..jobs {
            let (jobs_waiting, send_result) = (jobs_waiting.clone(), send_result.clone());
            let work = move || {
                let mut reader = settings.reader();
                for index in jobs_waiting {
                    if send_result.send((index, examine_input(&files[index], settings, &mut reader))).is_err() {
                        break;
                    }
                }
            };
            let spawned =
                std::thread::Builder::new().name(WORKER.to_owned()).stack_size(STACK).spawn_scoped(scope, work);
            if let Err(error) = spawned {
                tracing::warn!(%error, "a worker could not be started");
            }
        }
        drop(jobs_waiting);
        drop(send_result);
        let mut held = BTreeMap::new();
        let (mut sent, mut next) = (0, 0);
        while next < files.len() {
            while sent < files.len() && sent < next + jobs * AHEAD && send_job.send(sent).is_ok() {
                sent += 1;
            }
            let Ok((index, examination)) = results.recv() else { break };
            held.insert(index, examination);
            while let Some(examination) = held.remove(&next) {
                emit(examination)?;
                next += 1;
            }
        }
        Ok(())
    })
}

/// Starts a thread that audits.
pub(super) fn spawn(work: impl FnOnce() + Send + 'static) -> std::io::Result<()> {
    worker().spawn(work).map(drop)
}

fn worker() -> std::thread::Builder {
    std::thread::Builder::new().name(WORKER.to_owned()).stack_size(STACK)
}

/// Keeps a panic in an audit from writing to the terminal: it becomes a refusal of that file.
pub(super) fn silence_worker_panics() {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if std::thread::current().name() == Some(WORKER) {
            tracing::error!(%panic, "panic in an audit");
        } else {
            before(panic);
        }
    }));
}
