//! Scans, read by a worker that has loaded a model before it confined itself, where the operator has named one.

use std::ffi::OsString;
use std::path::Path;
use std::time::Duration;

use super::trouble::Trouble;
use super::worker::Worker;
use super::{Program, Reader, convert};
use crate::document::{Document, Format, Refusal};
use crate::text::Wording;

/// How long a worker has for one scan, its model's loading included: twice the time it may take of a processor, for it
/// is not alone there.
const TIME: Duration = Duration::from_secs(240);

/// Whether characters could be recognised in what was refused.
pub(super) fn may_help(refusal: &Refusal) -> bool {
    refusal.scan && refusal.format == Some(Format::Pdf)
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
        let (Some(own), Some(model)) = (&self.program, &self.model) else { return Ok(Err(advise(refusal))) };
        let start = || Worker::start(&program(own, model), TIME);
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
