//! The faultless sample as other programs wrote it: every file in `tests/it/fixtures` is the same report, or says why
//! it cannot be read.

use std::fs;
use std::path::Path;

use nianshen::audit::{Audit, Policy, audit};
use nianshen::finding::Verdict;
use nianshen::report::form::TableKind;

use super::compare::{findings, parts, same};
use super::complete::TEXT;

/// What a file must come to.
enum Outcome {
    /// The report, as its text form has it.
    Same,
    /// INB004 with this word.
    Refused(&'static str),
    /// The report; its table three is a picture, and said to be one.
    TableThreeIsAPicture,
    /// The report; some of its pages are pictures, and said to be.
    ScannedPages(&'static [u32]),
}

use Outcome::{Refused, Same, ScannedPages, TableThreeIsAPicture};

const FIXTURES: [(&str, Outcome); 21] = [
    ("askew-150.jpg", Refused("照片")),
    ("chromium.pdf", Same),
    ("encrypted.docx", Refused("密码")),
    ("encrypted.pdf", Refused("密码")),
    ("libreoffice-tagged.pdf", Same),
    ("libreoffice.doc", Same),
    ("libreoffice.docx", Same),
    ("libreoffice.html", Same),
    ("libreoffice.ods", Same),
    ("libreoffice.odt", Same),
    ("libreoffice.pdf", Same),
    ("libreoffice.rtf", Same),
    ("libreoffice.xls", Same),
    ("libreoffice.xlsx", Same),
    ("mixed.pdf", ScannedPages(&[2, 3])),
    // Anyone may open it; it only asks not to be changed.
    ("owner-password.pdf", Same),
    ("scan-200.pdf", Refused("扫描")),
    ("scan.pdf", Refused("扫描")),
    ("table3-picture.docx", TableThreeIsAPicture),
    ("table3-picture.html", TableThreeIsAPicture),
    ("table3-picture.pdf", TableThreeIsAPicture),
];

/// Cells as table, row, column and value.
fn cells(audit: &Audit, kinds: &[TableKind]) -> Vec<String> {
    let cells = kinds.iter().copied().flat_map(TableKind::cells).map(|at| {
        let cell = audit.report.as_ref().and_then(|report| report.cell(at));
        format!("{} {} {:?}", at.row_id(), at.column_id(), cell.map(|cell| (&cell.value, &cell.raw)))
    });
    cells.collect()
}

fn as_expected(text: &Audit, read: &Audit, outcome: &Outcome) -> Result<(), String> {
    let says =
        |word: &str| read.findings.iter().any(|finding| finding.rule == "INB004" && finding.message.zh.contains(word));
    let said =
        || read.findings.iter().map(|finding| format!("{} {}", finding.rule, finding.message.zh)).collect::<Vec<_>>();
    match outcome {
        Same => {
            same("cells", &cells(text, &TableKind::ALL), &cells(read, &TableKind::ALL))?;
            parts(text, read)?;
            findings(&[], text, read)
        }
        Refused(word) if read.verdict == Verdict::Unreadable && says(word) => Ok(()),
        Refused(_) => Err(format!("{:?} {:?}", read.verdict, said())),
        ScannedPages(pages) => {
            let others = [TableKind::ProactiveDisclosure, TableKind::Disputes];
            same("cells", &cells(text, &others), &cells(read, &others))?;
            let named = |page: &u32| {
                let start = format!("第 {page} 页是图片（扫描页）");
                read.findings.iter().any(|finding| finding.rule == "INB009" && finding.message.zh.starts_with(&start))
            };
            let is_told = read.verdict == Verdict::Unreadable && pages.iter().all(named);
            if is_told { Ok(()) } else { Err(format!("{:?} {:?}", read.verdict, said())) }
        }
        TableThreeIsAPicture => {
            let others = [TableKind::ProactiveDisclosure, TableKind::Disputes];
            same("cells", &cells(text, &others), &cells(read, &others))?;
            let lost = read.findings.iter().any(|finding| finding.rule == "STR007");
            let there = read.report.as_ref().is_some_and(|report| report.requests.is_some());
            if there || lost || read.verdict != Verdict::Unreadable || !says("图片") {
                return Err(format!("{:?} {:?}", read.verdict, said()));
            }
            Ok(())
        }
    }
}

#[test]
fn files_of_other_programs() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/fixtures");
    let text = audit(TEXT.as_bytes(), &Policy::default());
    let mut wrong = Vec::new();
    for (name, outcome) in &FIXTURES {
        let read = audit(&fs::read(directory.join(name)).unwrap(), &Policy::default());
        wrong.extend(as_expected(&text, &read, outcome).err().map(|fault| format!("{name}: {fault}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_fixture_has_an_outcome() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/fixtures");
    let mut names: Vec<String> =
        fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|name| name != "README.md" && !name.ends_with(".ttf"));
    names.sort();
    assert_eq!(names, FIXTURES.map(|(name, _)| name));
}
