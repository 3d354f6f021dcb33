//! The commands as a script sees them: exit statuses, one clear line on standard error, bad input.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::Stdio;

use tempfile::TempDir;

use crate::program::{balanced, check, code, json, nianshen, report, stderr, stdout, unbalanced};

fn inbox(files: &[(&str, &[u8])]) -> TempDir {
    let directory = TempDir::new().unwrap();
    for (name, bytes) in files {
        fs::write(directory.path().join(name), bytes).unwrap();
    }
    directory
}

fn assert_one_line(text: &str) {
    assert_eq!(text.trim_end().lines().count(), 1, "{text:?}");
    assert!(text.starts_with("nianshen: "), "{text:?}");
}

#[test]
fn status_2_comes_with_one_clear_line() {
    let directory = inbox(&[("a.txt", balanced().as_bytes())]);
    let cases: [&[&str]; 11] = [
        &["check"],
        &["check", "nowhere.txt"],
        &["check", "a.txt", "--formt", "json"],
        &["check", "a.txt", "--format", "yaml"],
        &["check", "a.txt", "--select", "REQ999"],
        &["check", "a.txt", "--jobs", "0"],
        &["check", "a.txt", "--output", "no/such/place.json"],
        &["check", "a.txt", "--config", "nowhere.toml"],
        &["show", "nowhere.txt"],
        &["rules", "REQ999"],
        &["watch", "."],
    ];
    for arguments in cases {
        let output = nianshen().current_dir(directory.path()).args(arguments).output().unwrap();
        assert_eq!(code(&output), 2, "{arguments:?}");
        assert_eq!(stdout(&output), "", "{arguments:?}");
        assert_one_line(&stderr(&output));
    }
}

#[test]
fn a_missing_path_is_named_and_nothing_else_is_said() {
    let directory = inbox(&[("a.txt", balanced().as_bytes())]);
    let output = check(directory.path(), &["a.txt", "nowhere.txt"]);
    assert_eq!(stderr(&output), "nianshen: nowhere.txt: no such file or directory; check the path\n");
    let output = check(directory.path(), &["nowhere.txt", "--lang", "zh"]);
    assert_eq!(stderr(&output), "nianshen: nowhere.txt：没有这个文件或目录，请核对路径\n");
}

#[test]
fn a_directory_alone_is_watched() {
    let directory = inbox(&[]);
    for arguments in [&["nowhere"][..], &["--lang", "en", "nowhere"], &["watch", "nowhere"]] {
        let output = nianshen().current_dir(directory.path()).args(arguments).output().unwrap();
        assert_eq!(stderr(&output), "nianshen: nowhere: no such file or directory; check the path\n", "{arguments:?}");
    }
    let output = nianshen().arg(directory.path()).output().unwrap();
    assert_eq!(stderr(&output), "nianshen: the dashboard needs a terminal; in scripts use nianshen check\n");
}

#[test]
fn the_status_tells_of_findings_from_the_threshold_on() {
    let directory = inbox(&[("good.txt", balanced().as_bytes()), ("bad.txt", unbalanced().as_bytes())]);
    assert_eq!(code(&check(directory.path(), &["good.txt"])), 0);
    assert_eq!(code(&check(directory.path(), &["bad.txt"])), 1);
    assert_eq!(code(&check(directory.path(), &["bad.txt", "--fail-on", "never"])), 0);
    assert_eq!(code(&check(directory.path(), &["bad.txt", "--select", "STR,TXT"])), 0);
    assert_eq!(code(&check(directory.path(), &["bad.txt", "--ignore", "REQ,NAR"])), 0);
    assert_eq!(code(&check(directory.path(), &[".", "--format", "json"])), 1);
}

#[test]
fn the_language_follows_option_then_environment() {
    let help = |variables: &[(&str, &str)], options: &[&str]| {
        let mut command = nianshen();
        command.env_remove("LC_ALL").env_remove("LC_MESSAGES").env_remove("LANG");
        command.envs(variables.iter().copied()).args(["check", "nowhere"]).args(options);
        stderr(&command.output().unwrap())
    };
    assert!(help(&[], &[]).contains("no such file"));
    assert!(help(&[("LANG", "zh_CN.UTF-8")], &[]).contains("没有这个文件"));
    assert!(help(&[("LANG", "zh_CN.UTF-8"), ("LC_ALL", "C")], &[]).contains("no such file"));
    assert!(help(&[("LANG", "en_US.UTF-8"), ("LC_MESSAGES", "zh_TW")], &[]).contains("没有这个文件"));
    assert!(help(&[("LC_ALL", ""), ("LANG", "zh_CN")], &[]).contains("没有这个文件"));
    assert!(help(&[("LANG", "zh_CN")], &["--lang", "en"]).contains("no such file"));
}

#[test]
fn standard_input_is_a_report() {
    let mut child = nianshen()
        .args(["check", "-", "--format", "json", "--fail-on", "never"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(balanced().as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(code(&output), 0);
    let document = json(&output);
    assert_eq!(document["reports"][0]["path"], "-");
    assert_eq!(document["reports"][0]["agency"], "甲县医疗保障局");
}

#[test]
fn output_to_a_file_is_complete_or_absent() {
    let directory = inbox(&[("a.txt", balanced().as_bytes())]);
    let output = check(directory.path(), &["a.txt", "--format", "json", "--output", "out.json", "--fail-on", "never"]);
    assert_eq!((code(&output), stdout(&output)), (0, String::new()));
    let written = fs::read(directory.path().join("out.json")).unwrap();
    assert_eq!(written, check(directory.path(), &["a.txt", "--format", "json"]).stdout);
    let names: Vec<_> = fs::read_dir(directory.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), 2, "{names:?}");
    std::os::unix::fs::symlink("out.json", directory.path().join("link.json")).unwrap();
    for target in ["/dev/null", "link.json"] {
        assert_eq!(code(&check(directory.path(), &["a.txt", "--output", target, "--fail-on", "never"])), 0);
    }
    assert!(!fs::metadata("/dev/null").unwrap().is_file());
    assert!(fs::symlink_metadata(directory.path().join("link.json")).unwrap().is_symlink());
}

#[test]
fn a_broken_pipe_ends_quietly() {
    let directory = TempDir::new().unwrap();
    for number in 0..2000 {
        fs::write(directory.path().join(format!("{number}.txt")), "").unwrap();
    }
    for format in ["text", "ndjson", "json", "csv"] {
        let mut child = nianshen()
            .arg("check")
            .arg(directory.path())
            .args(["--format", format])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap());
        lines.read_line(&mut String::new()).unwrap();
        drop(lines);
        let mut said = String::new();
        child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        assert!(child.wait().unwrap().code().is_some(), "{format}");
        assert_eq!(said, "", "{format}");
    }
}

#[test]
fn the_number_of_workers_changes_nothing() {
    let directory = TempDir::new().unwrap();
    for number in 0..24 {
        let text = if number % 3 == 0 { unbalanced() } else { balanced() };
        fs::write(directory.path().join(format!("{number}.txt")), text).unwrap();
    }
    for format in ["text", "json", "ndjson", "csv"] {
        let one = check(directory.path(), &[".", "--format", format, "--jobs", "1"]);
        for jobs in ["2", "16"] {
            assert_eq!(one, check(directory.path(), &[".", "--format", format, "--jobs", jobs]), "{format} {jobs}");
        }
    }
}

#[test]
fn quiet_leaves_out_what_is_in_order() {
    let directory = inbox(&[("a.txt", balanced().as_bytes())]);
    let output = check(directory.path(), &["a.txt", "-q", "--select", "REQ"]);
    assert_eq!((code(&output), stdout(&output)), (0, String::new()));
}

#[test]
fn colour_only_where_it_is_wanted() {
    let directory = inbox(&[("a.txt", unbalanced().as_bytes())]);
    assert!(!stdout(&check(directory.path(), &["."])).contains('\u{1b}'));
    assert!(stdout(&check(directory.path(), &[".", "--color", "always"])).contains("\u{1b}["));
    let output = check(directory.path(), &[".", "--color", "always", "--format", "json"]);
    assert!(!stdout(&output).contains('\u{1b}'));
}

#[test]
fn the_log_goes_where_it_is_sent() {
    let directory = inbox(&[("a.txt", balanced().as_bytes())]);
    let output = check(directory.path(), &["a.txt", "--log", "run.log", "-vv", "--fail-on", "never"]);
    assert_eq!((code(&output), stderr(&output)), (0, String::new()));
    assert!(directory.path().join("run.log").is_file());
    let output = check(directory.path(), &["a.txt", "-v", "--fail-on", "never"]);
    assert!(stderr(&output).contains("audited"), "{}", stderr(&output));
    assert_eq!(code(&check(directory.path(), &["a.txt", "--log", "no/such/run.log"])), 2);
}

#[test]
fn completions_and_manual_are_printed() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = nianshen().args(["completions", shell]).output().unwrap();
        assert!(code(&output) == 0 && stdout(&output).contains("nianshen"), "{shell}");
    }
    let chinese = nianshen().args(["check", "--help", "--lang", "zh"]).output().unwrap();
    assert!(stdout(&chinese).contains("用法：nianshen check"));
    let output = nianshen().arg("man").output().unwrap();
    assert!(stdout(&output).contains(".TH nianshen 1"));
    for arguments in
        [&["--help"][..], &["--version"], &["check", "--help"], &["help", "show"], &["help"], &["watch", "-h"]]
    {
        for lang in ["en", "zh"] {
            let output = nianshen().args(["--lang", lang]).args(arguments).output().unwrap();
            assert!(code(&output) == 0 && !stdout(&output).is_empty(), "{arguments:?} {lang}");
        }
    }
}

#[test]
fn every_rule_has_a_page() {
    let list = nianshen().arg("rules").output().unwrap();
    assert_eq!(code(&list), 0);
    for line in stdout(&list).lines() {
        let code_of_rule = line.split_whitespace().next().unwrap().to_owned();
        for lang in ["zh", "en"] {
            let page = nianshen().args(["rules", &code_of_rule.to_lowercase(), "--lang", lang]).output().unwrap();
            assert_eq!(code(&page), 0, "{code_of_rule}");
            assert!(stdout(&page).starts_with(&code_of_rule));
        }
    }
}

fn mkfifo(path: &Path) {
    assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success());
}

#[test]
fn bad_input_is_listed_with_its_reason_and_harms_nobody() {
    let directory = inbox(&[
        ("good.txt", balanced().as_bytes()),
        ("empty.txt", b""),
        ("binary.txt", &[0x7f, b'E', b'L', b'F', 0, 0, 1, 2, 0xff, 0xfe, 0, 0, 3, 0, 0, 0]),
        (".hidden.txt", b"x"),
        ("arriving.txt.part", b"x"),
        ("~$open.docx", b"x"),
        ("roster.csv", "机关\n甲县医疗保障局\n".as_bytes()),
    ]);
    let root = directory.path();
    mkfifo(&root.join("pipe.txt"));
    fs::create_dir(root.join("directory.txt")).unwrap();
    fs::File::create(root.join("noise.txt")).unwrap().set_len(200 << 20).unwrap();
    std::os::unix::fs::symlink("/etc/hostname", root.join("outside.txt")).unwrap();
    std::os::unix::fs::symlink("nothing", root.join("dangling.txt")).unwrap();
    std::os::unix::fs::symlink("..", root.join("loop")).unwrap();
    let socket = std::os::unix::net::UnixListener::bind(root.join("socket.txt")).unwrap();

    let output = check(root, &[".", "--format", "json"]);
    assert_eq!(code(&output), 1);
    let document = json(&output);
    let reasons = [
        ("empty.txt", ""),
        ("binary.txt", ""),
        ("pipe.txt", "named pipe"),
        ("directory.txt", "directory"),
        ("noise.txt", "too large"),
        ("outside.txt", "out of the inbox"),
        ("dangling.txt", "link to nowhere"),
        ("loop", "out of the inbox"),
        ("socket.txt", "socket"),
    ];
    for (name, reason) in reasons {
        let entry = report(&document, name);
        assert_eq!(entry["verdict"], "unreadable", "{name}");
        assert_eq!(entry["findings"][0]["rule"], "INB004", "{name}");
        assert!(entry["findings"][0]["message"].as_str().unwrap().contains(reason), "{entry}");
    }
    assert_eq!(document["reports"].as_array().unwrap().len(), reasons.len() + 1);
    let alone = json(&check(root, &["good.txt", "--format", "json"]));
    assert_eq!(report(&document, "good.txt")["findings"], report(&alone, "good.txt")["findings"]);
    drop(socket);
}

#[test]
fn a_file_without_permission_is_listed_in_a_directory_and_an_error_when_named() {
    use std::os::unix::fs::PermissionsExt as _;
    let directory = inbox(&[("closed.txt", balanced().as_bytes()), ("good.txt", balanced().as_bytes())]);
    let closed = directory.path().join("closed.txt");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::File::open(&closed).is_ok() {
        return; // the superuser may read everything
    }
    let document = json(&check(directory.path(), &[".", "--format", "json"]));
    let message = report(&document, "closed.txt")["findings"][0]["message"].as_str().unwrap().to_owned();
    assert!(message.contains("permission"), "{message}");
    let output = check(directory.path(), &["closed.txt"]);
    assert_eq!(code(&output), 2);
    assert_one_line(&stderr(&output));
}

#[test]
fn no_control_character_of_a_file_or_its_name_reaches_the_terminal() {
    use std::os::unix::ffi::OsStrExt as _;
    let evil = format!("\u{1b}[2J\u{7}\0{}\u{202e}\u{9b}31m", unbalanced().replace("甲县", "甲\u{1b}[31m县"));
    let directory = TempDir::new().unwrap();
    let names: [&[u8]; 3] = [b"esc\x1b[2Jape.txt", b"line\nbreak.txt", b"not\xffutf8.txt"];
    for name in names {
        fs::write(directory.path().join(std::ffi::OsStr::from_bytes(name)), &evil).unwrap();
    }
    let safe = |text: &str| {
        let odd = text.chars().find(|&c| c != '\n' && c != '\r' && !nianshen::text::is_printable(c));
        assert_eq!(odd.map(|c| c.escape_unicode().to_string()), None, "{text}");
    };
    for format in ["text", "json", "ndjson"] {
        safe(&stdout(&check(directory.path(), &[".", "--format", format])));
    }
    safe(stdout(&check(directory.path(), &[".", "--format", "csv"])).trim_start_matches('\u{feff}'));
    for name in names {
        for format in ["text", "json"] {
            let path = directory.path().join(std::ffi::OsStr::from_bytes(name));
            let output = nianshen().arg("show").arg(path).args(["--format", format]).output().unwrap();
            safe(&stdout(&output));
        }
    }
    let document = json(&check(directory.path(), &[".", "--format", "json"]));
    let paths: Vec<_> =
        document["reports"].as_array().unwrap().iter().map(|report| report["path"].as_str().unwrap()).collect();
    assert_eq!(paths, ["esc\u{1b}[2Jape.txt", "line\nbreak.txt", "not\\xffutf8.txt"]);
}

#[test]
fn a_file_is_audited_once_however_often_it_is_named() {
    let directory = inbox(&[("b.txt", balanced().as_bytes()), ("a.txt", balanced().as_bytes())]);
    let document = json(&check(directory.path(), &["b.txt", "a.txt", "b.txt", "--format", "json"]));
    assert_eq!(document["summary"]["files"], 2);
    assert_eq!(document["reports"][0]["path"], "a.txt");
}
