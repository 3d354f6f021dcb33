//! The names of members: decoded, without anything that climbs, no two the same.

use std::collections::HashSet;

use crate::text::is_printable;

/// Longest path of a member, in characters.
const LONGEST: usize = 512;

/// The names given so far.
#[derive(Debug, Default)]
pub(super) struct Names {
    given: HashSet<String>,
}

impl Names {
    /// The name for a member that the archive calls `raw`. A name that was given before gets a number.
    pub(super) fn give(&mut self, raw: &[u8]) -> String {
        let plain = safe(&decode(raw));
        let mut name = plain.clone();
        let mut number = 2;
        while !self.given.insert(name.clone()) {
            name = numbered(&plain, number);
            number += 1;
        }
        name
    }
}

/// Whether the archive means a directory.
pub(super) fn is_directory(raw: &[u8]) -> bool {
    decode(raw).ends_with(['/', '\\'])
}

/// Programs of this country write names in GB 18030 and say nothing of it; what is valid UTF-8 is UTF-8.
fn decode(raw: &[u8]) -> String {
    match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => encoding_rs::GB18030.decode_without_bom_handling(raw).0.into_owned(),
    }
}

/// `name` without roots, drives, `.` and `..`, with everything that must not reach a terminal written out.
fn safe(name: &str) -> String {
    let parts = name.split(['/', '\\']).map(str::trim).filter(|part| {
        let drive = part.len() == 2 && part.ends_with(':') && part.starts_with(|c: char| c.is_ascii_alphabetic());
        !part.is_empty() && *part != "." && *part != ".." && !drive
    });
    let mut safe = String::new();
    for part in parts {
        if !safe.is_empty() {
            safe.push('/');
        }
        for c in part.chars() {
            if is_printable(c) { safe.push(c) } else { safe.extend(c.escape_unicode()) }
        }
    }
    match safe.char_indices().nth(LONGEST) {
        Some((end, _)) => safe.truncate(end),
        None if safe.is_empty() => safe.push('_'),
        None => {}
    }
    safe
}

/// `report.docx` as `report (2).docx`.
fn numbered(name: &str, number: usize) -> String {
    let start = name.rfind('/').map_or(0, |slash| slash + 1);
    match name[start..].rfind('.').filter(|&dot| dot > 0) {
        Some(dot) => format!("{} ({number}){}", &name[..start + dot], &name[start + dot..]),
        None => format!("{name} ({number})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_never_climb() {
        for (raw, name) in [
            ("2024/年报.docx", "2024/年报.docx"),
            ("../../etc/passwd", "etc/passwd"),
            ("/etc/passwd", "etc/passwd"),
            ("C:\\报送\\年报.doc", "报送/年报.doc"),
            ("\\\\host\\share\\a.txt", "host/share/a.txt"),
            ("./a//b/../c.txt", "a/b/c.txt"),
            ("../..", "_"),
            ("", "_"),
            ("a\u{1b}[2Jb\u{202e}.txt", "a\\u{1b}[2Jb\\u{202e}.txt"),
        ] {
            assert_eq!(Names::default().give(raw.as_bytes()), name);
        }
    }

    #[test]
    fn names_in_gb18030_are_decoded() {
        let (raw, _, _) = encoding_rs::GB18030.encode("青溪县\\教育局年报.docx");
        assert_eq!(Names::default().give(&raw), "青溪县/教育局年报.docx");
    }

    #[test]
    fn two_members_never_share_a_name() {
        let mut names = Names::default();
        let given = ["a/b.txt", "a/b.txt", "/a/b.txt", "a/b (2).txt", ".x", ".x"].map(|raw| names.give(raw.as_bytes()));
        assert_eq!(given, ["a/b.txt", "a/b (2).txt", "a/b (3).txt", "a/b (2) (2).txt", ".x", ".x (2)"]);
    }
}
