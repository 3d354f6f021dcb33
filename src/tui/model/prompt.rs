//! A decision that waits for its reason.

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
    pub text: String,
}

/// What the operator is asked.
#[derive(Clone, Debug)]
pub struct Question {
    /// In words.
    pub words: Wording,
    /// Whether the decision needs a reason.
    pub needed: bool,
}
