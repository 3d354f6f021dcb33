//! ORG004 across years: another name than last year's. Its entry stands with the rules on names.

use super::pairs;
use crate::finding::{Finding, Severity};
use crate::rule::{Campaign, Raised};
use crate::text::Wording;

/// Reports whose agency is called otherwise than last year. A name the roster lists is known to the office.
pub(in crate::rules) fn differs(campaign: &Campaign<'_>) -> Vec<Raised> {
    let mut raised = Vec::new();
    for pair in pairs(campaign) {
        let (Some(now), Some(before)) = (&pair.now.agency, &pair.before.agency) else { continue };
        let unit = campaign.members[pair.index].unit.and_then(|unit| campaign.roster?.units.get(unit));
        let is_listed = |name: &String| unit.is_some_and(|unit| unit.agency == *name || unit.aliases.contains(name));
        let is_part = |part: &str, whole: &str| whole.ends_with(part) || whole.starts_with(part);
        if is_part(now, before) || is_part(before, now) || (is_listed(now) && is_listed(before)) {
            continue;
        }
        let message = Wording::new(
            format!("机关名称与上年报告不同：上年为“{before}”，本年为“{now}”"),
            format!("the agency was called “{before}” last year, and is called “{now}” now"),
        );
        raised.push(pair.raise(Finding {
            expected: Some(before.clone()),
            actual: Some(now.clone()),
            at: pair.now.title,
            ..Finding::new("ORG004", Severity::Note, message)
        }));
    }
    raised
}
