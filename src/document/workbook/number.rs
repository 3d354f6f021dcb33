//! Numbers as a workbook shows them.

/// Significant digits that a workbook keeps; what is behind them comes from counting in binary.
const DIGITS: usize = 15;

/// A stored number in digits, without an exponent and without zeros at the end of its decimals.
pub(super) fn decimal(number: f64) -> String {
    if !number.is_finite() {
        return number.to_string();
    }
    plain(&format!("{number:.*e}", DIGITS - 1)).unwrap_or_else(|| number.to_string())
}

/// The number written `text` in digits; `None` where it is none. Digits behind the fifteenth are rounded away.
pub(super) fn stored(text: &str) -> Option<String> {
    let text = text.trim();
    let is_plain = !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-'));
    if is_plain && text.len() <= DIGITS {
        return plain(&format!("{text}e0"));
    }
    text.parse().ok().map(decimal)
}

/// The digits of a number in exponential form, such as `-1.2340e1`.
fn plain(text: &str) -> Option<String> {
    let (mantissa, exponent) = text.split_once('e')?;
    let exponent: i32 = exponent.parse().ok()?;
    let (sign, mantissa) = mantissa.strip_prefix('-').map_or(("", mantissa), |rest| ("-", rest));
    let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if part.contains(['.', '-']) || whole.contains('-') || exponent.abs() > 400 {
        return None;
    }
    let digits = format!("{whole}{part}");
    let point = i32::try_from(whole.len()).ok()? + exponent;
    let length = i32::try_from(digits.len()).ok()?;
    let (before, behind) = match usize::try_from(point) {
        Ok(at) if point < length => (digits[..at].to_owned(), digits[at..].to_owned()),
        Ok(at) => (format!("{digits:0<at$}"), String::new()),
        Err(_) => (String::new(), format!("{}{digits}", "0".repeat(point.unsigned_abs() as usize))),
    };
    let before = before.trim_start_matches('0');
    let behind = behind.trim_end_matches('0');
    let before = if before.is_empty() { "0" } else { before };
    let is_zero = before == "0" && behind.is_empty();
    let sign = if is_zero { "" } else { sign };
    Some(if behind.is_empty() { format!("{sign}{before}") } else { format!("{sign}{before}.{behind}") })
}

#[cfg(test)]
mod tests {
    use super::{decimal, stored};

    #[test]
    fn numbers_are_shown_without_loss_or_noise() {
        let cases = [
            (38.441_094, "38.441094"),
            (0.0, "0"),
            (-0.0, "0"),
            (12.0, "12"),
            (0.1 + 0.2, "0.3"),
            (-5.5, "-5.5"),
            (1e6, "1000000"),
            (1e-4, "0.0001"),
            (123_456_789_012_345.0, "123456789012345"),
            (1e21, "1000000000000000000000"),
        ];
        for (number, text) in cases {
            assert_eq!(decimal(number), text);
        }
    }

    #[test]
    fn stored_numbers_keep_their_digits() {
        let cases = [
            ("38.441094", Some("38.441094")),
            ("38.441094000000003", Some("38.441094")),
            ("12", Some("12")),
            ("007", Some("7")),
            ("1.50", Some("1.5")),
            ("1E+3", Some("1000")),
            ("12件", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(stored(text).as_deref(), expected, "{text}");
        }
    }
}
