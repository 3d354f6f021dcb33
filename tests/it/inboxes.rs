//! Rules on the inbox and its roster: every sample inbox breaks its rule, no trap breaks any.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use nianshen::audit::{Audit, Policy, audit_file};
use nianshen::campaign::{Arrival, Matches, State, Terms, build};
use nianshen::config::Config;
use nianshen::finding::Finding;
use nianshen::report::Digest;
use nianshen::roster::{self, Deadlines, Roster};
use nianshen::rule::{Campaign, Returned, Whom};
use nianshen::rules::{catalogue, compare};

use crate::program::{sample, unbalanced};

/// A file of an inbox, with the day on which it arrived.
struct File {
    path: String,
    received: Timestamp,
    audit: Audit,
    digest: Option<Digest>,
    returned: Option<Returned>,
}

/// An inbox, and what is known beside it.
struct Inbox {
    files: Vec<File>,
    archive: Vec<File>,
    roster: Option<Roster>,
    due: Deadlines,
    year: Option<i32>,
    matches: Matches,
    today: Date,
}

fn day(text: &str) -> Timestamp {
    text.parse::<Date>().unwrap().to_zoned(TimeZone::UTC).unwrap().timestamp()
}

fn file(path: &str, bytes: &[u8], received: &str) -> File {
    let audit = audit_file(path, bytes, &Policy::default());
    File { path: path.to_owned(), received: day(received), digest: audit.digest(), audit, returned: None }
}

impl File {
    fn returned(self, on: &str, until: &str) -> Self {
        Self { returned: Some(Returned { on: day(on), until: Some(until.parse().unwrap()) }), ..self }
    }

    fn arrival(&self) -> Arrival<'_> {
        let arrival = Arrival::of(&self.path, self.received, &self.audit, self.digest.as_ref());
        Arrival { returned: self.returned, ..arrival }
    }
}

impl Inbox {
    /// With reports for 2023, due on 20 January, as it stands on 10 February.
    fn of(files: Vec<File>) -> Self {
        Self {
            files,
            archive: Vec::new(),
            roster: None,
            due: Deadlines::all("2024-01-20".parse().unwrap()),
            year: Some(2023),
            matches: Matches::new(),
            today: "2024-02-10".parse().unwrap(),
        }
    }

    fn on(self, today: &str) -> Self {
        Self { today: today.parse().unwrap(), ..self }
    }

    fn with_roster(self, units: &[&str]) -> Self {
        let text = format!("机关,别名,截止,免报\n{}\n", units.join("\n"));
        Self { roster: Some(roster::parse(text.as_bytes(), "roster.csv").unwrap()), ..self }
    }

    fn matching(mut self, whose: &str, unit: &str) -> Self {
        self.matches.insert(whose.to_owned(), unit.to_owned());
        self
    }

    /// What `look` sees of the campaign.
    fn campaign<T>(&self, look: impl FnOnce(&Campaign<'_>) -> T) -> T {
        let inbox: Vec<Arrival<'_>> = self.files.iter().map(File::arrival).collect();
        let archive: Vec<Arrival<'_>> = self.archive.iter().map(File::arrival).collect();
        let terms = Terms {
            roster: self.roster.as_ref(),
            deadlines: &self.due,
            year: self.year,
            matches: &self.matches,
            today: self.today,
            zone: TimeZone::UTC,
        };
        look(&build(&inbox, &archive, &terms))
    }

    /// The findings of the rules on inboxes, each with the file or the unit it is about.
    fn findings(&self) -> Vec<(String, Finding)> {
        self.campaign(|campaign| {
            let raised = compare(campaign).into_iter();
            let raised = raised.filter(|raised| is_of_inbox(raised.finding.rule));
            raised
                .map(|raised| {
                    let whom = match raised.whom {
                        Whom::Member(member) => campaign.members[member].path.to_owned(),
                        Whom::Unit(unit) => campaign.roster.unwrap().units[unit].agency.clone(),
                    };
                    (whom, raised.finding)
                })
                .collect()
        })
    }

    /// The same in short: rule, severity, whom.
    fn codes(&self) -> Vec<String> {
        let short = |(whom, finding): &(String, Finding)| format!("{} {:?} {whom}", finding.rule, finding.severity);
        self.findings().iter().map(short).collect()
    }
}

fn is_of_inbox(code: &str) -> bool {
    code.starts_with("INB") || code == "ORG001"
}

/// The inbox in a directory of samples.
fn sampled(directory: &Path) -> Inbox {
    let code = directory.file_name().unwrap().to_str().unwrap();
    let said = include_str!("inboxes.txt").lines();
    let said: BTreeMap<&str, Vec<&str>> = said
        .filter_map(|line| line.strip_prefix(code)?.trim_start().split_once(' '))
        .map(|(name, rest)| (name, rest.split(' ').collect()))
        .collect();
    let mut inbox = Inbox::of(Vec::new()).on(said["today"][0]);
    (inbox.year, inbox.due) = (None, Deadlines::default());
    let mut paths: Vec<PathBuf> = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap().to_str().unwrap();
        match name {
            "nianshen.toml" => {
                let config = Config::load(&path).unwrap();
                (inbox.year, inbox.due) = (config.policy.year, config.due);
            }
            "roster.csv" => inbox.roster = Some(roster::load(&path, name).unwrap()),
            _ => {
                let said = &said[name];
                let file = file(name, &fs::read(&path).unwrap(), said[0]);
                inbox.files.push(match said[1..] {
                    ["returned", on, "until", until] => file.returned(on, until),
                    _ => file,
                });
            }
        }
    }
    inbox
}

#[test]
fn every_rule_on_inboxes_has_a_sample_inbox() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/rules");
    let mut text = String::new();
    for rule in catalogue().filter(|rule| is_of_inbox(rule.code)) {
        let directory = root.join(rule.code);
        if !directory.is_dir() {
            // A single file breaks it.
            assert!(!matches!(rule.check, nianshen::rule::Check::Campaign(_)), "{}: no sample", rule.code);
            continue;
        }
        let inbox = sampled(&directory);
        assert!(inbox.files.iter().all(|file| file.audit.findings.is_empty()), "{}", rule.code);
        let findings = inbox.findings();
        assert!(findings.iter().any(|(_, finding)| finding.rule == rule.code), "{}", rule.code);
        // Whose figures differ differs.
        let along = if rule.code == "INB005" { "INB003" } else { rule.code };
        for (whom, finding) in &findings {
            assert!([rule.code, along].contains(&finding.rule), "{}: {}", rule.code, finding.rule);
            writeln!(text, "{} {:?} {whom}", finding.rule, finding.severity).unwrap();
            writeln!(text, "  {}\n  {}", finding.message.zh, finding.message.en).unwrap();
        }
    }
    insta::assert_snapshot!(text);
}

fn report(agency: &str) -> String {
    sample(agency, [3, 1, 0, 0, 0, 0, 4])
}

const DATA: &str = "青溪县数据局";
const COUNTY: &str = "青溪县人民政府";
const TOWN: &str = "青溪县松坪乡人民政府";

#[test]
fn a_unit_is_missing_only_when_its_day_has_passed() {
    let units = ["青溪县数据局,,,", "青溪县人民政府,,,", "青溪县松坪乡人民政府,,,", "青溪县气象局,,,垂直管理"];
    let missing = |inbox: Inbox| inbox.with_roster(&units).codes();
    let by_law = |today: &str| Inbox { due: Deadlines::default(), ..Inbox::of(Vec::new()).on(today) };
    let all = [DATA, COUNTY, TOWN].map(|unit| format!("INB001 Error {unit}"));
    assert_eq!(missing(Inbox::of(Vec::new()).on("2024-01-20")), Vec::<String>::new());
    assert_eq!(missing(Inbox::of(Vec::new()).on("2024-01-21")), all);
    assert_eq!(missing(by_law("2024-01-31")), Vec::<String>::new());
    assert_eq!(missing(by_law("2024-02-01")), all[..1]);
    // No law names a day for townships.
    assert_eq!(missing(by_law("2024-04-01")), all[..2]);
}

#[test]
fn the_first_version_tells_when_a_unit_reported() {
    let units = ["青溪县数据局,,,", "青溪县人民政府,,,", "青溪县松坪乡人民政府,,,"];
    for (agency, received, expected) in [
        (DATA, "2024-01-20", None),
        (DATA, "2024-01-21", Some("Warning")),
        (DATA, "2024-01-31", Some("Warning")),
        (DATA, "2024-02-01", Some("Error")),
        (COUNTY, "2024-02-01", Some("Warning")),
        (COUNTY, "2024-04-01", Some("Error")),
        (TOWN, "2024-04-01", Some("Warning")),
    ] {
        let files = vec![
            file("一.txt", report(agency).as_bytes(), received),
            file("二.txt", report(agency).as_bytes(), "2024-05-01"),
        ];
        let inbox = Inbox::of(files).on("2024-01-20").with_roster(&units);
        let found = inbox.codes();
        let late: Vec<&String> = found.iter().filter(|found| found.starts_with("INB002")).collect();
        let expected: Vec<String> = expected.iter().map(|severity| format!("INB002 {severity} 二.txt")).collect();
        assert_eq!(late, expected.iter().collect::<Vec<_>>(), "{agency} {received}");
    }
}

#[test]
fn a_report_is_known_by_any_of_the_names_of_its_agency() {
    let units = ["青溪县数据局,青溪县大数据中心,,", "青溪县卫生健康委员会,,,", "青溪县松坪乡人民政府,,,"];
    for agency in ["青溪县数据局", "云岭市青溪县数据局", "青溪县大数据中心", "青溪县卫健委", "青溪县松坪乡"]
    {
        let inbox = Inbox::of(vec![file("a.txt", report(agency).as_bytes(), "2024-01-10")]).with_roster(&units);
        assert_eq!(inbox.codes().iter().filter(|found| found.starts_with("ORG001")).count(), 0, "{agency}");
        assert_eq!(inbox.codes().iter().filter(|found| found.starts_with("INB001")).count(), 2, "{agency}");
    }
}

#[test]
fn who_is_not_on_the_roster_is_told_the_nearest_name() {
    let units = ["青溪县数据局,,,", "云岭市教育局,,,", "青溪县教育局,,,"];
    for (agency, severity, expected) in [
        ("白石县数据局", "Error", "白石县数据局 is not on the roster; the nearest name is “青溪县数据局”"),
        ("青溪市数据局", "Error", "青溪市数据局 is not on the roster; the nearest name is “青溪县数据局”"),
        ("青溪县红十字会", "Error", "青溪县红十字会 is not on the roster"),
        ("教育局", "Warning", "教育局 may be any of “云岭市教育局”, “青溪县教育局” on the roster"),
    ] {
        let inbox = Inbox::of(vec![file("a.txt", report(agency).as_bytes(), "2024-01-10")]).with_roster(&units);
        let found = inbox.findings();
        let found: Vec<_> = found.iter().filter(|(_, finding)| finding.rule == "ORG001").collect();
        assert_eq!(found.len(), 1, "{agency}");
        assert_eq!(found[0].1.message.en, expected);
        assert_eq!(format!("{:?}", found[0].1.severity), severity, "{agency}");
        // Known by the word of an operator, it is no stranger.
        for whose in [agency, "a.txt"] {
            let matched = Inbox::of(vec![file("a.txt", report(agency).as_bytes(), "2024-01-10")]);
            let matched = matched.with_roster(&units).matching(whose, "青溪县数据局");
            assert!(
                !matched.codes().iter().any(|found| found.contains(DATA) || found.starts_with("ORG001")),
                "{agency}"
            );
        }
    }
}

#[test]
fn a_scan_without_a_title_is_offered_and_never_counted() {
    let scan = || file("数据局（扫描）.pdf", b"", "2024-01-10");
    let inbox = Inbox::of(vec![scan()]).with_roster(&["青溪县数据局,,,"]);
    let found = inbox.findings();
    assert_eq!(inbox.codes(), ["INB001 Error 青溪县数据局"]);
    assert!(
        found[0].1.message.en.ends_with("by its name this may be it: 数据局（扫描）.pdf"),
        "{}",
        found[0].1.message.en
    );
    let matched = Inbox::of(vec![scan()]).with_roster(&["青溪县数据局,,,"]).matching("数据局（扫描）.pdf", DATA);
    assert_eq!(matched.codes(), Vec::<String>::new());
    // Beside the text it supersedes nothing, however late it came.
    let both =
        vec![file("数据局.txt", report(DATA).as_bytes(), "2024-01-10"), file("数据局（扫描）.pdf", b"", "2024-01-12")];
    let both = Inbox::of(both).with_roster(&["青溪县数据局,,,"]).matching("数据局（扫描）.pdf", DATA);
    assert_eq!(both.codes(), Vec::<String>::new());
    both.campaign(|campaign| {
        let current: Vec<&str> = campaign.current().map(|(_, member)| member.path).collect();
        assert_eq!(current, ["数据局.txt"]);
    });
}

#[test]
fn identical_files_are_said_to_be_identical() {
    let files = ["a.txt", "b.txt"].map(|path| file(path, report(DATA).as_bytes(), "2024-01-10"));
    let found = Inbox::of(files.into()).findings();
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].0.as_str(), found[0].1.message.en.as_str()), ("b.txt", "2 versions, identical: a.txt, b.txt"));
}

#[test]
fn what_was_asked_for_and_what_follows_from_it_may_change() {
    let pair = |before: &str, after: &str| {
        let files = vec![file("a.txt", before.as_bytes(), "2024-01-10"), file("b.txt", after.as_bytes(), "2024-01-12")];
        Inbox::of(files).codes().iter().filter(|found| found.starts_with("INB005")).cloned().collect::<Vec<_>>()
    };
    let before = unbalanced();
    let mended = crate::program::balanced();
    let unasked = ["INB005 Warning b.txt".to_owned()];
    assert_eq!(pair(&before, &mended), Vec::<String>::new());
    assert_eq!(pair(&before, &mended.replace("行政处罚 0", "行政处罚 7")), unasked);
    // Another way to mend it changes a whole column.
    let other = before
        .replace("本年新收政府信息公开申请数量 3 1 0 0 0 0 5", "本年新收政府信息公开申请数量 4 1 0 0 0 0 5")
        .replace("（一）予以公开 3 1 0 0 0 0 5", "（一）予以公开 4 1 0 0 0 0 5")
        .replace("（七）总计 3 1 0 0 0 0 5", "（七）总计 4 1 0 0 0 0 5");
    assert_eq!(pair(&before, &other), Vec::<String>::new());
    // Nothing had been asked for.
    assert_eq!(pair(&mended, &mended.replace("行政强制 0", "行政强制 2")), unasked);
    assert_eq!(pair(&mended, &mended.replace("组织了一次培训", "组织了两次培训")), Vec::<String>::new());
}

#[test]
fn a_correction_is_overdue_until_something_newer_can_be_read() {
    let returned = || file("a.txt", report(DATA).as_bytes(), "2024-01-10").returned("2024-01-12", "2024-01-20");
    let overdue = ["INB006 Warning a.txt".to_owned()];
    assert_eq!(Inbox::of(vec![returned()]).on("2024-01-20").codes(), Vec::<String>::new());
    assert_eq!(Inbox::of(vec![returned()]).on("2024-01-21").codes(), overdue);
    let newer = |bytes: &[u8]| {
        let files = vec![returned(), file("b.txt", bytes, "2024-01-18")];
        let inbox = Inbox::of(files).with_roster(&["青溪县数据局,,,"]).matching("b.txt", DATA);
        inbox.codes().into_iter().filter(|found| found.starts_with("INB006")).collect::<Vec<_>>()
    };
    assert_eq!(newer(report(DATA).replace("20条", "21条").as_bytes()), Vec::<String>::new());
    assert_eq!(newer(b""), overdue);
}

#[test]
fn last_years_report_is_found_in_the_archive_or_in_the_inbox() {
    let of_2022 = |agency: &str| report(agency).replace("2023", "2022");
    let units = ["青溪县数据局,青溪县大数据中心,,"];
    let previous = |inbox: &Inbox| {
        inbox.campaign(|campaign| {
            let of =
                |member: &nianshen::rule::Member<'_>| member.previous.map_or("-", |previous| previous.path).to_owned();
            campaign.members.iter().map(of).collect::<Vec<_>>()
        })
    };
    let this_year = || file("b.txt", report(DATA).as_bytes(), "2024-01-10");
    let archived = |agency: &str| file("2022/a.txt", of_2022(agency).as_bytes(), "2023-01-10");
    let archive = |agency: &str| Inbox { archive: vec![archived(agency)], ..Inbox::of(vec![this_year()]) };
    assert_eq!(previous(&archive(DATA)), ["2022/a.txt"]);
    assert_eq!(previous(&archive("云岭市青溪县数据局")), ["2022/a.txt"]);
    assert_eq!(previous(&archive("白石县数据局")), ["-"]);
    assert_eq!(previous(&archive("青溪县大数据中心")), ["-"]);
    assert_eq!(previous(&archive("青溪县大数据中心").with_roster(&units)), ["2022/a.txt"]);
    let both = Inbox::of(vec![archived(DATA), this_year()]).with_roster(&units);
    assert_eq!(previous(&both), ["-", "2022/a.txt"]);
    assert_eq!(both.codes(), Vec::<String>::new());
    // Last year's report is none for this year.
    let only = Inbox::of(vec![archived(DATA)]).with_roster(&units);
    assert_eq!(only.codes(), ["INB001 Error 青溪县数据局"]);
    assert!(only.findings()[0].1.message.en.ends_with("received for other years: 2022/a.txt (2022)"));
}

#[test]
fn every_unit_stands_somewhere_and_the_totals_add_up() {
    let units = [
        "青溪县人民政府,,,",
        "青溪县数据局,,,",
        "青溪县教育局,,,",
        "青溪县审计局,,2024-03-01,",
        "青溪县气象局,,,垂直管理",
        "青溪县松坪乡人民政府,,,",
    ];
    let files = vec![
        file("a.txt", report(DATA).as_bytes(), "2024-01-10"),
        file("b.txt", report("青溪县教育局").as_bytes(), "2024-01-24"),
        file("c.txt", report("青溪县水利局").as_bytes(), "2024-01-10"),
    ];
    let inbox = Inbox::of(files).with_roster(&units);
    let inbox =
        Inbox { due: Deadlines { government: Some("2024-02-10".parse().unwrap()), ..inbox.due.clone() }, ..inbox };
    inbox.campaign(|campaign| {
        let states: Vec<State> = campaign.standings().iter().map(|standing| standing.state).collect();
        let expected = [
            State::Awaited { left: Some(0) },
            State::Submitted,
            State::Late { by: 4 },
            State::Awaited { left: Some(20) },
            State::Exempt,
            State::Missing,
        ];
        assert_eq!(states, expected);
        let totals = campaign.totals();
        let all = totals.all;
        assert_eq!((all.units, all.awaited, all.submitted, all.late, all.missing, all.exempt), (6, 2, 1, 1, 1, 1));
        assert_eq!(totals.by_kind.iter().map(|(_, _, count)| count.units).sum::<usize>(), all.units);
        assert_eq!(totals.by_kind.len(), 3);
        assert_eq!(totals.unexpected, 1);
    });
}
