use jiff::civil::date;

use super::*;
use crate::report::agency::Kind;

fn read(text: &str) -> Roster {
    parse(text.as_bytes(), "roster.csv").unwrap()
}

#[test]
fn columns_stand_in_any_order_under_names_of_either_language() {
    let expected = read(
        "机关,简称,级别,类型,上级,联系人,电话,截止,免报\n青溪县人民政府,,县级,政府,,,,,\n\
                         青溪县教育局,教体局；教育局、县教育局,县,部门,青溪县人民政府,王某,0000-1,2025-01-20,\n",
    );
    let school = &expected.units[1];
    assert_eq!(school.aliases, ["教体局", "教育局", "县教育局"]);
    assert_eq!((school.level, school.kind), (Some(Level::County), Some(Kind::Department)));
    assert_eq!((school.parent, school.line), (Some(0), 3));
    assert_eq!((school.contact.as_deref(), school.due), (Some("王某 0000-1"), Some(date(2025, 1, 20))));
    for (name, text) in [
        (
            "english",
            "due,kind,agency,aliases,parent,contact,level\n,government,青溪县人民政府,,,,county\n\
             2025/1/20,department,青溪县教育局,教体局|教育局|县教育局,青溪县人民政府,王某 0000-1,county\n",
        ),
        (
            "semicolons",
            "agency;aliases;parent;contact;due\r\n青溪县人民政府;;;;\r\n\
             青溪县教育局;教体局、教育局、县教育局;青溪县人民政府;王某 0000-1;2025年1月20日\r\n",
        ),
        (
            "tabs",
            "单位名称\t别名\t上级\t联系方式\t截止日期\n青溪县人民政府\t\t\t\t\n\
             青溪县教育局\t\"教体局;教育局;县教育局\"\t青溪县人民政府\t王某 0000-1\t2025.1.20\n",
        ),
    ] {
        assert_eq!(read(text), expected, "{name}");
    }
}

#[test]
fn encodings_of_spreadsheets() {
    let text = "机关,联系电话\n青溪县教育局,0000-1\n";
    let expected = read(text);
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let forms = [
        [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        encoding_rs::GB18030.encode(text).0.into_owned(),
        [b"\xff\xfe", &utf16[..]].concat(),
    ];
    for bytes in forms {
        assert_eq!(parse(&bytes, "roster.csv").unwrap(), expected);
    }
}

#[test]
fn levels_and_kinds_follow_from_names_and_parents() {
    let roster = read(
        "机关,上级\n云岭市青溪县人民政府,\n教育局,云岭市青溪县人民政府\n县政府办,\n城关镇,\n望江街道办,\n\
         青溪经济开发区管委会,\n云岭市民政局,\n",
    );
    let found: Vec<_> = roster.units.iter().map(|unit| (unit.level.unwrap(), unit.kind.unwrap())).collect();
    let expected = [
        (Level::County, Kind::Government),
        (Level::County, Kind::Department),
        (Level::County, Kind::GovernmentOffice),
        (Level::Township, Kind::Government),
        (Level::Township, Kind::Subdistrict),
        (Level::Zone, Kind::ZoneCommittee),
        (Level::City, Kind::Department),
    ];
    assert_eq!(found, expected);
}

#[test]
fn exempt_is_whatever_is_not_denied() {
    let roster = read("机关,免报\n甲局,否\n乙局,\n丙局,是\n丁局,垂直管理\n戊局,no\n");
    let exempt: Vec<_> = roster.units.iter().map(|unit| unit.exempt.as_deref()).collect();
    assert_eq!(exempt, [None, None, Some("是"), Some("垂直管理"), None]);
}

#[test]
fn a_mistake_is_named_with_its_line_and_the_nearest_name() {
    for (text, expected) in [
        ("", "roster.csv:1: the roster is empty"),
        ("机关\n", "roster.csv:1: no unit follows the header"),
        (
            "\n机关,级 别,类型,上级机关,电 话,载止\n",
            "roster.csv:2: unknown column 载止; did you mean 截止? Known are agency, aliases, level, kind, parent, contact, due, exempt; put # before the name of a column of your own",
        ),
        (
            "agency,parrent\n甲局,\n",
            "roster.csv:1: unknown column parrent; did you mean parent? Known are agency, aliases, level, kind, parent, contact, due, exempt; put # before the name of a column of your own",
        ),
        (
            "机关,月相\n甲局,\n",
            "roster.csv:1: unknown column 月相. Known are agency, aliases, level, kind, parent, contact, due, exempt; put # before the name of a column of your own",
        ),
        ("机关,单位\n甲局,乙局\n", "roster.csv:1: column 2 (单位) is the same as 机关"),
        ("电话\n1\n", "roster.csv:1: the first line must be a header with a column agency (机关)"),
        ("机关,电话\n甲局,1\n\n,2\n", "roster.csv:4: the name of the agency is missing"),
        ("机关\n甲局\n乙局\n甲 局\n", "roster.csv:4: 甲 局 stands twice, first on line 2"),
        ("机关,别名\n甲局,丙局\n乙局,丙局\n", "roster.csv:3: 丙局 stands twice, first on line 2"),
        (
            "机关,上级\n青溪县财政局,青溪县人名政府\n青溪县人民政府,\n",
            "roster.csv:2: the parent 青溪县人名政府 is not in the roster; did you mean 青溪县人民政府?",
        ),
        (
            "机关,免报\n甲局,\"与乙局合署\n乙局,\n",
            "roster.csv:2: a quotation mark opened on this line is not closed and would swallow the lines after it; close it or take it away",
        ),
        (
            "机关;免报\n\"甲\"\"局\";\n乙局;\"合署\n丙局;\"撤并\"\n",
            "roster.csv:3: a quotation mark opened on this line is not closed and would swallow the lines after it; close it or take it away",
        ),
        ("机关,上级\n甲局,乙局\n乙局,丙局\n丙局,甲局\n", "roster.csv:2: the parents of 甲局 lead back to itself"),
        ("机关,上级\n甲局,甲局\n", "roster.csv:2: the parents of 甲局 lead back to itself"),
        ("机关,截止\n甲局,2025-02-30\n", "roster.csv:2: 2025-02-30 is no date such as 2025-01-20"),
        ("机关,截止\n甲局,1月20日\n", "roster.csv:2: 1月20日 is no date such as 2025-01-20"),
        (
            "机关,级别\n甲局,县及\n",
            "roster.csv:2: unknown level 县及: province, prefecture, city, county, zone, township; did you mean 县?",
        ),
        (
            "机关,类型\n甲局,departement\n",
            "roster.csv:2: unknown kind departement: government, government_office, department, subdistrict, zone_committee; did you mean department?",
        ),
        ("机关\n甲局,1\n", "roster.csv:2: column 2 (1) has no header"),
    ] {
        let error = parse(text.as_bytes(), "roster.csv").unwrap_err();
        assert_eq!(error.en, expected);
        assert!(error.zh.starts_with("roster.csv:") && !error.zh.contains('\n'), "{}", error.zh);
    }
    for (bytes, expected) in [
        (
            &b"\xd0\xcf\x11\xe0\xa1\xb1"[..],
            "roster.csv: an old .xls workbook or an encrypted file; save it as .xlsx or CSV",
        ),
        (b"PK\x03\x04x", "roster.csv: not a workbook (.xlsx) that can be read: "),
        (b"agency\n\xff\xff\xff\n", "roster.csv:2: not text in UTF-8 or GB 18030"),
        (b"agency\nx\0y\n", "roster.csv:2: not text in UTF-8 or GB 18030"),
    ] {
        let error = parse(bytes, "roster.csv").unwrap_err();
        assert!(error.en.starts_with(expected), "{}", error.en);
    }
}

#[test]
fn a_field_in_quotation_marks_may_take_several_lines() {
    let roster = read("机关,联系人,免报\n\"甲局\",\"王某\n0000-1\",\"他称\"\"甲\"\"\"\n乙局 \"旧\",,\n");
    let named: Vec<_> = roster.units.iter().map(|unit| (unit.agency.as_str(), unit.line)).collect();
    assert_eq!(named, [("甲局", 2), ("乙局 \"旧\"", 4)]);
    assert_eq!(roster.units[0].contact.as_deref(), Some("王某\n0000-1"));
    assert_eq!(roster.units[0].exempt.as_deref(), Some("他称\"甲\""));
}

#[test]
fn names_of_columns_are_those_people_write_and_their_own_columns_are_passed_over() {
    let expected = read("机关,截止\n甲局,2025-01-20\n");
    for text in [
        "Agency,Due date\n甲局,2025-01-20\n",
        "AGENCY NAME,Due-Date\n甲局,2025-01-20\n",
        "报送单位,报送截止日期\n甲局,2025-01-20\n",
        "机关,截 止 日,备注,序号\n甲局,2025-01-20,补报,1\n",
        "机关,备注,截止,备注\n甲局,一,2025-01-20,二\n",
        "No.;agency;due;#月相;Remarks\n1;甲局;2025-01-20;上弦;x\n",
    ] {
        assert_eq!(read(text), expected, "{text}");
    }
}
