//! The map of the house holds: a module uses only what stands left of it in the flow.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Every module and what of ours it may use; `text`, the words of the interface, is everyone's.
const MAP: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("intake", &[]),
    ("document", &[]),
    ("reader", &["document"]),
    ("report", &["document"]),
    ("roster", &["report"]),
    ("finding", &["report"]),
    ("rule", &["finding", "report", "roster"]),
    ("rules", &["rule", "finding", "report", "roster"]),
    ("audit", &["document", "report", "finding", "rule", "rules"]),
    ("campaign", &["audit", "finding", "report", "roster", "rule"]),
    ("config", &["audit", "finding", "report", "roster", "rule", "rules"]),
    ("ledger", &["audit", "finding", "report", "rule", "rules"]),
    ("export", &["audit", "finding", "report", "rule", "rules", "ledger"]),
    ("tui", &["audit", "finding", "report", "rule", "rules", "ledger"]),
    (
        "cli",
        &[
            "intake", "reader", "document", "report", "finding", "rule", "rules", "audit", "campaign", "config",
            "ledger", "export", "roster", "tui",
        ],
    ),
];

/// The words for what other modules declare: they may know these, and only those who talk to people use them.
const WORDS: &[(&str, &[&str])] = &[
    ("text/equation", &["report"]),
    ("text/form", &["report"]),
    ("text/place", &["document"]),
    ("text/office", &["ledger", "report", "rule"]),
    ("text/screen", &["finding", "ledger", "report"]),
];

/// Longest file, in lines, tests at its end not counted: about 400.
const LONGEST: usize = 450;

fn sources() -> BTreeMap<PathBuf, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = BTreeMap::new();
    let mut directories = vec![root.clone()];
    while let Some(directory) = directories.pop() {
        for entry in fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                directories.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                files.insert(path.strip_prefix(&root).unwrap().to_owned(), text);
            }
        }
    }
    files
}

/// The module of the map that the file belongs to.
fn module(path: &Path) -> String {
    let whole = path.with_extension("");
    if let Some((words, _)) = WORDS.iter().find(|(words, _)| Path::new(words) == whole) {
        return (*words).to_owned();
    }
    let first = path.iter().next().unwrap().to_str().unwrap();
    first.strip_suffix(".rs").unwrap_or(first).to_owned()
}

/// The modules named after `crate::`, also within braces.
fn used(text: &str) -> Vec<String> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let name = |text: &str| text.chars().take_while(|&c| is_name(c)).collect::<String>();
    let code: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let mut names = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        let Some(inside) = rest.strip_prefix('{') else {
            names.push(name(rest));
            continue;
        };
        let (mut depth, mut start) = (1, true);
        for (index, c) in inside.char_indices() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 1 => start = true,
                c if start && is_name(c) => {
                    names.push(name(&inside[index..]));
                    start = false;
                }
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
    }
    names
}

#[test]
fn every_module_uses_only_what_stands_left_of_it() {
    let modules: Vec<&str> = MAP.iter().map(|(module, _)| *module).collect();
    let mut broken = Vec::new();
    for (path, text) in sources() {
        let own = module(&path);
        if ["main", "lib"].contains(&own.as_str()) {
            continue;
        }
        let Some((_, allowed)) = MAP.iter().chain(WORDS).find(|(module, _)| *module == own) else {
            broken.push(format!("{} belongs to no module of the map", path.display()));
            continue;
        };
        for name in used(&text) {
            let known = modules.contains(&name.as_str());
            if known && name != own && name != "text" && !allowed.contains(&name.as_str()) {
                broken.push(format!("{} uses {name}", path.display()));
            }
        }
    }
    assert_eq!(broken, Vec::<String>::new());
}

#[test]
fn only_who_talks_to_people_uses_the_words_of_others() {
    for (path, text) in sources() {
        for (words, _) in WORDS {
            let used = text.contains(&format!("crate::{}", words.replace('/', "::")));
            let own = module(&path);
            assert!(!used || ["tui", "export", "cli"].contains(&own.as_str()), "{} uses {words}", path.display());
        }
    }
}

#[test]
fn only_the_store_knows_the_database() {
    for (path, text) in sources() {
        let knows = text.contains("rusqlite");
        assert!(
            !knows || path.starts_with("ledger/store") || path == Path::new("ledger/store.rs"),
            "{}",
            path.display()
        );
    }
}

#[test]
fn the_map_names_every_module() {
    let library = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    let declared: Vec<&str> =
        library.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    for name in &declared {
        assert!(MAP.iter().any(|(module, _)| module == name), "{name}");
    }
    assert_eq!(declared.len(), MAP.len());
}

#[test]
fn imports_within_braces_are_seen() {
    assert_eq!(used("use crate::{audit::Audit, rules::{self, find}, text};"), ["audit", "rules", "text"]);
    assert_eq!(used("// crate::tui\nlet x = crate::report::figure::Figure::ZERO;"), ["report"]);
}

#[test]
fn no_file_is_too_long_to_be_read() {
    let long: Vec<_> = sources()
        .into_iter()
        .map(|(path, text)| (path, text.lines().take_while(|line| *line != "#[cfg(test)]").count()))
        .filter(|&(_, lines)| lines > LONGEST)
        .collect();
    assert_eq!(long, Vec::new());
}

#[test]
fn the_program_itself_is_only_a_door() {
    let sources = sources();
    assert!(sources[Path::new("main.rs")].lines().count() < 40);
}
