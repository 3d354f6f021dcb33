//! What a ZIP or a compound file is, by the names in it. This also runs in the process of the dashboard: only
//! names are looked at, and a few kilobytes of one or two small members.

use std::io::Read;

use flate2::read::DeflateDecoder;

use super::{Archive, Kind};
use crate::document::Format;
use crate::document::compound::Compound;

/// Entries that are looked at, and bytes of a member that are unpacked.
const ENTRIES: usize = 4_096;
/// See [`ENTRIES`].
const MEMBER: u64 = 128 << 10;

/// A member of a ZIP file, as its directory or its own head states it.
struct Member<'a> {
    name: &'a [u8],
    /// Where its head begins.
    at: usize,
    packed: usize,
}

/// What a ZIP file is.
pub(super) fn zip(bytes: &[u8]) -> Kind {
    let members = directory(bytes).unwrap_or_else(|| heads(bytes));
    let read = |name: &str| {
        let own = |member: &&Member| member.name.eq_ignore_ascii_case(name.as_bytes());
        members.iter().find(own).and_then(|member| unpack(bytes, member))
    };
    let has = |test: &dyn Fn(&[u8]) -> bool| members.iter().any(|member| test(member.name));
    if let Some(kind) = read("mimetype").as_deref().and_then(open_document) {
        return kind;
    }
    if has(&|name| name.eq_ignore_ascii_case(b"[Content_Types].xml")) {
        let folder = |start: &'static [u8]| move |name: &[u8]| name.len() > start.len() && name.starts_with(start);
        // A document keeps its parts in the folder of its program; where it does not, its types tell.
        let by_name = [
            (folder(b"word/"), Kind::Document(Format::Docx)),
            (folder(b"xl/"), Kind::Document(Format::Xlsx)),
            (folder(b"ppt/"), Kind::Other("PPTX")),
            (folder(b"visio/"), Kind::Other("VSDX")),
        ]
        .into_iter()
        .find(|(folder, _)| has(folder))
        .map(|(_, kind)| kind);
        let by_type = read("[Content_Types].xml").and_then(|types| open_xml(&types));
        if let Some(kind) = by_type.or(by_name) {
            return kind;
        }
    }
    if has(&|name| name.eq_ignore_ascii_case(b"OFD.xml")) {
        return Kind::Document(Format::Ofd);
    }
    Kind::Archive(Archive::Zip)
}

/// The kind that the file `mimetype` of an OpenDocument package names.
fn open_document(mimetype: &[u8]) -> Option<Kind> {
    let kind = std::str::from_utf8(mimetype).ok()?.trim().strip_prefix("application/vnd.oasis.opendocument.")?;
    Some(match kind {
        "text" | "text-template" | "text-master" => Kind::Document(Format::Odt),
        "spreadsheet" | "spreadsheet-template" => Kind::Document(Format::Ods),
        _ => Kind::Other("OpenDocument"),
    })
}

/// The kind of an Office package, by the content type of its main part.
fn open_xml(types: &[u8]) -> Option<Kind> {
    let types = String::from_utf8_lossy(types);
    let main = types.split('"').find(|kind| {
        let kind = kind.to_ascii_lowercase();
        kind.ends_with(".main+xml") || kind.ends_with(".sheet.binary.macroenabled.main")
    })?;
    let main = main.to_ascii_lowercase();
    if main.contains("word") {
        Some(Kind::Document(Format::Docx))
    } else if main.contains("sheet") || main.contains("excel") {
        Some(Kind::Document(Format::Xlsx))
    } else if main.contains("presentation") || main.contains("powerpoint") {
        Some(Kind::Other("PPTX"))
    } else {
        None
    }
}

/// What a compound file is.
pub(super) fn compound(bytes: &[u8]) -> Kind {
    const STREAMS: [(&str, Kind); 9] = [
        ("EncryptedPackage", Kind::Document(Format::Docx)),
        ("WordDocument", Kind::Document(Format::Doc)),
        ("Workbook", Kind::Document(Format::Xls)),
        ("Book", Kind::Document(Format::Xls)),
        ("PowerPoint Document", Kind::Other("PPT")),
        ("VisioDocument", Kind::Other("Visio")),
        ("__properties_version1.0", Kind::Other("MSG")),
        ("MatOST", Kind::Other("Works")),
        ("FileHeader", Kind::Other("HWP")),
    ];
    if let Some(file) = Compound::open(bytes) {
        let found = STREAMS.iter().find(|(stream, _)| file.names().any(|name| name.eq_ignore_ascii_case(stream)));
        return found.map_or(Kind::Other("OLE"), |(_, kind)| *kind);
    }
    // Its directory is lost; a name that still stands somewhere tells what it was.
    let stands = |name: &str| {
        let units: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.chunks(128).any(|entry| entry.starts_with(&units))
    };
    STREAMS[..4].iter().find(|(stream, _)| stands(stream)).map_or(Kind::Other("OLE"), |(_, kind)| *kind)
}

fn short(bytes: &[u8], at: usize) -> Option<usize> {
    Some(usize::from(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?)))
}

fn long(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?)).ok()
}

/// The members by the directory at the end of the file; `None` where that is lost or in the 64-bit form.
fn directory(bytes: &[u8]) -> Option<Vec<Member<'_>>> {
    let tail = bytes.len().saturating_sub(22 + 65_535);
    let end = tail + bytes[tail..].windows(4).rposition(|window| window == b"PK\x05\x06")?;
    let mut at = long(bytes, end + 16)?;
    let mut members = Vec::new();
    while members.len() < ENTRIES && bytes.get(at..)?.starts_with(b"PK\x01\x02") {
        let (name, extra, comment) = (short(bytes, at + 28)?, short(bytes, at + 30)?, short(bytes, at + 32)?);
        let next = at + 46 + name;
        members.push(Member {
            name: bytes.get(at + 46..next)?,
            at: long(bytes, at + 42)?,
            packed: long(bytes, at + 20)?,
        });
        at = next + extra + comment;
    }
    (!members.is_empty()).then_some(members)
}

/// The members by their own heads, from the beginning of the file on: of a file that is cut off or damaged.
fn heads(bytes: &[u8]) -> Vec<Member<'_>> {
    let mut members = Vec::new();
    let mut at = 0;
    while members.len() < ENTRIES
        && let Some(found) = bytes[at..].windows(4).position(|window| window == b"PK\x03\x04")
    {
        at += found;
        if let (Some(length), Some(packed)) = (short(bytes, at + 26), long(bytes, at + 18))
            && let Some(name) = bytes.get(at + 30..at + 30 + length)
        {
            members.push(Member { name, at, packed });
        }
        at += 4;
    }
    members
}

/// The beginning of a member.
fn unpack(bytes: &[u8], member: &Member) -> Option<Vec<u8>> {
    let at = member.at;
    if !bytes.get(at..)?.starts_with(b"PK\x03\x04") || short(bytes, at + 6)? & 1 == 1 {
        return None;
    }
    let start = at.checked_add(30)? + short(bytes, at + 26)? + short(bytes, at + 28)?;
    let packed = bytes.get(start..)?;
    let packed = if member.packed == 0 { packed } else { packed.get(..member.packed).unwrap_or(packed) };
    let mut content = Vec::new();
    match short(bytes, at + 8)? {
        0 => content.extend_from_slice(&packed[..packed.len().min(MEMBER as usize)]),
        // What was unpacked before an error still tells what it is.
        8 => drop(DeflateDecoder::new(packed).take(MEMBER).read_to_end(&mut content)),
        _ => return None,
    }
    Some(content)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::compound::tests::compound as compound_file;
    use crate::document::package::tests::pack;
    use crate::document::sniff::sniff;

    fn types(kind: &str) -> String {
        format!("<Types><Override PartName=\"/a/b.xml\" ContentType=\"application/{kind}\"/></Types>")
    }

    #[test]
    fn packages_are_told_by_what_is_in_them() {
        let text = types("vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml");
        let macros = types("vnd.ms-word.document.macroEnabled.main+xml");
        let sheet = types("vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml");
        let binary = types("vnd.ms-excel.sheet.binary.macroEnabled.main");
        let slides = types("vnd.openxmlformats-officedocument.presentationml.presentation.main+xml");
        let office = |types: &str| pack(&[("[Content_Types].xml", types.as_bytes()), ("a/b.xml", b"")]);
        let cases = [
            (office(&text), Kind::Document(Format::Docx)),
            (office(&macros), Kind::Document(Format::Docx)),
            (office(&sheet), Kind::Document(Format::Xlsx)),
            (office(&binary), Kind::Document(Format::Xlsx)),
            (office(&slides), Kind::Other("PPTX")),
            (pack(&[("[Content_Types].xml", b"?"), ("word/document.xml", b"")]), Kind::Document(Format::Docx)),
            (pack(&[("[Content_Types].xml", b"?"), ("b.xml", b"")]), Kind::Archive(Archive::Zip)),
            (pack(&[("mimetype", b"application/vnd.oasis.opendocument.text")]), Kind::Document(Format::Odt)),
            (pack(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet\n")]), Kind::Document(Format::Ods)),
            (pack(&[("OFD.xml", b""), ("Doc_0/Document.xml", b"")]), Kind::Document(Format::Ofd)),
            (pack(&[("word/a.docx", b""), ("OFD.xml.txt", b"")]), Kind::Archive(Archive::Zip)),
            (pack(&[]), Kind::Archive(Archive::Zip)),
        ];
        for (bytes, kind) in cases {
            assert_eq!(sniff(&bytes), kind);
        }
    }

    #[test]
    fn a_package_that_is_cut_off_is_still_named() {
        let text = types("vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml");
        let bytes = pack(&[("[Content_Types].xml", text.as_bytes()), ("word/document.xml", &b"text ".repeat(99)[..])]);
        for end in [bytes.len() - 1, bytes.len() - 60, bytes.len() - 200] {
            assert_eq!(sniff(&bytes[..end]), Kind::Document(Format::Docx), "{end}");
        }
        for end in 0..bytes.len() {
            let _ = zip(&bytes[..end]);
        }
    }

    #[test]
    fn compound_files_are_told_by_their_streams() {
        let cases: [(&[&str], Kind); 6] = [
            (&["1Table", "WordDocument", "ObjectPool"], Kind::Document(Format::Doc)),
            (&["Workbook"], Kind::Document(Format::Xls)),
            (&["Book"], Kind::Document(Format::Xls)),
            (&["EncryptionInfo", "EncryptedPackage"], Kind::Document(Format::Docx)),
            (&["PowerPoint Document"], Kind::Other("PPT")),
            (&["Contents"], Kind::Other("OLE")),
        ];
        for (names, kind) in cases {
            let mut bytes = compound_file(names);
            assert_eq!(sniff(&bytes), kind, "{names:?}");
            bytes[48..52].fill(0x11);
            let _ = sniff(&bytes);
        }
        let mut bytes = compound_file(&["WordDocument"]);
        bytes[48..52].fill(0x11);
        assert_eq!(sniff(&bytes), Kind::Document(Format::Doc), "the directory is lost");
    }
}
