//! Files that are damaged, or made to do harm, through a real worker process: there is an answer for each, in time
//! and within memory, and the next file is read as if nothing had been.
//!
//! `NIANSHEN_FUZZ=600` mutates for ten minutes instead of a moment; what troubles a worker is kept below `target/tmp`.

mod crafted;
mod mutate;
mod seeds;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use nianshen::document::Document;
use nianshen::reader::{File, Opened, Program, Reader};

use crate::generate::rng::Rng;
use crate::program::program;

/// What a worker may take, in KiB.
const MEMORY: u64 = 512 << 10;

/// Mutated files in all, unless it is to go on for a time.
const FILES: usize = 12_000;

/// A file that is well, read between the others.
struct Witness {
    bytes: Vec<u8>,
    document: Document,
}

/// A reader with real workers, and what was seen of them.
struct Trial {
    reader: Reader,
    witness: Option<Witness>,
    /// Most memory of any worker, in KiB, as a thread sees it that does nothing but look.
    peak: Arc<AtomicU64>,
    /// Longest time for one file.
    longest: Duration,
    /// What files did to the workers, by name.
    troubles: BTreeMap<String, String>,
}

fn reader() -> Reader {
    Reader::new(Program { path: program().to_owned(), arguments: vec!["__read".into()] })
}

fn open(reader: &mut Reader, bytes: &[u8]) -> Vec<Opened> {
    let mut all = Vec::new();
    reader.open(File { name: "a", bytes, admits: &|_| true }, &mut |opened| all.push(opened));
    all
}

impl Trial {
    fn new() -> Self {
        let mut reader = reader();
        let bytes = seeds::docx();
        let document = open(&mut reader, &bytes).remove(0).document;
        let witness = document.ok().map(|document| Witness { bytes, document });
        let peak = Arc::new(AtomicU64::new(0));
        let seen = Arc::downgrade(&peak);
        std::thread::spawn(move || {
            while let Some(seen) = seen.upgrade() {
                seen.fetch_max(peak_of_workers(), Ordering::Relaxed);
                std::thread::sleep(Duration::from_millis(20));
            }
        });
        Self { reader, witness, peak, longest: Duration::ZERO, troubles: BTreeMap::new() }
    }

    /// Opens a file that may do anything.
    fn hand(&mut self, name: &str, bytes: &[u8]) -> Vec<Opened> {
        let began = Instant::now();
        let all = open(&mut self.reader, bytes);
        self.longest = self.longest.max(began.elapsed());
        assert!(!all.is_empty(), "{name}: no answer");
        for refusal in all.iter().filter_map(|opened| opened.document.as_ref().err()) {
            assert!(!refusal.reason.zh.is_empty() && !refusal.reason.en.is_empty(), "{name}: no reason");
            if refusal.reason.en.starts_with("reading it ") {
                self.troubles.insert(name.to_owned(), refusal.reason.en.clone());
                keep(name, bytes);
            }
        }
        all
    }

    /// The file that is well reads as at the beginning.
    fn check(&mut self) {
        if let Some(Witness { bytes, document }) = &self.witness {
            assert_eq!(open(&mut self.reader, bytes)[0].document.as_ref(), Ok(document));
        }
    }

    /// Nothing got out of hand.
    fn end(mut self) {
        self.check();
        let peak = self.peak.load(Ordering::Relaxed);
        let mut told = format!("longest {:?}, most memory {} MiB", self.longest, peak >> 10);
        for (name, reason) in &self.troubles {
            write!(told, "\n{name}: {reason}").unwrap();
        }
        println!("{told}");
        assert!(peak < MEMORY, "{told}");
    }
}

/// Keeps a file that troubled a worker, where that is asked for.
fn keep(name: &str, bytes: &[u8]) {
    if std::env::var_os("NIANSHEN_FUZZ").is_some() {
        let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fuzz");
        fs::create_dir_all(&directory).unwrap();
        fs::write(directory.join(name.replace(['/', ' '], "_")), bytes).unwrap();
    }
}

/// Most memory that any worker of this process has had at once, in KiB; 0 where the system does not say.
fn peak_of_workers() -> u64 {
    workers().into_iter().filter_map(|process| status(process, "VmHWM:")).max().unwrap_or(0)
}

/// The worker processes that this process has started itself.
fn workers() -> Vec<u32> {
    let Ok(processes) = fs::read_dir("/proc") else { return Vec::new() };
    let numbers = processes.flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    let own = u64::from(std::process::id());
    let is_ours = |&process: &u32| {
        let line = fs::read(format!("/proc/{process}/cmdline")).unwrap_or_default();
        line.ends_with(b"\0__read\0") && status(process, "PPid:") == Some(own)
    };
    numbers.filter(is_ours).collect()
}

/// A figure of `/proc/PROCESS/status`.
fn status(process: u32, key: &str) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    status.lines().find_map(|line| line.strip_prefix(key))?.split_whitespace().next()?.parse().ok()
}

#[test]
fn mutated_files_harm_nobody() {
    let mut trial = Trial::new();
    let seeds = seeds::all();
    let time = std::env::var("NIANSHEN_FUZZ").ok().and_then(|seconds| seconds.parse().ok()).map(Duration::from_secs);
    let only = std::env::var("NIANSHEN_FUZZ_ONLY").unwrap_or_default();
    let began = Instant::now();
    let (mut round, mut files) = (0, 0);
    while time.map_or(files < FILES, |time| began.elapsed() < time) {
        for (index, (name, bytes)) in seeds.iter().enumerate().filter(|(_, (name, _))| name.contains(&only)) {
            let mut rng = Rng::new(round * 1000 + index as u64);
            let mutated = mutate::mutate(bytes, &mut rng);
            trial.hand(&format!("{round} {name}"), &mutated);
            files += 1;
        }
        trial.check();
        round += 1;
    }
    println!("{files} files");
    trial.end();
}

#[test]
fn the_seeds_themselves_are_read() {
    let mut reader = reader();
    let mut refused = Vec::new();
    for (name, bytes) in seeds::built() {
        for opened in open(&mut reader, &bytes) {
            if let Err(refusal) = opened.document {
                refused.push(format!("{name}: {}", refusal.reason.en));
            }
        }
    }
    assert_eq!(refused, Vec::<String>::new());
}

#[test]
fn crafted_files_are_refused_or_read_and_nothing_else() {
    let mut trial = Trial::new();
    for (name, bytes) in crafted::all() {
        trial.hand(name, &bytes);
        trial.check();
    }
    trial.end();
}

#[test]
fn a_worker_that_is_killed_is_replaced() {
    let mut reader = reader();
    let bytes = seeds::docx();
    let first = open(&mut reader, &bytes);
    if !Path::new("/proc/self/status").exists() {
        return;
    }
    // Of all workers of this process, which other tests have too, the youngest that is idle is not known: this
    // reader's is the one that was not there before it.
    let before = workers();
    let mut another = self::reader();
    open(&mut another, &bytes);
    for process in workers().into_iter().filter(|process| !before.contains(process)) {
        std::process::Command::new("kill").args(["-9", &process.to_string()]).status().unwrap();
    }
    assert_eq!(open(&mut another, &bytes), first);
}
