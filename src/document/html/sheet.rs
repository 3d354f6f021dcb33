//! The style sheets within a page, as far as they say what is hidden, struck out, raised or lowered.
//!
//! A rule is followed where its selectors are plain: elements, classes and identifiers, one within another. What a
//! selector beyond that hides is read; what it shows is shown wherever its last part fits, for nobody can say here
//! that it does not. Rules for print or for certain screens are passed over.

use std::collections::HashMap;

use super::tag::Attributes;

/// Most rules that are kept, and most bytes of style sheets that are read.
const RULES: usize = 4_000;
/// See [`RULES`].
const BYTES: usize = 2 << 20;

/// How often a rule is held against an element at most; what is beyond is shown.
const CHECKS: usize = 20_000_000;

/// The properties that mean something here.
const PROPERTIES: [&str; 5] = ["display", "visibility", "text-decoration", "text-decoration-line", "vertical-align"];

/// The rules of a page.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    rules: Vec<Rule>,
    /// The rules by what their last part names: `#id`, `.class` or an element, empty for any.
    by_key: HashMap<String, Vec<usize>>,
    bytes: usize,
    checks: usize,
}

#[derive(Clone, Debug)]
struct Rule {
    selector: Selector,
    declarations: Vec<(&'static str, String)>,
}

/// Parts, the last of them for the element itself, those before it for elements it lies in.
#[derive(Clone, Debug, Default)]
struct Selector {
    parts: Vec<Part>,
    /// Whether it says more than is understood here.
    is_vague: bool,
    weight: (usize, usize, usize),
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Part {
    element: String,
    classes: Vec<String>,
    id: String,
}

/// What selectors ask of an element.
#[derive(Clone, Copy, Debug)]
pub(super) struct Named<'a> {
    /// Its name.
    pub(super) element: &'a [u8],
    /// Its classes.
    pub(super) classes: &'a str,
    /// Its identifier.
    pub(super) id: &'a str,
}

impl Sheet {
    /// Adds the text of a `style` element.
    pub(super) fn add(&mut self, text: &str) {
        self.bytes = self.bytes.saturating_add(text.len());
        if self.bytes > BYTES {
            return;
        }
        let text = without_comments(text);
        let mut rest = text.as_str();
        while let Some(open) = rest.find('{') {
            // A statement without a block may precede the rule.
            let head = rest[..open].rsplit(';').next().unwrap_or_default().trim();
            let behind = &rest[open + 1..];
            let end = end_of_block(behind);
            if !head.starts_with('@') {
                self.add_rule(head, &behind[..end]);
            }
            rest = behind.get(end + 1..).unwrap_or_default();
        }
    }

    fn add_rule(&mut self, head: &str, body: &str) {
        let declarations: Vec<(&'static str, String)> = body
            .split(';')
            .filter_map(|declaration| declaration.split_once(':'))
            .filter_map(|(name, value)| {
                let name = name.trim();
                let property = PROPERTIES.iter().find(|own| own.eq_ignore_ascii_case(name))?;
                let value = value.trim().to_ascii_lowercase();
                Some((*property, value.trim_end_matches("!important").trim_end().to_owned()))
            })
            .collect();
        if declarations.is_empty() || head.contains(['"', '\'']) {
            return;
        }
        for selector in head.split(',').filter_map(Selector::of) {
            let Some(last) = selector.parts.last().filter(|_| self.rules.len() < RULES) else { return };
            self.by_key.entry(last.key()).or_default().push(self.rules.len());
            self.rules.push(Rule { selector, declarations: declarations.clone() });
        }
    }

    /// Whether no rule hides, strikes out or raises anything.
    pub(super) fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// What the rules say of the element `own` that lies in `outer`, the outermost first.
    pub(super) fn declared(&mut self, own: Named, outer: &[Named]) -> Vec<(&'static str, String)> {
        let classes = own.classes.split_ascii_whitespace().map(|class| format!(".{class}"));
        let element = String::from_utf8_lossy(own.element).into_owned();
        let keys = classes.chain([format!("#{}", own.id), element, String::new()]);
        let mut fitting: Vec<usize> = keys.filter_map(|key| self.by_key.get(&key)).flatten().copied().collect();
        self.checks = self.checks.saturating_add(fitting.len());
        if self.checks > CHECKS {
            return Vec::new();
        }
        fitting.retain(|&index| self.rules[index].selector.fits(own, outer));
        fitting.sort_by_key(|&index| (self.rules[index].selector.weight, index));
        fitting.dedup();
        let mut declared: Vec<(&'static str, String)> = Vec::new();
        for rule in fitting.into_iter().map(|index| &self.rules[index]) {
            for (property, value) in &rule.declarations {
                let hides = matches!((*property, value.as_str()), ("display", "none") | ("visibility", "hidden"));
                if !rule.selector.is_vague || !hides && matches!(*property, "display" | "visibility") {
                    declared.retain(|(own, _)| own != property);
                    declared.push((property, value.clone()));
                }
            }
        }
        // How else an element is laid out is none of the sheet's business here.
        declared.retain(|(property, value)| *property != "display" || value == "none");
        declared
    }
}

impl Selector {
    fn of(text: &str) -> Option<Self> {
        let mut selector = Self::default();
        let spaced = text.replace('>', " > ").replace('+', " + ").replace('~', " ~ ");
        for word in spaced.split_ascii_whitespace() {
            if matches!(word, ">" | "+" | "~") {
                selector.is_vague = true;
                continue;
            }
            let (part, is_plain) = Part::of(word)?;
            selector.is_vague |= !is_plain;
            let weight = selector.weight;
            let element = usize::from(!part.element.is_empty());
            selector.weight =
                (weight.0 + usize::from(!part.id.is_empty()), weight.1 + part.classes.len(), weight.2 + element);
            selector.parts.push(part);
        }
        // What is not understood counts as a class: it is what such selectors mostly add.
        selector.weight.1 += usize::from(selector.is_vague);
        (!selector.parts.is_empty()).then_some(selector)
    }

    fn fits(&self, own: Named, outer: &[Named]) -> bool {
        let Some((last, before)) = self.parts.split_last() else { return false };
        if !last.fits(own) || self.is_vague {
            return last.fits(own);
        }
        let mut left = outer;
        before.iter().rev().all(|part| {
            let found = left.iter().rposition(|named| part.fits(*named));
            left = &left[..found.unwrap_or(0)];
            found.is_some()
        })
    }
}

impl Part {
    /// The part, and whether it is understood whole; `None` for what stands for no element, such as `::before`.
    fn of(word: &str) -> Option<(Self, bool)> {
        if word.contains("::") || word.contains(":before") || word.contains(":after") {
            return None;
        }
        let end = word.find([':', '[', '\\']).unwrap_or(word.len());
        let (plain, mut is_plain) = (&word[..end], end == word.len());
        let name = |text: &str| {
            let end = text.find(['.', '#']).unwrap_or(text.len());
            (text[..end].to_owned(), end)
        };
        let (element, mut at) = name(plain);
        let mut part = Self { element: element.to_ascii_lowercase(), ..Self::default() };
        if part.element == "*" {
            part.element.clear();
        }
        while let Some(mark) = plain[at..].chars().next() {
            let (text, length) = name(&plain[at + 1..]);
            is_plain &= !text.is_empty() && (mark == '.' || part.id.is_empty());
            if mark == '.' {
                part.classes.push(text);
            } else {
                part.id = text;
            }
            at += 1 + length;
        }
        Some((part, is_plain))
    }

    /// What it is found by.
    fn key(&self) -> String {
        match (self.id.as_str(), self.classes.first()) {
            ("", Some(class)) => format!(".{class}"),
            ("", None) => self.element.clone(),
            (id, _) => format!("#{id}"),
        }
    }

    fn fits(&self, named: Named) -> bool {
        let has = |class: &String| named.classes.split_ascii_whitespace().any(|own| own == class);
        (self.element.is_empty() || self.element.as_bytes() == named.element)
            && (self.id.is_empty() || self.id == named.id)
            && self.classes.iter().all(has)
    }
}

/// Where the block ends that `text` begins in: its closing brace, blocks in it passed over.
fn end_of_block(text: &str) -> usize {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => return at,
            '}' => depth -= 1,
            _ => {}
        }
    }
    text.len()
}

fn without_comments(text: &str) -> String {
    let text = text.replace("<!--", " ").replace("-->", " ");
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some((before, behind)) = rest.split_once("/*") {
        plain.push_str(before);
        rest = behind.split_once("*/").map_or("", |(_, rest)| rest);
    }
    plain + rest
}

impl Attributes {
    /// The names that selectors ask for.
    pub(super) fn named<'a>(&'a self, element: &'a [u8]) -> Named<'a> {
        Named { element, classes: self.get("class").unwrap_or_default(), id: self.get("id").unwrap_or_default() }
    }
}

#[cfg(test)]
mod tests {
    use super::{Named, Sheet};

    #[test]
    fn the_last_rule_of_the_most_weight_holds() {
        let outer = [("body", "", ""), ("div", "box old", "main")];
        let own = ("p", "a b", "c");
        let cases = [
            ("p{display:none}", "none"),
            ("P { DISPLAY : None !important ; color:red }", "none"),
            (".a{display:none}", "none"),
            ("p.a.b{display:none}", "none"),
            ("#c{display:none}", "none"),
            ("h1, .x ,.b{display:none}", "none"),
            ("div .a{display:none}", "none"),
            ("body .old p{display:none}", "none"),
            ("*{display:none}", "none"),
            ("@charset 'x';p{display:none}", "none"),
            ("/* p{display:block} */p{/**/display:none}", "none"),
            ("<!-- p{display:none} -->", "none"),
            ("@media print{.x{}} p{display:none}", "none"),
            ("p{display:none}p{display:block}", ""),
            (".a{display:none}p{display:block}", "none"),
            (".a{display:none}.a.b{display:block}", ""),
            ("#c{display:none}.a.b{display:block}", "none"),
            // Not this element, or nobody can say.
            (".d{display:none}", ""),
            ("p.d{display:none}", ""),
            (".old .x p{display:none}", ""),
            ("p .a{display:none}", ""),
            ("@media print{p{display:none}}", ""),
            ("div>p{display:none}", ""),
            ("div > p{display:none}", ""),
            ("p:first-child{display:none}", ""),
            ("p[title]{display:none}", ""),
            ("p::before{display:none}", ""),
            (".a:after{display:none}", ""),
            // What may be shown is shown.
            (".a{display:none}.tab>.a.b{display:block}", ""),
            (".a{display:none}p.a:not(.z){display:block}", ""),
            ("p{", ""),
            ("p{display:none", "none"),
            ("}}p{display", ""),
        ];
        fn named((element, classes, id): (&'static str, &'static str, &'static str)) -> Named<'static> {
            Named { element: element.as_bytes(), classes, id }
        }
        for (text, expected) in cases {
            let mut sheet = Sheet::default();
            sheet.add(text);
            let declared = sheet.declared(named(own), &outer.map(named));
            let display = declared.iter().find(|(property, _)| *property == "display");
            assert_eq!(display.map_or("", |(_, value)| value), expected, "{text}");
        }
    }
}
