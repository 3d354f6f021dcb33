//! One pattern for two engines, which mean different things by a few of the same signs.

/// What a digit is: of this country, wide or not.
const DIGITS: &str = "0-9０-９";

/// White space.
const SPACES: &str = r"\t-\r\x20\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}";

/// Chinese characters (Script=Han of Unicode 16).
const HAN: &str = "\u{2e80}-\u{2e99}\u{2e9b}-\u{2ef3}\u{2f00}-\u{2fd5}\u{3005}\u{3007}\u{3021}-\u{3029}\
    \u{3038}-\u{303b}\u{3400}-\u{4dbf}\u{4e00}-\u{9fff}\u{f900}-\u{fa6d}\u{fa70}-\u{fad9}\u{16fe2}\u{16fe3}\
    \u{16ff0}\u{16ff1}\u{20000}-\u{2a6df}\u{2a700}-\u{2b739}\u{2b740}-\u{2b81d}\u{2b820}-\u{2cea1}\
    \u{2ceb0}-\u{2ebe0}\u{2ebf0}-\u{2ee5d}\u{2f800}-\u{2fa1d}\u{30000}-\u{3134a}\u{31350}-\u{323af}";

/// The pattern for the full engine.
pub(super) fn full(source: &str) -> String {
    rewritten(source, |escape| (escape == "\\d").then_some(DIGITS))
}

/// The pattern for the light engine, if it can have it.
pub(super) fn light(source: &str) -> Option<String> {
    const STRANGE: [&str; 8] = ["\\w", "\\W", "\\b", "\\B", "\\D", "\\S", "(?i", "&&"];
    let strange = STRANGE.iter().any(|sign| source.contains(sign)) || source.replace("\\p{Han}", "").contains("\\p");
    (!strange).then(|| {
        rewritten(source, |escape| match escape {
            "\\d" => Some(DIGITS),
            "\\s" => Some(SPACES),
            "\\p{Han}" => Some(HAN),
            _ => None,
        })
    })
}

/// The pattern with the classes that `members` knows written out.
fn rewritten(source: &str, members: impl Fn(&str) -> Option<&'static str>) -> String {
    let mut made = String::with_capacity(source.len() + 64);
    let (mut rest, mut within) = (source, false);
    while let Some(c) = rest.chars().next() {
        let length = match rest.as_bytes() {
            [b'\\', b'p', b'{', ..] => rest.find('}').map_or(rest.len(), |end| end + 1),
            [b'\\', ..] => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            _ => c.len_utf8(),
        };
        let (sign, behind) = rest.split_at(length);
        match members(sign) {
            Some(members) if within => made.push_str(members),
            Some(members) => made.extend(["[", members, "]"]),
            None => made.push_str(sign),
        }
        within = match sign {
            "[" => true,
            "]" => false,
            _ => within,
        };
        rest = behind;
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_written_out() {
        assert_eq!(full(r"\d[\d年]\\d"), r"[0-9０-９][0-9０-９年]\\d");
        assert_eq!(light(r"[^\d]\p{Han}").unwrap(), format!("[^{DIGITS}][{HAN}]"));
        for source in [r"\bno", r"(?i)p\d", r"\p{Latin}", r"\w+"] {
            assert_eq!(light(source), None, "{source}");
        }
    }

    #[test]
    fn the_classes_are_those_of_the_full_engine() {
        let members = |source: &str| {
            let pattern = regex_lite::Regex::new(&light(source).unwrap()).unwrap();
            move |c: char| pattern.is_match(c.encode_utf8(&mut [0; 4]))
        };
        for source in [r"\s", r"\p{Han}"] {
            let (light, full) = (members(source), regex::Regex::new(source).unwrap());
            let differ = |&c: &char| light(c) != full.is_match(c.encode_utf8(&mut [0; 4]));
            assert_eq!(('\0'..=char::MAX).find(differ), None, "{source}");
        }
    }
}
