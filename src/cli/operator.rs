//! Who sits at the keyboard, as the system knows it.

use crate::ledger::store::{Nonce, Operator};

/// The login under which this program runs, the machine, and a word that tells this run from all others.
pub(super) fn operator() -> Operator {
    Operator { login: login(), host: host(), session: Nonce::random().as_str().to_owned() }
}

/// Name of the account; what the environment says can be anything.
#[cfg(unix)]
fn login() -> String {
    let uid = rustix::process::getuid().as_raw();
    let accounts = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    let named = accounts.lines().find_map(|line| {
        let mut fields = line.split(':');
        let (name, id) = (fields.next()?, fields.nth(1)?);
        (id.parse() == Ok(uid)).then(|| name.to_owned())
    });
    // Accounts of a directory service stand in no file.
    named.or_else(|| std::env::var("USER").ok().filter(|name| !name.is_empty())).unwrap_or_else(|| uid.to_string())
}

#[cfg(not(unix))]
fn login() -> String {
    std::env::var("USERNAME").ok().filter(|name| !name.is_empty()).unwrap_or_else(|| "operator".to_owned())
}

#[cfg(unix)]
fn host() -> String {
    rustix::system::uname().nodename().to_string_lossy().into_owned()
}

#[cfg(not(unix))]
fn host() -> String {
    std::env::var("COMPUTERNAME").unwrap_or_default()
}
