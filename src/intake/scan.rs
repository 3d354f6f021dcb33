//! Finding the submissions in a directory.

use std::fs::{self, FileType};
use std::path::Path;

use globset::GlobSet;

use super::{Failure, Submission, name};
use crate::text::Wording;

/// Which files count as submissions.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Where set, only paths below the inbox that match count.
    pub include: Option<GlobSet>,
    /// Paths below the inbox that do not count.
    pub ignore: GlobSet,
}

/// Something found in a directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The file.
    pub submission: Submission,
    /// Why it cannot be a submission, where the directory itself already tells.
    pub unfit: Option<Wording>,
}

/// Ends of names that transfers and editors give to unfinished files.
const UNFINISHED: [&str; 10] =
    [".part", ".partial", ".filepart", ".crdownload", ".download", ".tmp", ".temp", ".swp", ".swx", "~"];

/// Files with a meaning of their own in an inbox.
const RESERVED: [&str; 5] = ["nianshen.toml", "roster.csv", "roster.xlsx", "thumbs.db", "desktop.ini"];

/// Ends of names that reports have; a directory called so is worth a word.
const REPORTS: [&str; 11] = [".txt", ".md", ".html", ".htm", ".doc", ".docx", ".pdf", ".wps", ".xls", ".xlsx", ".ofd"];

/// Deeper directories are not entered.
const DEPTH: usize = 64;

impl Filter {
    /// Whether the file at `below` (its path below the inbox) counts as a submission.
    #[must_use]
    pub fn admits(&self, below: &Path) -> bool {
        !below.iter().any(|part| is_hidden(&part.to_string_lossy()))
            && !below.file_name().is_some_and(|last| is_passing(&last.to_string_lossy()))
            && self.include.as_ref().is_none_or(|globs| globs.is_match(below))
            && !self.ignore.is_match(below)
    }

    /// Whether `member` (its path within) of the archive called `archive` counts as a submission: the rules for
    /// names are those of an inbox; `include` speaks of the archive alone.
    #[must_use]
    pub fn admits_member(&self, archive: &str, member: &str) -> bool {
        let below = Path::new(member);
        let full = format!("{archive}!{member}");
        !below.iter().any(|part| is_hidden(&part.to_string_lossy()))
            && !below.file_name().is_some_and(|last| is_passing(&last.to_string_lossy()))
            && !self.ignore.is_match(below)
            && !self.ignore.is_match(Path::new(&full))
    }

    /// Whether the directory at `below` is looked into.
    #[must_use]
    pub fn enters(&self, below: &Path) -> bool {
        !below.iter().any(|part| is_hidden(&part.to_string_lossy())) && !self.ignore.is_match(below)
    }
}

/// Whether a file or directory of this name is hidden. Archives made on a Mac keep what is hidden there in a
/// directory of its own.
fn is_hidden(name: &str) -> bool {
    name.starts_with('.') || name == "__MACOSX"
}

/// Whether a file of this name is unfinished, temporary or configuration.
fn is_passing(name: &str) -> bool {
    let name = name.to_lowercase();
    name.starts_with("~$") || UNFINISHED.iter().any(|end| name.ends_with(end)) || RESERVED.contains(&name.as_str())
}

/// Every submission below `root`, in the order of paths. `naming` gives a file's name from its path below
/// `root`. What cannot be looked into is listed with its reason.
#[must_use]
pub fn scan(root: &Path, filter: &Filter, naming: impl Fn(&Path) -> String) -> Vec<Found> {
    scan_below(root, Path::new(""), filter, naming)
}

/// The same for the part of the inbox below `start`, a path below `root`.
#[must_use]
pub fn scan_below(root: &Path, start: &Path, filter: &Filter, naming: impl Fn(&Path) -> String) -> Vec<Found> {
    let mut found = Vec::new();
    let mut directories = vec![start.to_path_buf()];
    while let Some(below) = directories.pop() {
        let mut note = |below: &Path, unfit: Option<Wording>| {
            let submission = Submission { path: root.join(below), name: naming(below) };
            found.push(Found { submission, unfit });
        };
        let entries = match fs::read_dir(root.join(&below)) {
            Ok(entries) => entries,
            Err(error) => {
                match Failure::of(&error) {
                    Failure::Vanished => {}
                    failure => note(&below, Some(failure.reason())),
                }
                continue;
            }
        };
        for entry in entries.flatten() {
            let path = below.join(entry.file_name());
            let Ok(kind) = entry.file_type() else { continue };
            if let Some(Look { unfit }) = judge(root, &path, kind, filter) {
                note(&path, unfit);
            }
            if kind.is_dir() && filter.enters(&path) && path.iter().count() < DEPTH {
                directories.push(path);
            }
        }
    }
    found.sort_by(|one, other| one.submission.name.cmp(&other.submission.name));
    found
}

/// What a look at one path shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// Why it cannot be a submission.
    pub unfit: Option<Wording>,
}

/// Looks at the file at `below`, a path below `root`; `None` if it is not there or does not count.
#[must_use]
pub fn look(root: &Path, below: &Path, filter: &Filter) -> Option<Look> {
    let kind = fs::symlink_metadata(root.join(below)).ok()?.file_type();
    judge(root, below, kind, filter)
}

fn judge(root: &Path, below: &Path, kind: FileType, filter: &Filter) -> Option<Look> {
    if kind.is_dir() {
        let unfit = Wording::new(
            "是目录，不是文件；其中的文件另行审核",
            "it is a directory, not a file; what is in it is audited by itself",
        );
        return (looks_like_report(below) && filter.enters(below)).then_some(Look { unfit: Some(unfit) });
    }
    let unfit = if kind.is_symlink() { link(root, below) } else { None };
    filter.admits(below).then_some(Look { unfit })
}

fn looks_like_report(path: &Path) -> bool {
    let name = name(path).to_lowercase();
    REPORTS.iter().any(|end| name.ends_with(end))
}

/// What is wrong with the link at `below`, if anything: it must lead to a file within `root`.
fn link(root: &Path, below: &Path) -> Option<Wording> {
    let Ok(target) = fs::canonicalize(root.join(below)) else {
        return Some(Wording::new("是失效的链接", "it is a link to nowhere"));
    };
    if !fs::canonicalize(root).is_ok_and(|root| target.starts_with(root)) {
        let (zh, en) =
            ("是指向收件目录以外的链接，未打开", "it is a link that leads out of the inbox; it is not opened");
        return Some(Wording::new(zh, en));
    }
    let (zh, en) = ("是指向目录的链接，未进入", "it is a link to a directory; it is not followed");
    target.is_dir().then(|| Wording::new(zh, en))
}
