//! From TOML to a [`Config`], with the line of whatever is wrong.

use std::ops::Range;
use std::path::PathBuf;
use std::time::Duration;

use globset::{Glob, GlobSet, GlobSetBuilder};
use jiff::SignedDuration;
use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Config, Waiver, nearest};
use crate::finding::Severity;
use crate::roster::Deadlines;
use crate::rules;
use crate::text::{Wording, printable};

type Value<'i> = Spanned<DeValue<'i>>;

const SEVERITIES: [(&str, Severity); 3] =
    [("error", Severity::Error), ("warning", Severity::Warning), ("note", Severity::Note)];

/// Shortest and longest times that make sense.
const SETTLE: (Duration, Duration) = (Duration::from_millis(10), Duration::from_secs(60));
const POLL: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(3600));

/// Reads `text`, which stands in the file shown as `name`.
pub(super) fn read(text: &str, name: &str) -> Result<Config, Wording> {
    let reader = Reader { text, name };
    let root = DeTable::parse(text).map_err(|error| {
        let message = error.message().split_whitespace().collect::<Vec<_>>().join(" ");
        let span = error.span().unwrap_or(0..0);
        reader.wrong(&span, &format!("不是有效的 TOML：{message}"), &format!("not valid TOML: {message}"))
    })?;
    let root = root.get_ref();
    let mut config = Config::default();
    reader.keys(root, "", &["rules", "campaign", "inbox", "convert", "ocr", "ledger", "waiver"])?;
    if let Some(value) = root.get("rules") {
        reader.rules(reader.table(value)?, &mut config)?;
    }
    if let Some(value) = root.get("campaign") {
        let table = reader.table(value)?;
        reader.keys(table, "campaign", &["year", "due", "roster", "previous", "correction_days"])?;
        config.policy.year = table.get("year").map(|value| reader.year(value)).transpose()?;
        config.due = table.get("due").map(|value| reader.deadlines(value)).transpose()?.unwrap_or_default();
        if let Some((year, due)) = config.policy.year.zip(table.get("due"))
            && let Some(day) = config.due.early(year)
        {
            return Err(reader.wrong(
                &due.span(),
                &format!("截止日 {day} 时 {year} 年还没有结束；请核对 due 和 year"),
                &format!("on {day} the year {year} had not ended; check due and year"),
            ));
        }
        config.roster = table.get("roster").map(|value| reader.path(value)).transpose()?;
        config.previous = table.get("previous").map(|value| reader.path(value)).transpose()?;
        config.correction = table.get("correction_days").map(|value| reader.days(value)).transpose()?;
    }
    if let Some(value) = root.get("inbox") {
        let table = reader.table(value)?;
        reader.keys(table, "inbox", &["include", "ignore", "settle", "poll"])?;
        config.include = table.get("include").map(|value| reader.globs(value)).transpose()?;
        config.ignore = table.get("ignore").map(|value| reader.globs(value)).transpose()?.unwrap_or_default();
        config.settle = table.get("settle").map(|value| reader.duration(value, SETTLE)).transpose()?;
        config.poll = table.get("poll").map(|value| reader.duration(value, POLL)).transpose()?;
    }
    if let Some(value) = root.get("convert") {
        let table = reader.table(value)?;
        reader.keys(table, "convert", &["office"])?;
        config.office = table.get("office").map(|value| reader.program(value)).transpose()?;
    }
    if let Some(value) = root.get("ocr") {
        let table = reader.table(value)?;
        reader.keys(table, "ocr", &["model"])?;
        config.model = table.get("model").map(|value| reader.model(value)).transpose()?;
    }
    if let Some(value) = root.get("ledger") {
        let table = reader.table(value)?;
        reader.keys(table, "ledger", &["file"])?;
        config.ledger = table.get("file").map(|value| reader.path(value)).transpose()?;
    }
    if let Some(value) = root.get("waiver") {
        let waivers = value.get_ref().as_array().ok_or_else(|| {
            reader.wrong(&value.span(), "waiver 应写作 [[waiver]]", "waiver is written as [[waiver]]")
        })?;
        config.waivers = waivers.iter().map(|value| reader.waiver(value)).collect::<Result<_, _>>()?;
    }
    Ok(config)
}

struct Reader<'a> {
    text: &'a str,
    name: &'a str,
}

impl Reader<'_> {
    fn wrong(&self, span: &Range<usize>, zh: &str, en: &str) -> Wording {
        let start = span.start.min(self.text.len());
        let line = 1 + self.text.as_bytes()[..start].iter().filter(|&&byte| byte == b'\n').count();
        let (zh, en, name) = (printable(zh), printable(en), self.name);
        Wording::new(format!("{name}:{line}：{zh}"), format!("{name}:{line}: {en}"))
    }

    fn expected(&self, value: &Value<'_>, zh: &str, en: &str) -> Wording {
        self.wrong(&value.span(), &format!("这里应是{zh}"), &format!("expected {en} here"))
    }

    /// Refuses the first key of `table` that is not among `known`.
    fn keys(&self, table: &DeTable<'_>, place: &str, known: &[&str]) -> Result<(), Wording> {
        let unknown =
            table.keys().filter(|key| !known.contains(&key.get_ref().as_ref())).min_by_key(|key| key.span().start);
        let Some(key) = unknown else { return Ok(()) };
        let typed = key.get_ref();
        let (zh, en) = if place.is_empty() {
            (format!("没有 {typed} 这一项"), format!("unknown key {typed}"))
        } else {
            (format!("[{place}] 没有 {typed} 这一项"), format!("unknown key {typed} in [{place}]"))
        };
        Err(self.wrong(
            &key.span(),
            &format!("{zh}{}", suggest(typed, known).zh),
            &format!("{en}{}", suggest(typed, known).en),
        ))
    }

    fn table<'v, 'i>(&self, value: &'v Value<'i>) -> Result<&'v DeTable<'i>, Wording> {
        value.get_ref().as_table().ok_or_else(|| self.expected(value, "一个表", "a table"))
    }

    fn string<'v>(&self, value: &'v Value<'_>) -> Result<&'v str, Wording> {
        value.get_ref().as_str().ok_or_else(|| self.expected(value, "带引号的文字", "a string"))
    }

    fn strings<'v, 'i>(&self, value: &'v Value<'i>) -> Result<Vec<(&'v Value<'i>, &'v str)>, Wording> {
        let array = value.get_ref().as_array();
        let array = array.ok_or_else(|| self.expected(value, "一列带引号的文字", "an array of strings"))?;
        array.iter().map(|value| Ok((value, self.string(value)?))).collect()
    }

    fn rules(&self, table: &DeTable<'_>, config: &mut Config) -> Result<(), Wording> {
        self.keys(table, "rules", &["select", "ignore", "severity", "txt004"])?;
        let codes = |key: &str| {
            let listed = table.get(key).map(|value| self.strings(value)).transpose()?.unwrap_or_default();
            listed.into_iter().map(|(value, code)| self.code(&value.span(), code, true)).collect::<Result<Vec<_>, _>>()
        };
        config.policy.select = codes("select")?;
        config.policy.ignore = codes("ignore")?;
        if let Some(value) = table.get("severity") {
            for (key, value) in self.table(value)? {
                let code = self.code(&key.span(), key.get_ref(), false)?;
                let typed = self.string(value)?;
                let names = SEVERITIES.map(|(name, _)| name);
                let Some((_, severity)) = SEVERITIES.into_iter().find(|(name, _)| *name == typed) else {
                    let near = suggest(typed, &names);
                    return Err(self.wrong(
                        &value.span(),
                        &format!("没有 {typed} 这一级，可用 error、warning、note{}", near.zh),
                        &format!("unknown severity {typed}: error, warning or note{}", near.en),
                    ));
                };
                config.policy.severity.push((code, severity));
            }
        }
        if let Some(value) = table.get("txt004") {
            let table = self.table(value)?;
            self.keys(table, "rules.txt004", &["confusions"])?;
            if let Some(value) = table.get("confusions") {
                for (wrong, right) in self.table(value)? {
                    config.policy.confusions.push((wrong.get_ref().to_string(), self.string(right)?.to_owned()));
                }
            }
        }
        Ok(())
    }

    /// A code of the catalogue, or where `families` are allowed the letters of one.
    fn code(&self, span: &Range<usize>, typed: &str, families: bool) -> Result<String, Wording> {
        code(typed, families).map_err(|unknown| self.wrong(span, &unknown.zh, &unknown.en))
    }

    fn year(&self, value: &Value<'_>) -> Result<i32, Wording> {
        let year = value.get_ref().as_integer().and_then(|year| i32::from_str_radix(year.as_str(), year.radix()).ok());
        year.filter(|year| (2008..=2100).contains(year))
            .ok_or_else(|| self.expected(value, "报告年度，如 2023", "a report year such as 2023"))
    }

    fn date(&self, value: &Value<'_>) -> Result<Date, Wording> {
        let written = match value.get_ref() {
            DeValue::Datetime(date) => date.to_string(),
            other => other.as_str().unwrap_or_default().to_owned(),
        };
        written.parse().map_err(|_| self.expected(value, "日期，如 2024-01-31", "a date such as 2024-01-31"))
    }

    /// The same day for all, or days by kind of body.
    fn deadlines(&self, value: &Value<'_>) -> Result<Deadlines, Wording> {
        let Some(table) = value.get_ref().as_table() else {
            return self.date(value).map(Deadlines::all);
        };
        self.keys(table, "campaign.due", &["default", "department", "government", "township", "subdistrict"])?;
        let day = |key: &str| table.get(key).map(|value| self.date(value)).transpose();
        Ok(Deadlines {
            default: day("default")?,
            department: day("department")?,
            government: day("government")?,
            township: day("township")?,
            subdistrict: day("subdistrict")?,
        })
    }

    fn days(&self, value: &Value<'_>) -> Result<i64, Wording> {
        let days =
            value.get_ref().as_integer().and_then(|number| i64::from_str_radix(number.as_str(), number.radix()).ok());
        days.filter(|days| (1..=366).contains(days))
            .ok_or_else(|| self.expected(value, "天数（1 至 366）", "a number of days, from 1 to 366,"))
    }

    fn path(&self, value: &Value<'_>) -> Result<PathBuf, Wording> {
        let path = PathBuf::from(self.string(value)?);
        if path.as_os_str().is_empty() { Err(self.expected(value, "一个路径", "a path")) } else { Ok(path) }
    }

    fn duration(&self, value: &Value<'_>, (least, most): (Duration, Duration)) -> Result<Duration, Wording> {
        let wrong = || {
            let (zh, en) = (
                format!("时长，如 \"2s\"（{least:?} 至 {most:?}）"),
                format!("a duration such as \"2s\", from {least:?} to {most:?},"),
            );
            self.expected(value, &zh, &en)
        };
        let duration = duration(self.string(value)?).ok_or_else(wrong)?;
        if (least..=most).contains(&duration) { Ok(duration) } else { Err(wrong()) }
    }

    /// The file of a recognition model, which this program must have been built to use.
    fn model(&self, value: &Value<'_>) -> Result<PathBuf, Wording> {
        if cfg!(feature = "ocr") {
            return self.path(value);
        }
        Err(self.wrong(
            &value.span(),
            "本程序编译时没有包含光学字符识别；请用 cargo build --release --features ocr 重新编译，或删去 [ocr]",
            "this program was built without text recognition; build it with cargo build --release --features ocr, or \
             remove [ocr]",
        ))
    }

    /// The file of a program: its full path, so that it is always the same one.
    fn program(&self, value: &Value<'_>) -> Result<PathBuf, Wording> {
        let path = PathBuf::from(self.string(value)?);
        let wrong = || self.expected(value, "程序文件的完整路径", "the full path of a program file");
        if path.is_absolute() { Ok(path) } else { Err(wrong()) }
    }

    fn globs(&self, value: &Value<'_>) -> Result<GlobSet, Wording> {
        let mut set = GlobSetBuilder::new();
        for (value, pattern) in self.strings(value)? {
            for glob in self.glob(value, pattern)? {
                set.add(glob);
            }
        }
        self.set(value, &set)
    }

    /// The patterns that `pattern` stands for: itself, at any depth, and whatever lies below it.
    fn glob(&self, value: &Value<'_>, pattern: &str) -> Result<Vec<Glob>, Wording> {
        let wrong = |error: globset::Error| {
            let kind = error.kind();
            self.wrong(&value.span(), &format!("通配写法有误：{kind}"), &format!("bad pattern: {kind}"))
        };
        let pattern = pattern.trim_end_matches('/');
        let meant =
            ["", "**/"].into_iter().flat_map(|above| ["", "/**"].map(|below| format!("{above}{pattern}{below}")));
        meant.map(|pattern| Glob::new(&pattern).map_err(wrong)).collect()
    }

    fn set(&self, value: &Value<'_>, set: &GlobSetBuilder) -> Result<GlobSet, Wording> {
        set.build().map_err(|error| {
            self.wrong(&value.span(), &format!("通配写法有误：{error}"), &format!("bad pattern: {error}"))
        })
    }

    fn waiver(&self, value: &Value<'_>) -> Result<Waiver, Wording> {
        let table = self.table(value)?;
        self.keys(table, "waiver", &["rule", "agency", "path", "reason", "holder", "until"])?;
        let lacks = |zh: &str, en: &str| {
            self.wrong(&value.span(), &format!("[[waiver]] 缺少 {zh}"), &format!("[[waiver]] lacks {en}"))
        };
        let rule = table.get("rule").ok_or_else(|| lacks("rule", "rule"))?;
        let reason = table.get("reason").ok_or_else(|| lacks("reason（理由）", "reason"))?;
        if !table.contains_key("agency") && !table.contains_key("path") {
            return Err(lacks("agency 或 path", "agency or path"));
        }
        let agency = table.get("agency").map(|value| self.string(value)).transpose()?;
        let path = table.get("path").map(|value| {
            let mut set = GlobSetBuilder::new();
            for glob in self.glob(value, self.string(value)?)? {
                set.add(glob);
            }
            self.set(value, &set)
        });
        Ok(Waiver {
            rule: self.code(&rule.span(), self.string(rule)?, true)?,
            agency: agency.map(str::to_owned),
            path: path.transpose()?,
            reason: self.string(reason)?.to_owned(),
            holder: table.get("holder").map(|value| self.string(value)).transpose()?.map(str::to_owned),
            until: table.get("until").map(|value| self.date(value)).transpose()?,
        })
    }
}

/// The code or, where allowed, family that was typed, in capitals.
///
/// # Errors
/// That there is none, with the nearest.
pub fn code(typed: &str, families: bool) -> Result<String, Wording> {
    let written = typed.to_ascii_uppercase();
    let mut known: Vec<&str> = rules::catalogue().map(|rule| rule.code).collect();
    if families {
        known.extend(rules::catalogue().map(crate::rule::Rule::family));
        known.dedup();
    }
    if known.contains(&written.as_str()) {
        return Ok(written);
    }
    let (near, shown) = (suggest(&written, &known), printable(typed));
    Err(Wording::new(format!("没有规则 {shown}{}", near.zh), format!("unknown rule {shown}{}", near.en)))
}

/// A duration as people write it: `150ms`, `2s`, `1m`.
pub fn duration(typed: &str) -> Option<Duration> {
    Duration::try_from(typed.parse::<SignedDuration>().ok()?).ok()
}

fn suggest(typed: &str, known: &[&str]) -> Wording {
    nearest(typed, known.iter().copied()).map_or_else(Wording::default, |near| {
        Wording::new(format!("；是否指 {near}？"), format!("; did you mean {near}?"))
    })
}
