//! Where the ledger of an inbox lies.

use std::ffi::OsStr;
use std::fs;
use std::path::{Component, Path, PathBuf};

/// Characters of the inbox's own name that go into the name of the file.
const READABLE: usize = 40;

/// Where the ledger of `inbox` lies when nothing else is said: below the user's state directory, under a name that
/// tells the inbox. `None` where the user has no such directory, or where it lies inside the inbox itself.
pub(super) fn default(inbox: &Path) -> Option<PathBuf> {
    below(&state_directory()?, inbox)
}

/// The ledger of `inbox` below `state`.
fn below(state: &Path, inbox: &Path) -> Option<PathBuf> {
    let inbox = resolved(inbox);
    let name = inbox.file_name().map_or_else(|| "root".to_owned(), |name| readable(&name.to_string_lossy()));
    let hash = blake3::hash(inbox.as_os_str().as_encoded_bytes()).to_hex();
    let path = state.join("nianshen").join(format!("{name}-{}.ledger", &hash.as_str()[..16]));
    (!is_inside(&path, &inbox)).then_some(path)
}

/// Whether `path`, which need not exist, lies inside `directory`.
pub(super) fn is_inside(path: &Path, directory: &Path) -> bool {
    resolved(path).starts_with(resolved(directory))
}

/// `path` without links and without `..`, as far as it exists and beyond, so that one place has one name.
fn resolved(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let known = whole.ancestors().find_map(|ancestor| Some((ancestor, fs::canonicalize(ancestor).ok()?)));
    let Some((ancestor, mut place)) = known else { return whole };
    // Where nothing exists there are no links either.
    for component in whole.strip_prefix(ancestor).unwrap_or(Path::new("")).components() {
        match component {
            Component::ParentDir => {
                place.pop();
            }
            component => place.push(component),
        }
    }
    place
}

fn readable(name: &str) -> String {
    let kept = |c: char| if c.is_alphanumeric() || matches!(c, '-' | '_') { c } else { '-' };
    name.chars().take(READABLE).map(kept).collect()
}

fn state_directory() -> Option<PathBuf> {
    let named = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    if cfg!(windows) {
        return named("LOCALAPPDATA");
    }
    named("XDG_STATE_HOME").or_else(|| Some(named("HOME")?.join(OsStr::new(".local")).join("state")))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

    use super::*;

    #[test]
    fn an_inbox_has_one_ledger_whatever_leads_to_it() {
        let root = tempfile::TempDir::new().unwrap();
        let (state, inbox) = (root.path().join("state"), root.path().join("收件 2023!"));
        fs::create_dir_all(inbox.join("乡镇")).unwrap();
        let path = below(&state, &inbox).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap();
        assert!(name.starts_with("收件-2023--") && name.ends_with(".ledger"), "{name}");
        assert_eq!(path.parent().unwrap(), state.join("nianshen"));
        assert_eq!(below(&state, &inbox.join("乡镇/..")), Some(path.clone()));
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(&inbox, root.path().join("link")).unwrap();
            assert_eq!(below(&state, &root.path().join("link")), Some(path.clone()));
        }
        assert_ne!(below(&state, &inbox.join("乡镇")), Some(path));
    }

    #[test]
    fn two_inboxes_of_one_name_have_two_ledgers() {
        let paths = ["/a/inbox", "/b/inbox", "/", "/."].map(|inbox| below(Path::new("/state"), Path::new(inbox)));
        assert_ne!(paths[0], paths[1]);
        // Everything lies inside the root.
        assert_eq!(paths[2..], [None, None]);
    }

    #[test]
    fn no_ledger_lies_inside_its_inbox() {
        let home = tempfile::TempDir::new().unwrap();
        assert_eq!(below(&home.path().join(".local/state"), home.path()), None);
        assert!(is_inside(&home.path().join("x/y.ledger"), &home.path().join("x/../x")));
        assert!(!is_inside(&home.path().join("xy.ledger"), &home.path().join("x")));
    }
}
