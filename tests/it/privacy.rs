//! What is found of personal data is never put out a second time.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::program::{check, nianshen, stdout};

/// The number in the sample of each rule, whole and masked.
const NUMBERS: [(&str, &str, &str); 4] = [
    ("PRV001", "110101199003077758", "110101********7758"),
    ("PRV002", "13900001234", "139****1234"),
    ("PRV003", "6222021234567890128", "622202*********0128"),
    ("PRV004", "1000012345", "10******45"),
];

#[test]
fn every_output_masks_what_was_found() {
    for (rule, number, masked) in NUMBERS {
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/rules").join(rule).with_extension("txt");
        let directory = TempDir::new().unwrap();
        // A finding of another rule on the same line quotes the number as well.
        let text = fs::read_to_string(sample).unwrap().replace("先定公开属性，", "先定公开属性，重视信息的时效信，");
        fs::write(directory.path().join("a.txt"), text).unwrap();
        for format in ["text", "json", "ndjson", "csv"] {
            let output = stdout(&check(directory.path(), &[".", "--format", format, "--fail-on", "never"]));
            assert!(output.contains(rule) && output.contains(masked), "{rule} {format}: {output}");
            assert!(!output.contains(number), "{rule} {format}: {output}");
        }
        for format in ["text", "json"] {
            let file = directory.path().join("a.txt");
            let output = nianshen().args(["show", "--format", format]).arg(file).output().unwrap();
            assert!(!stdout(&output).contains(number), "{rule} show {format}");
        }
    }
}
