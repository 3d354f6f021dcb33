//! The style sheets within a page, as far as they say what is hidden, struck out, raised or lowered.
//!
//! A rule is followed where its selectors are understood. What another selector hides is in doubt; what it shows is
//! shown wherever it may fit, for nobody can say here that it does not. Rules for print or for certain screens are
//! passed over.

mod selector;
mod text;

use std::collections::HashMap;

pub(super) use self::selector::Named;
use self::selector::{Fit, Selector, split};
use super::tag::hides;

/// Most rules that are kept, and most bytes of style sheets that are read.
const RULES: usize = 4_000;
/// See [`RULES`].
const BYTES: usize = 2 << 20;

/// How often a rule is held against an element at most; what is beyond is shown.
const CHECKS: usize = 20_000_000;

/// The properties that mean something here.
const PROPERTIES: [&str; 6] =
    ["display", "visibility", "font-size", "text-decoration", "text-decoration-line", "vertical-align"];

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
    declarations: Vec<Declaration>,
    /// Whether it holds only in browsers of which nothing is known here.
    is_vague: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Declaration {
    property: &'static str,
    value: String,
    is_important: bool,
}

/// What the rules say of an element.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Declared {
    /// Properties and their values.
    pub(super) values: Vec<(&'static str, String)>,
    /// Whether a rule may hide it that is not understood.
    pub(super) is_doubtful: bool,
}

impl Sheet {
    /// Adds the text of a `style` element.
    pub(super) fn add(&mut self, text: &str) {
        self.bytes = self.bytes.saturating_add(text.len());
        if self.bytes <= BYTES {
            self.read(&text::without_comments(text), "", false, 0);
        }
    }

    fn add_rule(&mut self, head: &str, body: &str, is_vague: bool) {
        let declarations: Vec<Declaration> = body.split(';').filter_map(Declaration::of).collect();
        if declarations.is_empty() {
            return;
        }
        for selector in split(head, |c| c == ',').filter_map(Selector::of) {
            if self.rules.len() >= RULES {
                return;
            }
            self.by_key.entry(selector.key()).or_default().push(self.rules.len());
            self.rules.push(Rule { selector, declarations: declarations.clone(), is_vague });
        }
    }

    /// Whether no rule hides, strikes out or raises anything.
    pub(super) fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// What the rules say of the element `own` that lies in what `outer` gives, the outermost first.
    pub(super) fn declared<'a>(&mut self, own: Named, outer: impl FnOnce() -> Vec<Named<'a>>) -> Declared {
        let get = |name| own.attributes.get(name).unwrap_or_default();
        let classes = get("class").split_ascii_whitespace().map(|class| format!(".{class}"));
        let element = String::from_utf8_lossy(own.element).into_owned();
        let keys = classes.chain([format!("#{}", get("id")), element, String::new()]);
        let mut found: Vec<usize> = keys.filter_map(|key| self.by_key.get(&key)).flatten().copied().collect();
        found.sort_by_key(|&index| (self.rules[index].selector.weight, index));
        found.dedup();
        self.checks = self.checks.saturating_add(found.len());
        if self.checks > CHECKS {
            return Declared::default();
        }
        found.retain(|&index| self.rules[index].selector.may_fit(own));
        if found.is_empty() {
            return Declared::default();
        }
        let outer = outer();
        let mut fitting = Vec::new();
        for rule in found.into_iter().map(|index| &self.rules[index]) {
            self.checks = self.checks.saturating_add(rule.selector.cost(&outer));
            if self.checks > CHECKS {
                return Declared::default();
            }
            let fit = rule.selector.fits(own, &outer).min(if rule.is_vague { Fit::Maybe } else { Fit::Yes });
            if fit > Fit::No {
                fitting.push((rule, fit == Fit::Yes));
            }
        }
        let mut declared = Declared::default();
        let mut doubtful: Vec<&'static str> = Vec::new();
        for is_important in [false, true] {
            for (rule, is_sure) in &fitting {
                for own in rule.declarations.iter().filter(|own| own.is_important == is_important) {
                    let hides = hides(own.property, &own.value);
                    if *is_sure || !hides && matches!(own.property, "display" | "visibility" | "font-size") {
                        declared.values.retain(|(property, _)| *property != own.property);
                        declared.values.push((own.property, own.value.clone()));
                        doubtful.retain(|property| *property != own.property);
                    } else if hides && !rule.selector.is_passing() {
                        doubtful.push(own.property);
                    }
                }
            }
        }
        declared.is_doubtful = !doubtful.is_empty();
        // How else an element is laid out is none of the sheet's business here.
        declared.values.retain(|(property, value)| *property != "display" || value == "none");
        declared
    }
}

impl Declaration {
    fn of(text: &str) -> Option<Self> {
        let (name, value) = text.split_once(':')?;
        let property = PROPERTIES.iter().find(|own| own.eq_ignore_ascii_case(name.trim()))?;
        let value = value.trim().to_ascii_lowercase();
        let plain = value.trim_end_matches("important").trim_end().trim_end_matches('!').trim_end();
        Some(Self { property, value: plain.to_owned(), is_important: plain != value })
    }
}

#[cfg(test)]
mod tests {
    use super::super::tag::Attributes;
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
            ("p:hover{display:none}", ""),
            // Where it lies, and beside what.
            ("div>p{display:none}", "none"),
            ("div > p{display:none}", "none"),
            ("body>p{display:none}", ""),
            ("body>div>.a,x{display:none}", "none"),
            ("body #main > p{display:none}", "none"),
            ("h1+p{display:none}", "none"),
            ("div+p{display:none}", ""),
            ("p:first-child{display:none}", ""),
            ("p:nth-child(2){display:none}", "none"),
            // What its attributes are.
            ("p[title]{display:none}", "none"),
            ("[class=\"a b\"]{display:none}", "none"),
            ("[class='a']{display:none}", ""),
            ("[class~=a]{display:none}", "none"),
            ("[title$=u][title^='t ']{display:none}", "none"),
            (":is(.z,.a){display:none}", "none"),
            ("div :where(.z, h1){display:none}", ""),
            ("p:not(.z):not(h1){display:none}", "none"),
            ("p:not(.z,.a){display:none}", ""),
            // Blocks of rules, and rules in rules.
            ("@supports (display:grid){p{display:none}}", "none"),
            ("@supports (odd:grid){p{display:none}}", "?"),
            ("@supports not (display:grid){p{display:none}}", ""),
            ("@media screen{p{display:none}}", "none"),
            ("@media (max-width:600px){p{display:none}}", ""),
            ("@layer x{p{display:none}}", "none"),
            ("div{& .a{display:none}}", "none"),
            ("div{color:red;.a{display:none}}", "none"),
            ("div{> .z,>.a{display:none}}", "none"),
            (".z{& .a{display:none}}", ""),
            // Nobody can say.
            ("p:last-child{display:none}", "?"),
            ("h1~p{display:none}", "?"),
            ("p[lang]{display:none}", "?"),
            ("h2 p:last-child{display:none}", ""),
            ("p:last-child{display:none}#c{display:block}", ""),
            ("p:last-child{display:none!important}#c{display:block}", "?"),
            (".a{display:none!important}#c{display:block}", "none"),
            ("p::before{content:'}'}.a{display:none}", "none"),
            ("p::before{display:none}", ""),
            (".a:after{display:none}", ""),
            // What may be shown is shown.
            (".a{display:none}.box>.a.b{display:block}", ""),
            (".a{display:none}.tab>.a.b{display:block}", "none"),
            (".a{display:none}.a.b:last-child{display:block}", ""),
            (".a{display:none}p.a:not(.z){display:block}", ""),
            ("p{", ""),
            ("p{display:none", "none"),
            ("}}p{display", ""),
        ];
        fn attributes((_, classes, id): (&str, &str, &str)) -> Attributes {
            let mut attributes = Attributes::default();
            for (name, value) in [("class", classes), ("id", id), ("title", "t u")] {
                attributes.begin(name.as_bytes());
                attributes.give(value.as_bytes());
            }
            attributes
        }
        let named = |element: &'static str, attributes| Named {
            element: element.as_bytes(),
            attributes,
            index: 2,
            previous: None,
        };
        let held = outer.map(attributes);
        let own_held = attributes(own);
        let outer: Vec<Named> = outer.iter().zip(&held).map(|((name, ..), held)| named(name, held)).collect();
        let before = attributes(("h1", "x", ""));
        let own = Named { previous: Some((b"h1", &before)), ..named(own.0, &own_held) };
        for (text, expected) in cases {
            let mut sheet = Sheet::default();
            sheet.add(text);
            let declared = sheet.declared(own, || outer.clone());
            let display = declared.values.iter().find(|(property, _)| *property == "display");
            let shown = display.map_or(if declared.is_doubtful { "?" } else { "" }, |(_, value)| value);
            assert_eq!(shown, expected, "{text}");
        }
    }
}
