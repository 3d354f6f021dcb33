//! The numbers that word processors write before the paragraphs of a list, by the names of ECMA-376
//! (17.18.59); other formats translate theirs.

/// `number` written in the form that `format` names; empty for bullets and for no number. A form that is not
/// known is written in digits.
pub(super) fn write(format: &str, number: u32) -> String {
    match format {
        "none" | "bullet" => String::new(),
        "chineseCounting" | "taiwaneseCounting" if number >= 100 => digits(number, "〇一二三四五六七八九"),
        "chineseCounting" | "taiwaneseCounting" | "chineseCountingThousand" | "taiwaneseCountingThousand" => {
            counted(number, "零一二三四五六七八九", "十百千")
        }
        "japaneseCounting" => counted(number, "零一二三四五六七八九", "十百千").replacen("一百", "百", 1),
        "chineseLegalSimplified" => counted(number, "零壹贰叁肆伍陆柒捌玖", "拾佰仟"),
        "ideographLegalTraditional" => counted(number, "零壹貳參肆伍陸柒捌玖", "拾佰仟"),
        "ideographDigital" | "taiwaneseDigital" | "japaneseDigitalTenThousand" => {
            digits(number, "〇一二三四五六七八九")
        }
        "ideographTraditional" => one_of(number, "甲乙丙丁戊己庚辛壬癸"),
        "ideographZodiac" => one_of(number, "子丑寅卯辰巳午未申酉戌亥"),
        "ideographEnclosedCircle" => one_of(number, "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => one_of(number, "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
        "decimalEnclosedParen" => one_of(number, "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"),
        "decimalEnclosedFullstop" => one_of(number, "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"),
        "decimalFullWidth" | "decimalFullWidth2" => digits(number, "０１２３４５６７８９"),
        "decimalZero" => format!("{number:02}"),
        "numberInDash" => format!("- {number} -"),
        "upperRoman" => roman(number),
        "lowerRoman" => roman(number).to_lowercase(),
        "upperLetter" => letters(number, b'A'),
        "lowerLetter" => letters(number, b'a'),
        _ => number.to_string(),
    }
}

/// The decimal digits of `number`, each by its character of `signs`.
fn digits(number: u32, signs: &str) -> String {
    let sign = |digit: char| signs.chars().nth(digit.to_digit(10).unwrap_or(0) as usize).unwrap_or(digit);
    number.to_string().chars().map(sign).collect()
}

/// Counted in tens, hundreds and thousands: 十, 十一, 二十, 一百零一.
fn counted(number: u32, signs: &str, units: &str) -> String {
    if number == 0 || number >= 10_000 {
        return digits(number, signs);
    }
    let sign = |digit: u32| signs.chars().nth(digit as usize).unwrap_or('0');
    let mut text = String::new();
    let mut is_gap = false;
    for (power, unit) in [(1_000, 2), (100, 1), (10, 0), (1, 3)] {
        let digit = number / power % 10;
        if digit == 0 {
            is_gap = !text.is_empty();
            continue;
        }
        if std::mem::take(&mut is_gap) {
            text.push(sign(0));
        }
        if !(power == 10 && digit == 1 && text.is_empty()) {
            text.push(sign(digit));
        }
        text.extend(units.chars().nth(unit));
    }
    text
}

/// The sign of this number, or its digits where there are not so many signs.
fn one_of(number: u32, signs: &str) -> String {
    let sign = number.checked_sub(1).and_then(|index| signs.chars().nth(index as usize));
    sign.map_or_else(|| number.to_string(), String::from)
}

fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1_000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if number >= 4_000 {
        return number.to_string();
    }
    let mut left = number;
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while left >= value {
            text.push_str(sign);
            left -= value;
        }
    }
    text
}

/// A … Z, AA, BB …
fn letters(number: u32, first: u8) -> String {
    let Some(index) = number.checked_sub(1) else { return "0".to_owned() };
    let letter = char::from(first + u8::try_from(index % 26).unwrap_or(0));
    std::iter::repeat_n(letter, (index / 26 + 1).min(30) as usize).collect()
}

#[cfg(test)]
mod tests {
    use super::write;

    #[test]
    fn numbers_are_written_as_lists_write_them() {
        let cases = [
            ("chineseCounting", 6, "六"),
            ("chineseCounting", 10, "十"),
            ("chineseCounting", 12, "十二"),
            ("chineseCounting", 20, "二十"),
            ("chineseCounting", 101, "一〇一"),
            ("chineseCountingThousand", 101, "一百零一"),
            ("chineseCountingThousand", 110, "一百一十"),
            ("chineseCountingThousand", 1_001, "一千零一"),
            ("japaneseCounting", 99, "九十九"),
            ("japaneseCounting", 120, "百二十"),
            ("chineseLegalSimplified", 12, "拾贰"),
            ("ideographDigital", 10, "一〇"),
            ("ideographTraditional", 3, "丙"),
            ("decimalEnclosedCircle", 20, "⑳"),
            ("decimalEnclosedCircle", 21, "21"),
            ("decimalFullWidth", 12, "１２"),
            ("decimalZero", 3, "03"),
            ("upperRoman", 1994, "MCMXCIV"),
            ("lowerRoman", 4, "iv"),
            ("upperLetter", 28, "BB"),
            ("lowerLetter", 26, "z"),
            ("bullet", 1, ""),
            ("none", 1, ""),
            ("decimal", 7, "7"),
            ("something", 7, "7"),
        ];
        for (format, number, text) in cases {
            assert_eq!(write(format, number), text, "{format} {number}");
        }
    }
}
