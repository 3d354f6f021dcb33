//! A worker: the process that reads what others have made. It limits itself before it reads anything, keeps
//! nothing between two files, and ends when nobody asks any more.

use std::io::{self, BufReader, BufWriter, Read, Write};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

use super::archive::{self, Member};
use super::limit;
use super::message::{Answer, Request, read_bytes, write_bytes};
use super::trouble;
use crate::document::{self, Refusal, sniff};

/// Works off requests from standard input until it ends. Reading happens on a thread with a stack deep enough
/// for deep documents.
#[must_use]
pub fn serve() -> ExitCode {
    limit::end_with_parent();
    // Nobody is there to read it, and what went wrong is said in the answer.
    std::panic::set_hook(Box::new(|_| {}));
    let work = || {
        limit::confine()?;
        // Not the locks of `std`: their buffers are not needed twice.
        work(BufReader::new(io::stdin()), BufWriter::with_capacity(1 << 16, io::stdout()))
    };
    let ended = std::thread::Builder::new().name("read".to_owned()).stack_size(limit::STACK).spawn(work);
    match ended.map(std::thread::JoinHandle::join) {
        Ok(Ok(Ok(()))) => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

fn work(mut from: impl Read, mut to: impl Write) -> io::Result<()> {
    while let Some(request) = Request::read(&mut from)? {
        limit::renew()?;
        match read_bytes(&mut from) {
            Ok(bytes) => answer(request, &bytes, &mut to)?,
            Err(error) if error.kind() == io::ErrorKind::OutOfMemory => return Err(error),
            Err(_) => return Ok(()),
        }
    }
    Ok(())
}

fn answer(request: Request, bytes: &[u8], to: &mut impl Write) -> io::Result<()> {
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
    catch_unwind(|| document::open(bytes)).unwrap_or_else(|_| {
        Err(Refusal { format: sniff::sniff(bytes).format(), reason: trouble::Trouble::Crash.wording() })
    })
}
