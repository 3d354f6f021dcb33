//! The configuration and the options of a run, put together.

use std::path::Path;

use jiff::civil::Date;

use super::Setting;
use super::failure::Failure;
use crate::audit::{Audit, Policy};
use crate::config::{self, Config};
use crate::intake::scan::Filter;

/// The options that choose among the rules.
#[derive(Clone, Debug, Default, clap::Args)]
pub(super) struct Choice {
    /// Only these rules: codes or families, separated by commas (REQ, DIS001)
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    select: Vec<String>,
    /// All but these rules: codes or families, separated by commas
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    ignore: Vec<String>,
    /// The campaign's report year
    #[arg(long, value_name = "YYYY", value_parser = clap::value_parser!(i32).range(2008..=2100))]
    year: Option<i32>,
}

/// What holds for every audit of a run.
#[derive(Clone, Debug, Default)]
pub(super) struct Settings {
    config: Config,
    today: Date,
}

impl Settings {
    /// The configuration that holds for `start`, with what was chosen on the command line on top.
    pub(super) fn load(choice: &Choice, setting: &Setting, start: &Path) -> Result<Self, Failure> {
        let path = setting.config.clone().or_else(|| Config::find(start));
        let mut config = path.as_deref().map(Config::load).transpose()?.unwrap_or_default();
        let codes = |typed: &[String]| {
            let typed = typed.iter().map(|code| code.trim()).filter(|code| !code.is_empty());
            typed.map(|code| config::code(code, true)).collect::<Result<Vec<_>, _>>()
        };
        let (select, ignore) = (codes(&choice.select)?, codes(&choice.ignore)?);
        if !select.is_empty() {
            config.policy.select = select;
        }
        config.policy.ignore.extend(ignore);
        config.policy.year = choice.year.or(config.policy.year);
        Ok(Self { config, today: jiff::Zoned::now().date() })
    }

    /// What was configured.
    pub(super) const fn config(&self) -> &Config {
        &self.config
    }

    /// What the audit itself applies.
    pub(super) const fn policy(&self) -> &Policy {
        &self.config.policy
    }

    /// Which files count as submissions.
    pub(super) fn filter(&self) -> Filter {
        Filter { include: self.config.include.clone(), ignore: self.config.ignore.clone() }
    }

    /// Leaves out what waivers cover in the file called `name`, and counts it.
    pub(super) fn waive(&self, audit: Audit, name: &str) -> (Audit, usize) {
        config::waive(&self.config.waivers, audit, name, self.today)
    }

    /// Applies the choice of rules and the waivers to the audit of a file that could not be read. Its
    /// verdict stays.
    pub(super) fn apply_to_refusal(&self, mut audit: Audit, name: &str) -> (Audit, usize) {
        let Policy { select, ignore, severity, .. } = self.policy();
        let named = |codes: &[String], rule: &str| codes.iter().any(|code| rule.starts_with(code.as_str()));
        audit
            .findings
            .retain(|finding| (select.is_empty() || named(select, finding.rule)) && !named(ignore, finding.rule));
        for finding in &mut audit.findings {
            if let Some((_, severity)) = severity.iter().find(|(code, _)| code == finding.rule) {
                finding.severity = *severity;
            }
        }
        self.waive(audit, name)
    }
}
