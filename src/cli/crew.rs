//! Audits on several threads, put out in order: whatever the number of workers, the result is the same.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::SystemTime;

use crossbeam_channel::{bounded, unbounded};

use crate::audit::{Audit, audit, refused};
use crate::intake::scan::Found;
use crate::intake::{self, Failure};
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

/// What became of a file.
#[derive(Debug)]
pub(super) struct Examined {
    /// Its audit.
    pub(super) audit: Audit,
    /// When its content was written, if it could be read.
    pub(super) modified: Option<SystemTime>,
    /// Findings left out because a waiver covers them.
    pub(super) waived: usize,
    /// Whether it was gone, or changed, before it was read: another look will follow.
    pub(super) passing: bool,
}

/// Audits on as many threads as there are processors.
pub(super) fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// Audits `input`. Never panics.
pub(super) fn audit_input(input: &Input, settings: &Settings) -> Examined {
    match input {
        Input::File(found) => examine(found, settings),
        Input::Bytes { name, bytes } => {
            let (audit, waived) = examine_bytes(bytes, name, settings);
            Examined { audit, modified: None, waived, passing: false }
        }
    }
}

/// Reads and audits one file. Never panics; what cannot be read is refused with its reason.
pub(super) fn examine(found: &Found, settings: &Settings) -> Examined {
    let name = &found.submission.name;
    let content = match &found.unfit {
        Some(reason) => Err(Failure::Unfit(reason.clone())),
        None => intake::read(&found.submission.path),
    };
    match content {
        Ok(content) => {
            let (audit, waived) = examine_bytes(&content.bytes, name, settings);
            Examined { audit, modified: Some(content.modified), waived, passing: false }
        }
        Err(failure) => {
            let (audit, waived) = settings.apply(refused(&failure.reason()), name);
            let modified = std::fs::symlink_metadata(&found.submission.path).and_then(|data| data.modified()).ok();
            Examined { audit, modified, waived, passing: matches!(failure, Failure::Vanished | Failure::Changing) }
        }
    }
}

/// Audits bytes, with the number of findings that waivers left out.
pub(super) fn examine_bytes(bytes: &[u8], name: &str, settings: &Settings) -> (Audit, usize) {
    match catch_unwind(AssertUnwindSafe(|| audit(bytes, settings.policy()))) {
        Ok(audit) => settings.apply(audit, name),
        Err(_) => {
            tracing::error!(name, "the audit panicked");
            let reason = Wording::new(
                "审核这个文件时程序出错，其他文件不受影响；请把该文件交给软件维护者",
                "the program failed on this file, the others are unaffected; please report it to the maintainers",
            );
            settings.apply(refused(&reason), name)
        }
    }
}

/// Examines all of `files` on `jobs` threads and hands the results to `emit` in the order of `files`.
/// Only a few results are held at a time. `emit` ends the run early with an error.
pub(super) fn in_order<E>(
    files: &[Input],
    jobs: usize,
    settings: &Settings,
    mut emit: impl FnMut(&Input, Examined) -> Result<(), E>,
) -> Result<(), E> {
    let (send_job, jobs_waiting) = bounded::<usize>(jobs * AHEAD);
    let (send_result, results) = unbounded::<(usize, Examined)>();
    std::thread::scope(|scope| {
        // Dropped when this closure ends, however it ends: the workers end with it.
        let send_job = send_job;
        for _ in 0..jobs {
            let (jobs_waiting, send_result) = (jobs_waiting.clone(), send_result.clone());
            let work = move || {
                for index in jobs_waiting {
                    if send_result.send((index, audit_input(&files[index], settings))).is_err() {
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
            let Ok((index, examined)) = results.recv() else { break };
            held.insert(index, examined);
            while let Some(examined) = held.remove(&next) {
                emit(&files[next], examined)?;
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
