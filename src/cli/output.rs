//! Where output goes: standard output, or a file that appears complete or not at all.

use std::fs::{self, File};
use std::io::{self, BufWriter, StdoutLock, Write};
use std::path::{Path, PathBuf};

use super::failure::Failure;
use crate::text::Wording;

/// Somewhere to write to.
#[derive(Debug)]
pub(super) enum Output {
    /// Standard output.
    Standard(BufWriter<StdoutLock<'static>>),
    /// A device or a pipe, which is written to and never replaced.
    Device(BufWriter<File>),
    /// A file, written beside its place first.
    File {
        /// What is being written.
        writer: BufWriter<File>,
        /// Where it is written.
        temporary: PathBuf,
        /// Where it belongs.
        path: PathBuf,
    },
}

impl Output {
    /// Output to `path`, or to standard output without one.
    pub(super) fn open(path: Option<&Path>) -> Result<Self, Failure> {
        let Some(path) = path else {
            return Ok(Self::Standard(BufWriter::new(io::stdout().lock())));
        };
        if path.is_dir() {
            return Err(Failure::at(
                path,
                &Wording::new("是目录，不能写入", "it is a directory and cannot be written"),
            ));
        }
        if path.exists() && !path.is_file() {
            let device = File::options().write(true).open(path).map_err(|error| unwritable(path, &error))?;
            return Ok(Self::Device(BufWriter::new(device)));
        }
        // A link stays a link: what it leads to is replaced.
        let path = &fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let mut name = std::ffi::OsString::from(".");
        name.push(path.file_name().unwrap_or_default());
        name.push(format!(".{}.tmp", std::process::id()));
        let temporary = path.with_file_name(name);
        let file = File::create(&temporary).map_err(|error| unwritable(path, &error))?;
        Ok(Self::File { writer: BufWriter::new(file), temporary, path: path.to_owned() })
    }

    /// Everything was written: puts a file in its place.
    pub(super) fn finish(self) -> Result<(), Failure> {
        match self {
            Self::Standard(mut writer) => writer.flush().map_err(|error| Failure::output(&error)),
            Self::Device(mut writer) => writer.flush().map_err(|error| Failure::output(&error)),
            Self::File { writer, temporary, path } => {
                let kept = writer
                    .into_inner()
                    .map_err(io::IntoInnerError::into_error)
                    .and_then(|file| file.sync_all())
                    .and_then(|()| fs::rename(&temporary, &path));
                kept.map_err(|error| {
                    let _ = fs::remove_file(&temporary);
                    unwritable(&path, &error)
                })
            }
        }
    }

    /// Gives up: nothing of a file stays.
    pub(super) fn discard(self) {
        if let Self::File { writer, temporary, .. } = self {
            drop(writer.into_parts());
            let _ = fs::remove_file(temporary);
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Standard(writer) => writer.write(bytes),
            Self::Device(writer) | Self::File { writer, .. } => writer.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Standard(writer) => writer.flush(),
            Self::Device(writer) | Self::File { writer, .. } => writer.flush(),
        }
    }
}

/// Lets `write` write to `path`, or to standard output; a file is put in place only if all went well.
pub(super) fn to<T>(path: Option<&Path>, write: impl FnOnce(&mut Output) -> Result<T, Failure>) -> Result<T, Failure> {
    let mut output = Output::open(path)?;
    match write(&mut output) {
        Ok(value) => output.finish().map(|()| value),
        Err(failure) => {
            output.discard();
            Err(failure)
        }
    }
}

/// Lets `write` write to standard output.
pub(super) fn print(write: impl FnOnce(&mut Output) -> io::Result<()>) -> Result<(), Failure> {
    to(None, |out| write(out).map_err(|error| Failure::output(&error)))
}

/// One line on standard error. Where even that cannot be written there is nobody to tell.
pub(super) fn complain(line: &str) {
    let _ = writeln!(io::stderr().lock(), "nianshen: {line}");
}

fn unwritable(path: &Path, error: &io::Error) -> Failure {
    Failure::at(path, &Wording::new(format!("写不进去：{error}"), format!("cannot be written: {error}")))
}
