//! The parts of the package: found by relationships, never by fixed names; nothing outside the package is
//! followed (ECMA-376, part 2).

use crate::document::package::{Fault, Package};
use crate::document::xml::{self, Element};

/// Parts of one kind that are read at most: a document of many sections repeats its heads and feet.
const ALIKE: usize = 60;

/// The content types of a document's main part end like this, after the kind of document and its variant.
const MAIN: [&str; 3] = [".document.main+xml", ".template.main+xml", "Enabled.main+xml"];

/// A package with its relationships.
pub(super) struct Parts<'a> {
    package: Package<'a>,
    /// The content types that the package gives to single parts, by the name of the part.
    types: Vec<(String, String)>,
}

/// A relationship of a part to another in the package.
struct Relation {
    kind: String,
    target: String,
}

impl<'a> Parts<'a> {
    /// Reads the content types of `package`.
    pub(super) fn open(mut package: Package<'a>) -> Result<Self, Fault> {
        let mut types = Vec::new();
        if let Some(bytes) = package.read("[Content_Types].xml")? {
            let text = xml::decode(&bytes);
            let root = xml::parse(&text, super::spaces)?;
            for element in root.elements().filter(|element| element.name == "Override") {
                if let (Some(name), Some(kind)) =
                    (element.attribute("", "PartName"), element.attribute("", "ContentType"))
                {
                    types.push((name.trim_start_matches('/').to_owned(), kind.to_owned()));
                }
            }
        }
        Ok(Self { package, types })
    }

    /// The name of the main part.
    pub(super) fn main(&mut self) -> Result<String, Fault> {
        let related = self.relations("")?.into_iter().find(|relation| relation.kind == "officeDocument");
        if let Some(main) = related {
            return Ok(main.target);
        }
        // A package whose relationships were lost still tells its main part by its type.
        let is_main = |kind: &str| kind.contains("word") && MAIN.iter().any(|end| kind.ends_with(end));
        let typed = self.types.iter().find(|(_, kind)| is_main(kind));
        typed.map(|(name, _)| name.clone()).ok_or(Fault::Damaged)
    }

    /// The content of the part of this name.
    pub(super) fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, Fault> {
        self.package.read(name)
    }

    /// The parts of the kind that the part `name` is related to.
    pub(super) fn related(&mut self, name: &str, kind: &str) -> Result<Vec<Vec<u8>>, Fault> {
        let mut targets: Vec<String> =
            self.relations(name)?.into_iter().filter(|r| r.kind == kind).map(|r| r.target).collect();
        targets.dedup();
        targets.truncate(ALIKE);
        let mut parts = Vec::new();
        for target in targets {
            parts.extend(self.package.read(&target)?);
        }
        Ok(parts)
    }

    /// The relationships of the part `name` to parts of the package; of the package itself where it is empty.
    fn relations(&mut self, name: &str) -> Result<Vec<Relation>, Fault> {
        let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
        let separator = if folder.is_empty() { "" } else { "/" };
        let Some(bytes) = self.package.read(&format!("{folder}{separator}_rels/{file}.rels"))? else {
            return Ok(Vec::new());
        };
        let text = xml::decode(&bytes);
        let root = xml::parse(&text, super::spaces)?;
        Ok(root.elements().filter_map(|element| relation(element, folder)).collect())
    }
}

fn relation(element: &Element, folder: &str) -> Option<Relation> {
    if element.attribute("", "TargetMode").is_some_and(|mode| mode.eq_ignore_ascii_case("external")) {
        return None;
    }
    let kind = element.attribute("", "Type")?.rsplit('/').next()?.to_owned();
    Some(Relation { kind, target: resolve(folder, element.attribute("", "Target")?)? })
}

/// The name of the part that `target` means, seen from `folder`; `None` where it leaves the package.
fn resolve(folder: &str, target: &str) -> Option<String> {
    let target = target.split('#').next()?.replace('\\', "/");
    if target.contains(':') {
        return None;
    }
    let mut steps: Vec<&str> = match target.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => folder.split('/').filter(|step| !step.is_empty()).collect(),
    };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop()?;
            }
            step => steps.push(step),
        }
    }
    (!steps.is_empty()).then(|| steps.join("/"))
}

#[cfg(test)]
mod tests {
    use super::resolve;

    #[test]
    fn no_path_leaves_the_package() {
        let cases = [
            ("word", "styles.xml", Some("word/styles.xml")),
            ("word", "/word/./styles.xml", Some("word/styles.xml")),
            ("word/a", "..\\styles.xml", Some("word/styles.xml")),
            ("word", "../../etc/passwd", None),
            ("", "../x", None),
            ("word", "file:///etc/passwd", None),
            ("word", "", Some("word")),
            ("", "", None),
        ];
        for (folder, target, expected) in cases {
            assert_eq!(resolve(folder, target).as_deref(), expected, "{folder} {target}");
        }
    }
}
