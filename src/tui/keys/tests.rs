//! The laws that hold for all keys.

use std::collections::HashSet;

use super::*;

#[test]
fn no_key_is_bound_twice_in_one_context() {
    for context in Context::ALL {
        let mut seen = HashSet::new();
        for key in bindings(context).flat_map(|binding| binding.keys) {
            assert!(seen.insert(key), "{key:?} is bound twice in {context:?}");
        }
    }
}

#[test]
fn every_binding_can_be_shown() {
    for binding in BINDINGS {
        assert!(!binding.contexts.is_empty() && !binding.words.zh.is_empty() && !binding.words.en.is_empty());
    }
}

#[test]
fn every_context_can_be_left() {
    for context in Context::ALL {
        let left = |binding: &Binding| matches!(binding.action, Action::Back | Action::Escape | Action::Accept);
        assert!(bindings(context).any(left), "{context:?}");
        assert_eq!(action(context, ctrl('c')), Some(Action::Quit), "{context:?}");
    }
}

#[test]
fn typing_takes_no_plain_character_away() {
    let taken = |key: &&Key| matches!(key.code, KeyCode::Char(_)) && !key.ctrl;
    for context in [Context::Typing, Context::Reason] {
        assert_eq!(bindings(context).flat_map(|binding| binding.keys).find(taken), None, "{context:?}");
    }
}
