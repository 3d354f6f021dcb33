//! Applications: received, carried in, completed, carried on.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::scope::{self, Scope};
use super::{Clause, Reporter, Stated};
use crate::report::recognise::prose::sentence::Setting;
use crate::report::{ClaimKind, Topic};

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a valid pattern")
}

/// Units that applications are counted in.
const UNITS: &str = "件宗例起条份个项";

/// Most characters between 未收到 and the application.
const FURTHEST: usize = 36;

/// An application for government information, said in full.
const IN_FULL: &str = concat!(
    r"(?:依申请公开|依申请|信息公开的?(?:有效)?申请|信息依?申请公开|公开申请|申请公开|申请.{0,4}信息公开|申请.{0,6}政府信息|",
    r"公开.{0,8}信息的?申请|信息.{0,4}公开.{0,6}申请)",
);
static SUBJECT: LazyLock<Regex> = LazyLock::new(|| pattern(IN_FULL));

/// 申请 alone, of the kind that is meant when the text is about information.
static BARE: LazyLock<Regex> = LazyLock::new(|| pattern(r"申请"));
/// What stands before 申请 when it is an application for something else.
static OTHER_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:复议|诉讼|许可|听证|执行|仲裁|赔偿|救助|补[助贴]|低保|贷款|入党|专利|商标|被|项目|审批|资金|登记|认定|鉴定|裁决|信访|资质)的?$",
    )
});
/// What stands after it then.
static OTHER_AFTER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:公开)?(?:政府信息)?(?:工作)?(?:的|被|而)?(?:引[发起]|导致|产生)?的?(?:行政)?(?:复议|诉讼|投诉|举报|收费|费用|表|流程|渠道|条件|异议|纠纷|超期|逾期|答复|培训|失误|差错|错误|问题|违规|泄密|(?:办理|受理|工作)?[不未])",
    )
});

/// Words that say nothing came.
static NONE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?:未|没有|没|不曾)(?:曾|能|有|再|新)?(?:收到|受理|接收到|接收|接到|收件|接受|产生|发生|出现|办理|涉及|存在)|",
        r"(?:无|没有|未有|零)(?:新增|新收|收到|受理|接到)?",
    ))
});
/// What may stand after the application when nothing but 无 or 没有 says that there was none; and before
/// it. 没有依申请公开专栏 says something else.
static PLAIN_AFTER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:公开)?(?:的?政府)?信?息?(?:的?申请)?的?(?:相关)?(?:工作|办理|受理)?(?:情况|情形|事项|件|内容|业务|案件|案例|需求|事宜|数量)?(?:发生|产生|出现|存在)?(?:$|[、和及与])",
    )
});
static PLAIN_BETWEEN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:任何|一[例件起]|公民|法人|或者?|其他|其它|社会|组织|个人|单位|群众|人员?|相关|有关|关于|新增|政府|信息|向?我[局镇乡办委]|提出|提交|要求|的|和|、|及)*$",
    )
});
/// Words before a negation that make it a case imagined, or a matter of its own.
static IMAGINED: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:如果?|若|凡|对|倘若|因)$"));
/// What may not stand between 未收到 and the application.
static NOT_BETWEEN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"因|超|逾|违|误|正当|法定|复议|诉讼|投诉|举报|信访|按时|及时|答复|未|不|泄|事故|收费|偿|关于.*通知")
});

static RECEIVED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"收到|[年度共]收(?:政府|信息|依|公开)|受理|接收到|接收|接到|新收|收办|收件|收悉|新增|接受")
});
static NEW: LazyLock<Regex> = LazyLock::new(|| pattern(r"新收|本年度?(?:新|收|受)|新增|当年"));
static CARRIED_OUT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:结转|转结|转)(?:至|到|入)?(?:下|次|明|翌|来)一?个?年度?|(?:下|次)一?年度?(?:继续)?(?:办理|处理|答复)|(?:结转|转)(?:至|到|入)?(?P<to>20\d\d)年",
    )
});
static CARRIED_IN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:上一?年度?|去年|往年|前一年|20\d\d年度?)(?:未办结)?的?(?:结转|转入|转结|遗留|延续)|结转自?(?:上一?年度?|去年|(?P<from>20\d\d)年)",
    )
});
static NO_CARRY: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:无|没有|未有|不存在)[^0-9]{0,10}$"));
static COMPLETED: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:办结|[办处]理完[毕成结]|答复完[毕成])了?"));
static HANDLED: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:答复|回复|办理|处理)了?"));
/// Clauses whose 答复 or 办理 is something else: a class of results, or of other business.
static OTHER_BUSINESS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"建议|提案|留言|工单|信件|来信|热线|咨询|投诉|信访|诉求|案件|举报|不予|部分公开|予以公开|同意|其他处理|无法|超期|逾期|延期|告知|复议|诉讼|率|未办|未答|正在|许可|处罚|补正",
    )
});
static CHANGE: LazyLock<Regex> = LazyLock::new(|| pattern(r"增|减|下降|同比|比上|较|率"));
static OPENS_WITH_NUMBER: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:一?共计?|总共|总计|合计|累计|数量|总数)*[为是]?$"));

/// Whether a text speaks of applications for information.
pub(super) fn is_subject(text: &str) -> bool {
    SUBJECT.is_match(text)
}

/// The figures on applications that a sentence states. `before`: whether the paragraph spoke of them
/// before this sentence.
pub(super) fn read(clauses: &[Clause], setting: &Setting, before: bool, reporter: &Reporter<'_>) -> Vec<Stated> {
    let mut reading = Reading {
        reporter,
        scope: Scope::default(),
        context: before || setting.topics.contains(&Topic::Requests),
        pending: false,
        stated: Vec::new(),
    };
    for clause in clauses {
        reading.scope.advance(clause, reporter);
        reading.clause(clause);
        reading.context |= is_subject(&clause.text);
    }
    reading.stated
}

/// A sentence on its way through its clauses.
struct Reading<'a> {
    reporter: &'a Reporter<'a>,
    scope: Scope,
    /// Whether the text is known to be about applications.
    context: bool,
    /// 收到 and its object have been read, but not yet how many.
    pending: bool,
    stated: Vec<Stated>,
}

impl Reading<'_> {
    /// The first statement of a kind counts.
    fn state(&mut self, stated: Stated) {
        if self.stated.iter().all(|known| known.kind != stated.kind) {
            self.stated.push(stated);
        }
    }

    fn clause(&mut self, clause: &Clause) {
        let pending = std::mem::take(&mut self.pending);
        if self.carried(clause) {
            return;
        }
        if !self.none(clause) {
            self.received(clause, pending);
        }
        self.completed(clause);
    }

    /// 上年结转, 结转下年. Says whether the clause is about either.
    fn carried(&mut self, clause: &Clause) -> bool {
        let text = &clause.text;
        let year = |found: Option<regex::Match<'_>>| found.and_then(|year| year.as_str().parse::<i32>().ok());
        let out = CARRIED_OUT
            .captures(text)
            .filter(|found| year(found.name("to")).is_none_or(|to| self.reporter.year.is_none_or(|own| to > own)));
        let (kind, found) = match (out, CARRIED_IN.captures(text)) {
            (Some(out), _) => (ClaimKind::ApplicationsCarriedOut, out),
            (None, Some(carried_in)) => (ClaimKind::ApplicationsCarriedIn, carried_in),
            (None, None) => return false,
        };
        let Some(found) = found.get(0) else { return false };
        if !(self.context || self.object(text).is_some()) || text.contains("资金") {
            return true;
        }
        let after = clause.number_after(found.end(), 24).or_else(|| clause.number_before(found.start(), 24));
        if let Some((number, _)) = after.filter(|(number, _)| number.unit.is_some_and(|unit| UNITS.contains(unit))) {
            self.state(Stated::number(kind, clause, number));
        } else if NO_CARRY.is_match(&text[..found.start()]) {
            self.state(Stated::none(kind, clause, clause.char_at(found.start())..clause.char_at(found.end())));
        }
        true
    }

    /// 未收到, 无 … 申请. Says whether the clause says so, restricted or not.
    fn none(&mut self, clause: &Clause) -> bool {
        let text = &clause.text;
        for negation in NONE.find_iter(text) {
            let rest = &text[negation.end()..];
            let Some(object) = self.object(rest) else { continue };
            let (between, after) = (&rest[..object.start], &rest[object.end..]);
            let plain = negation.as_str().ends_with(['无', '零', '有']);
            let fits = if plain {
                PLAIN_BETWEEN.is_match(between) && PLAIN_AFTER.is_match(after)
            } else {
                between.chars().count() <= FURTHEST && !NOT_BETWEEN.is_match(between)
            };
            if !fits || IMAGINED.is_match(&text[..negation.start()]) {
                continue;
            }
            let whole = self.scope.is_own_year()
                && !self.scope.subset
                && !scope::is_one_channel(text)
                && scope::is_own_body(&text[..negation.start()], self.reporter);
            if whole {
                let chars = clause.char_at(negation.start())..clause.char_at(negation.end() + object.end);
                self.state(Stated::none(ClaimKind::ApplicationsReceived, clause, chars));
            }
            return true;
        }
        false
    }

    /// 收到 … 申请 12 件.
    fn received(&mut self, clause: &Clause, pending: bool) {
        let text = &clause.text;
        let Some(verb) = RECEIVED.find(text) else {
            // 收到政府信息公开申请，共计12件.
            if pending
                && let Some((number, between)) = clause.number_after(0, 6)
                && OPENS_WITH_NUMBER.is_match(between)
                && number.unit.is_some_and(|unit| UNITS.contains(unit))
            {
                self.state(Stated::number(ClaimKind::ApplicationsReceived, clause, number));
            }
            return;
        };
        let whole = self.scope.is_own_year()
            && (!self.scope.subset || NEW.is_match(text))
            && !scope::is_one_channel(text)
            && scope::is_own_body(&text[..verb.start()], self.reporter)
            && scope::is_addressed_to_own_body(text, self.reporter);
        if !whole {
            return;
        }
        let found = clause
            .number_after(verb.end(), 30)
            .filter(|(number, _)| number.unit.is_some_and(|unit| UNITS.contains(unit)));
        let object = self.object(text);
        let Some((number, between)) = found else {
            self.pending = object.is_some();
            return;
        };
        // 比上年新增3件 is no total.
        if CHANGE.is_match(between) || (verb.as_str() == "新增" && CHANGE.is_match(&text[..verb.start()])) {
            return;
        }
        let rest: String = text.chars().skip(number.chars.end).collect();
        let bare = self.context && OPENS_WITH_NUMBER.is_match(between.trim_start_matches('了')) && rest.is_empty();
        if object.is_some() || bare {
            self.state(Stated::number(ClaimKind::ApplicationsReceived, clause, number));
        }
    }

    /// 办结 12 件, 12 件均已办结, 依申请公开办理 0 件.
    fn completed(&mut self, clause: &Clause) {
        let text = &clause.text;
        if OTHER_BUSINESS.is_match(text) || !self.scope.is_own_year() || scope::is_one_channel(text) {
            return;
        }
        if !(self.context || self.object(text).is_some()) {
            return;
        }
        // 收到依申请公开办理事项7件: nothing is said of having handled them, unless by 收到并办理.
        let handled = !self.scope.subset && (text.contains(['并', '及']) || !RECEIVED.is_match(text));
        let verb = COMPLETED.find(text).or_else(|| HANDLED.find(text).filter(|_| handled));
        let Some(verb) = verb else { return };
        if !scope::is_own_body(&text[..verb.start()], self.reporter) {
            return;
        }
        let after = clause
            .number_after(verb.end(), 16)
            .filter(|(_, between)| !between.contains('中') && !CHANGE.is_match(between));
        let found = after.or_else(|| clause.number_before(verb.start(), 12));
        if let Some((number, _)) = found.filter(|(number, _)| number.unit.is_some_and(|unit| UNITS.contains(unit))) {
            self.state(Stated::number(ClaimKind::ApplicationsCompleted, clause, number));
        }
    }

    /// The bytes of `text` that name an application for information, if any do.
    fn object(&self, text: &str) -> Option<Range<usize>> {
        let fits = |found: &Range<usize>| {
            !OTHER_BEFORE.is_match(&text[..found.start]) && !OTHER_AFTER.is_match(&text[found.end..])
        };
        let other =
            |found: &Range<usize>| ["复议", "诉讼", "投诉"].iter().any(|word| text[found.clone()].contains(word));
        let in_full = SUBJECT.find_iter(text).map(|found| found.range()).find(|found| fits(found) && !other(found));
        in_full.or_else(|| BARE.find_iter(text).map(|found| found.range()).filter(|_| self.context).find(fits))
    }
}
