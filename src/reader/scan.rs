//! Scans, read by a worker that has loaded a model before it confined itself, where the operator has named one.

use std::ffi::OsString;
use std::path::Path;
use std::time::Duration;

use super::trouble::Trouble;
use super::worker::Worker;
use super::{Program, Reader, convert};
use crate::document::{Block, Document, Refusal};
use crate::text::Wording;

/// How long a worker has for one scan, its model's loading included: twice the time it may take of a processor, for it
/// is not alone there.
const TIME: Duration = Duration::from_secs(240);

/// Whether characters could be recognised in what was refused.
pub(super) fn may_help(refusal: &Refusal) -> bool {
    refusal.scan
}

/// Whether some of its pages are pictures, from which characters could be recognised.
pub(super) fn has_scanned_pages(document: &Document) -> bool {
    let is_page = |block: &Block| matches!(block, Block::Picture(picture) if picture.page);
    document.blocks.iter().any(is_page)
}

/// The program as it is started to read scans with `model`.
fn program(program: &Program, model: &Path) -> Program {
    let arguments = program.arguments.iter().cloned().chain([OsString::from(model)]).collect();
    Program { path: program.path.clone(), arguments }
}

impl Reader {
    /// The document that the scan `bytes` shows, as far as it can be recognised; `refusal` is what became of it
    /// without.
    pub(super) fn recognised(&mut self, bytes: &[u8], refusal: Refusal) -> Result<Result<Document, Refusal>, Trouble> {
        self.scan(bytes).unwrap_or_else(|| Ok(Err(advise(refusal))))
    }

    /// The document in `bytes` with what can be recognised on those of its pages that are pictures; `document` is what
    /// became of it without, and stands where that fails.
    pub(super) fn completed(&mut self, bytes: &[u8], document: Document) -> Document {
        match self.scan(bytes) {
            None => document,
            Some(Ok(Ok(read))) => read,
            Some(failed) => {
                tracing::warn!(?failed, "scanned pages were not recognised");
                document
            }
        }
    }

    /// What a worker with the model makes of `bytes`; `None` without a model.
    fn scan(&mut self, bytes: &[u8]) -> Option<Result<Result<Document, Refusal>, Trouble>> {
        let (Some(own), Some(model)) = (&self.program, &self.model) else { return None };
        let program = program(own, model);
        Some(self.scan_in_worker(bytes, &program))
    }

    fn scan_in_worker(&mut self, bytes: &[u8], program: &Program) -> Result<Result<Document, Refusal>, Trouble> {
        let start = || Worker::start(program, TIME);
        let fresh = self.scanner.is_none();
        let mut worker = self.scanner.take().map_or_else(start, Ok)?;
        let mut read = worker.document(bytes);
        if !fresh && matches!(read, Err(Trouble::Memory | Trouble::Crash)) {
            // What it had read before may be to blame: the next one has only this.
            worker = start()?;
            read = worker.document(bytes);
        }
        if !worker.is_spent() {
            self.scanner = Some(worker);
        }
        read
    }
}

/// The refusal with the advice to switch recognition on.
fn advise(refusal: Refusal) -> Refusal {
    let advice = Wording::new(
        "也可开启光学字符识别（默认关闭，做法见 README 的“扫描件”一节），识读结果须人核对",
        "text recognition can be switched on (it is off by default, see “Scans” in the README), a person then checks \
         what it read",
    );
    convert::add(refusal, &advice)
}
