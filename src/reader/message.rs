//! What a worker and the one who asks it say to each other, over pipes: bytes with their length in front.
//!
//! ```text
//! request   kind (1 byte)   length (8, little endian)   the file
//! answer    length (8)      an Answer by postcard       for a member with content: length (8), its bytes
//! ```
//! A file is answered by one `Document`, an archive by its `Member`s and an `End`.

use std::io::{self, Read, Write};

use serde::{Deserialize, Serialize};

use crate::document::sniff::Archive;
use crate::document::{Document, Refusal};
use crate::text::Wording;

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Request {
    /// The document in a file.
    Document,
    /// The members of an archive.
    Unpack(Archive),
}

/// The kinds of request by the byte that stands for them.
const REQUESTS: [Request; 6] = [
    Request::Document,
    Request::Unpack(Archive::Zip),
    Request::Unpack(Archive::Tar),
    Request::Unpack(Archive::Gzip),
    Request::Unpack(Archive::SevenZip),
    Request::Unpack(Archive::Rar),
];

/// What a worker answers.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Answer {
    /// The document.
    Document(Result<Document, Refusal>),
    /// A member; its bytes follow unless it is refused.
    Member(String, Result<(), Wording>),
    /// There are no more members.
    End(Result<(), Wording>),
}

/// The longest answer that is believed, in bytes. A worker has less memory than that.
const LONGEST: u64 = 512 << 20;

impl Request {
    /// Writes the request for the file `bytes`.
    pub(super) fn write(self, bytes: &[u8], mut to: impl Write) -> io::Result<()> {
        let kind = REQUESTS.iter().position(|&known| known == self).unwrap_or(REQUESTS.len());
        to.write_all(&[u8::try_from(kind).unwrap_or(u8::MAX)])?;
        write_bytes(bytes, to)
    }

    /// Reads the kind of a request; its bytes are next. `None` at the end of all requests.
    pub(super) fn read(mut from: impl Read) -> io::Result<Option<Self>> {
        let mut kind = [0];
        if from.read(&mut kind)? == 0 {
            return Ok(None);
        }
        REQUESTS.get(usize::from(kind[0])).copied().map(Some).ok_or_else(garbled)
    }
}

impl Answer {
    pub(super) fn write(&self, to: impl Write) -> io::Result<()> {
        write_bytes(&postcard::to_stdvec(self).map_err(|_| garbled())?, to)
    }

    pub(super) fn read(from: impl Read) -> io::Result<Self> {
        postcard::from_bytes(&read_bytes(from)?).map_err(|_| garbled())
    }
}

/// Writes bytes with their length.
pub(super) fn write_bytes(bytes: &[u8], mut to: impl Write) -> io::Result<()> {
    to.write_all(&(bytes.len() as u64).to_le_bytes())?;
    to.write_all(bytes)?;
    to.flush()
}

/// Reads bytes with their length. A length is believed only as far as bytes come.
pub(super) fn read_bytes(mut from: impl Read) -> io::Result<Vec<u8>> {
    let mut length = [0; 8];
    from.read_exact(&mut length)?;
    let length = u64::from_le_bytes(length);
    if length > LONGEST {
        return Err(garbled());
    }
    let mut bytes = Vec::new();
    let expected = usize::try_from(length).map_err(|_| garbled())?;
    bytes.try_reserve_exact(expected.min(256 << 20)).map_err(|_| io::Error::from(io::ErrorKind::OutOfMemory))?;
    if from.take(length).read_to_end(&mut bytes)? == expected {
        Ok(bytes)
    } else {
        Err(io::ErrorKind::UnexpectedEof.into())
    }
}

fn garbled() -> io::Error {
    io::ErrorKind::InvalidData.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Format;

    #[test]
    fn requests_and_answers_arrive_as_they_were_sent() {
        let mut pipe = Vec::new();
        for request in REQUESTS {
            request.write("报告".as_bytes(), &mut pipe).unwrap();
        }
        let mut read = pipe.as_slice();
        for request in REQUESTS {
            assert_eq!(Request::read(&mut read).unwrap(), Some(request));
            assert_eq!(read_bytes(&mut read).unwrap(), "报告".as_bytes());
        }
        assert_eq!(Request::read(&mut read).unwrap(), None);

        let refusal = Refusal::of(Format::Pdf, Wording::new("坏", "bad"));
        let mut pipe = Vec::new();
        Answer::Document(Err(refusal.clone())).write(&mut pipe).unwrap();
        assert!(matches!(Answer::read(pipe.as_slice()).unwrap(), Answer::Document(Err(said)) if said == refusal));
    }

    #[test]
    fn what_breaks_off_or_was_never_an_answer_is_an_error() {
        let mut pipe = Vec::new();
        Answer::End(Ok(())).write(&mut pipe).unwrap();
        for cut in 0..pipe.len() {
            assert!(Answer::read(&pipe[..cut]).is_err());
        }
        assert!(Answer::read([0xff; 64].as_slice()).is_err());
        assert!(Request::read([9].as_slice()).is_err());
    }
}
