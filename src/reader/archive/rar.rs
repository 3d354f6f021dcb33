//! RAR, of any version. In a solid archive a file can only be had after all before it, so each file is unpacked in
//! its turn, also one that nobody wants.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

use rars::{
    Archive, ArchiveMember, ArchiveReadOptions, ArchiveReader, AttrSource, Error, ErrorKind, ExtractionDecision,
    ExtractionErrorAction, ExtractionOutcome,
};

use super::name::Names;
use super::{
    CROWDED, DAMAGED, DAMAGED_MEMBER, ENCRYPTED, ENCRYPTED_WHOLE, MEMBER, MEMBERS, Member, NO_FILE, PART, TOO_LARGE,
    TOTAL, Taker, Tally, UNKNOWN_METHOD, wording,
};
use crate::text::{Wording, Words};

/// Bytes that the headers of an archive may have.
const HEADERS: u64 = 16 << 20;

/// Bytes that unpacking may need besides what comes out, and what it may look back on: less than a worker may have.
const WORKSPACE: u64 = 256 << 20;
const DICTIONARY: u64 = 128 << 20;

pub(super) fn unpack(bytes: &[u8], take: Taker<'_>) -> Result<(), Wording> {
    // Directories and comments count too: an archive of a million of them is no submission.
    let options = ArchiveReadOptions::new()
        .with_max_header_count(4 * MEMBERS as u64)
        .with_max_header_bytes(HEADERS)
        .with_max_reader_workspace_bytes(WORKSPACE)
        .with_rar50_dictionary_size_limit(DICTIONARY)
        .with_max_total_output_bytes(TOTAL);
    let archive = ArchiveReader::read_with_options(bytes, options).map_err(|error| wording(why_closed(&error)))?;
    let mut tally = Tally::new(bytes.len() as u64);
    let mut members = Vec::new();
    for member in archive.members().filter(|member| !member.meta.is_directory) {
        if member.meta.is_split_before || member.meta.is_split_after {
            return Err(wording(PART));
        }
        tally.add(member.meta.unpacked_size)?;
        members.push(member);
    }
    Delivery { members: &members, begun: 0, open: None, names: Names::default(), take, ended: false }
        .of(&archive, options);
    Ok(())
}

/// Why an archive cannot even be listed.
fn why_closed(error: &Error) -> Words {
    match error.kind() {
        ErrorKind::PasswordRequired | ErrorKind::BadPassword => ENCRYPTED_WHOLE,
        ErrorKind::UnsupportedFeature if lacks_passwords(error) => ENCRYPTED_WHOLE,
        ErrorKind::UnsupportedFeature => UNKNOWN_METHOD,
        ErrorKind::ResourceLimit => CROWDED,
        _ => DAMAGED,
    }
}

/// Why a file cannot be had.
fn why_lost(error: &Error) -> Words {
    match error.kind() {
        ErrorKind::PasswordRequired | ErrorKind::BadPassword => ENCRYPTED,
        ErrorKind::UnsupportedFeature if lacks_passwords(error) => ENCRYPTED,
        ErrorKind::UnsupportedFeature | ErrorKind::ResourceLimit => UNKNOWN_METHOD,
        _ => DAMAGED_MEMBER,
    }
}

fn lacks_passwords(error: &Error) -> bool {
    matches!(
        error.root_cause(),
        Error::FeatureDisabled { .. } | Error::UnsupportedEncryption { .. } | Error::Rar50Crypto(_)
    )
}

/// The files on their way out, in their order.
struct Delivery<'d, 't> {
    /// All that are to come out.
    members: &'d [ArchiveMember],
    /// How many of them have been begun.
    begun: usize,
    /// What the one begun last comes to.
    open: Option<Result<Sink, Words>>,
    names: Names,
    take: Taker<'t>,
    /// Whether no more are wanted.
    ended: bool,
}

impl Delivery<'_, '_> {
    fn of(self, archive: &Archive, options: ArchiveReadOptions<'_>) {
        let delivery = RefCell::new(self);
        let ended = archive.extract_with_control_and_errors(
            options,
            |member| Ok(delivery.borrow_mut().begin(member)),
            |_, error| {
                delivery.borrow_mut().lose(why_lost(error));
                Ok(ExtractionErrorAction::Continue)
            },
        );
        let mut delivery = delivery.into_inner();
        match ended {
            Ok(ExtractionOutcome::Stopped) => {}
            Ok(ExtractionOutcome::Complete) => delivery.finish(),
            Err(error) => {
                let reason = why_lost(&error);
                delivery.lose(reason);
                delivery.finish();
                while !delivery.ended && delivery.begun < delivery.members.len() {
                    let is_encrypted = delivery.members[delivery.begun].meta.is_encrypted;
                    delivery.begun += 1;
                    delivery.open = Some(Err(if is_encrypted { ENCRYPTED } else { reason }));
                    delivery.finish();
                }
            }
        }
    }

    /// What to do with the next file.
    fn begin(&mut self, member: &ArchiveMember) -> ExtractionDecision {
        if member.meta.is_directory {
            return ExtractionDecision::Skip;
        }
        self.finish();
        if self.ended {
            return ExtractionDecision::Stop;
        }
        self.begun += 1;
        if let Some(reason) = why_refused(member) {
            self.open = Some(Err(reason));
            // What follows in a solid archive rests on it.
            let rests = member.is_solid() || self.members.iter().any(ArchiveMember::is_solid);
            let skip = member.meta.is_redirection || member.meta.is_encrypted || !rests;
            return if skip { ExtractionDecision::Skip } else { ExtractionDecision::Extract(Box::new(io::sink())) };
        }
        let sink = Sink::default();
        self.open = Some(Ok(sink.clone()));
        ExtractionDecision::Extract(Box::new(sink))
    }

    /// The file that was begun last cannot be had.
    fn lose(&mut self, reason: Words) {
        if let Some(open @ Ok(_)) = &mut self.open {
            *open = Err(reason);
        }
    }

    /// Hands over the file that was begun last.
    fn finish(&mut self) {
        let Some(open) = self.open.take() else { return };
        let member = &self.members[self.begun - 1].meta;
        let content = match open.map(|sink| sink.0.take()) {
            Ok(bytes) if bytes.len() as u64 == member.unpacked_size => Ok(bytes),
            Ok(_) => Err(wording(DAMAGED_MEMBER)),
            Err(reason) => Err(wording(reason)),
        };
        let path = if member.name.is_empty() { String::new() } else { self.names.give(&member.name) };
        self.ended = (self.take)(Member { path, content }).is_break();
    }
}

/// Why a file is not wanted.
fn why_refused(member: &ArchiveMember) -> Option<Words> {
    let meta = &member.meta;
    let mode = meta.file_attr & 0o170_000;
    let is_special = meta.attr_source() == AttrSource::Unix && mode != 0 && mode != 0o100_000;
    if meta.is_redirection || is_special {
        Some(NO_FILE)
    } else if meta.is_encrypted {
        Some(ENCRYPTED)
    } else {
        (meta.unpacked_size > MEMBER).then_some(TOO_LARGE)
    }
}

/// Keeps what is written.
#[derive(Clone, Debug, Default)]
struct Sink(Rc<RefCell<Vec<u8>>>);

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut kept = self.0.borrow_mut();
        kept.try_reserve(bytes.len()).map_err(|_| io::ErrorKind::OutOfMemory)?;
        kept.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests;
