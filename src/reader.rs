//! Opening what lies in the inbox: a file is a document, or an archive of documents.
//!
//! Plain text and web pages are read here. Everything else is read in a worker process with limits on memory
//! and time, because a crafted file can make any reader of a complex format eat all memory, run for ever or
//! crash. A worker serves many files; it is started again when it dies.
//!
//! ```text
//! bytes ──► text, HTML ──────────────────► document
//!       ├─► PDF, Word … ──► worker ──────► document
//!       │   a scan? ──────► a worker with a recognition model, where there is one ──► document, all of it in doubt
//!       └─► ZIP, TAR … ───► worker ──► member ──► each like a file of its own
//! ```

mod archive;
mod convert;
mod descent;
mod limit;
mod message;
#[cfg(feature = "ocr")]
mod recogniser;
mod scan;
mod serve;
mod trouble;
mod worker;

use std::path::PathBuf;
use std::time::Duration;

use crate::document::sniff::{self, Kind};
use crate::document::{Block, Document, Fingerprint, Format, Refusal};
use crate::text::{Words, words};

pub use serve::{serve, serve_scans};
pub use worker::Program;

use descent::Descent;
use trouble::Trouble;
use worker::Worker;

/// The largest file that is worth reading, in bytes.
pub const LIMIT: u64 = archive::MEMBER;

/// A document, or what stands in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// Its path within the archive it lay in, `/`-separated, with `!` between an archive and its member where
    /// archives are nested; `None` for a file that is no archive, and for an archive that is refused.
    pub member: Option<String>,
    /// Size and hash of its bytes; `None` where they could not be had.
    pub fingerprint: Option<Fingerprint>,
    /// The document, or why there is none.
    pub document: Result<Document, Refusal>,
}

/// Who takes what was opened, one after the other.
pub type Taker<'a> = &'a mut dyn FnMut(Opened);

/// A file to open.
#[derive(Clone, Copy)]
pub struct File<'a> {
    /// How it is called.
    pub name: &'a str,
    /// Its content.
    pub bytes: &'a [u8],
    /// Which of its members count if it is an archive, by their path in it.
    pub admits: &'a dyn Fn(&str) -> bool,
}

/// Opens files, one after the other. Each thread has its own.
#[derive(Debug)]
pub struct Reader {
    /// How workers are started; without it everything is read here.
    program: Option<Program>,
    /// Workers that wait, the one to be used next last.
    idle: Vec<Worker>,
    /// How long a worker has for one answer.
    time: Duration,
    /// A program that turns into DOCX what no reader reads.
    office: Option<PathBuf>,
    /// A model that recognises characters in scans.
    model: Option<PathBuf>,
    /// The worker that has loaded it.
    scanner: Option<Worker>,
    /// What is done while a worker reads its first document.
    meanwhile: Option<fn()>,
}

/// How long a worker has for one file.
const TIME: Duration = Duration::from_secs(10);

/// Workers that are kept waiting: one unpacks while the other reads.
const IDLE: usize = 2;

/// Largest text and web page, in bytes, and most text of any document.
const TEXT: usize = 32 << 20;

const TOO_MUCH_TEXT: Words =
    words("文字过多（上限 32 MiB），不是年度报告", "far too much text (the limit is 32 MiB) for a report");

impl Reader {
    /// A reader whose workers are started as `program`, which is to call [`serve`].
    #[must_use]
    pub const fn new(program: Program) -> Self {
        Self::of(Some(program))
    }

    /// A reader that reads everything in this process, without limits: for tests and benchmarks.
    #[must_use]
    pub const fn in_process() -> Self {
        Self::of(None)
    }

    const fn of(program: Option<Program>) -> Self {
        Self { program, idle: Vec::new(), time: TIME, office: None, model: None, scanner: None, meanwhile: None }
    }

    /// The same with an office program (`soffice`) for documents that no reader reads.
    #[must_use]
    pub fn with_office(self, office: Option<PathBuf>) -> Self {
        Self { office, ..self }
    }

    /// The same with a model by which characters in scans are recognised; without one scans are refused.
    #[must_use]
    pub fn with_model(self, model: Option<PathBuf>) -> Self {
        Self { model, ..self }
    }

    /// The same with something to do while a worker, newly started, reads its first document.
    #[must_use]
    pub const fn with_meanwhile(mut self, meanwhile: fn()) -> Self {
        self.meanwhile = Some(meanwhile);
        self
    }

    /// The same with another time than ten seconds for each file.
    #[must_use]
    pub const fn with_time(mut self, time: Duration) -> Self {
        self.time = time;
        self
    }

    /// Hands the documents in `file` to `take`: the file itself, or the members of the archive it is. There is
    /// always at least one. Never panics unless `take` does.
    pub fn open(&mut self, file: File<'_>, take: Taker<'_>) {
        Descent::new(self, file.admits, take).file(file.name, file.bytes);
    }

    /// The document in `bytes`, which are no archive.
    fn document(&mut self, bytes: &[u8]) -> Result<Result<Document, Refusal>, Trouble> {
        let kind = sniff::sniff(bytes);
        let document = self.read(bytes, kind)?;
        let document = match document {
            Err(refusal) if convert::may_help(&refusal) => self.converted(bytes, refusal)?,
            Err(refusal) if scan::may_help(&refusal) => self.recognised(bytes, refusal)?,
            Ok(document) if scan::has_scanned_pages(&document) => Ok(self.completed(bytes, document)),
            document => document,
        };
        Ok(document.and_then(|read| {
            let fits = weight(&read) <= TEXT;
            if fits { Ok(read) } else { Err(Refusal::of(read.format, TOO_MUCH_TEXT.into())) }
        }))
    }

    /// The document in `bytes` by way of the office program, if there is one; `refusal` is what became of it
    /// without.
    fn converted(&mut self, bytes: &[u8], refusal: Refusal) -> Result<Result<Document, Refusal>, Trouble> {
        let Some(office) = &self.office else { return Ok(Err(convert::advise(refusal))) };
        match convert::to_docx(office, bytes) {
            Ok(docx) => {
                let read = self.read(&docx, sniff::sniff(&docx))?;
                Ok(read.map(|read| Document { format: Format::Doc, ..read }))
            }
            Err(why) => Ok(Err(convert::add(refusal, &why))),
        }
    }

    fn read(&mut self, bytes: &[u8], kind: Kind) -> Result<Result<Document, Refusal>, Trouble> {
        let plain = matches!(kind, Kind::Document(Format::Text | Format::Html));
        if plain && bytes.len() > TEXT {
            return Ok(Err(Refusal::new(kind.format(), TOO_MUCH_TEXT.into())));
        }
        if plain || self.program.is_none() {
            return Ok(serve::open(bytes));
        }
        let mut worker = self.hire()?;
        let mut read = worker.document(bytes);
        if matches!(read, Err(Trouble::Memory | Trouble::Crash)) {
            // What it had read before, or somebody outside, may be to blame: the next one has only this.
            worker = self.start()?;
            read = worker.document(bytes);
        }
        self.dismiss(worker);
        read
    }

    /// A worker that waits, or a new one.
    fn hire(&mut self) -> Result<Worker, Trouble> {
        match self.idle.pop() {
            Some(worker) => Ok(worker),
            None => self.start(),
        }
    }

    fn start(&self) -> Result<Worker, Trouble> {
        let program = self.program.as_ref().ok_or_else(|| Trouble::Unstartable(std::io::ErrorKind::NotFound.into()))?;
        Ok(Worker::start(program, self.time)?.with_meanwhile(self.meanwhile))
    }

    fn dismiss(&mut self, worker: Worker) {
        if !worker.is_spent() && self.idle.len() < IDLE {
            self.idle.push(worker);
        }
    }
}

/// How much text a document has, in bytes.
fn weight(document: &Document) -> usize {
    let blocks = document.blocks.iter().map(|block| match block {
        Block::Line(line) => line.text.len(),
        Block::Table(grid) => usize::from(grid.rows) + grid.cells.iter().map(|cell| cell.text.len()).sum::<usize>(),
        Block::Picture(picture) => picture.caption.len(),
    });
    blocks.map(|bytes| bytes + 1).sum()
}

#[cfg(test)]
mod tests;
