//! Which edition of the form a table's headers belong to.

use super::labels::occurrences;
use crate::report::{Edition, TableKind};

/// The edition, by headers among the Chinese characters of a table that only the trial form of 2019 or the forms
/// before it have.
pub(super) fn of(kind: TableKind, text: &[char]) -> Edition {
    let has = |word: &str| occurrences(text, &word.chars().collect::<Vec<_>>()).next().is_some();
    match kind {
        TableKind::ProactiveDisclosure => {
            let trial = [
                "本年新制作数量",
                "本年新公开数量",
                "对外公开总数量",
                "采购项目数量",
                "采购总金额",
                "其他对外管理服务事项",
            ];
            if trial.iter().any(|word| has(word)) { Edition::Trial2019 } else { Edition::Form2021 }
        }
        TableKind::Requests | TableKind::Disputes => Edition::Form2021,
    }
}
