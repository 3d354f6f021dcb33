//! What an audit rests on: under this it is kept in the ledger, and looked up again.

use std::path::Path;

use super::settings::Settings;
use crate::ledger::store::AuditKey;

/// Makes the keys of a run's audits.
#[derive(Clone, Debug)]
pub(super) struct Keys {
    rules: String,
    policy: String,
    /// Whether an audit depends on where the file lies: waivers speak of paths.
    by_path: bool,
}

impl Keys {
    pub(super) fn new(settings: &Settings) -> Self {
        Self { rules: program(), policy: settings.fingerprint(), by_path: !settings.config().waivers.is_empty() }
    }

    /// The key of the audit of the file called `name` with this content.
    pub(super) fn key(&self, name: &str, content: &str) -> AuditKey {
        let extension = || Path::new(name).extension().map(|end| end.to_string_lossy().to_lowercase());
        let name = if self.by_path { name.to_owned() } else { extension().unwrap_or_default() };
        AuditKey { content: content.to_owned(), name, rules: self.rules.clone(), policy: self.policy.clone() }
    }
}

/// What tells this program's rules from another's: the hash of the program, for rules change from build to build.
fn program() -> String {
    let hash = || {
        let file = std::fs::File::open(super::settings::own_program()).ok()?;
        let mut hasher = blake3::Hasher::new();
        hasher.update_reader(file).ok()?;
        Some(hasher.finalize().to_hex()[..16].to_owned())
    };
    format!("{} {}", env!("CARGO_PKG_VERSION"), hash().unwrap_or_default())
}
