//! Why a figure was read as what it is: the words that decided, for whoever asks.

use crate::report::{Bound, Subject};
use crate::text::Wording;

/// The words that make a figure a claim.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Reason {
    /// What happened: 收到, 办结, 未收到 …
    pub(super) verb: String,
    /// What it happened to, as far as it was said.
    pub(super) object: Option<String>,
    /// Words that say there was none.
    pub(super) none: bool,
}

impl Reason {
    /// A figure that `verb` counts.
    pub(super) fn verb(verb: &str) -> Self {
        Self { verb: verb.to_owned(), ..Self::default() }
    }

    /// With the object that was named.
    pub(super) fn of(mut self, object: Option<&str>) -> Self {
        self.object = object.map(str::to_owned);
        self
    }

    /// Words that say there was none.
    pub(super) fn none(verb: &str) -> Self {
        Self { none: true, ..Self::verb(verb) }
    }

    /// The reason in words.
    pub(super) fn wording(&self, subject: Subject, bound: Bound) -> Wording {
        let mut zh = vec![if self.none {
            format!("“{}”表示没有", self.verb)
        } else {
            format!("依据“{}”", self.verb)
        }];
        let mut en = vec![if self.none {
            format!("“{}” says there was none", self.verb)
        } else {
            format!("read by “{}”", self.verb)
        }];
        match &self.object {
            Some(object) => {
                zh.push(format!("对象“{object}”"));
                en.push(format!("of “{object}”"));
            }
            None if !self.none => {
                zh.push("对象承上文".to_owned());
                en.push("object as in the text before".to_owned());
            }
            None => {}
        }
        let (subject_zh, subject_en) = match subject {
            Subject::Unsaid => ("主体未写明，视为本机关", "no subject, so the agency itself"),
            Subject::Agency => ("主体为本机关", "the agency itself"),
            Subject::Area => ("主体为整个地区或系统", "the whole area or system"),
        };
        zh.push(subject_zh.to_owned());
        en.push(subject_en.to_owned());
        let exact = match bound {
            Bound::Exact => None,
            Bound::AtLeast => Some(("不少于此数", "at least this many")),
            Bound::AtMost => Some(("不超过此数", "at most this many")),
            Bound::About => Some(("约数", "about this many")),
            Bound::Rounded => Some(("取整的数", "a rounded figure")),
        };
        if let Some((bound_zh, bound_en)) = exact {
            zh.push(bound_zh.to_owned());
            en.push(bound_en.to_owned());
        }
        Wording::new(zh.join("；"), en.join("; "))
    }
}
