//! Which names are no submission's: hidden files, what editors and transfers write while they are at it,
//! what systems leave behind, and the program's own files.

/// Ends of names that transfers and editors give to unfinished files and to copies of the file before.
const PASSING_ENDS: [&str; 31] = [
    "~",
    ".!sync",
    ".!ut",
    ".aria2",
    ".bak",
    ".bc!",
    ".crdownload",
    ".download",
    ".downloading",
    ".filepart",
    ".ftp-tmp",
    ".lck",
    ".lftp-pget-status",
    ".lock",
    ".opdownload",
    ".part",
    ".partial",
    ".qkdownload",
    ".swm",
    ".swn",
    ".swo",
    ".swp",
    ".swx",
    ".td",
    ".td.cfg",
    ".temp",
    ".tmp",
    ".unfinished",
    ".upload",
    ".uploading",
    ".xltd",
];

/// Beginnings of names that office programs and synchronising tools give to files of the moment.
const PASSING_STARTS: [&str; 4] = ["~$", "~wr", "~df", "~syncthing~"];

/// Pieces of names that safe saving on other systems leaves for a moment.
const PASSING_PIECES: [&str; 2] = [".goutputstream-", ".sb-"];

/// Files with a meaning of their own in an inbox.
const RESERVED: [&str; 5] = ["nianshen.toml", "roster.csv", "roster.xlsx", "thumbs.db", "desktop.ini"];

/// Directories that archives, systems and file servers keep beside a person's files.
const SYSTEM: [&str; 7] =
    ["__macosx", "$recycle.bin", "system volume information", "@eadir", "#recycle", "#snapshot", "lost+found"];

/// Ends of names that reports have.
const REPORTS: [&str; 11] = [".txt", ".md", ".html", ".htm", ".doc", ".docx", ".pdf", ".wps", ".xls", ".xlsx", ".ofd"];

/// Random letters that are hung on a name while the file is written.
const RANDOM: usize = 6;

/// Whether a file or directory of this name is hidden, or a directory that is not the submitters'.
pub(super) fn is_hidden(name: &str) -> bool {
    name.starts_with('.') || SYSTEM.iter().any(|system| name.eq_ignore_ascii_case(system))
}

/// Whether a file of this name is unfinished, temporary or configuration.
pub(super) fn is_passing(name: &str) -> bool {
    let lower = name.to_lowercase();
    RESERVED.contains(&lower.as_str())
        || PASSING_ENDS.iter().any(|end| lower.ends_with(end))
        || PASSING_STARTS.iter().any(|start| lower.starts_with(start))
        || PASSING_PIECES.iter().any(|piece| lower.contains(piece))
        || (lower.len() > 1 && lower.starts_with('#') && lower.ends_with('#'))
        || is_probe(&lower)
        || is_spreadsheet_copy(name)
        || is_stream_copy(&lower)
        || is_atomic_copy(&lower)
}

/// Whether a file or directory of this name looks like a report.
pub(super) fn is_report(name: &str) -> bool {
    let lower = name.to_lowercase();
    REPORTS.iter().any(|end| lower.ends_with(end))
}

/// Vim sees whether it may write in a directory with a file called 4913, or 123 more until there is none.
fn is_probe(name: &str) -> bool {
    const FIRST: u32 = 4913;
    const NEXT: u32 = 123;
    const MOST: u32 = 10;
    let number = if name.len() <= 4 && !name.starts_with('+') { name.parse::<u32>().ok() } else { None };
    number.is_some_and(|number| (0..MOST).any(|nth| number == FIRST + nth * NEXT))
}

/// Excel writes to eight capital hexadecimal digits before it gives the file its name. Eight plain digits may be a
/// date.
fn is_spreadsheet_copy(name: &str) -> bool {
    name.len() == 8
        && name.chars().all(|c| matches!(c, '0'..='9' | 'A'..='F'))
        && name.chars().any(|c| c.is_ascii_alphabetic())
}

/// `sed -i` writes to `sedXXXXXX`.
fn is_stream_copy(name: &str) -> bool {
    name.strip_prefix("sed").is_some_and(is_random)
}

/// Several libraries save a report to `name.docx.XXXXXX` and rename it then.
fn is_atomic_copy(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(name, end)| is_random(end) && is_report(name))
}

fn is_random(text: &str) -> bool {
    text.len() == RANDOM && text.chars().all(|c| c.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_for_a_moment_is_no_submission() {
        for name in [
            "甲.docx.part",
            "甲.pdf.tmp",
            "~$甲.docx",
            "~WRL0003.tmp",
            "~WRD0001.doc",
            "甲.txt.swp",
            "甲.swo",
            "甲.pdf.filepart",
            "甲.pdf.crdownload",
            "甲.pdf.aria2",
            "甲.pdf.xltd",
            "甲.pdf.baiduyun.downloading",
            "甲.txt~",
            "#甲.txt#",
            "4913",
            "5036",
            "甲.txt.goutputstream-9ZK1Y2",
            "甲.docx.sb-1a2b3c4d-Xy12Zw",
            "5A6B7C80",
            "sedAb12Cd",
            "甲.docx.kGhTzR",
            "甲.docx.bak",
            "Thumbs.db",
            "roster.xlsx",
        ] {
            assert!(is_passing(name), "{name}");
        }
        for name in [".甲.docx.aB3dE6", ".~lock.甲.docx#", ".goutputstream-9ZK1Y2", ".~甲.docx", "._甲.pdf", "@eaDir"]
        {
            assert!(is_hidden(name), "{name}");
        }
    }

    #[test]
    fn submissions_are_not_taken_for_something_passing() {
        for name in [
            "甲.docx",
            "甲2023.txt",
            "4913.txt",
            "4914",
            "20240101",
            "甲.part.docx",
            "甲.v2",
            "甲.2023年度",
            "report.abcdef",
            "sedan",
            "tmp.pdf",
            "甲~乙.docx",
            "#1",
            "#",
            "甲.zip",
        ] {
            assert!(!is_passing(name) && !is_hidden(name), "{name}");
        }
    }
}
