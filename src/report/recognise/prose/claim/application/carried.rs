//! Applications carried in from last year and on to next year: 上年结转 3 件, 结转下年 2 件.

use std::ops::Range;
use std::sync::LazyLock;

use crate::report::recognise::prose::claim::{Clause, Reason, Reporter, Stated, object, pattern, scope};
use crate::report::recognise::prose::number::Number;
use crate::report::{ClaimKind, Subject};
use crate::text::pattern::Regex;

static OUT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:结转|转结|转接|顺延|转)(?:至|到|入)?(?:下|次|明|翌|来)一?个?年度?|(?:下|次)一?年度?(?:(?:继续)?(?:办理|处理|答复)|结转)|(?:结转|转结|转接|顺延|转)(?:至|到|入)?(?P<to>20\d\d)年",
    )
});
static IN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:上一?年度?|去年|往年|前一年|(?P<of>20\d\d)年度?)(?:未办结)?的?(?:结转|转入|转结|转办|遗留|延续)|结转自?(?:上一?年度?|去年|(?P<from>20\d\d)年)",
    )
});
static NONE_AT_ALL: LazyLock<Regex> = LazyLock::new(|| pattern(r"[无没未不]"));
static NONE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:无|没有|未有|不存在)(?:20\d\d|[^0-9]){0,10}$"));

/// 上年和下年结转: both at once.
static BOTH: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?P<in>上一?年度?)(?:结转)?[和及、与](?P<out>下一?年度?(?:均无)?结转)"));
/// 无结转, without a word on from or to which year.
static NEITHER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^(?:全年|本年度?|我[局委办镇乡院]|也|暂|均)*(?:无|没有|未有)(?:申请)?结转(?:申请|事项|件|情况)?$")
});
static NEITHER_IN: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:上一?年度?|去年)(?:无|没有|未有)(?:申请)?结转(?:申请|事项|件|情况)?$"));

/// What is still being dealt with.
static OPEN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:[另剩][有余外]?|其余)?\d+[件条份宗](?:申请)?(?:正在|尚在|还在|仍在|尚未|[未在])(?:依法|按[期规])?(?:办理|处理|审[查核]|办结?|答复)[之当]?[中内]?$",
    )
});

/// 1件正在办理中: the number of what is not done yet, which the next clause may say is carried on.
pub(super) fn unfinished(clause: &Clause) -> Option<Number> {
    let number = clause.counts().next().filter(|number| super::is_counted(number))?;
    OPEN.is_match(clause.text.trim()).then(|| number.clone())
}

/// Whether `clause` says, without a number of its own, that what is not done is carried on.
pub(super) fn is_carried_on(clause: &Clause, reporter: &Reporter<'_>) -> bool {
    let onward = |(kind, _): &(ClaimKind, Range<usize>)| *kind == ClaimKind::ApplicationsCarriedOut;
    clause.counts().next().is_none()
        && !NONE_AT_ALL.is_match(&clause.text)
        && found(&clause.text, reporter.year).iter().any(onward)
}

/// Most characters between the words and their number.
const REACH: usize = 24;

/// What `clause` says was carried over; `None` if it is not about that.
pub(super) fn read(clause: &Clause, context: bool, reporter: &Reporter<'_>) -> Option<Vec<Stated>> {
    let text = &clause.text;
    let neither = [(&NEITHER, ClaimKind::ApplicationsCarriedOut), (&NEITHER_IN, ClaimKind::ApplicationsCarriedIn)];
    if let Some((_, kind)) = neither.into_iter().find(|(words, _)| context && words.is_match(text)) {
        let chars = 0..clause.char_at(text.len());
        return Some(vec![Stated::none(kind, clause, chars, Subject::Unsaid, Reason::none(text))]);
    }
    let found = found(text, reporter.year);
    let (_, first) = found.first()?;
    if !(context || object::find(text, context).is_some()) || text.contains("资金") {
        return Some(Vec::new());
    }
    let Some(subject) = scope::subject(&text[..first.start], reporter) else { return Some(Vec::new()) };
    let none = NONE.find(&text[..first.start]).filter(|_| clause.counts().next().is_none());
    let stated = found.iter().enumerate().filter_map(|(index, (kind, words))| {
        if let Some(none) = &none {
            let start = none.start();
            let chars = clause.char_at(start)..clause.char_at(words.end);
            return Some(Stated::none(*kind, clause, chars, subject, Reason::none(&text[start..words.end])));
        }
        let after = found.get(index + 1).map(|(_, next)| next.start);
        let before = index.checked_sub(1).map_or(0, |before| found[before].1.end);
        let number = number(clause, words, before, after).or_else(|| shared(clause, words))?;
        Some(count(*kind, clause, words, number, subject, context))
    });
    Some(stated.collect())
}

fn count(
    kind: ClaimKind,
    clause: &Clause,
    words: &Range<usize>,
    number: &Number,
    subject: Subject,
    context: bool,
) -> Stated {
    let text = &clause.text;
    let object = object::find(text, context).map(|range| &text[range]);
    Stated::number(kind, clause, number, subject, Reason::verb(&text[words.clone()]).of(object))
}

/// The words about what was carried in and on, as they stand.
fn found(text: &str, own: Option<i32>) -> Vec<(ClaimKind, Range<usize>)> {
    if let Some(both) = BOTH.captures(text) {
        let kinds = [("in", ClaimKind::ApplicationsCarriedIn), ("out", ClaimKind::ApplicationsCarriedOut)];
        let found = kinds.into_iter().filter_map(|(name, kind)| Some((kind, both.name(name)?.range())));
        return found.collect();
    }
    let year =
        |found: Option<crate::text::pattern::Match<'_>>| found.and_then(|year| year.as_str().parse::<i32>().ok());
    let out = OUT
        .captures(text)
        .filter(|found| year(found.name("to")).is_none_or(|to| own.is_none_or(|own| to > own)))
        .and_then(|found| found.get(0));
    let carried_in = IN
        .captures(text)
        .filter(|found| year(found.name("of")).is_none_or(|of| own.is_none_or(|own| of < own)))
        .and_then(|found| found.get(0))
        // 结转上年后新收到47件 counts what is new.
        .filter(|found| !text[found.end()..].starts_with(['后', '外']));
    let mut found: Vec<(ClaimKind, Range<usize>)> =
        out.map(|out| (ClaimKind::ApplicationsCarriedOut, out.range())).into_iter().collect();
    let apart =
        |other: &Range<usize>| found.iter().all(|(_, range)| range.end <= other.start || other.end <= range.start);
    if let Some(range) = carried_in.map(|found| found.range()).filter(apart) {
        found.push((ClaimKind::ApplicationsCarriedIn, range));
    }
    found.sort_by_key(|(_, range)| range.start);
    found
}

/// The number that belongs to `words`: behind them and before the words `after`, or else before them and behind those
/// that end at `before`.
fn number<'a>(clause: &'a Clause, words: &Range<usize>, before: usize, after: Option<usize>) -> Option<&'a Number> {
    let end = after.map(|after| clause.char_at(after));
    let behind =
        clause.number_after(words.end, REACH).filter(|(number, _)| end.is_none_or(|end| number.chars.end <= end));
    let ahead = || {
        let start = clause.char_at(before);
        // Behind 上年结转 stands its own number, and nobody else's.
        let free = |number: &Number| before == 0 || number.chars.start > start + REACH;
        clause.number_before(words.start, REACH).filter(|(number, _)| free(number))
    };
    behind.or_else(ahead).map(|(number, _)| number).filter(|number| super::is_counted(number))
}

/// 上年结转、结转下年均为0件: one number for both.
fn shared<'a>(clause: &'a Clause, words: &Range<usize>) -> Option<&'a Number> {
    let mut counts = clause.counts();
    let number = counts.next().filter(|number| super::is_counted(number))?;
    let both = clause.text[words.end..].contains('均') && counts.next().is_none();
    both.then_some(number)
}
