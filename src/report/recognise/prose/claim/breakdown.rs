//! A total with the parts it is said to be made of: 公开信息 37 条，其中政策文件 9 条，通知公告 16 条.
//!
//! A list is opened by 其中, 包括, 分别为 … or by a colon or a bracket right behind a number, goes on as long
//! as clauses count in the same unit, and ends with the sentence, with its bracket, or where the text speaks
//! of something else. The total is the number that the opening refers back to.

mod list;

use std::sync::LazyLock;

use crate::text::pattern::Regex;

use self::list::{List, Total, are_same};
use super::{Clause, pattern};
use crate::report::recognise::prose::number::Number;
use crate::report::{Claim, Figure, Sentence};

/// Words that open a list.
static OPENING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:同时|主要|(?:公开的?)?(?:主要)?内容(?:主要)?)?(?:其中|包括|包含|含|分别[为是]|涵盖|主要有|主要类别|内有|具体[为是]|即)(?:包括|包含|有|:|：)?|^内容(?:主要)?涉及|^在?[^，。；]{0,20}(?:信息|申请|事项|件)[之当]?中",
    )
});
/// Words that say how the whole is taken apart: 从申请方式看.
static BY: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:从|按照?)[\p{Han}]{2,10}(?:来?看|来?分|划分|区分|分类|统计)$"));
/// Outcomes of applications make a list without being announced.
static OUTCOME: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^[“‘「]?(?:同意公开|予以公开|部分公开|不予公开|无法提供|不予处理|其[他它]处理)"));
/// Parts told one by one, without a word that announces them: 2件为网络申请，4件为信函申请.
static TOLD: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^\d+[件条份宗](?:为|是|系|属于?|通过|由|来自|(?:网络|信函|当面|书面|线[上下])申请)"));
static ADDED_UP: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?:共|合计|总计)"));
static DISPUTE: LazyLock<Regex> = LazyLock::new(|| pattern(r"复议|诉讼"));
static CARRIED: LazyLock<Regex> = LazyLock::new(|| pattern(r"结转|转结|转下|办结"));
/// What a sentence may speak of without counting it.
static OBJECT: LazyLock<Regex> = LazyLock::new(|| pattern(r"发布|公开|公示|公布|推送|办理|受理|答复"));
/// What was carried in.
static FROM_BEFORE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:上一?年度?|去年|20\d\d年度?).{0,4}(?:结转|转结)|结转自?上"));
static NEW: LazyLock<Regex> = LazyLock::new(|| pattern(r"新收|收到|受理"));
static HANDLED: LazyLock<Regex> = LazyLock::new(|| pattern(r"办结|答复|办理|回复|处理"));
static APPLIED: LazyLock<Regex> = LazyLock::new(|| pattern(r"申请|办结|答复|办理|回复|处理"));
/// What counts applications as a whole, and not by their outcome.
static WHOLE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"收|受理|接|办理|处理|结转|转结|转|办结|答复|回复|申请|完成|复议|诉讼|共"));
/// A list that says of itself that it leaves something out.
static PARTIAL: LazyLock<Regex> = LazyLock::new(|| pattern(r"主要|例如|重点"));

/// The lists of a paragraph.
#[derive(Debug, Default)]
pub(super) struct Lists {
    /// Lists that are open, the innermost last.
    open: Vec<List>,
    /// Numbers since the last full stop.
    current: Vec<Total>,
    /// Numbers of the sentence before it.
    previous: Vec<Total>,
    /// Numbers that the paragraph above ended with.
    above: Vec<Total>,
    /// Parts of the lists of the paragraph.
    parts: Vec<Total>,
    /// Whether the last sentence ended with a full stop.
    ended: bool,
    /// Whether the sentence has counted anything so far.
    counted: bool,
    /// Whether the sentence has counted something beside what came in, was dealt with or carried over: outcomes of its
    /// own wording, of which those that follow are only the rest.
    mixed: bool,
    /// Whether applications, or what was dealt with, have been counted in the paragraph.
    applications: bool,
}

impl Lists {
    /// A new paragraph begins.
    pub(super) fn forget(&mut self) {
        let above = if self.current.is_empty() {
            std::mem::take(&mut self.previous)
        } else {
            std::mem::take(&mut self.current)
        };
        *self = Self { above, ..Self::default() };
    }

    /// The breakdowns that end in this sentence, with their percentages.
    pub(super) fn read(&mut self, clauses: &[Clause], sentence: &Sentence) -> Vec<Claim> {
        let mut claims = Vec::new();
        if std::mem::take(&mut self.ended) {
            self.mixed = false;
            // A sentence without numbers leaves them where they were: 在主动公开的信息中，….
            if !self.current.is_empty() {
                self.previous = std::mem::take(&mut self.current);
            }
        }
        let mut before: Option<&Clause> = None;
        self.counted = false;
        for clause in clauses {
            while let Some(list) = self.open.pop_if(|list| clause.depth < list.depth) {
                claims.extend(list.claims(sentence.part));
            }
            self.clause(clause, before, sentence, &mut claims);
            self.counted |= clause.counts().next().is_some();
            before = Some(clause);
        }
        for list in self.open.iter_mut().filter(|list| !list.text.ends_with(&sentence.text)) {
            list.text.push_str(&sentence.text);
        }
        // 包含动态、公告等；通过公众号公开30条: a list without numbers is over with its sentence.
        self.open.retain(|list| !list.parts.is_empty());
        // A semicolon ends the lists within a list, unless the list around has all its parts and this one has not.
        let semicolon = sentence.text.ends_with(['；', ';']);
        while !(semicolon && self.goes_on_within())
            && let Some(list) = self.open.pop_if(|list| list.nested)
        {
            claims.extend(list.claims(sentence.part));
        }
        if !semicolon {
            claims.extend(self.open.drain(..).rev().flat_map(|list| list.claims(sentence.part)));
            self.ended = true;
        }
        claims
    }

    fn clause(&mut self, clause: &Clause, before: Option<&Clause>, sentence: &Sentence, claims: &mut Vec<Claim>) {
        let text = clause.text.trim_start();
        let right_behind =
            before.is_some_and(|before| before.counts().last().is_some_and(|last| before.rest(last).is_empty()));
        let attached =
            right_behind && matches!(clause.opened, Some('：' | ':' | '（')) && clause.counts().next().is_some();
        let by = BY.is_match(text) && self.open.is_empty();
        let said = OPENING.find(text).map(|found| found.as_str()).or_else(|| by.then_some(text));
        let outcome = OUTCOME.is_match(text) && self.open.is_empty() && !self.mixed && self.applications;
        self.applications |= NEW.is_match(text) || APPLIED.is_match(text);
        let told = TOLD.is_match(text) && self.open.is_empty() && right_behind && clause.depth == 0;
        // A list that has been remarked upon at length is over where another one opens.
        if (attached || said.is_some())
            && let Some(list) = self.open.pop_if(|list| list.is_remarked())
        {
            claims.extend(list.claims(sentence.part));
        }
        let mut opened = false;
        if attached || said.is_some() || outcome || told {
            // 在主动公开的6条信息中，…: the opening says itself what is taken apart.
            let within = said.map_or(0, |said| clause.char_at(clause.text.len() - text.len() + said.len()));
            let named = clause.counts().rfind(|number| number.chars.end <= within);
            let first = clause.counts().find(|number| number.chars.start >= within).and_then(|number| number.unit);
            let totals = match named {
                Some(named) => vec![self.total(clause, named, sentence)],
                None => {
                    self.totals(attached, said.is_some_and(|said| said.ends_with('中') && !said.ends_with("其中")), by)
                }
            };
            // 内容涵盖财政、民生等领域 lists no numbers.
            let vague = !by && said.is_some_and(|said| said.contains("内容")) && first.is_none();
            // 比2022年（31起）下降: a bracket with nothing but a number is no list.
            if !totals.is_empty()
                && !vague
                && (first.is_none() || totals.iter().any(|total| are_same(total.unit, first)))
            {
                let opening = said.map_or_else(|| clause.opened.map(String::from).unwrap_or_default(), str::to_owned);
                // 公众号30条，其中甲20条: what follows are parts of a part. Where they cannot be, the text mixes what
                // belongs together, and neither list is certain.
                if let Some(outer) = self.open.last_mut().filter(|_| !attached) {
                    let first = clause.counts().next().map(|number| number.value);
                    outer.muddled |= first.is_some_and(|first| totals.iter().all(|total| total.value < first));
                }
                let partial = PARTIAL.is_match(text);
                self.open.push(List {
                    totals,
                    opening,
                    depth: clause.depth,
                    placed: None,
                    partial,
                    parts: Vec::new(),
                    unit: None,
                    latest: None,
                    muddled: false,
                    // 其中…网站5469条…。其中网站5469条，…: a part is told again.
                    unsure: told
                        || by
                        || said.is_some_and(|said| said.ends_with("涉及"))
                        || self.is_told_again(clause, said, within)
                        || self.is_of_its_own(before),
                    loose: false,
                    goes_on_loose: false,
                    nested: !self.open.is_empty() && !attached,
                    remarked: false,
                    text: String::new(),
                });
                opened = true;
            }
        }
        // 公开年报1条，机构4条，共公开5条: the parts are added up to a total of their own.
        if let Some(number) = clause.counts().next().filter(|_| !opened && ADDED_UP.is_match(text)) {
            let total = self.total(clause, number, sentence);
            if let Some(list) = self.open.last_mut().filter(|list| list.sum() == total.value && list.parts.len() > 1) {
                list.totals.push(total);
            }
        }
        while !opened
            && self.open.last_mut().is_some_and(|list| list.ends_before(clause))
            && let Some(list) = self.open.pop()
        {
            let nested = list.nested;
            claims.extend(list.claims(sentence.part));
            if !nested {
                break;
            }
        }
        let counted: Vec<Total> = clause.counts().map(|number| self.total(clause, number, sentence)).collect();
        match self.open.last_mut() {
            // What stands in a bracket of its own is no part.
            Some(list) if clause.depth > list.depth => {}
            Some(list) => {
                list.take(clause, sentence);
                list.latest = counted.last().cloned().or_else(|| list.latest.take());
                self.parts.extend(counted.into_iter().map(|part| Total { part: true, ..part }));
            }
            None if clause.depth == 0 => {
                let outcomes = clause.counts().any(|number| !clause.label_before(number).trim().is_empty());
                self.mixed = (self.mixed || outcomes && !WHOLE.is_match(&clause.text)) && !NEW.is_match(&clause.text);
                self.current.extend(counted);
            }
            None => {}
        }
    }

    /// Whether the innermost list still lacks parts, and the one around it none.
    fn goes_on_within(&self) -> bool {
        let [.., outer, inner] = self.open.as_slice() else { return false };
        outer.adds_up() && !inner.adds_up() && inner.nested
    }

    /// Whether the list opens with a part that the list before had.
    fn is_told_again(&self, clause: &Clause, said: Option<&str>, within: usize) -> bool {
        let first = clause.counts().find(|number| number.chars.start >= within);
        said == Some("其中")
            && first.is_some_and(|first| {
                let again = |part: &Total| part.value == first.value && part.unit == first.unit;
                first.value > Figure::ONE && self.parts.iter().any(again) && !self.current.iter().any(again)
            })
    }

    /// 公开信息1867条，其中人事信息28条…。发布预决算，其中预算15条，决算15条: the sentence may take apart what it does not
    /// count itself.
    fn is_of_its_own(&self, before: Option<&Clause>) -> bool {
        let Some(before) = before.filter(|before| self.open.is_empty() && before.counts().next().is_none()) else {
            return false;
        };
        // 发布信息1816条；在各级媒体开展宣传，其中省级媒体24条: what stands between the semicolon and the list.
        let aside = !self.current.is_empty() && !self.counted;
        aside || self.current.is_empty() && !self.parts.is_empty() && OBJECT.is_match(&before.text)
    }

    /// A number as what a list may take apart.
    fn total(&self, clause: &Clause, number: &Number, sentence: &Sentence) -> Total {
        Total {
            value: number.value,
            bound: number.bound,
            unit: number.unit,
            source: sentence.source(clause.place(&number.chars)),
            text: sentence.text.clone(),
            carried: CARRIED.is_match(&clause.text),
            from_before: FROM_BEFORE.is_match(&clause.text),
            dispute: DISPUTE.is_match(&clause.text),
            received: NEW.is_match(&clause.text) && !HANDLED.is_match(&clause.text),
            part: false,
        }
    }

    /// What a list that opens here may refer back to; 在公开信息中 may also mean a part of the list before.
    fn totals(&self, attached: bool, back: bool, by: bool) -> Vec<Total> {
        if attached || !self.open.is_empty() {
            // A bracket behind a part, or 其中 behind it, lists the parts of that part.
            let nearest = self.open.last().map_or_else(|| self.current.last(), |list| list.latest.as_ref());
            return nearest.cloned().into_iter().collect();
        }
        let totals = match () {
            () if !self.current.is_empty() => &self.current,
            // 从公开渠道看，…: the paragraph takes apart what the one above counted.
            () if by && self.previous.is_empty() => &self.above,
            () => &self.previous,
        };
        totals.iter().chain(self.parts.iter().filter(|_| back)).cloned().collect()
    }
}

/// 办理 … 予以公开3件 and 答复公开3件 are parts all the same.
fn is_outcome_label(text: &str) -> bool {
    OUTCOME.is_match(text)
}
