//! `check --format sarif`: SARIF 2.1.0 (OASIS), for tools that collect findings of many programs.
//!
//! Columns are counted in characters. Where a file has no lines (a PDF, a document of Word), the place stands
//! among the properties, in the form it has in the JSON output.

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::Audited;
use super::json::At;
use crate::audit::Audit;
use crate::finding::{Finding, Likely, Severity};
use crate::report::Source;
use crate::rule::Rule;
use crate::rules;
use crate::text::Lang;

/// A log over one run.
#[derive(Clone, Debug, Serialize)]
pub struct Log {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run; 1],
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: Value,
    language: &'static str,
    column_kind: &'static str,
    invocations: [Value; 1],
    artifacts: Vec<Value>,
    results: Vec<Value>,
}

impl Log {
    /// A log without results, its messages in `lang`.
    #[must_use]
    pub fn new(lang: Lang) -> Self {
        let run = Run {
            tool: json!({"driver": {
                "name": env!("CARGO_PKG_NAME"),
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules::catalogue().map(|rule| descriptor(rule, lang)).collect::<Vec<_>>(),
            }}),
            language: match lang {
                Lang::Zh => "zh-CN",
                Lang::En => "en-US",
            },
            column_kind: "unicodeCodePoints",
            invocations: [json!({"executionSuccessful": true})],
            artifacts: Vec::new(),
            results: Vec::new(),
        };
        Self {
            schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
            version: "2.1.0",
            runs: [run],
        }
    }

    /// Adds the findings of one file.
    pub fn add(&mut self, audited: Audited<'_>, lang: Lang) {
        let [run] = &mut self.runs;
        let (audit, index) = (audited.audit, run.artifacts.len());
        let uri = uri(audited.path);
        let report = audit.report.as_ref();
        let mut artifact = json!({
            "location": {"uri": uri},
            "properties": {
                "verdict": audit.verdict,
                "agency": report.and_then(|report| report.agency.as_deref()),
                "year": report.and_then(|report| report.year),
                "waived": audited.waived,
            },
        });
        if let (Some(file), Value::Object(artifact)) = (&audit.file, &mut artifact) {
            artifact.insert("length".to_owned(), json!(file.bytes));
            artifact.insert("hashes".to_owned(), json!({"blake3": file.hash}));
        }
        run.artifacts.push(artifact);
        let agency = report.and_then(|report| report.agency.as_deref()).unwrap_or(audited.path);
        run.results.extend(audit.findings.iter().map(|finding| {
            let mut result = result(finding, audit, &uri, index, lang);
            result["partialFingerprints"] = json!({"finding/v1": finding.fingerprint(agency)});
            result
        }));
    }
}

fn descriptor(rule: &Rule, lang: Lang) -> Value {
    let text = |text: &str| json!({"text": text});
    let page = &rule.manual;
    json!({
        "id": rule.code,
        "name": rule.name,
        "shortDescription": text(rule.title.get(lang)),
        "fullDescription": text(page.condition.get(lang)),
        "help": text(page.remedy.get(lang)),
        "defaultConfiguration": {"level": level(rule.severity)},
        "properties": {"basis": page.basis.get(lang)},
    })
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn result(finding: &Finding, audit: &Audit, uri: &str, artifact: usize, lang: Lang) -> Value {
    let place = |source: Source, quoted: Option<&str>| {
        let mut physical = json!({"artifactLocation": {"uri": uri, "index": artifact}});
        let at = At::of(source, &audit.places);
        match (at, &mut physical) {
            (At::Text { line, column }, Value::Object(physical)) => {
                let region = json!({
                    "startLine": line, "startColumn": column,
                    "endLine": source.end_line, "endColumn": source.end_column,
                });
                physical.insert("region".to_owned(), region);
                if let Some(text) = quoted {
                    let context = json!({"startLine": line, "endLine": source.end_line, "snippet": {"text": text}});
                    physical.insert("contextRegion".to_owned(), context);
                }
            }
            (_, Value::Object(physical)) => {
                physical.insert("properties".to_owned(), json!({"at": at}));
            }
            _ => {}
        }
        physical
    };
    let cell = finding.cell.map(|cell| format!("{}/{}/{}", cell.table.id(), cell.row_id(), cell.column_id()));
    let part = finding.part.map(|part| format!("part/{part}"));
    let logical: Vec<Value> =
        cell.or(part).into_iter().map(|name| json!({"fullyQualifiedName": name, "kind": "element"})).collect();
    let here = finding.at.map_or_else(
        || json!({"artifactLocation": {"uri": uri, "index": artifact}}),
        |at| place(at, finding.evidence.as_deref()),
    );
    let related: Vec<Value> = finding
        .cells
        .iter()
        .filter_map(|&cell| Some((cell, audit.report.as_ref()?.cell(cell)?)))
        .zip(1..)
        .map(|((cell, printed), id)| {
            let name = format!("{}/{}/{}", cell.table.id(), cell.row_id(), cell.column_id());
            json!({
                "id": id,
                "physicalLocation": place(printed.source, None),
                "logicalLocations": [{"fullyQualifiedName": name, "kind": "element"}],
            })
        })
        .collect();
    let mut properties = Map::new();
    let mut put = |key: &str, value: Value| {
        if !value.is_null() {
            properties.insert(key.to_owned(), value);
        }
    };
    put("expected", json!(finding.expected));
    put("actual", json!(finding.actual));
    put("evidence", json!(finding.evidence));
    let likely = |likely: &Likely| json!({"row": likely.cell.row_id(), "column": likely.cell.column_id(), "value": likely.value});
    put("likely", finding.likely.as_ref().map_or(Value::Null, likely));
    let mut location = Map::new();
    location.insert("physicalLocation".to_owned(), here);
    if !logical.is_empty() {
        location.insert("logicalLocations".to_owned(), Value::Array(logical));
    }
    json!({
        "ruleId": finding.rule,
        "ruleIndex": rules::catalogue().position(|rule| rule.code == finding.rule),
        "level": level(finding.severity),
        "message": {"text": finding.message.get(lang)},
        "locations": [location],
        "relatedLocations": related,
        "properties": properties,
    })
}

/// `path` as a relative reference (RFC 3986).
fn uri(path: &str) -> String {
    let mut uri = String::new();
    // A colon in the first segment would be read as a scheme.
    if !path.starts_with('/') && path.split('/').next().is_some_and(|first| first.contains(':')) {
        uri.push_str("./");
    }
    for byte in path.bytes() {
        let plain = byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=:@".contains(&byte);
        if plain {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn a_path_becomes_a_reference() {
        for (path, expected) in [
            ("inbox/青.txt", "inbox/%E9%9D%92.txt"),
            ("a b.zip!c%d.pdf", "a%20b.zip!c%25d.pdf"),
            ("c:x.txt", "./c:x.txt"),
            ("/a:b", "/a:b"),
        ] {
            assert_eq!(uri(path), expected);
        }
    }
}
