//! STR: structure of the report.

pub(super) mod content;
pub(super) mod numbering;
pub(super) mod overview;
pub(super) mod parts;
pub(super) mod tables;
pub(super) mod title;

use std::sync::LazyLock;

use crate::text::pattern::Regex;

use crate::finding::Finding;
use crate::text::{Words, words};

/// The basis of the six parts.
const SIX_PARTS: Words = words(
    "条例第五十条第一款所列五项内容；国办公开办函〔2021〕30号 附件规定的六个部分",
    "Regulations art. 50 (five items of content) and the annex of 国办公开办函〔2021〕30号 (six parts)",
);

/// Folds the missing statement on the fee under an empty part six: it is missing because nothing stands there.
pub(super) fn fold(findings: &mut [Finding]) {
    let of_six = |finding: &Finding, rule: &str| finding.rule == rule && finding.part == Some(6);
    let Some(root) = findings.iter().position(|finding| of_six(finding, "STR010")) else { return };
    let severity = findings[root].severity;
    for finding in findings.iter_mut().filter(|finding| of_six(finding, "FEE001") && finding.severity == severity) {
        finding.under = Some(root);
    }
}

/// Whether `text` says that something is handed in beside it: as an attachment or as a picture.
pub(crate) fn announces_attachment(text: &str) -> bool {
    static ATTACHMENT: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new("(?:详?见|如|参见)[^，。；]{0,8}(?:附件|附表|附图|下图|上图|图片|图示|扫描件)|附件[:：]|扫描件|图片版|点击(?:下载|查看)")
            .ok()
    });
    ATTACHMENT.as_ref().is_some_and(|pattern| pattern.is_match(text))
}

#[cfg(test)]
mod tests {
    use super::fold;
    use crate::rules::testing::report;

    #[test]
    fn the_missing_fee_statement_follows_from_an_empty_part_six() {
        let mut empty = report().with_part_text(6, "");
        empty.report.prose.retain(|sentence| sentence.part != 6);
        let empty = empty.saying(5, "联系电话：0000-6123456。");
        let mut findings = empty.findings();
        let rules: Vec<_> = findings.iter().map(|finding| finding.rule).collect();
        assert_eq!(rules, ["STR010", "FEE001"]);
        fold(&mut findings);
        assert_eq!((findings[0].under, findings[1].under), (None, Some(0)));
    }
}
