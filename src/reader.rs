//! Opening what lies in the inbox: a file is a document, or an archive of documents.
//!
//! Plain text and web pages are read here. Everything else is read in a worker process with limits on memory
//! and time, because a crafted file can make any reader of a complex format eat all memory, run for ever or
//! crash. A worker serves many files; it is started again when it dies.

use crate::document::{self, Document, Fingerprint, Refusal};

/// A document, or what stands in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// Its path within the archive it lay in, `/`-separated, with `!` between an archive and its member where
    /// archives are nested; `None` for a file that is no archive.
    pub member: Option<String>,
    /// Size and hash of its bytes.
    pub fingerprint: Fingerprint,
    /// The document, or why there is none.
    pub document: Result<Document, Refusal>,
}

/// Opens files, one after the other. Each thread has its own.
#[derive(Debug, Default)]
pub struct Reader {}

impl Reader {
    /// A reader that works in this process: for tests.
    #[must_use]
    pub fn in_process() -> Self {
        Self::default()
    }

    /// The documents in a file: the file itself, or the members of the archive it is. Never empty, never panics.
    pub fn open(&mut self, bytes: &[u8]) -> Vec<Opened> {
        let fingerprint = Fingerprint::of(bytes);
        vec![Opened { member: None, fingerprint, document: document::open(bytes) }]
    }
}
