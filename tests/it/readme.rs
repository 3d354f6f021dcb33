//! What the READMEs say about the rules is what the catalogue says.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use nianshen::rules::catalogue;
use nianshen::text::Lang;

const BEGIN: &str = "<!-- rules: begin -->\n";
const END: &str = "<!-- rules: end -->\n";

fn table(lang: Lang) -> String {
    let mut table = match lang {
        Lang::Zh => "| 代码 | 名称 | 级别 | 问题 |\n",
        Lang::En => "| code | name | severity | what is wrong |\n",
    }
    .to_owned();
    table.push_str("|---|---|---|---|\n");
    for rule in catalogue() {
        let (severity, title) = (rule.severity.words().get(lang), rule.title.get(lang));
        writeln!(table, "| {} | `{}` | {severity} | {title} |", rule.code, rule.name).unwrap();
    }
    table
}

/// Holds the table between the two marks against the catalogue; `NIANSHEN_UPDATE=1` writes it anew.
fn assert_table(name: &str, lang: Lang) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    let text = fs::read_to_string(&path).unwrap();
    let (before, rest) = text.split_once(BEGIN).unwrap();
    let (there, after) = rest.split_once(END).unwrap();
    let table = table(lang);
    if std::env::var_os("NIANSHEN_UPDATE").is_some() {
        fs::write(&path, format!("{before}{BEGIN}{table}{END}{after}")).unwrap();
        return;
    }
    assert_eq!(there, table, "the rules have changed; NIANSHEN_UPDATE=1 writes the table of {name} anew");
}

#[test]
fn the_table_of_rules() {
    assert_table("README.md", Lang::En);
    assert_table("README.zh-CN.md", Lang::Zh);
}

#[test]
fn what_the_readmes_point_to_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for name in ["README.md", "README.zh-CN.md"] {
        let text = fs::read_to_string(root.join(name)).unwrap();
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            assert!(root.join(link).exists(), "{name}: {link}");
        }
    }
}

#[test]
fn the_configuration_of_the_readmes_is_valid() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for name in ["README.md", "README.zh-CN.md"] {
        let text = fs::read_to_string(root.join(name)).unwrap();
        let (_, rest) = text.split_once("```toml\n").unwrap();
        let example = rest.split("```").next().unwrap();
        nianshen::config::Config::parse(example, name).unwrap();
    }
}
