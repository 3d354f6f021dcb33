//! Finding the submissions in a directory.

use std::fs::{self, FileType};
use std::io;
use std::path::{Path, PathBuf};

use globset::GlobSet;

use super::names::{is_hidden, is_passing, is_report};
use super::settle::Seen;
use super::{Failure, Stamp, Submission, name};
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
    /// The state in which it was found to be complete; `None` where nobody waited for that.
    pub stamp: Option<Stamp>,
}

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

/// Every submission below `root`, in the order of names. `naming` gives a file's name from its path below
/// `root`. What cannot be looked into is listed with its reason.
#[must_use]
pub fn scan(root: &Path, filter: &Filter, naming: impl Fn(&Path) -> String) -> Vec<Found> {
    let mut found = Vec::new();
    let mut note = |below: &Path, unfit: Option<Wording>| {
        let submission = Submission { path: root.join(below), name: naming(below) };
        found.push(Found { submission, unfit, stamp: None });
    };
    let unread = walk(
        root,
        Path::new(""),
        filter,
        |_| {},
        |below, kind| {
            if let Some(unfit) = judge(root, below, kind, filter) {
                note(below, unfit);
            }
        },
    );
    for Unread { below, failure } in unread {
        note(&below, Some(failure.reason()));
    }
    found.sort_by(|one, other| one.submission.name.cmp(&other.submission.name));
    found
}

/// A directory of which not everything could be read.
#[derive(Debug)]
pub(super) struct Unread {
    /// Its path below the inbox.
    pub(super) below: PathBuf,
    /// Why not.
    pub(super) failure: Failure,
}

/// Goes through the part of the inbox `root` below `start`, a path below `root`: `enter` is called before a
/// directory is read, `visit` for everything in it. What vanishes meanwhile is no failure.
pub(super) fn walk(
    root: &Path,
    start: &Path,
    filter: &Filter,
    mut enter: impl FnMut(&Path),
    mut visit: impl FnMut(&Path, FileType),
) -> Vec<Unread> {
    let mut unread = Vec::new();
    let mut directories = vec![start.to_path_buf()];
    while let Some(below) = directories.pop() {
        enter(&below);
        let mut read = || -> io::Result<()> {
            for entry in fs::read_dir(root.join(&below))? {
                let entry = entry?;
                let path = below.join(entry.file_name());
                let kind = match entry.file_type() {
                    Ok(kind) => kind,
                    Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                    Err(error) => return Err(error),
                };
                visit(&path, kind);
                if kind.is_dir() && filter.enters(&path) && path.iter().count() < DEPTH {
                    directories.push(path);
                }
            }
            Ok(())
        };
        match read() {
            Ok(()) => {}
            Err(error) if is_absence(&error) => {}
            Err(error) => unread.push(Unread { failure: Failure::of(&error), below }),
        }
    }
    unread
}

/// What a look at one path shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// Nothing that counts.
    Absent,
    /// The system does not say at the moment.
    Unclear,
    /// A file that counts.
    There(Seen),
}

/// Looks at the file at `below`, a path below `root`.
pub(super) fn look(root: &Path, below: &Path, filter: &Filter) -> Look {
    if is_led_elsewhere(root, below) {
        return Look::Absent;
    }
    let path = root.join(below);
    let metadata = match fs::symlink_metadata(&path) {
        Ok(metadata) => metadata,
        Err(error) if is_absence(&error) => return Look::Absent,
        Err(_) => return Look::Unclear,
    };
    if metadata.is_dir()
        && filter.enters(below)
        && let Err(error) = fs::read_dir(&path)
    {
        let there = || Seen { stamp: Stamp::of(&metadata), unfit: Some(Failure::of(&error).reason()), linked: false };
        return if is_absence(&error) { Look::Absent } else { Look::There(there()) };
    }
    let Some(unfit) = judge(root, below, metadata.file_type(), filter) else { return Look::Absent };
    let linked = metadata.is_symlink() && unfit.is_none();
    let stamp = if linked { fs::metadata(&path).map(|file| Stamp::of(&file)).ok() } else { None };
    Look::There(Seen { stamp: stamp.unwrap_or_else(|| Stamp::of(&metadata)), unfit, linked })
}

/// Whether a directory on the way to `below` is a link: then it is not within the inbox that was walked.
fn is_led_elsewhere(root: &Path, below: &Path) -> bool {
    let parents = below.ancestors().skip(1).filter(|parent| !parent.as_os_str().is_empty());
    parents.into_iter().any(|parent| fs::symlink_metadata(root.join(parent)).is_ok_and(|data| data.is_symlink()))
}

fn is_absence(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// Whether what is at `below` counts, and if so, why it cannot be a submission.
fn judge(root: &Path, below: &Path, kind: FileType, filter: &Filter) -> Option<Option<Wording>> {
    if kind.is_dir() {
        let unfit = Wording::new(
            "是目录，不是文件；其中的文件另行审核",
            "it is a directory, not a file; what is in it is audited by itself",
        );
        return (is_report(&name(below)) && filter.enters(below)).then_some(Some(unfit));
    }
    if !filter.admits(below) {
        return None;
    }
    Some(if kind.is_symlink() { link(root, below) } else { None })
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
