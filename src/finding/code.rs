//! Codes of rules in what was written down before: a rule's code is a word of the catalogue, not of the file.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use serde::de::{Deserialize, Deserializer, Error};

/// The code of a rule, e.g. `REQ003`.
pub type Code = &'static str;

/// Codes that have been read, each kept once for as long as the program runs. Only what looks like a code is
/// kept, so that a damaged file cannot fill the memory with words.
static READ: Mutex<BTreeSet<Code>> = Mutex::new(BTreeSet::new());

/// Whether `text` has the form of a code: three letters, three digits.
fn is_code(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 6 && bytes[..3].iter().all(u8::is_ascii_uppercase) && bytes[3..].iter().all(u8::is_ascii_digit)
}

/// Reads a code.
///
/// # Errors
/// When what stands there is none.
pub fn interned<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Code, D::Error> {
    let text = String::deserialize(deserializer)?;
    if !is_code(&text) {
        return Err(D::Error::custom("not the code of a rule"));
    }
    let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = read.get(text.as_str()) {
        return Ok(known);
    }
    let kept: Code = text.leak();
    read.insert(kept);
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use super::is_code;

    #[test]
    fn only_codes_are_codes() {
        assert!(is_code("REQ003"));
        for other in ["", "REQ", "req003", "REQ0031", "错误1", "REQ00x"] {
            assert!(!is_code(other), "{other}");
        }
    }
}
