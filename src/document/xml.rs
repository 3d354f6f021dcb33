//! XML as a tree, within bounds: names by namespace, no document type definitions, no entities but those of
//! XML itself, a limit to depth and size.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use quick_xml::events::attributes::Attributes;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::reader::NsReader;

use super::package::Fault;

/// How deep elements may lie within each other.
const DEPTH: usize = 256;

/// How many elements, attributes and pieces of text there may be.
const NODES: usize = 2_000_000;

/// The short name a reader gives to a namespace it knows; empty for any other.
pub(super) type Spaces = fn(&str) -> &'static str;

/// An element.
#[derive(Debug)]
pub(super) struct Element<'a> {
    /// The short name of its namespace.
    pub(super) space: &'static str,
    /// Its name.
    pub(super) name: &'a str,
    attributes: Vec<(&'static str, &'a str, Cow<'a, str>)>,
    /// What it holds.
    pub(super) children: Vec<Node<'a>>,
}

/// What an element holds.
#[derive(Debug)]
pub(super) enum Node<'a> {
    /// Another element.
    Element(Element<'a>),
    /// Text.
    Text(Cow<'a, str>),
}

impl<'a> Element<'a> {
    /// An element that holds nothing.
    pub(super) const fn new(space: &'static str, name: &'a str) -> Self {
        Self { space, name, attributes: Vec::new(), children: Vec::new() }
    }

    /// Gives it an attribute.
    pub(super) fn set(&mut self, space: &'static str, name: &'a str, value: Cow<'a, str>) {
        self.attributes.retain(|(s, n, _)| (*s, *n) != (space, name));
        self.attributes.push((space, name, value));
    }

    /// Whether it is the element `name` of the namespace `space`.
    pub(super) fn is(&self, space: &str, name: &str) -> bool {
        self.space == space && self.name == name
    }

    /// The elements in it.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Element<'a>> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first element `name` in it, of its own namespace.
    pub(super) fn child(&self, name: &str) -> Option<&Element<'a>> {
        self.elements().find(|element| element.is(self.space, name))
    }

    /// The first element `name` of the namespace `space` anywhere below it.
    pub(super) fn descendant(&self, space: &str, name: &str) -> Option<&Element<'a>> {
        self.elements().find_map(
            |element| {
                if element.is(space, name) { Some(element) } else { element.descendant(space, name) }
            },
        )
    }

    /// The value of its attribute `name` of the namespace `space`, which is empty for attributes without one.
    pub(super) fn attribute(&self, space: &str, name: &str) -> Option<&str> {
        let own = |(s, n, _): &&(&'static str, &'a str, Cow<'a, str>)| *s == space && *n == name;
        self.attributes.iter().find(own).map(|(_, _, value)| value.as_ref())
    }

    /// The text directly in it.
    pub(super) fn text(&self) -> String {
        self.children
            .iter()
            .filter_map(|node| if let Node::Text(text) = node { Some(text.as_ref()) } else { None })
            .collect()
    }
}

/// The characters of an XML file.
pub(super) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    let encoding = match bytes {
        [0xfe, 0xff, ..] | [0, b'<', ..] => Some(UTF_16BE),
        [0xff, 0xfe, ..] | [b'<', 0, ..] => Some(UTF_16LE),
        _ => declared(bytes),
    };
    let text = match encoding {
        Some(encoding) => encoding.decode_with_bom_removal(bytes).0,
        None => String::from_utf8_lossy(bytes),
    };
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim_start_matches('\u{feff}')),
        Cow::Owned(text) if text.starts_with('\u{feff}') => Cow::Owned(text.trim_start_matches('\u{feff}').to_owned()),
        text => text,
    }
}

/// The encoding that the first line of the file declares.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.strip_prefix(b"<?xml")?;
    let head = &head[..head.len().min(200)];
    let head = &head[..head.iter().position(|&byte| byte == b'>')?];
    let head = std::str::from_utf8(head).ok()?;
    let label = head.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = label.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    Encoding::for_label(label[1..].split(quote).next()?.as_bytes())
}

/// The root element of an XML file.
///
/// # Errors
/// A [`Fault`] where it is not well-formed, defines entities, or is too deep or too large.
pub(super) fn parse(source: &str, spaces: Spaces) -> Result<Element<'_>, Fault> {
    let mut reader = NsReader::from_str(source);
    let mut open: Vec<Element> = Vec::new();
    let mut nodes = 0;
    loop {
        let start = usize::try_from(reader.buffer_position()).map_err(|_| Fault::Size)?;
        let event = reader.read_event().map_err(|_| Fault::Damaged)?;
        nodes += 1;
        if nodes > NODES || open.len() > DEPTH {
            return Err(Fault::Size);
        }
        let text = match event {
            Event::Start(tag) => {
                let element = element(&reader, source, start, &tag, spaces)?;
                nodes += element.attributes.len();
                open.push(element);
                continue;
            }
            Event::Empty(tag) => {
                let element = element(&reader, source, start, &tag, spaces)?;
                nodes += element.attributes.len();
                match open.last_mut() {
                    Some(parent) => parent.children.push(Node::Element(element)),
                    None => return Ok(element),
                }
                continue;
            }
            Event::End(_) => {
                let element = open.pop().ok_or(Fault::Damaged)?;
                match open.last_mut() {
                    Some(parent) => parent.children.push(Node::Element(element)),
                    None => return Ok(element),
                }
                continue;
            }
            Event::Text(text) => match text.into_inner() {
                Cow::Borrowed(text) if !text.contains('\r') => Cow::Borrowed(text),
                text => Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")),
            },
            Event::CData(text) => text.into_inner(),
            Event::GeneralRef(reference) => {
                let character = match &*reference {
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "amp" => Some('&'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    _ => reference.resolve_char_ref().map_err(|_| Fault::Damaged)?,
                };
                Cow::Owned(character.ok_or(Fault::Definitions)?.to_string())
            }
            Event::DocType(_) => return Err(Fault::Definitions),
            Event::Eof => return Err(Fault::Damaged),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => continue,
        };
        let Some(parent) = open.last_mut() else { continue };
        match parent.children.last_mut() {
            Some(Node::Text(before)) => before.to_mut().push_str(&text),
            _ => parent.children.push(Node::Text(text)),
        }
    }
}

/// The element whose tag begins at `start`.
fn element<'a>(
    reader: &NsReader<&'a [u8]>,
    source: &'a str,
    start: usize,
    tag: &BytesStart,
    spaces: Spaces,
) -> Result<Element<'a>, Fault> {
    let known = |resolved: ResolveResult| match resolved {
        ResolveResult::Bound(space) => spaces(space.0),
        _ => "",
    };
    let content = source.get(start + 1..start + 1 + tag.len()).filter(|content| *content == &**tag);
    let content = content.ok_or(Fault::Damaged)?;
    let name = &content[..tag.name().as_ref().len()];
    let mut attributes = Vec::new();
    for attribute in Attributes::new(content, name.len()).with_checks(false) {
        let attribute = attribute.map_err(|_| Fault::Damaged)?;
        let key = attribute.key;
        if key.as_namespace_binding().is_some() {
            continue;
        }
        let (local, prefix) = key.decompose();
        let space = known(reader.resolver().resolve_prefix(prefix, false));
        if prefix.is_some() && space.is_empty() {
            continue;
        }
        let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).map_err(|_| Fault::Damaged)?;
        attributes.push((space, local.into_inner(), value));
    }
    let space = known(reader.resolver().resolve_element(tag.name()).0);
    let local = name.split_once(':').map_or(name, |(_, local)| local);
    Ok(Element { space, name: local, attributes, children: Vec::new() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spaces(uri: &str) -> &'static str {
        if uri == "urn:a" { "a" } else { "" }
    }

    #[test]
    fn names_are_told_by_namespace_and_text_is_whole() {
        let source = "<?xml version='1.0'?><!-- c --><x:r xmlns:x='urn:a' xmlns:y='urn:b' x:v='1&lt;2' v='3' y:v='4'>\
                      a&amp;b&#x4e00;<![CDATA[<]]>\r\nc<e xmlns='urn:a'/><y:e/></x:r>";
        let root = parse(source, spaces).expect("well-formed");
        assert!(root.is("a", "r"));
        assert_eq!((root.attribute("a", "v"), root.attribute("", "v")), (Some("1<2"), Some("3")));
        assert_eq!(root.text(), "a&b一<\nc");
        assert_eq!(root.elements().map(|e| (e.space, e.name)).collect::<Vec<_>>(), [("a", "e"), ("", "e")]);
    }

    #[test]
    fn what_is_no_plain_tree_is_refused() {
        let deep = format!("{}{}", "<a>".repeat(300), "</a>".repeat(300));
        let cases = [
            ("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", Fault::Definitions),
            ("<a>&b;</a>", Fault::Definitions),
            ("<a><b></a>", Fault::Damaged),
            ("<a>", Fault::Damaged),
            ("", Fault::Damaged),
            (deep.as_str(), Fault::Size),
        ];
        for (source, fault) in cases {
            assert_eq!(parse(source, spaces).err(), Some(fault), "{source:.40}");
        }
    }

    #[test]
    fn encodings_are_told() {
        let utf16: Vec<u8> = "\u{feff}<a>一</a>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let gbk = [b"<?xml version='1.0' encoding='GBK'?><a>".as_slice(), b"\xd2\xbb</a>"].concat();
        for bytes in ["\u{feff}<a>一</a>".as_bytes(), &utf16, &gbk] {
            let text = decode(bytes);
            assert_eq!(parse(&text, spaces).expect("well-formed").text(), "一");
        }
    }
}
