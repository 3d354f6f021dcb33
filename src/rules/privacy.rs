//! PRV: personal data that a report must not publish.

use crate::finding::{Finding, Severity};
use crate::report::Source;
use crate::rule::{Assessment, Case, Check, Manual, Rule, Scope};
use crate::text::privacy::{Personal, find, mask};
use crate::text::{Wording, Words, words};

const BASIS: Words = words(
    "条例第十五条；个人信息保护法第二十八条、第三十四条",
    "Regulations art. 15; Personal Information Protection Law arts. 28 and 34",
);

pub(super) static RULES: &[Rule] = &[
    Rule {
        code: "PRV001",
        name: "identity-number",
        severity: Severity::Error,
        scope: Scope::File,
        title: words("公开了居民身份证号码", "an identity number is published"),
        manual: Manual {
            basis: BASIS,
            condition: words(
                "文中有 18 位公民身份号码：地区、出生日期有效，校验码相符（GB 11643）",
                "18 digits with a valid region, birthday and checksum (GB 11643)",
            ),
            example: "张某，身份证号110101********7758",
            remedy: words(
                "发布前删去，或只留部分数字；已发布的撤下更换",
                "strike it, or mask it; withdraw what is published",
            ),
            exempt: "统一社会信用代码、文件编号等校验不符的 18 位号码；已经打星号的号码。审核结果中一律打码显示。",
        },
        check: Check::Report(|case| personal(case, "PRV001", Severity::Error, Personal::Identity)),
    },
    Rule {
        code: "PRV002",
        name: "mobile-number",
        severity: Severity::Warning,
        scope: Scope::File,
        title: words("公开了手机号码", "a mobile number is published"),
        manual: Manual {
            basis: BASIS,
            condition: words(
                "文中有 11 位手机号码，而不是作为联系方式公布的",
                "an 11-digit mobile number that is not given as a contact",
            ),
            example: "低保对象王某，139****1234",
            remedy: words(
                "删去或打码；确是办公电话的，写明“联系电话”",
                "strike or mask it; an office's number is given as 联系电话",
            ),
            exempt: "作为联系电话、咨询电话、热线、地址一并公布的办公手机；更长数字的一部分。审核结果中一律打码显示。",
        },
        check: Check::Report(|case| personal(case, "PRV002", Severity::Warning, Personal::Mobile)),
    },
    Rule {
        code: "PRV003",
        name: "bank-card-number",
        severity: Severity::Error,
        scope: Scope::File,
        title: words("公开了银行卡号", "a bank card number is published"),
        manual: Manual {
            basis: BASIS,
            condition: words(
                "16 至 19 位数字，以发卡机构的号段开头，校验相符（Luhn）",
                "16 to 19 digits that begin like a card and pass Luhn",
            ),
            example: "补助已发放至622202*********0128",
            remedy: words("发布前删去；已发布的撤下更换", "strike it; withdraw what is published"),
            exempt: "索引号、文号、校验不符的长数字。审核结果中一律打码显示。",
        },
        check: Check::Report(|case| personal(case, "PRV003", Severity::Error, Personal::BankCard)),
    },
    Rule {
        code: "PRV004",
        name: "personal-mailbox",
        severity: Severity::Note,
        scope: Scope::File,
        title: words("以 QQ 号邮箱作为公务邮箱", "a QQ number serves as the official mailbox"),
        manual: Manual {
            basis: words("通行做法：公务联系使用政务邮箱", "Common practice: official contact by an official mailbox"),
            condition: words("联系邮箱是纯数字的 QQ 邮箱", "the contact is a mailbox @qq.com named by a number"),
            example: "电子邮箱：13******44@qq.com",
            remedy: words("改用单位的政务邮箱", "give the office's own mailbox"),
            exempt: "其他邮箱，包括含字母的 QQ 邮箱和 163 邮箱。审核结果中打码显示。",
        },
        check: Check::Report(|case| personal(case, "PRV004", Severity::Note, Personal::Mailbox)),
    },
];

/// The words for what is found.
const fn name(kind: Personal) -> Words {
    match kind {
        Personal::Identity => words("居民身份证号码", "an identity number"),
        Personal::Mobile => words("手机号码", "a mobile number"),
        Personal::BankCard => words("银行卡号", "a bank card number"),
        Personal::Mailbox => words("QQ 号邮箱", "a mailbox named by a QQ number"),
    }
}

fn personal(case: &Case<'_>, code: &'static str, severity: Severity, kind: Personal) -> Assessment {
    let mut findings = Vec::new();
    for (line, text) in (1..).zip(case.lines) {
        for found in find(text).into_iter().filter(|found| found.kind == kind) {
            let column = |index: usize| u32::try_from(index + 1).unwrap_or(u32::MAX);
            let at =
                Source { line, column: column(found.chars.start), end_line: line, end_column: column(found.chars.end) };
            let masked: String = mask(text).chars().skip(found.chars.start).take(found.chars.len()).collect();
            let name = name(kind);
            let message =
                Wording::new(format!("文中有{}{masked}", name.zh), format!("the text holds {}: {masked}", name.en));
            let part = case.report.parts.iter().rfind(|part| {
                let Source { line: begins, .. } = part.source;
                begins <= line
            });
            findings.push(Finding {
                part: part.map(|part| part.number),
                at: Some(at),
                actual: Some(masked),
                ..Finding::new(code, severity, message)
            });
        }
    }
    Assessment { findings, unassessed: Vec::new() }
}
