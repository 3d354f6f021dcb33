//! What the elements of a page mean for its reading, and what their attributes say.

use super::sheet::Declared;
use crate::document::raised::Level;

/// What an element is to a reader of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    /// `p`.
    Paragraph,
    /// `h1` to `h6`.
    Heading(u8),
    /// `ol`, `ul`: whether it is numbered.
    List(bool),
    /// `li`.
    Item,
    /// Any other element that stands on lines of its own.
    Block,
    /// `table`.
    Table,
    /// `caption`.
    Caption,
    /// `thead`, `tbody`, `tfoot`.
    Group(Group),
    /// `tr`.
    Row,
    /// `td`, `th`.
    Cell,
    /// `br`.
    Break,
    /// `hr`: a limit between paragraphs.
    Rule,
    /// `img`.
    Image,
    /// `iframe`, `embed`, `object`: another document in a frame.
    Frame,
    /// `a`.
    Link,
    /// What is not shown as text of the page, with everything in it.
    Dropped,
    /// `select`: a field with options.
    Choice,
    /// `title`.
    Title,
    /// `meta`.
    Meta,
    /// Without content and without meaning here.
    Void,
    /// `html`, `head`, `body`: there whether written or not.
    Frameless,
    /// An element within a line, or one that is not known; it separates nothing.
    Inline,
}

/// The groups of rows of a table, in the order in which they are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Group {
    /// `thead`.
    Head,
    /// `tbody`, and rows that stand in no group.
    Body,
    /// `tfoot`.
    Foot,
}

impl Tag {
    /// The meaning of the element `name`, in lower case.
    pub(super) fn of(name: &[u8]) -> Self {
        match name {
            b"p" => Self::Paragraph,
            [b'h', digit @ b'1'..=b'6'] => Self::Heading(digit - b'0'),
            b"ol" => Self::List(true),
            b"ul" | b"menu" | b"dir" => Self::List(false),
            b"li" => Self::Item,
            b"table" => Self::Table,
            b"caption" => Self::Caption,
            b"thead" => Self::Group(Group::Head),
            b"tbody" => Self::Group(Group::Body),
            b"tfoot" => Self::Group(Group::Foot),
            b"tr" => Self::Row,
            b"td" | b"th" => Self::Cell,
            b"br" => Self::Break,
            b"hr" => Self::Rule,
            b"img" | b"image" => Self::Image,
            b"iframe" | b"embed" | b"object" => Self::Frame,
            b"a" => Self::Link,
            b"title" => Self::Title,
            b"select" => Self::Choice,
            b"meta" => Self::Meta,
            b"html" | b"head" | b"body" => Self::Frameless,
            b"script" | b"style" | b"template" | b"noscript" | b"noframes" | b"noembed" | b"button" | b"svg"
            | b"canvas" | b"audio" | b"video" | b"map" | b"datalist" | b"xml" | b"rp" | b"rt" | b"del" => Self::Dropped,
            b"input" | b"link" | b"base" | b"col" | b"colgroup" | b"wbr" | b"param" | b"source" | b"track"
            | b"area" | b"frame" | b"bgsound" | b"keygen" => Self::Void,
            b"div" | b"center" | b"address" | b"article" | b"aside" | b"blockquote" | b"dd" | b"details"
            | b"dialog" | b"dl" | b"dt" | b"fieldset" | b"figcaption" | b"figure" | b"footer" | b"form" | b"header"
            | b"hgroup" | b"legend" | b"listing" | b"main" | b"marquee" | b"nav" | b"plaintext" | b"pre"
            | b"search" | b"section" | b"summary" | b"textarea" | b"xmp" => Self::Block,
            _ => Self::Inline,
        }
    }

    /// Whether it is a part of a table.
    pub(super) const fn is_table_part(self) -> bool {
        matches!(self, Self::Table | Self::Caption | Self::Group(_) | Self::Row | Self::Cell)
    }

    /// Whether text cannot stand directly in it.
    pub(super) const fn holds_only_parts(self) -> bool {
        matches!(self, Self::Table | Self::Group(_) | Self::Row)
    }
}

/// The attributes that mean something here.
const WANTED: [&str; 21] = [
    "style", "hidden", "class", "id", "role", "href", "rowspan", "colspan", "src", "data", "alt", "title", "width",
    "height", "type", "start", "value", "name", "content", "selected", "media",
];

/// Longest attribute value that is kept, in bytes; pictures may stand in them whole.
const LONGEST: usize = 2_048;

/// The attributes of an element.
#[derive(Clone, Debug, Default)]
pub(super) struct Attributes {
    own: Vec<(&'static str, String)>,
    /// What style sheets say of the element.
    declared: Declared,
}

impl Attributes {
    /// Forgets all.
    pub(super) fn clear(&mut self) {
        self.own.clear();
        self.declared = Declared::default();
    }

    /// Gives the element what style sheets say of it.
    pub(super) fn declare(&mut self, declared: Declared) {
        self.declared = declared;
    }

    /// Begins an attribute. Returns whether its value is wanted.
    pub(super) fn begin(&mut self, name: &[u8]) -> bool {
        let Some(name) = WANTED.iter().find(|wanted| wanted.as_bytes() == name) else { return false };
        if self.get(name).is_some() {
            return false;
        }
        self.own.push((name, String::new()));
        true
    }

    /// Gives the attribute begun last its value.
    pub(super) fn give(&mut self, value: &[u8]) {
        if let Some((_, text)) = self.own.last_mut() {
            *text = String::from_utf8_lossy(&value[..value.len().min(LONGEST)]).trim().to_owned();
        }
    }

    /// The value of an attribute, if it is there.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.own.iter().find(|(own, _)| *own == name).map(|(_, value)| value.as_str())
    }

    /// A property of the `style` attribute, else of the style sheets, in lower case.
    pub(super) fn style(&self, property: &str) -> Option<String> {
        let declared =
            || self.declared.values.iter().find(|(name, _)| *name == property).map(|(_, value)| value.clone());
        self.own_style(property).or_else(declared)
    }

    fn own_style(&self, property: &str) -> Option<String> {
        let declarations = self.get("style")?.split(';').filter_map(|declaration| declaration.split_once(':'));
        let mut values = declarations.filter(|(name, _)| name.trim().eq_ignore_ascii_case(property));
        let value = values.next_back()?.1.trim().to_ascii_lowercase();
        Some(value.trim_end_matches("!important").trim_end().to_owned())
    }

    /// Whether the value of an attribute of that name is known here.
    pub(super) fn is_kept(name: &str) -> bool {
        WANTED.contains(&name)
    }

    /// These attributes without what style sheets say of the element.
    pub(super) fn plain(&self) -> Self {
        Self { own: self.own.clone(), declared: Declared::default() }
    }

    /// Whether a rule of a style sheet may hide the element that is not understood.
    pub(super) const fn is_doubtful(&self) -> bool {
        self.declared.is_doubtful
    }

    /// Whether what is in the element cannot be seen.
    pub(super) fn is_hidden(&self) -> bool {
        self.is_removed() || self.is_invisible() == Some(true) || self.is_tiny() == Some(true)
    }

    /// Whether text in it is made invisible, or visible, until something in it says otherwise.
    pub(super) fn is_invisible(&self) -> Option<bool> {
        match self.style("visibility")?.as_str() {
            "visible" => Some(false),
            value => hides("visibility", value).then_some(true),
        }
    }

    /// Whether text in it is of no size, or of one, until something in it says otherwise.
    pub(super) fn is_tiny(&self) -> Option<bool> {
        let value = self.style("font-size")?;
        // A share of nothing is nothing.
        let is_share = value.ends_with('%') || value.ends_with("em") && !value.ends_with("rem");
        let is_tiny = hides("font-size", &value);
        (is_tiny || !is_share && value != "inherit").then_some(is_tiny)
    }

    /// Whether the element is not there, and takes no place.
    pub(super) fn is_removed(&self) -> bool {
        self.get("hidden").is_some()
            || self.style("display").is_some_and(|value| value == "none")
            || self.style("mso-hide").is_some_and(|value| value == "all")
    }

    /// Whether a line is drawn through the text.
    pub(super) fn is_struck(&self) -> bool {
        let drawn = |property| self.style(property).is_some_and(|value| value.contains("line-through"));
        drawn("text-decoration") || drawn("text-decoration-line")
    }

    /// Where the text stands.
    pub(super) fn level(&self) -> Option<Level> {
        match self.style("vertical-align")?.as_str() {
            "super" => Some(Level::Raised),
            "sub" => Some(Level::Lowered),
            _ => None,
        }
    }

    /// Whether the line breaks of the source are those of the page.
    pub(super) fn keeps_lines(&self) -> bool {
        self.style("white-space").is_some_and(|value| matches!(value.as_str(), "pre" | "pre-wrap" | "pre-line"))
    }

    /// A number, as far as the value begins with one.
    pub(super) fn number(&self, name: &str) -> Option<u32> {
        leading_number(self.get(name)?)
    }

    /// A length in pixels, from the style or the attribute; percentages and other units are no answer.
    pub(super) fn pixels(&self, name: &str) -> Option<u32> {
        let styled = self.style(name).filter(|value| value.ends_with("px"));
        if let Some(length) = styled.as_deref().and_then(leading_number) {
            return Some(length);
        }
        let plain = self.get(name)?;
        if plain.ends_with('%') { None } else { leading_number(plain) }
    }

    /// Whether class or identifier contain one of these words, as words of their own.
    pub(super) fn is_called(&self, words: &[&str]) -> bool {
        ["class", "id"].into_iter().filter_map(|name| self.get(name)).any(|value| {
            let parts = value.split(|c: char| !c.is_ascii_alphabetic());
            parts.into_iter().any(|part| words.iter().any(|word| word.eq_ignore_ascii_case(part)))
        })
    }
}

/// Whether what has this property cannot be seen.
pub(super) fn hides(property: &str, value: &str) -> bool {
    match property {
        "display" => value == "none",
        "visibility" => matches!(value, "hidden" | "collapse"),
        "font-size" => {
            let number = value.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%');
            number.contains('0') && number.chars().all(|c| matches!(c, '0' | '.'))
        }
        _ => false,
    }
}

fn leading_number(text: &str) -> Option<u32> {
    let digits = text.trim_start().trim_start_matches('+');
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    if end == 0 { None } else { Some(digits[..end].parse().unwrap_or(u32::MAX)) }
}
