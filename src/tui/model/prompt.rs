//! A decision that waits for its reason.

use std::sync::Arc;

use super::Editor;
use crate::ledger::Draft;
use crate::text::Wording;

/// A reason being typed for a decision.
#[derive(Clone, Debug)]
pub struct Prompt {
    /// The decision.
    pub draft: Draft,
    /// What is asked, in words.
    pub question: Question,
    /// What was typed.
    pub editor: Editor,
    /// The units of the roster that what was typed may name, where one is asked for.
    pub units: Vec<Arc<str>>,
    /// The one of them that was chosen.
    pub chosen: Option<usize>,
}

impl Prompt {
    /// The question about `draft`, before anything was typed.
    #[must_use]
    pub fn new(draft: Draft, question: Question) -> Self {
        Self { draft, question, editor: Editor::default(), units: Vec::new(), chosen: None }
    }
}

/// What the operator is asked.
#[derive(Clone, Debug)]
pub struct Question {
    /// In words.
    pub words: Wording,
    /// Whether the decision needs a reason.
    pub needed: bool,
}
