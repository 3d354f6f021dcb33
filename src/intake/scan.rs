//! Finding the submissions in a directory.

use std::fs;
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
const RESERVED: [&str; 4] = ["nianshen.toml", "roster.csv", "thumbs.db", "desktop.ini"];

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
}

/// Whether a file or directory of this name is hidden.
fn is_hidden(name: &str) -> bool {
    name.starts_with('.')
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
    let inside = fs::canonicalize(root).ok();
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
            if kind.is_dir() {
                if is_hidden(&entry.file_name().to_string_lossy()) || filter.ignore.is_match(&path) {
                    continue;
                }
                if looks_like_report(&path) {
                    note(
                        &path,
                        Some(Wording::new(
                            "是目录，不是文件；其中的文件另行审核",
                            "it is a directory, not a file; what is in it is audited by itself",
                        )),
                    );
                }
                if path.iter().count() < DEPTH {
                    directories.push(path);
                }
            } else if filter.admits(&path) {
                let unfit = if kind.is_symlink() { link(&root.join(&path), inside.as_deref()) } else { None };
                note(&path, unfit);
            }
        }
    }
    found.sort_by(|one, other| one.submission.name.cmp(&other.submission.name));
    found
}

fn looks_like_report(path: &Path) -> bool {
    let name = name(path).to_lowercase();
    REPORTS.iter().any(|end| name.ends_with(end))
}

/// What is wrong with the link at `path`, if anything: it must lead to a file within `inside`.
fn link(path: &Path, inside: Option<&Path>) -> Option<Wording> {
    let Ok(target) = fs::canonicalize(path) else {
        return Some(Wording::new("是失效的链接", "it is a link to nowhere"));
    };
    match inside {
        Some(inside) if target.starts_with(inside) => target
            .is_dir()
            .then(|| Wording::new("是指向目录的链接，未进入", "it is a link to a directory and is not followed")),
        _ => Some(Wording::new(
            "是指向收件目录以外的链接，未打开",
            "it is a link that leads out of the inbox and is not opened",
        )),
    }
}
