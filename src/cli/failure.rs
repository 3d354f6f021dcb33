//! Why a command could not run: one clear line.

use std::io;
use std::path::Path;

use crate::intake::name;
use crate::text::{Wording, printable};

/// What ends a command early.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Failure {
    /// Nobody reads the output any more: end quietly.
    BrokenPipe,
    /// Something to tell: what, where, what to do.
    Explained(Wording),
}

impl Failure {
    /// A failure with its reason in both languages.
    pub(super) fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::Explained(Wording::new(zh, en))
    }

    /// A failure at `path`.
    pub(super) fn at(path: &Path, reason: &Wording) -> Self {
        let name = name(path);
        let shown = printable(&name);
        Self::new(format!("{shown}：{}", reason.zh), format!("{shown}: {}", reason.en))
    }

    /// A failure of writing output.
    pub(super) fn output(error: &io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self::BrokenPipe;
        }
        Self::new(format!("输出写不进去：{error}"), format!("the output cannot be written: {error}"))
    }
}

impl From<Wording> for Failure {
    fn from(reason: Wording) -> Self {
        Self::Explained(reason)
    }
}

/// What clap has to say, on one line.
pub(super) fn usage(error: &clap::Error) -> Failure {
    let rendered = error.render().to_string();
    let mut sentences: Vec<String> = Vec::new();
    for paragraph in rendered.split("\n\n") {
        let joined = paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
        let text = joined.strip_prefix("error: ").or_else(|| joined.strip_prefix("tip: ")).unwrap_or(&joined);
        if !text.is_empty() && !text.starts_with("Usage:") && !text.starts_with("For more information") {
            sentences.push(printable(text).into_owned());
        }
    }
    let said = sentences.join("; ");
    Failure::new(format!("参数有误：{said}；用法见 nianshen --help"), format!("{said}; see nianshen --help"))
}
