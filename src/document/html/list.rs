//! The marks of numbered lists: a browser writes them, the source does not.

use super::tag::Attributes;

/// The mark before an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Marker {
    style: Style,
    number: u16,
}

/// How items are numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    /// 1.
    Decimal,
    /// 1)
    DecimalClosed,
    /// (1)
    DecimalEnclosed,
    /// 一、
    Chinese,
    /// 一)
    ChineseClosed,
    /// (一)
    ChineseEnclosed,
}

/// A numbered list that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Counter {
    style: Option<Style>,
    next: u16,
}

impl Counter {
    /// The numbering of a list with these attributes. The classes are those of the editor UEditor, in which most
    /// pages of governments are written.
    pub(super) fn of(is_numbered: bool, attributes: &Attributes) -> Self {
        let class = attributes.get("class").unwrap_or_default();
        let is_called = |name: &str| class.split_ascii_whitespace().any(|own| own == name);
        let listed = attributes.style("list-style-type").or_else(|| attributes.style("list-style"));
        let style = match listed.as_deref() {
            _ if is_called("custom_cn2") => Some(Style::ChineseEnclosed),
            _ if is_called("custom_cn1") => Some(Style::ChineseClosed),
            _ if is_called("custom_cn") => Some(Style::Chinese),
            _ if is_called("custom_num2") => Some(Style::DecimalEnclosed),
            _ if is_called("custom_num1") => Some(Style::DecimalClosed),
            _ if is_called("custom_num") => Some(Style::Decimal),
            Some("cjk-ideographic" | "simp-chinese-informal" | "trad-chinese-informal" | "cjk-decimal") => {
                Some(Style::Chinese)
            }
            Some("decimal") => Some(Style::Decimal),
            Some(_) => None,
            None => attributes.get("type").is_none_or(|kind| kind == "1").then_some(Style::Decimal),
        };
        let start = attributes.number("start").and_then(|start| u16::try_from(start).ok()).unwrap_or(1);
        Self { style: style.filter(|_| is_numbered), next: start }
    }

    /// The mark of the next item, which may have a number of its own.
    pub(super) fn next(&mut self, value: Option<u32>) -> Option<Marker> {
        let number = value.and_then(|value| u16::try_from(value).ok()).unwrap_or(self.next);
        self.next = number.saturating_add(1);
        self.style.map(|style| Marker { style, number })
    }
}

impl Marker {
    /// The mark as it is written before `text`; nothing where the text has one already.
    pub(super) fn before(self, text: &str) -> String {
        let is_ordinal = |c: char| c.is_ascii_digit() || "（(〇零一二三四五六七八九十第".contains(c);
        if text.starts_with(is_ordinal) {
            return String::new();
        }
        match self.style {
            Style::Decimal => format!("{}. ", self.number),
            Style::DecimalClosed => format!("{}）", self.number),
            Style::DecimalEnclosed => format!("（{}）", self.number),
            Style::Chinese => format!("{}、", chinese(self.number)),
            Style::ChineseClosed => format!("{}）", chinese(self.number)),
            Style::ChineseEnclosed => format!("（{}）", chinese(self.number)),
        }
    }
}

/// A number below 100 in Chinese; others in figures.
fn chinese(number: u16) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |number: u16| DIGITS[usize::from(number % 10)];
    match number {
        1..=9 => digit(number).to_owned(),
        10..=19 => format!("十{}", digit(number)),
        20..=99 => format!("{}十{}", digit(number / 10), digit(number)),
        _ => number.to_string(),
    }
}
