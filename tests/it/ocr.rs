//! Scans read by text recognition: what is found in them never makes an agency noncompliant, and with the feature
//! `ocr` and a model named by `NIANSHEN_OCR_MODEL`, that one is read.

use std::fs;
use std::path::{Path, PathBuf};

use nianshen::audit::{Audit, Policy, audit_document, verdict_with};
use nianshen::config::Config;
use nianshen::document::{Document, Fingerprint, Recognised, RecognisedPage, open};
use nianshen::finding::{Finding, Severity, Verdict};
use nianshen::report::Digest;
use nianshen::text::Wording;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The audit of a file as it would be had its text been recognised.
fn recognised(path: &Path, policy: &Policy) -> Option<Audit> {
    let bytes = fs::read(path).unwrap();
    let document = Document { recognised: Recognised::Everything, ..open(&bytes).ok()? };
    let name = path.file_name().unwrap().to_string_lossy();
    Some(audit_document(&name, Some(&Fingerprint::of(&bytes)), Ok(document), policy))
}

fn samples() -> Vec<PathBuf> {
    let files = fs::read_dir(root().join("samples/rules")).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|end| end == "txt")).collect();
    files.sort();
    files
}

#[test]
fn whatever_a_recognised_report_breaks_it_is_not_noncompliant() {
    let (mut reports, mut errors) = (0, 0);
    let strict = Policy {
        severity: ["STR007", "REQ006", "INB008"].map(|code| (code.to_owned(), Severity::Error)).into(),
        ..Policy::default()
    };
    for path in samples() {
        for policy in [&Policy::default(), &strict] {
            let Some(audit) = recognised(&path, policy) else { continue };
            assert_ne!(audit.verdict, Verdict::Noncompliant, "{}", path.display());
            if !audit.is_recognised() {
                // It is no report at all, and said to be none.
                assert_eq!(audit.verdict, Verdict::Unreadable, "{}", path.display());
                continue;
            }
            assert_eq!(audit.count(Severity::Error), 0, "{}", path.display());
            assert!(audit.findings.iter().any(|finding| finding.rule == "INB008"), "{}", path.display());
            reports += 1;
            let typed = nianshen::audit::audit(&fs::read(&path).unwrap(), policy);
            errors += usize::from(typed.verdict == Verdict::Noncompliant);
        }
    }
    assert!(reports > 100 && errors > 20, "the samples say nothing: {reports} reports, {errors} of them noncompliant");
}

#[test]
fn what_is_found_beyond_the_file_weighs_no_more() {
    let audit = recognised(&root().join("samples/complete/青溪县数据局2024.txt"), &Policy::default()).unwrap();
    let raised = [Finding::new("YOY001", Severity::Error, Wording::new("差", "off"))];
    let with = audit.with_raised(&raised);
    assert_eq!(with.count(Severity::Error), 0);
    assert_ne!(with.verdict, Verdict::Noncompliant);
    // Of a report that was typed it is an error.
    assert_eq!(verdict_with(Verdict::Compliant, &raised), Verdict::Noncompliant);
}

#[test]
fn figures_are_in_doubt_but_those_that_more_than_zeros_confirm() {
    let audit = recognised(&root().join("samples/complete/青溪县数据局2024.txt"), &Policy::default()).unwrap();
    let report = audit.report.as_ref().unwrap();
    let doubted: Vec<_> = report.doubts.iter().flat_map(|doubt| doubt.cells.iter().copied()).collect();
    let confirmed = |table: nianshen::report::TableKind| {
        table.cells().filter(|at| report.cell(*at).is_some() && !doubted.contains(at)).count()
    };
    use nianshen::report::TableKind::{Disputes, ProactiveDisclosure, Requests};
    assert_eq!(confirmed(ProactiveDisclosure), 0, "no equation is about table one");
    assert!(confirmed(Requests) > 0);
    for at in Requests.cells().chain(Disputes.cells()).filter(|at| !doubted.contains(at)) {
        assert!(report.cell(at).is_some_and(|cell| cell.value.number().is_some()));
    }
    // Nothing else is said of it, and what can be misread is compared with nothing.
    let digest = Digest::of(report);
    assert!(digest.recognised && digest.cells.is_empty() && digest.passages.is_empty() && digest.stated.is_empty());
    assert_eq!(digest.year, report.year);
}

#[test]
fn a_sum_that_does_not_come_out_is_a_doubt_and_no_finding() {
    let audit = recognised(&root().join("samples/rules/REQ003.txt"), &Policy::default()).unwrap();
    assert!(audit.findings.iter().all(|finding| !["REQ001", "REQ002", "REQ003"].contains(&finding.rule)));
    let doubts = &audit.report.as_ref().unwrap().doubts;
    assert!(doubts.iter().any(|doubt| doubt.message.zh.contains("不相等")), "{doubts:?}");
    assert!(audit.unassessed.iter().any(|open| open.rule == "REQ003"));
    assert_eq!(audit.verdict, Verdict::Unreadable);
}

/// The audit of a text file as it would be had the lines from `first` to `last` been a scanned page.
fn recognised_in_part(path: &Path, first: u32, last: u32) -> Option<Audit> {
    let bytes = fs::read(path).unwrap();
    let page = RecognisedPage { page: 2, first, last };
    let document = Document { recognised: Recognised::Pages(vec![page]), ..open(&bytes).ok()? };
    let name = path.file_name().unwrap().to_string_lossy();
    Some(audit_document(&name, Some(&Fingerprint::of(&bytes)), Ok(document), &Policy::default()))
}

/// The number of the first line of a file that begins so.
fn line(path: &Path, start: &str) -> u32 {
    let text = fs::read_to_string(path).unwrap();
    (1..).zip(text.lines()).find(|(_, line)| line.trim().starts_with(start)).unwrap().0
}

#[test]
fn an_error_that_rests_on_pages_of_text_alone_stays_one() {
    let path = root().join("samples/rules/REQ003.txt");
    let (from, to) = (line(&path, "四、政府信息公开行政复议"), u32::MAX);
    let audit = recognised_in_part(&path, from, to).unwrap();
    assert_eq!(audit.verdict, Verdict::Noncompliant);
    let errors: Vec<_> = audit.findings.iter().filter(|it| it.severity == Severity::Error).map(|it| it.rule).collect();
    assert!(!errors.is_empty() && errors.iter().all(|rule| *rule == "REQ003"), "{errors:?}");
    let told = audit.findings.iter().find(|finding| finding.rule == "INB008").unwrap();
    assert!(told.message.zh.starts_with("第 2 页是扫描页") && told.at.unwrap().line == from, "{told:?}");
    // Table four was read by OCR, and no equation with more than zeros confirms it; table three is as certain as ever.
    let report = audit.report.as_ref().unwrap();
    let doubted = |table: nianshen::report::TableKind| {
        let all = report.doubts.iter().flat_map(|doubt| doubt.cells.iter());
        all.filter(|cell| cell.table == table).count()
    };
    use nianshen::report::TableKind::{Disputes, ProactiveDisclosure, Requests};
    assert_eq!((doubted(ProactiveDisclosure), doubted(Requests)), (0, 0));
    assert!(doubted(Disputes) > 0);
    // Title and figures of pages of text are compared with other reports, others are not.
    let digest = Digest::of(report);
    assert!(!digest.recognised && !digest.cells.is_empty() && !digest.passages.is_empty());
    assert!(digest.cells.iter().all(|(cell, value, _)| cell.table != Disputes || value.number().is_none()));
    assert!(digest.passages.iter().all(|passage| passage.source.line < from));
}

#[test]
fn an_error_that_rests_on_a_scanned_page_is_a_doubt_or_a_warning() {
    let path = root().join("samples/rules/REQ003.txt");
    let (from, to) = (line(&path, "三、收到和处理"), line(&path, "四、政府信息公开行政复议") - 1);
    let audit = recognised_in_part(&path, from, to).unwrap();
    assert_ne!(audit.verdict, Verdict::Noncompliant);
    let doubts = &audit.report.as_ref().unwrap().doubts;
    assert!(doubts.iter().any(|doubt| doubt.message.zh.contains("不相等")), "{doubts:?}");
    // A total on the next page, of text, is no more certain than what it is the total of.
    let total = line(&path, "（七）总计");
    let path = root().join("samples/rules/REQ002.txt");
    let audit = recognised_in_part(&path, from, total - 3).unwrap();
    assert_ne!(audit.verdict, Verdict::Noncompliant);
    // Whose title is a picture is compared with nobody.
    let audit = recognised_in_part(&path, 1, 3).unwrap();
    assert!(Digest::of(audit.report.as_ref().unwrap()).recognised);
}

#[test]
fn no_error_touches_a_scanned_page() {
    let (mut kept, mut weakened) = (0, 0);
    for path in samples() {
        let lines = u32::try_from(String::from_utf8_lossy(&fs::read(&path).unwrap()).lines().count()).unwrap();
        for (first, last) in [(1, lines / 2), (lines / 2, lines), (lines / 4, lines / 3)] {
            let Some(audit) = recognised_in_part(&path, first, last) else { continue };
            let Some(report) = audit.report.as_ref().filter(|_| audit.is_recognised()) else { continue };
            let is_text = |source: nianshen::report::Source| !report.recognised.touches(source);
            // What the file lacks as a whole is said of one that cannot be read, and weighs nothing.
            let errors = audit.findings.iter().filter(|it| it.severity == Severity::Error && it.rule != "INB004");
            for finding in errors {
                kept += 1;
                assert!(finding.at.is_some_and(is_text), "{}: {finding:?}", path.display());
                let cells = finding.cells.iter().filter_map(|&at| report.cell(at));
                assert!(cells.into_iter().all(|cell| is_text(cell.source)), "{}: {finding:?}", path.display());
            }
            let typed = nianshen::audit::audit(&fs::read(&path).unwrap(), &Policy::default());
            weakened += usize::from(typed.verdict == Verdict::Noncompliant && audit.verdict != Verdict::Noncompliant);
        }
    }
    assert!(kept > 10 && weakened > 10, "the samples say nothing: {kept} kept, {weakened} weakened");
}

#[test]
fn scanned_pages_among_text_are_named() {
    let said =
        crate::program::json(&crate::program::check(&root(), &["--format", "json", "tests/it/fixtures/mixed.pdf"]));
    let report = &said["reports"][0];
    assert_eq!((report["verdict"].as_str(), report["ocr"].as_bool()), (Some("unreadable"), Some(false)));
    let messages: Vec<&str> =
        report["findings"].as_array().unwrap().iter().filter_map(|finding| finding["message"].as_str()).collect();
    for page in [2, 3] {
        let told = messages.iter().filter(|said| said.contains(&format!("page {page} is a"))).count();
        assert_eq!(told, 1, "{messages:?}");
    }
}

#[test]
fn a_model_is_named_in_the_configuration() {
    let parsed = Config::parse("[ocr]\nmodel = \"rec.onnx\"\n", "n.toml");
    if cfg!(feature = "ocr") {
        assert_eq!(parsed.unwrap().model, Some(PathBuf::from("rec.onnx")));
    } else {
        let said = parsed.unwrap_err();
        assert!(said.zh.starts_with("n.toml:2：") && said.zh.contains("--features ocr"), "{}", said.zh);
        assert!(said.en.contains("--features ocr"), "{}", said.en);
    }
    let unknown = Config::parse("[ocr]\nmodle = \"rec.onnx\"\n", "n.toml").unwrap_err();
    assert_eq!(unknown.en, "n.toml:2: unknown key modle in [ocr]; did you mean model?");
}

#[test]
fn a_scan_that_is_refused_says_that_recognition_can_be_switched_on() {
    let said =
        crate::program::json(&crate::program::check(&root(), &["--format", "json", "tests/it/fixtures/scan.pdf"]));
    let report = &said["reports"][0];
    assert_eq!((report["verdict"].as_str(), report["ocr"].as_bool()), (Some("unreadable"), Some(false)));
    assert!(report["findings"][0]["message"].as_str().unwrap().contains("recognition"), "{report}");
}

#[test]
fn a_picture_is_named_whatever_it_is_called_and_wherever_it_lies() {
    let inbox = tempfile::tempdir().unwrap();
    let pictures: [(&str, &[u8], &str); 7] = [
        ("青溪县林业局年报.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01", "JPEG"),
        ("青溪县水务局年报.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG"),
        ("年报第一页.tif", b"II*\0\x08\0\0\0", "TIFF"),
        ("微信图片.webp", b"RIFF\x24\0\0\0WEBPVP8 ", "WEBP"),
        ("IMG_0001.HEIC", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
        ("扩展名改过.pdf", b"\xff\xd8\xff\xe1\0\x10Exif\0\0", "JPEG"),
        ("扩展名改过.docx", b"BM\x36\0\0\0\0\0\0\0\x36\0\0\0", "BMP"),
    ];
    for (name, bytes, _) in pictures {
        fs::write(inbox.path().join(name), bytes).unwrap();
    }
    let members = pictures.map(|(name, bytes, _)| (name, bytes));
    fs::write(inbox.path().join("报送.zip"), crate::archives::zipped(&members)).unwrap();
    let said = crate::program::json(&crate::program::check(inbox.path(), &["--format", "json", "."]));
    for (name, _, kind) in pictures {
        for path in [name.to_owned(), format!("报送.zip!{name}")] {
            let report = crate::program::report(&said, &path);
            assert_eq!(report["verdict"], "unreadable", "{path}");
            let message = report["findings"][0]["message"].as_str().unwrap();
            assert!(message.contains(&format!("a {kind} picture")), "{path}: {message}");
            assert!(message.contains("photograph") && message.contains("submit the PDF or Word file"), "{message}");
        }
    }
}

#[cfg(feature = "ocr")]
mod with_a_model {
    use std::ffi::OsString;
    use std::path::Path;

    use serde_json::{Value, json};

    use super::root;
    use crate::archives::zipped;
    use crate::program::{self, nianshen};

    /// The model, if there is one here.
    #[allow(clippy::print_stderr, reason = "a test that is skipped says so")]
    fn model() -> Option<OsString> {
        let model = std::env::var_os("NIANSHEN_OCR_MODEL");
        if model.is_none() {
            eprintln!("skipped: NIANSHEN_OCR_MODEL names no recognition model");
        }
        model
    }

    fn shown(model: &OsString, file: impl AsRef<Path>) -> Value {
        let directory = tempfile::tempdir().unwrap();
        let config = directory.path().join("nianshen.toml");
        std::fs::write(&config, format!("[ocr]\nmodel = {:?}\n", model.to_str().unwrap())).unwrap();
        let path = root().join("tests/it/fixtures").join(file);
        program::json(
            &nianshen().arg("--config").arg(&config).args(["show", "--format", "json"]).arg(&path).output().unwrap(),
        )
    }

    #[test]
    fn scanned_pages_are_read_among_pages_of_text() {
        let Some(model) = model() else { return };
        let read = shown(&model, "mixed.pdf");
        assert_eq!(read["file"]["ocr"], true);
        // Whatever was read is what the same report says as text, or is said to be in doubt.
        let typed = shown(&model, "libreoffice.pdf");
        assert_eq!(typed["file"]["ocr"], false);
        let (mut right, mut unread) = (0, 0);
        for (row, cells) in typed["tables"]["requests"]["cells"].as_object().unwrap() {
            for (column, cell) in cells.as_object().unwrap() {
                match &read["tables"]["requests"]["cells"][row][column]["value"] {
                    value if *value == cell["value"] => right += 1,
                    _ => unread += 1,
                }
            }
        }
        assert!(right > 150 && unread < 20, "{right} right, {unread} not");
        for table in ["proactive_disclosure", "disputes"] {
            assert_eq!(read["tables"][table]["cells"], typed["tables"][table]["cells"]);
        }
    }

    #[test]
    fn a_scan_is_read_and_marked() {
        let Some(model) = model() else { return };
        let read = shown(&model, "scan-200.pdf");
        assert_eq!(read["file"]["ocr"], true);
        assert_eq!(read["agency"], "青溪县林业局");
        // The strokes of large characters are no rulings.
        assert_eq!(read["title"]["text"], "青溪县林业局2023年政府信息公开工作年度报告");
        let total = |row: &str| read["tables"]["requests"]["cells"][row]["total"]["value"].clone();
        let sum = |one: &str, other: &str| total(one).as_i64().unwrap() + total(other).as_i64().unwrap();
        assert_eq!(sum("new_received", "carried_in"), sum("total", "carried_out"));
        assert!(!read["doubts"].as_array().unwrap().is_empty());
    }
    #[test]
    fn a_page_askew_is_read_from_a_jpeg_and_from_the_same_in_an_ofd() {
        let Some(model) = model() else { return };
        let jpeg = root().join("tests/it/fixtures/askew-150.jpg");
        let directory = tempfile::tempdir().unwrap();
        let ofd = directory.path().join("askew.ofd");
        let space = "xmlns:ofd=\"http://www.ofdspec.org/2016\"";
        let part = |name: &str, content: &str| format!("<ofd:{name} {space}>{content}</ofd:{name}>");
        let listed = "<ofd:MultiMedias><ofd:MultiMedia ID=\"9\" Type=\"Image\"><ofd:MediaFile>askew.jpg</ofd:MediaFile>\
                      </ofd:MultiMedia></ofd:MultiMedias>";
        let document = "<ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>\
                        <ofd:DocumentRes>Res.xml</ofd:DocumentRes></ofd:CommonData>\
                        <ofd:Pages><ofd:Page ID=\"1\" BaseLoc=\"Page.xml\"/></ofd:Pages>";
        let page = "<ofd:Content><ofd:Layer><ofd:ImageObject ID=\"5\" ResourceID=\"9\" Boundary=\"0 0 210 297\" \
                    CTM=\"210 0 0 297 0 0\"/></ofd:Layer></ofd:Content>";
        let files = [
            ("OFD.xml", part("OFD", "<ofd:DocBody><ofd:DocRoot>Document.xml</ofd:DocRoot></ofd:DocBody>").into_bytes()),
            ("Document.xml", part("Document", document).into_bytes()),
            ("Page.xml", part("Page", page).into_bytes()),
            ("Res.xml", part("Res", listed).into_bytes()),
            ("askew.jpg", std::fs::read(&jpeg).unwrap()),
        ];
        let files: Vec<(&str, &[u8])> = files.iter().map(|(name, content)| (*name, content.as_slice())).collect();
        std::fs::write(&ofd, zipped(&files)).unwrap();
        for file in [jpeg, ofd] {
            let read = shown(&model, &file);
            assert_eq!(read["file"]["ocr"], true, "{}", file.display());
            let cell = |row: &str, column: &str| read["tables"]["requests"]["cells"][row][column]["value"].clone();
            let figures = [("new_received", "total"), ("granted", "natural_person"), ("total", "enterprise")];
            let found = figures.map(|(row, column)| cell(row, column));
            assert_eq!(found, [json!(592), json!(8), json!(163)], "{}", file.display());
        }
    }
}
