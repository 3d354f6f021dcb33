//! What styles say that changes the text: hidden text, and how lists are numbered.

use std::collections::{HashMap, HashSet};

use crate::document::numeral;
use crate::document::raised::Level as Height;
use crate::document::xml::Element;

/// Levels of a list.
pub(super) const LEVELS: usize = 10;

/// How far styles may derive from each other.
const CHAIN: usize = 32;

/// The styles of a document.
#[derive(Debug, Default)]
pub(in crate::document) struct Styles {
    /// Styles of text that is hidden or struck out.
    hidden: HashSet<String>,
    /// Styles of text above or below the line.
    heights: HashMap<String, Height>,
    /// For each style the one it derives from, and the list it puts its paragraphs in; empty for none.
    families: HashMap<String, (Option<String>, Option<String>)>,
    lists: HashMap<String, ListStyle>,
    /// How headings are numbered outside of lists.
    pub(super) outline: ListStyle,
}

/// How each level of a list is numbered.
pub(super) type ListStyle = HashMap<usize, Level>;

/// How the paragraphs of a level are numbered.
#[derive(Clone, Debug, Default)]
pub(super) struct Level {
    format: String,
    prefix: String,
    suffix: String,
    /// How many levels the label shows.
    shown: usize,
    /// The first number.
    pub(super) start: u32,
}

impl Styles {
    /// The styles in these files.
    pub(in crate::document) fn of(roots: &[&Element]) -> Self {
        let mut styles = Self::default();
        for root in roots {
            for group in root.elements().filter(|group| matches!(group.name, "styles" | "automatic-styles")) {
                group.elements().for_each(|style| styles.add(style));
            }
        }
        styles
    }

    fn add(&mut self, style: &Element) {
        let name = style.attribute("style", "name").unwrap_or_default().to_owned();
        match (style.space, style.name) {
            ("style", "style") => {
                let properties = style.child("text-properties");
                let is_hidden = properties.and_then(|text| text.attribute("text", "display")) == Some("none");
                if is_hidden || properties.is_some_and(is_struck) {
                    self.hidden.insert(name.clone());
                }
                if let Some(height) = properties.and_then(height) {
                    self.heights.insert(name.clone(), height);
                }
                let own = |name: &str| style.attribute("style", name).map(str::to_owned);
                self.families.insert(name, (own("parent-style-name"), own("list-style-name")));
            }
            ("text", "list-style") => {
                self.lists.insert(name, levels(style));
            }
            ("text", "outline-style") => self.outline = levels(style),
            _ => {}
        }
    }

    /// Whether text of this style is hidden or struck out.
    pub(super) fn is_hidden(&self, style: Option<&str>) -> bool {
        style.is_some_and(|style| self.hidden.contains(style))
    }

    /// Whether text of this style stands on the line; `None` where the style does not say.
    pub(super) fn height(&self, style: Option<&str>) -> Option<Height> {
        let chain = std::iter::successors(style, |style| self.families.get(*style)?.0.as_deref());
        chain.take(CHAIN).find_map(|style| self.heights.get(style).copied())
    }

    /// Whether headings of this style are numbered by the outline: a style may put them in a list, or in none.
    pub(super) fn is_outlined(&self, style: Option<&str>) -> bool {
        let chain = std::iter::successors(style, |style| self.families.get(*style)?.0.as_deref());
        chain.take(CHAIN).find_map(|style| self.families.get(style)?.1.as_deref()).is_none()
    }

    /// How the lists of this style are numbered.
    pub(super) fn list(&self, style: &str) -> Option<&ListStyle> {
        self.lists.get(style)
    }
}

/// Whether a line is drawn through the text.
fn is_struck(properties: &Element) -> bool {
    let drawn = |name| properties.attribute("style", name).is_some_and(|how| how != "none");
    drawn("text-line-through-style") || drawn("text-line-through-type")
}

/// Where the text stands: `super 58%`, `-33% 58%`, by how much it is raised and how large it is. Text as large as that
/// beside it has its size left out.
fn height(properties: &Element) -> Option<Height> {
    let mut words = properties.attribute("style", "text-position")?.split_whitespace();
    let position = words.next()?;
    // In thousandths: a share may have decimals.
    let share = |word: &str| {
        let (whole, part) = word.strip_suffix('%')?.split_once('.').unwrap_or((word.strip_suffix('%')?, ""));
        let digit = part.chars().next().and_then(|c| c.to_digit(10)).unwrap_or(0);
        let (sign, whole) = whole.strip_prefix('-').map_or((1, whole), |rest| (-1, rest));
        let whole: i32 = whole.trim_start_matches('+').parse().ok().filter(|whole| *whole <= 1_000)?;
        Some(sign * (whole * 10 + i32::try_from(digit).unwrap_or(0)))
    };
    Some(match position {
        "super" => Height::Raised,
        "sub" => Height::Lowered,
        _ => Height::of(share(position)?, words.next().and_then(share).unwrap_or(1_000)),
    })
}

fn levels(style: &Element) -> ListStyle {
    let is_number = |level: &&Element| matches!(level.name, "list-level-style-number" | "outline-level-style");
    style.elements().filter(is_number).filter_map(level).collect()
}

fn level(element: &Element) -> Option<(usize, Level)> {
    let number = |name: &str| element.attribute("text", name)?.trim().parse::<u32>().ok();
    let text = |name: &str| element.attribute("style", name).unwrap_or_default().to_owned();
    let index = (number("level")? as usize).checked_sub(1).filter(|&index| index < LEVELS)?;
    let level = Level {
        format: text("num-format"),
        prefix: text("num-prefix"),
        suffix: text("num-suffix"),
        shown: number("display-levels").unwrap_or(1) as usize,
        start: number("start-value").unwrap_or(1),
    };
    Some((index, level))
}

/// The label of a paragraph of the level `index`, where the paragraphs have been counted to `values`.
pub(super) fn label(style: &ListStyle, index: usize, values: &[Option<u32>; LEVELS]) -> Option<String> {
    let level = style.get(&index).filter(|level| !level.format.is_empty())?;
    let first = (index + 1).saturating_sub(level.shown.max(1));
    let shown = (first..=index).filter_map(|index| {
        let format = style.get(&index).map(|level| level.format.as_str()).filter(|format| !format.is_empty())?;
        let value = values[index].unwrap_or_else(|| style.get(&index).map_or(1, |level| level.start));
        Some(numeral::write(form(format), value))
    });
    let numbers = shown.collect::<Vec<_>>().join(".");
    let label = format!("{}{numbers}{}", level.prefix, level.suffix);
    let is_apart = label.ends_with(|c: char| c.is_ascii() && !c.is_whitespace());
    Some(if is_apart { label + " " } else { label })
}

/// The form of numbers that a `num-format` means: it is written as the first of them.
fn form(format: &str) -> &'static str {
    match format.chars().next() {
        Some('a') => "lowerLetter",
        Some('A') => "upperLetter",
        Some('i') => "lowerRoman",
        Some('I') => "upperRoman",
        Some('一') => "chineseCountingThousand",
        Some('〇') => "ideographDigital",
        Some('壹' | '壱') if format.contains('貳') => "ideographLegalTraditional",
        Some('壹' | '壱') => "chineseLegalSimplified",
        Some('甲') => "ideographTraditional",
        Some('子') => "ideographZodiac",
        Some('①') => "decimalEnclosedCircle",
        Some('１') => "decimalFullWidth",
        Some('㊀') => "ideographEnclosedCircle",
        Some('⑴') => "decimalEnclosedParen",
        Some('⒈') => "decimalEnclosedFullstop",
        _ => "decimal",
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::{Height, height};
    use crate::document::xml::Element;

    #[test]
    fn positions_of_text() {
        let cases = [
            ("super 58%", Some(Height::Raised)),
            ("sub", Some(Height::Lowered)),
            ("33% 58%", Some(Height::Raised)),
            ("-33.3% 58%", Some(Height::Lowered)),
            ("0% 100%", Some(Height::Line)),
            ("10% 100%", Some(Height::Line)),
            ("50%", Some(Height::Raised)),
            ("x", None),
        ];
        for (position, expected) in cases {
            let mut properties = Element::new("style", "text-properties");
            properties.set("style", "text-position", Cow::Borrowed(position));
            assert_eq!(height(&properties), expected, "{position}");
        }
    }
}
