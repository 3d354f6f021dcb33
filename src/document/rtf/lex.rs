//! The tokens of Rich Text Format (specification 1.9.1, "Basic entities").

/// A token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// `{`
    Open,
    /// `}`
    Close,
    /// A control word with its number, if it has one.
    Word(&'a [u8], Option<i32>),
    /// A control symbol: a backslash and one character that is no letter.
    Symbol(u8),
    /// A byte of text, written `\'xx`.
    Hex(u8),
    /// A byte of text, as it is.
    Byte(u8),
}

/// The tokens of a file. Binary data is left out.
#[derive(Clone, Debug)]
pub(super) struct Tokens<'a> {
    rest: &'a [u8],
}

impl<'a> Tokens<'a> {
    pub(super) const fn of(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// What stands after a backslash.
    fn control(&mut self) -> Option<Token<'a>> {
        let (&first, after) = self.rest.split_first()?;
        if !first.is_ascii_alphabetic() {
            self.rest = after;
            if first != b'\'' {
                return Some(Token::Symbol(first));
            }
            let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
            return match after {
                [high, low, rest @ ..] => match (digit(*high), digit(*low)) {
                    (Some(high), Some(low)) => {
                        self.rest = rest;
                        Some(Token::Hex(high << 4 | low))
                    }
                    _ => Some(Token::Symbol(b'\'')),
                },
                _ => Some(Token::Symbol(b'\'')),
            };
        }
        let length = self.rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let (word, rest) = self.rest.split_at(length);
        self.rest = rest;
        let number = self.number();
        if let Some(rest) = self.rest.strip_prefix(b" ") {
            self.rest = rest;
        }
        if word == b"bin" {
            let length = usize::try_from(number.unwrap_or(0)).unwrap_or(0).min(self.rest.len());
            self.rest = &self.rest[length..];
        }
        Some(Token::Word(word, number))
    }

    fn number(&mut self) -> Option<i32> {
        let (negative, digits) = match self.rest.strip_prefix(b"-") {
            Some(digits) => (true, digits),
            None => (false, self.rest),
        };
        let length = digits.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if length == 0 {
            return None;
        }
        let value = digits[..length]
            .iter()
            .fold(0_i32, |value, digit| value.saturating_mul(10).saturating_add(i32::from(digit - b'0')));
        self.rest = &digits[length..];
        Some(if negative { -value } else { value })
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let (&first, rest) = self.rest.split_first()?;
            self.rest = rest;
            return match first {
                b'{' => Some(Token::Open),
                b'}' => Some(Token::Close),
                b'\\' => self.control(),
                b'\r' | b'\n' | 0 => continue,
                byte => Some(Token::Byte(byte)),
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens() {
        let all = |text: &'static str| Tokens::of(text.as_bytes()).collect::<Vec<_>>();
        assert_eq!(all("{\\b0 a\r\n}"), [Token::Open, Token::Word(b"b", Some(0)), Token::Byte(b'a'), Token::Close]);
        assert_eq!(all("\\u-100?"), [Token::Word(b"u", Some(-100)), Token::Byte(b'?')]);
        assert_eq!(all("\\'d5\\~\\-"), [Token::Hex(0xd5), Token::Symbol(b'~'), Token::Symbol(b'-')]);
        assert_eq!(all("\\bin3 }}}\\par"), [Token::Word(b"bin", Some(3)), Token::Word(b"par", None)]);
        assert_eq!(all("\\bin999999999 a"), [Token::Word(b"bin", Some(999_999_999))]);
        assert_eq!(all("\\'g"), [Token::Symbol(b'\''), Token::Byte(b'g')]);
        assert_eq!(all("\\"), []);
        assert_eq!(all("\\li99999999999"), [Token::Word(b"li", Some(i32::MAX))]);
    }
}
