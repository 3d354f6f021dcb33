//! Plain text: encodings and lines.

use super::{Block, Document, Encoding, Format, Line, Refusal};

/// Decodes a text file.
pub(super) fn open(bytes: &[u8]) -> Result<Document, Refusal> {
    let text = String::from_utf8_lossy(bytes);
    let blocks =
        text.lines().zip(1..).map(|(line, number)| Block::Line(Line { number, text: line.to_owned() })).collect();
    Ok(Document {
        format: Format::Text,
        encoding: Some(Encoding::Utf8),
        bytes: bytes.len() as u64,
        hash: blake3::hash(bytes).to_hex().to_string(),
        blocks,
    })
}
