//! Characters of symbol fonts: boxes, ticks and circles that people put beside what applies.

/// Signs of the font Wingdings and its kin, by their codes in it.
const WINGDINGS: [(u32, char); 24] = [
    (0x6c, '●'),
    (0x6d, '❍'),
    (0x6e, '■'),
    (0x6f, '□'),
    (0x71, '❑'),
    (0x75, '◆'),
    (0x76, '❖'),
    (0x77, '◆'),
    (0x9f, '•'),
    (0xa7, '▪'),
    (0xa8, '□'),
    (0xd8, '➢'),
    (0xe0, '→'),
    (0xf0, '⇨'),
    (0xfb, '✗'),
    (0xfc, '✓'),
    (0xfd, '☒'),
    (0xfe, '☑'),
    (0x80, '⓪'),
    (0x81, '①'),
    (0x82, '②'),
    (0x83, '③'),
    (0x84, '④'),
    (0x85, '⑤'),
];

/// Signs of the font Symbol.
const SYMBOL: [(u32, char); 12] = [
    (0x2d, '−'),
    (0xb0, '°'),
    (0xb1, '±'),
    (0xb3, '≥'),
    (0xb4, '×'),
    (0xb7, '•'),
    (0xb8, '÷'),
    (0xb9, '≠'),
    (0xa3, '≤'),
    (0xbb, '≈'),
    (0xd7, '⋅'),
    (0xe5, '∑'),
];

/// The character that the symbol `code` of `font` stands for; the replacement character where that is not known,
/// so that it is not taken for a blank.
pub(super) fn character(font: &str, code: u32) -> char {
    let low = if (0xf000..=0xf0ff).contains(&code) { code - 0xf000 } else { code };
    let known = |signs: &[(u32, char)]| signs.iter().find(|(code, _)| *code == low).map(|(_, sign)| *sign);
    let sign = match font {
        "Symbol" => known(&SYMBOL).or_else(|| char::from_u32(low).filter(|c| c.is_ascii_digit() || *c == ' ')),
        font if font.starts_with("Wingdings") => known(&WINGDINGS),
        _ => None,
    };
    let is_private = (0xe000..=0xf8ff).contains(&code);
    let is_pictorial = font == "Symbol" || font.starts_with("Wingdings") || font.starts_with("Webdings");
    sign.or_else(|| char::from_u32(code).filter(|_| !is_private && !is_pictorial)).unwrap_or('\u{fffd}')
}
