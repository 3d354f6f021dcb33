//! A worker: the process that reads what others have made. It limits itself before it reads anything, keeps
//! nothing between two files, and ends when nobody asks any more.

use std::io::{self, BufReader, BufWriter, Read, Write};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

use super::archive::{self, Member};
use super::limit::{self, Limits};
use super::message::{Answer, Request, read_bytes, write_bytes};
use super::trouble;
use crate::document::{self, Refusal, sniff};

/// Works off requests from standard input until it ends. Reading happens on a thread with a stack deep enough
/// for deep documents.
#[must_use]
pub fn serve() -> ExitCode {
    confined(limit::FILE, || Ok(Box::new(open)))
}

/// The same for scans, with the recognition model in the file `model`, which is loaded first: afterwards no file can
/// be opened.
#[must_use]
pub fn serve_scans(model: &std::ffi::OsStr) -> ExitCode {
    #[cfg(feature = "ocr")]
    {
        let model = std::path::PathBuf::from(model);
        confined(limit::SCAN, move || {
            Ok(super::recogniser::Recogniser::load(&model).map_or_else(|error| unusable(&error), opener))
        })
    }
    #[cfg(not(feature = "ocr"))]
    {
        let _ = model;
        ExitCode::FAILURE
    }
}

/// How a document is read.
type Open = Box<dyn FnMut(&[u8]) -> Result<document::Document, Refusal>>;

/// Reads scans with `recogniser`.
#[cfg(feature = "ocr")]
fn opener(mut recogniser: super::recogniser::Recogniser) -> Open {
    Box::new(move |bytes| {
        let read = catch_unwind(AssertUnwindSafe(|| document::open_scan(bytes, &mut recogniser)));
        read.unwrap_or_else(|_| Err(crashed(bytes)))
    })
}

/// Says of every scan that the model cannot be used.
#[cfg(feature = "ocr")]
fn unusable(error: &io::Error) -> Open {
    let reason = crate::text::Wording::new(
        format!("这是扫描件；[ocr] 设置的识别模型不能用（{error}），没有识读；请换用 README 所说的模型文件"),
        format!(
            "this is a scan; the recognition model set under [ocr] cannot be used ({error}), so it was not read; use the \
             model file that the README names"
        ),
    );
    Box::new(move |bytes| Err(Refusal::new(sniff::sniff(bytes).format(), reason.clone())))
}

fn crashed(bytes: &[u8]) -> Refusal {
    Refusal::new(sniff::sniff(bytes).format(), trouble::Trouble::Crash.wording())
}

/// Works off requests within `limits`, once `prepare` has got ready what reads.
fn confined(limits: Limits, prepare: impl FnOnce() -> io::Result<Open> + Send + 'static) -> ExitCode {
    limit::end_with_parent();
    // Nobody is there to read it, and what went wrong is said in the answer.
    std::panic::set_hook(Box::new(|_| {}));
    let work = move || {
        let open = prepare()?;
        limit::confine(limits)?;
        // Not the locks of `std`: their buffers are not needed twice.
        work(BufReader::new(io::stdin()), BufWriter::with_capacity(1 << 16, io::stdout()), limits, open)
    };
    let ended = std::thread::Builder::new().name("read".to_owned()).stack_size(limit::STACK).spawn(work);
    match ended.map(std::thread::JoinHandle::join) {
        Ok(Ok(Ok(()))) => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

fn work(mut from: impl Read, mut to: impl Write, limits: Limits, mut open: Open) -> io::Result<()> {
    while let Some(request) = Request::read(&mut from)? {
        limit::renew(limits)?;
        match read_bytes(&mut from) {
            Ok(bytes) => answer(request, &bytes, &mut open, &mut to)?,
            Err(error) if error.kind() == io::ErrorKind::OutOfMemory => return Err(error),
            Err(_) => return Ok(()),
        }
    }
    Ok(())
}

fn answer(request: Request, bytes: &[u8], open: &mut Open, to: &mut impl Write) -> io::Result<()> {
    match request {
        Request::Document => Answer::Document(open(bytes)).write(to),
        Request::Unpack(kind) => {
            let mut lost = None;
            let ended = catch_unwind(AssertUnwindSafe(|| {
                archive::unpack(kind, bytes, &mut |member| match hand_over(member, to) {
                    Ok(()) => ControlFlow::Continue(()),
                    Err(error) => {
                        lost = Some(error);
                        ControlFlow::Break(())
                    }
                })
            }));
            match lost {
                Some(error) => Err(error),
                None => Answer::End(ended.unwrap_or_else(|_| Err(trouble::Trouble::Crash.wording()))).write(to),
            }
        }
    }
}

fn hand_over(member: Member, to: &mut impl Write) -> io::Result<()> {
    match member.content {
        Ok(bytes) => {
            Answer::Member(member.path, Ok(())).write(&mut *to)?;
            write_bytes(&bytes, to)
        }
        Err(reason) => Answer::Member(member.path, Err(reason)).write(to),
    }
}

/// Reads a document here; a panic is a refusal.
pub(super) fn open(bytes: &[u8]) -> Result<document::Document, Refusal> {
    catch_unwind(|| document::open(bytes)).unwrap_or_else(|_| Err(crashed(bytes)))
}
