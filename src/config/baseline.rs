//! A baseline: the findings of a first, dirty year, written down once so that only what is new is reported.
//!
//! The file is JSON, one entry for each finding, in the order of paths. An entry holds as long as the words or
//! figures it rests on stay as they were: a corrected or changed figure is another finding.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::audit::Audit;
use crate::finding::Finding;
use crate::text::{Wording, printable};

/// Version of the file's form.
const SCHEMA: u32 = 1;

/// Findings that are known.
#[derive(Clone, Debug, Default)]
pub struct Baseline {
    /// How often each fingerprint is known.
    known: HashMap<String, usize>,
}

/// The file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    schema: u32,
    findings: Vec<Entry>,
}

/// A finding in the file. All but the fingerprint is for people.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    path: String,
    rule: String,
    message: String,
    fingerprint: String,
}

impl Baseline {
    /// The baseline in the file at `path`.
    ///
    /// # Errors
    /// Why it cannot be read, or what is wrong with it.
    pub fn load(path: &Path) -> Result<Self, Wording> {
        let name = path.to_string_lossy();
        let shown = printable(&name);
        let text = std::fs::read_to_string(path).map_err(|error| {
            Wording::new(format!("{shown}：读不了基线：{error}"), format!("{shown}: cannot read the baseline: {error}"))
        })?;
        let written: Written = serde_json::from_str(&text).map_err(|error| {
            Wording::new(
                format!("{shown}:{}：不是基线文件：{error}", error.line()),
                format!("{shown}:{}: not a baseline: {error}", error.line()),
            )
        })?;
        if written.schema != SCHEMA {
            return Err(Wording::new(
                format!("{shown}：基线是第 {} 版，本程序用第 {SCHEMA} 版；请重新生成", written.schema),
                format!("{shown}: a baseline of form {}, this program writes {SCHEMA}; write it anew", written.schema),
            ));
        }
        let mut known = HashMap::new();
        for entry in written.findings {
            *known.entry(entry.fingerprint).or_default() += 1;
        }
        Ok(Self { known })
    }

    /// Which of `findings` about `agency` (or, where that is unknown, about the file of this path) are new.
    #[must_use]
    pub fn news(&self, findings: &[Finding], agency: &str) -> Vec<bool> {
        let mut left: HashMap<&str, usize> = HashMap::new();
        let mut is_new = |fingerprint: &str| {
            let Some((known, &count)) = self.known.get_key_value(fingerprint) else { return true };
            let left = left.entry(known.as_str()).or_insert(count);
            let is_new = *left == 0;
            *left = left.saturating_sub(1);
            is_new
        };
        findings.iter().map(|finding| is_new(&finding.fingerprint(agency))).collect()
    }
}

/// The findings of a run, to be written as a baseline.
#[derive(Debug, Default)]
pub struct Draft {
    findings: BTreeMap<String, Vec<Entry>>,
}

impl Draft {
    /// Takes in the findings of the file called `path`.
    pub fn add(&mut self, audit: &Audit, path: &str) {
        let entry = |(finding, fingerprint): (&Finding, String)| Entry {
            path: path.to_owned(),
            rule: finding.rule.to_owned(),
            message: finding.message.zh.clone(),
            fingerprint,
        };
        let entries = audit.findings.iter().zip(fingerprints(audit, path)).map(entry);
        self.findings.entry(path.to_owned()).or_default().extend(entries);
    }

    /// The file.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write(self, out: &mut impl std::io::Write) -> std::io::Result<()> {
        let written = Written { schema: SCHEMA, findings: self.findings.into_values().flatten().collect() };
        serde_json::to_writer_pretty(&mut *out, &written)?;
        out.write_all(b"\n")
    }
}

fn fingerprints<'a>(audit: &'a Audit, path: &'a str) -> impl Iterator<Item = String> + 'a {
    let agency = audit.report.as_ref().and_then(|report| report.agency.as_deref()).unwrap_or(path);
    audit.findings.iter().map(move |finding| finding.fingerprint(agency))
}
