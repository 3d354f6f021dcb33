//! The side of a worker that asks: starts the process, sends files, takes answers, and ends it when it takes
//! too long.

use std::ffi::OsString;
use std::io::{self, BufReader, Read};
use std::path::PathBuf;
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, unbounded};

use super::message::{Answer, Request, read_bytes};
use super::trouble::Trouble;
use crate::document::{Document, Refusal};
use crate::text::Wording;

/// How a worker is started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    /// The program file.
    pub path: PathBuf,
    /// Its arguments.
    pub arguments: Vec<OsString>,
}

/// Files that one worker reads before another takes its place: memory that was in use once is never given back.
const FILES: u64 = 256;

/// Bytes that one worker reads before another takes its place.
const BYTES: u64 = 64 << 20;

/// Last words that are listened to, in bytes.
const LAST_WORDS: u64 = 4096;

/// What an allocator of Rust says before it gives up, and a thread whose stack is used up.
const OUT_OF_MEMORY: &str = "memory allocation of";

/// A worker process that waits for requests.
#[derive(Debug)]
pub(super) struct Worker {
    process: Arc<Process>,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
    said: ChildStderr,
    clock: Sender<Alarm>,
    limit: Duration,
    /// Requests so far.
    asked: u64,
    bytes: u64,
    /// Whether the process has been ended.
    ended: bool,
    /// What is done while it reads its first document.
    meanwhile: Option<fn()>,
}

/// What is shared with the clock.
#[derive(Debug)]
struct Process {
    /// `None` once it has been ended.
    child: Mutex<Option<Child>>,
    /// The request that took too long; 0 while none has.
    late: AtomicU64,
}

/// When to end the process, and the request for which; `None` while nothing is asked of it.
type Alarm = Option<(Instant, u64)>;

impl Worker {
    /// Starts `program`, which has `limit` for each answer.
    pub(super) fn start(program: &Program, limit: Duration) -> Result<Self, Trouble> {
        let mut command = Command::new(&program.path);
        command.args(&program.arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        #[cfg(unix)]
        {
            use std::os::unix::process::CommandExt as _;
            // Ctrl-C is for the one who asks; nothing of the environment is. Each further arena of the C
            // library would take memory that is never used.
            command.process_group(0).arg0("nianshen").env_clear().env("MALLOC_ARENA_MAX", "1");
        }
        let mut child = command.spawn().map_err(Trouble::Unstartable)?;
        let (Some(to), Some(from), Some(said)) = (child.stdin.take(), child.stdout.take(), child.stderr.take()) else {
            return Err(Trouble::Unstartable(io::ErrorKind::BrokenPipe.into()));
        };
        let process = Arc::new(Process { child: Mutex::new(Some(child)), late: AtomicU64::new(0) });
        let (clock, alarms) = unbounded();
        let mut worker = Self {
            process,
            to,
            from: BufReader::new(from),
            said,
            clock,
            limit,
            asked: 0,
            bytes: 0,
            ended: false,
            meanwhile: None,
        };
        let process = Arc::clone(&worker.process);
        let watch = std::thread::Builder::new().name("clock".to_owned()).spawn(move || process.watch(&alarms));
        match watch {
            Ok(_) => Ok(worker),
            Err(error) => {
                worker.end();
                Err(Trouble::Unstartable(error))
            }
        }
    }

    /// The same with something to do while it reads its first document.
    pub(super) const fn with_meanwhile(mut self, meanwhile: Option<fn()>) -> Self {
        self.meanwhile = meanwhile;
        self
    }

    /// Whether another should take its place.
    pub(super) const fn is_spent(&self) -> bool {
        self.ended || self.asked >= FILES || self.bytes >= BYTES
    }

    /// The document in `bytes`. After trouble the worker is of no more use.
    pub(super) fn document(&mut self, bytes: &[u8]) -> Result<Result<Document, Refusal>, Trouble> {
        let sent = self.send(Request::Document, bytes);
        if let (Ok(()), Some(meanwhile)) = (&sent, self.meanwhile.take()) {
            meanwhile();
        }
        match sent.and_then(|()| self.answer()) {
            Ok(Answer::Document(document)) => Ok(document),
            _ => Err(self.trouble()),
        }
    }

    /// Hands the members of the archive `bytes` to `take`.
    pub(super) fn unpack(
        &mut self,
        request: Request,
        bytes: &[u8],
        take: super::archive::Taker<'_>,
    ) -> Result<Result<(), Wording>, Trouble> {
        let mut next = self.send(request, bytes).and_then(|()| self.answer());
        loop {
            let member = match next {
                Ok(Answer::Member(path, Ok(()))) => self.content().map(|bytes| (path, Ok(bytes))),
                Ok(Answer::Member(path, Err(reason))) => Ok((path, Err(reason))),
                Ok(Answer::End(ended)) => return Ok(ended),
                Ok(Answer::Document(_)) => Err(io::ErrorKind::InvalidData.into()),
                Err(error) => Err(error),
            };
            let Ok((path, content)) = member else { return Err(self.trouble()) };
            if take(super::archive::Member { path, content }).is_break() {
                // It still has members to hand over; there is no way to tell it to stop.
                self.end();
                return Ok(Ok(()));
            }
            next = self.answer();
        }
    }

    fn send(&mut self, request: Request, bytes: &[u8]) -> io::Result<()> {
        self.asked += 1;
        self.bytes += bytes.len() as u64;
        self.timed(|worker| request.write(bytes, &worker.to))
    }

    fn answer(&mut self) -> io::Result<Answer> {
        self.timed(|worker| Answer::read(&mut worker.from))
    }

    fn content(&mut self) -> io::Result<Vec<u8>> {
        self.timed(|worker| read_bytes(&mut worker.from))
    }

    /// Does something for which the process has its time and no more.
    fn timed<T>(&mut self, act: impl FnOnce(&mut Self) -> io::Result<T>) -> io::Result<T> {
        // Without a clock the process is ended by what it may take of a processor.
        let _ = self.clock.send(Some((Instant::now() + self.limit, self.asked)));
        let done = act(self);
        let _ = self.clock.send(None);
        done
    }

    /// Ends the process and says what was wrong with it.
    fn trouble(&mut self) -> Trouble {
        if self.process.late.load(Ordering::SeqCst) == self.asked {
            self.end();
            return Trouble::Late(self.limit);
        }
        let status = self.end();
        let mut words = Vec::new();
        let _ = (&mut self.said).take(LAST_WORDS).read_to_end(&mut words);
        let words = String::from_utf8_lossy(&words);
        tracing::warn!(%words, ?status, "a worker ended");
        if words.contains(OUT_OF_MEMORY) { Trouble::Memory } else { Trouble::Crash }
    }

    /// Ends the process.
    fn end(&mut self) -> Option<ExitStatus> {
        self.ended = true;
        let mut child = self.process.child.lock().unwrap_or_else(PoisonError::into_inner).take()?;
        kill(&mut child);
        child.wait().ok()
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.end();
    }
}

impl Process {
    /// Ends the process whenever an alarm goes off, until there is nobody to set one.
    fn watch(&self, alarms: &Receiver<Alarm>) {
        let mut alarm: Alarm = None;
        loop {
            let next = match alarm {
                None => alarms.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some((at, _)) => alarms.recv_deadline(at),
            };
            alarm = match (next, alarm) {
                (Ok(next), _) => next,
                (Err(RecvTimeoutError::Timeout), Some((_, request))) => {
                    self.late.store(request, Ordering::SeqCst);
                    self.child.lock().unwrap_or_else(PoisonError::into_inner).as_mut().map(kill);
                    None
                }
                (Err(_), _) => return,
            };
        }
    }
}

/// Ends a process that nobody has waited for yet, and whatever it may have started: that would hold the pipes.
pub(super) fn kill(child: &mut Child) {
    #[cfg(unix)]
    if let Some(group) = i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw) {
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    let _ = child.kill();
}

#[cfg(unix)]
#[cfg(test)]
mod tests;
