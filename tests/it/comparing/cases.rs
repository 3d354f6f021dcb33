//! The smallest change that breaks a rule, and what must not break it.

use std::fs;
use std::path::Path;

use nianshen::finding::Severity;
use nianshen::rule::Check;
use nianshen::rules::catalogue;

use super::{File, Inbox, read, told, unit};
use nianshen::report::{Digest, Edition};
use nianshen::roster::Roster;

/// Last year's report in the words of this year's: what each sentence was then.
const LAST_YEAR: &[(&str, &str)] = &[
    (
        "我局全年在县政府网站发布政务信息126条，数据归集、系统运维和采购结果随时更新，重要文件都配有问答式解读。",
        "县政府网站上的数据专栏由我局负责，年内上传政务信息97条，内容有办事指南、预算公开和项目招标。",
    ),
    (
        "2024年，我局共收到政府信息公开申请14件，上年结转2件，按期答复14件，另有2件转入下年继续办理。",
        "2023年，我局共收到政府信息公开申请11件，没有上年结转的申请，答复9件，另有2件转入下年继续办理。",
    ),
    (
        "公文在拟稿时先定公开属性，每季度清点一次已公开文件，失效的及时标明。",
        "建立了信息台账，从产生到归档由专人记录，不宜公开的写明理由。",
    ),
    ("网站专栏由专人值守，栏目每周检查一遍，错链当天修好。", "查阅室搬到一楼大厅，添置了两台查询机。"),
    (
        "局办公室牵头考核各科室，发布前三级审核，全年组织业务培训两次。",
        "邀请群众代表座谈，听取对公开工作的意见，没有发生责任追究。",
    ),
    (
        "主要问题：一是有的栏目更新不够及时；二是解读材料文字偏多，图表偏少。",
        "主要问题：一是答复文书的格式不统一；二是查阅室的引导标识不清楚。",
    ),
    (
        "改进措施：一是把更新时限写进科室职责，逾期提醒；二是解读材料一律配图，先请群众试读。",
        "改进措施：一是统一答复文书的样式，先审后发；二是重做引导标识，安排人员值班。",
    ),
    ("2024", "2023"),
    ("行政规范性文件 1 0 6", "行政规范性文件 0 0 5"),
    ("行政许可 37", "行政许可 31"),
    ("行政事业性收费 3.62", "行政事业性收费 3.41"),
    ("数量 9 3 0 0 2 0 14", "数量 8 3 0 0 0 0 11"),
    ("结转政府信息公开申请数量 2 0 0 0 0 0 2", "结转政府信息公开申请数量 0 0 0 0 0 0 0"),
    ("予以公开 5 2 0 0 1 0 8", "予以公开 4 2 0 0 0 0 6"),
    ("不计其他情形） 1 0 0 0 1 0 2", "不计其他情形） 1 0 0 0 0 0 1"),
    ("（七）总计 9 3 0 0 2 0 14", "（七）总计 6 3 0 0 0 0 9"),
];

fn changed(text: &str, edits: &[(&str, &str)]) -> String {
    edits.iter().fold(text.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replace(from, to)
    })
}

/// This year's report and last year's.
fn texts() -> (String, String) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/complete/青溪县数据局2024.txt");
    let now = fs::read_to_string(path).unwrap();
    let before = changed(&now, LAST_YEAR);
    (now, before)
}

type Edits<'a> = &'a [(&'a str, &'a str)];

/// A change of this year's report, one of last year's, and what is found.
struct Years {
    what: &'static str,
    now: Edits<'static>,
    before: Edits<'static>,
    found: &'static [(&'static str, Severity)],
}

const fn years(
    what: &'static str,
    now: Edits<'static>,
    before: Edits<'static>,
    found: &'static [(&'static str, Severity)],
) -> Years {
    Years { what, now, before, found }
}

use Severity::{Error, Note, Warning};

const CARRIED: &str = "上年结转政府信息公开申请数量 2 0 0 0 0 0 2";
const FIGURES: &str = "编发工作简报48期，接听咨询1290次，回复留言312件。";

const YEARS: &[Years] = &[
    years("all is as it should be", &[], &[], &[]),
    years("more carried in", &[(CARRIED, "上年结转政府信息公开申请数量 2 0 0 0 1 0 3")], &[], &[("CAR001", Error)]),
    years("other applicants", &[(CARRIED, "上年结转政府信息公开申请数量 1 1 0 0 0 0 2")], &[], &[("CAR001", Warning)]),
    years("a blank total", &[(CARRIED, "上年结转政府信息公开申请数量 / / / / / / /")], &[], &[]),
    years("the stock does not roll", &[("行政规范性文件 1 0 6", "行政规范性文件 1 0 8")], &[], &[("CAR002", Warning)]),
    years(
        "some documents expired",
        &[
            ("行政规范性文件 1 0 6", "行政规范性文件 1 0 4"),
            ("错链当天修好。", "错链当天修好，2件行政规范性文件到期失效。"),
        ],
        &[],
        &[],
    ),
    years(
        "documents do not come by expiring",
        &[
            ("行政规范性文件 1 0 6", "行政规范性文件 1 0 8"),
            ("错链当天修好。", "错链当天修好，2件行政规范性文件到期失效。"),
        ],
        &[],
        &[("CAR002", Warning)],
    ),
    years(
        "last year's stock was corrected",
        &[
            ("行政规范性文件 1 0 6", "行政规范性文件 1 0 9"),
            ("错链当天修好。", "错链当天修好；上年少计的3件行政规范性文件已补录。"),
        ],
        &[],
        &[],
    ),
    years(
        "more repealed than there were",
        &[("行政规范性文件 1 0 6", "行政规范性文件 1 7 0")],
        &[],
        &[("CAR003", Warning)],
    ),
    years("all repealed", &[("行政规范性文件 1 0 6", "行政规范性文件 1 6 0")], &[], &[]),
    years("a jump", &[("行政许可 37", "行政许可 370")], &[], &[("CAR006", Note)]),
    years("down to nothing", &[("行政许可 37", "行政许可 0")], &[("行政许可 31", "行政许可 131")], &[("CAR006", Note)]),
    years("a small figure grows", &[("行政处罚 5", "行政处罚 60")], &[], &[]),
    years("five times is no jump", &[("行政许可 37", "行政许可 155")], &[], &[]),
    years("yuan for 10,000 yuan", &[("行政事业性收费 3.62", "行政事业性收费 36200")], &[], &[("CAR007", Warning)]),
    years("last year in yuan", &[], &[("行政事业性收费 3.41", "行政事业性收费 34100")], &[("CAR007", Warning)]),
    years(
        "no fee last year",
        &[("行政事业性收费 3.62", "行政事业性收费 36200")],
        &[("行政事业性收费 3.41", "行政事业性收费 0")],
        &[],
    ),
    years(
        "the same figures",
        &[("错链当天修好。", "错链当天修好，编发工作简报48期，接听咨询1290次，回复留言312件。")],
        &[("添置了两台查询机。", "添置了两台查询机；编发工作简报48期，接听咨询1290次，回复留言312件。")],
        &[("CAR005", Warning)],
    ),
    years(
        "what there is stays, what is compared is last year's, what is small is chance",
        &[(
            "错链当天修好。",
            "错链当天修好，设有专栏12个、覆盖28个单位，累计发布1290条，比上年回复的312件少，培训2次、座谈3次、简报4期。",
        )],
        &[(
            "添置了两台查询机。",
            "添置了两台查询机；专栏12个、单位28个，累计发布1290条，回复312件，培训2次、座谈3次、简报4期。",
        )],
        &[],
    ),
    years(
        "two figures are chance",
        &[("错链当天修好。", "错链当天修好，接听咨询1290次，回复留言312件。")],
        &[("添置了两台查询机。", "添置了两台查询机；接听咨询1290次，回复留言312件。")],
        &[],
    ),
    years("another name", &[], &[("青溪县数据局", "青溪县大数据中心")], &[("ORG004", Note)]),
    years("a longer name", &[], &[("青溪县数据局", "云岭市青溪县数据局")], &[]),
    years(
        "carried over from a body of another name",
        &[(CARRIED, "上年结转政府信息公开申请数量 2 0 0 0 1 0 3")],
        &[("青溪县数据局", "青溪县大数据中心")],
        &[("CAR001", Warning), ("ORG004", Note)],
    ),
    years("two years apart", &[(CARRIED, "上年结转政府信息公开申请数量 2 0 0 0 1 0 3")], &[("2023", "2022")], &[]),
];

#[test]
fn against_last_year() {
    let (now, before) = texts();
    assert!(!now.contains(FIGURES));
    for case in YEARS {
        let inbox = Inbox::years(read(&changed(&now, case.now)), read(&changed(&before, case.before)));
        let found: Vec<_> =
            inbox.raised().iter().map(|raised| (raised.finding.rule, raised.finding.severity)).collect();
        assert_eq!(found, case.found, "{}", case.what);
    }
}

/// Last year's prose with this year's figures.
fn recycled() -> Inbox {
    let (now, _) = texts();
    let before = changed(&now, &LAST_YEAR[7..]);
    let before = changed(
        &before,
        &[
            ("政务信息126条", "政务信息97条"),
            ("申请14件，上年结转2件，按期答复14件", "申请11件，上年结转0件，按期答复9件"),
        ],
    );
    Inbox::years(read(&now), read(&before))
}

#[test]
fn prose_of_last_year() {
    let inbox = recycled();
    assert_eq!(inbox.codes(), ["CAR004"]);
    let mut apart = inbox.clone();
    apart.files[0].superseded_by = Some(0);
    assert_eq!(apart.codes(), [""; 0], "what is superseded does not count");
    // Too little to be called a copy.
    let mut brief = inbox;
    let cut = |digest: &mut Digest| digest.passages.retain(|passage| passage.text.contains("网站专栏"));
    cut(&mut brief.files[0].digest);
    cut(brief.files[0].previous.as_mut().unwrap());
    assert_eq!(brief.codes(), [""; 0]);
}

#[test]
fn the_trial_form_is_compared_where_it_means_the_same() {
    let (now, before) = texts();
    let broken = [
        (CARRIED, "上年结转政府信息公开申请数量 2 0 0 0 1 0 3"),
        ("行政规范性文件 1 0 6", "行政规范性文件 1 0 8"),
        ("行政事业性收费 3.62", "行政事业性收费 36200"),
    ];
    let mut inbox = Inbox::years(read(&changed(&now, &broken)), read(&before));
    assert_eq!(inbox.codes(), ["CAR001", "CAR002", "CAR007"]);
    inbox.files[0].previous.as_mut().unwrap().edition = Some(Edition::Trial2019);
    assert_eq!(inbox.codes(), ["CAR001"]);
}

#[test]
fn a_name_on_the_roster_is_known() {
    let (now, before) = texts();
    let before = changed(&before, &[("青溪县数据局", "青溪县大数据中心")]);
    let mut inbox = Inbox::years(read(&now), read(&before));
    let mut listed = unit("青溪县数据局", None);
    listed.aliases.push("青溪县大数据中心".to_owned());
    inbox.roster = Some(Roster { units: vec![listed], ..Roster::default() });
    inbox.files[0].unit = Some(0);
    assert_eq!(inbox.codes(), [""; 0]);
}

/// A county with two members: its figures are theirs together.
fn county() -> Inbox {
    let (text, _) = texts();
    let own = read(&changed(
        &text,
        &[
            ("青溪县数据局", "青溪县人民政府"),
            ("行政规范性文件 1 0 6", "行政规范性文件 3 1 14"),
            ("行政许可 37", "行政许可 40"),
            ("行政处罚 5", "行政处罚 1205"),
            ("行政事业性收费 3.62", "行政事业性收费 5.17"),
            ("数量 9 3 0 0 2 0 14", "数量 10 3 0 0 2 0 15"),
            ("予以公开 5 2 0 0 1 0 8", "予以公开 6 2 0 0 1 0 9"),
            ("（七）总计 9 3 0 0 2 0 14", "（七）总计 10 3 0 0 2 0 15"),
            ("1 0 0 1 2 0 0 0 0 0", "1 0 0 1 2 0 0 0 0 0"),
        ],
    ));
    let first = read(&text);
    let mut office = text;
    for zero in ["9 3 0 0 2 0 14", "5 2 0 0 1 0 8"] {
        office = office.replace(zero, "1 0 0 0 0 0 1");
    }
    let office = changed(
        &office,
        &[
            ("青溪县数据局", "青溪县人民政府办公室"),
            ("数量 2 0 0 0 0 0 2", "数量 0 0 0 0 0 0 0"),
            ("不计其他情形） 1 0 0 0 1 0 2", "不计其他情形） 0 0 0 0 0 0 0"),
            ("合法权益 0 1 0 0 0 0 1", "合法权益 0 0 0 0 0 0 0"),
            ("相关政府信息 2 0 0 0 0 0 2", "相关政府信息 0 0 0 0 0 0 0"),
            ("重复申请 1 0 0 0 0 0 1", "重复申请 0 0 0 0 0 0 0"),
            ("继续办理 2 0 0 0 0 0 2", "继续办理 0 0 0 0 0 0 0"),
            ("行政规范性文件 1 0 6", "行政规范性文件 2 1 8"),
            ("行政许可 37", "行政许可 3"),
            ("行政处罚 5", "行政处罚 1200"),
            ("行政事业性收费 3.62", "行政事业性收费 1.546"),
            ("1 0 0 1 2 0 0 0 0 0", "0 0 0 0 0 0 0 0 0 0"),
        ],
    );
    let mut files =
        vec![File::new("县.txt", own), File::new("数据局.txt", first), File::new("办公室.txt", read(&office))];
    for (index, file) in files.iter_mut().enumerate() {
        file.unit = Some(index);
        // Only figures matter here.
        file.digest.passages.clear();
    }
    let names = ["青溪县人民政府", "青溪县数据局", "青溪县人民政府办公室"];
    let units = names.iter().enumerate().map(|(index, name)| unit(name, (index > 0).then_some(0)));
    Inbox { files, roster: Some(Roster { units: units.collect(), ..Roster::default() }) }
}

/// With another figure in a cell of a file, by the identifiers of row and column.
fn with(mut inbox: Inbox, file: usize, cell: (&str, &str), figure: &str) -> Inbox {
    use nianshen::report::{CellValue, Figure};
    let value = match figure {
        "/" => CellValue::NotApplicable,
        "?" => CellValue::Unreadable,
        figure => CellValue::Number(figure.parse::<Figure>().unwrap()),
    };
    let mut cells = inbox.files[file].digest.cells.iter_mut();
    cells.find(|(at, _, _)| (at.row_id(), at.column_id()) == cell).unwrap().1 = value;
    inbox
}

#[test]
fn a_government_and_its_members() {
    let base = county();
    assert_eq!(base.codes(), [""; 0], "5.17 is what 3.62 and 1.546 are when rounded");
    let penalties = ("penalties", "decisions");
    let wrong = with(base.clone(), 0, penalties, "1204");
    assert_eq!(wrong.codes(), ["SUM001"]);
    let less = with(base.clone(), 0, penalties, "890");
    assert_eq!(less.codes(), ["SUM001"], "the same cell is not told twice");

    let mut without = less.clone();
    without.files[1].superseded_by = Some(0);
    assert_eq!(without.codes(), ["SUM002"], "with a member missing there is no sum");
    let mut exempt = without.clone();
    exempt.roster.as_mut().unwrap().units[1].exempt = Some("撤销".to_owned());
    assert_eq!(exempt.codes()[0], "SUM001", "who need not report is not missed");
    let mut last_year = less.clone();
    last_year.files[1].digest.year = Some(2023);
    assert_eq!(last_year.codes(), ["SUM002"], "last year's report is no report of this year");
    let mut alone = less.clone();
    let mut scope = read(&texts().0).passages[0].clone();
    scope.text = "本报告数据的统计范围为县政府本级。".to_owned();
    alone.files[0].digest.passages.push(scope.clone());
    assert_eq!(alone.codes(), [""; 0], "a government that counts its own office only rolls up nothing");
    scope.text = "本报告的统计范围为县政府本级及所属部门。".to_owned();
    alone.files[0].digest.passages = vec![scope];
    assert_eq!(alone.codes(), ["SUM001"]);
    let mut apart = less;
    apart.roster = None;
    assert_eq!(apart.codes(), [""; 0], "without a roster there are no members");

    for (what, file, cell, figure, found) in [
        ("a fee that does not round to it", 0, ("fees", "amount"), "5.18", vec!["SUM001"]),
        ("a government's own rules", 0, ("government_rules", "in_force"), "3", vec![]),
        ("a member's mark is nothing", 1, ("compulsory_measures", "decisions"), "/", vec![]),
        ("a mark where something is missing", 1, ("licensing", "decisions"), "/", vec![]),
        ("a cell that cannot be read", 1, ("licensing", "decisions"), "?", vec![]),
        ("stock", 2, ("normative_documents", "in_force"), "9", vec!["SUM001"]),
        ("an outcome", 2, ("denied.state_secret", "enterprise"), "1", vec!["SUM001"]),
        ("disputes", 2, ("litigation_direct", "upheld"), "1", vec!["SUM001"]),
    ] {
        assert_eq!(with(base.clone(), file, cell, figure).codes(), found, "{what}");
    }
}

/// Two bodies with one text.
fn copied() -> Inbox {
    let (text, _) = texts();
    let other =
        changed(&text, &[("青溪县数据局", "松坪县民政局"), ("青溪县", "松坪县"), ("126条", "88条"), ("14件", "9件")]);
    Inbox::of(vec![File::new("数据局.txt", read(&text)), File::new("民政局.txt", read(&other))])
}

#[test]
fn prose_of_another_body() {
    let inbox = copied();
    assert_eq!(inbox.codes(), ["DUP001", "DUP001"]);

    let (now, before) = texts();
    let other = changed(&before, &[("青溪县数据局", "松坪县民政局"), ("2023", "2024")]);
    let apart = Inbox::of(vec![File::new("一.txt", read(&now)), File::new("二.txt", read(&other))]);
    assert_eq!(apart.codes(), [""; 0], "who writes his own shares nothing");

    let mut one_body = inbox.clone();
    one_body.files[1].digest.agency = Some("青溪县数据局".to_owned());
    assert_eq!(one_body.codes(), [""; 0], "one body's two files are no copies");

    let names = "甲乙丙丁戊己庚辛壬";
    let many = |count: usize| {
        let files = names.chars().take(count).map(|name| {
            let text = changed(&now, &[("青溪县数据局", &format!("松坪县{name}水镇人民政府"))]);
            File::new(&format!("{name}.txt"), read(&text))
        });
        Inbox::of(files.collect())
    };
    assert_eq!(many(7).codes(), ["DUP001"; 7]);
    assert!(many(7).findings(3)[0].message.zh.contains("共 6 个"));
    assert_eq!(many(9).codes(), [""; 0], "what most say is a template");
}

#[test]
fn messages_and_their_evidence() {
    let (now, before) = texts();
    let mut text = String::new();
    let mut broken: Vec<&str> = Vec::new();
    let mut tell = |what: &str, inbox: &Inbox| {
        let raised = inbox.raised();
        broken.extend(raised.iter().map(|raised| raised.finding.rule));
        text.push_str(&format!("{what}\n{}", told(&raised)));
    };
    for case in YEARS.iter().filter(|case| !case.found.is_empty()) {
        tell(case.what, &Inbox::years(read(&changed(&now, case.now)), read(&changed(&before, case.before))));
    }
    tell("last year's prose", &recycled());
    tell("another body's prose", &copied());
    let penalties = with(county(), 0, ("penalties", "decisions"), "890");
    tell("a roll-up", &penalties);
    let requests = with(county(), 0, ("new_received", "natural_person"), "12");
    tell("a roll-up of two cells", &with(requests, 0, ("new_received", "total"), "17"));
    let mut without = penalties;
    without.files[1].superseded_by = Some(0);
    tell("a member that exceeds it", &without);
    insta::assert_snapshot!(text);

    let families = ["CAR", "SUM", "DUP"];
    for rule in catalogue().filter(|rule| families.contains(&rule.family())) {
        assert!(matches!(rule.check, Check::Campaign(_)) && broken.contains(&rule.code), "{}", rule.code);
    }
}
