//! Characters that a file calls by the code of a radical of the same shape.
//!
//! Producers that find the code of a glyph by looking it up backwards in the font often meet the radical first:
//! ⺠ for 民, ⻔ for 门. The Kangxi radicals (⼀ for 一) are compatibility characters, which normalising resolves;
//! those of the supplement are not, and are replaced here by the ideograph that Unicode names as equivalent
//! (`EquivalentUnifiedIdeograph.txt`).

/// First character of the block CJK Radicals Supplement.
const FIRST: u32 = 0x2e80;

/// Its equivalents, character by character; a blank where there is none in the basic plane.
const EQUIVALENTS: &str = "　厂乛乚乙亻冂　刀刂卜㔾小小兀尣尢　巳幺彑彐忄心扌攵　旡日月歺母民氵氺灬爫爫丬牛\
    犭王　目示礻　糹纟罓罒㓁冗　羊　　耂肀聿肉　艹艹艹虎衤覀西见角　讠贝　车辶辶辶邑\
    钅長镸长门　阝雨青韦页风飞食　飠饣　马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟";

/// `c` as a character of text: blanks of any width as one blank, radicals as ideographs; `None` for what has
/// no shape.
pub(super) fn whole(c: char) -> Option<char> {
    match c {
        '\u{2e80}'..='\u{2ef3}' => {
            let index = u32::from(c) - FIRST;
            EQUIVALENTS.chars().nth(index as usize).filter(|&found| found != '\u{3000}').or(Some(c))
        }
        '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}'
        | '\u{feff}'
        | '\u{fe00}'..='\u{fe0f}' => None,
        '\u{ad}' => Some('-'),
        _ if c.is_whitespace() => Some(' '),
        _ if c.is_control() => None,
        _ => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::whole;

    #[test]
    fn radicals_become_the_characters_they_look_like() {
        let read = |text: &str| text.chars().filter_map(whole).nfkc().collect::<String>();
        assert_eq!(
            read("⼈⺠政府⻔户⽹站⾏政⻚⻓⻋⻢⻛⻰⻬⻩⻘⻄⻅⻆⺟"),
            "人民政府门户网站行政页长车马风龙齐黄青西见角母"
        );
        assert_eq!(read("⼀⼆⼗⽉⽇⾃然⼯作⽂件"), "一二十月日自然工作文件");
    }

    #[test]
    fn blanks_are_blanks_and_what_has_no_shape_is_nothing() {
        let read = |text: &str| text.chars().filter_map(whole).collect::<String>();
        assert_eq!(read("1\u{2002}2\u{3000}3\u{a0}4\u{200b}5\u{0}6"), "1 2 3 456");
    }

    #[test]
    fn every_character_of_the_block_has_its_place() {
        assert_eq!(super::EQUIVALENTS.chars().count(), 0x2ef3 - 0x2e80 + 1);
    }
}
