//! DUP: prose that several bodies share.

mod join;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::similar::{Side, evidence, longest};
use crate::finding::{Finding, Severity};
use crate::report::Digest;
use crate::report::likeness::{Compared, LEAST, Names, compared, parallels, shingles};
use crate::rule::{Campaign, Check, Manual, Raised, Rule, Scope, Whom};
use crate::text::{Wording, words};
use join::{Match, Prose};

pub(super) static RULES: &[Rule] = &[Rule {
    code: "DUP001",
    name: "prose-shared",
    severity: Severity::Warning,
    scope: Scope::Agencies,
    title: words("与别的机关文字雷同", "another body's prose"),
    manual: Manual {
        basis: words(
            "国办公开办函〔2021〕30号（四）：内容雷同、敷衍塞责的追究责任",
            "国办公开办函〔2021〕30号 (4): copied or perfunctory reports are answered for",
        ),
        condition: words(
            "略去数字、年份和所有机关、地方名称后，文字与另一机关的报告九成以上相同（按三字片段计）",
            "with figures, years and all names masked, nine tenths or more of the prose are those of another body's \
             report, by runs of three characters",
        ),
        example: "两个局的报告只换了机关名称和数字",
        remedy: words(
            "各机关写自己的工作、问题和措施；先查明谁抄了谁",
            "each body writes of its own work, problems and measures; find out first who copied from whom",
        ),
        exempt: "过半数机关（至少 8 个）共有的句子视为统一模板，不计；标题、表格、前言、联系方式、信息处理费等固定文字不计；\
                 余下不足 120 字的不比；同一机关的两年报告见 CAR004。",
    },
    check: Check::Campaign(shared),
}];

/// A sentence said by more than half of the bodies is a template; in an inbox of less than this many, none is.
const TEMPLATE: usize = 8;

/// A report whose body is known.
struct Entry<'a> {
    /// Its index among the members of the campaign.
    index: usize,
    /// The body it comes from.
    body: String,
    digest: &'a Digest,
}

fn shared(campaign: &Campaign<'_>) -> Vec<Raised> {
    let entries = entries(campaign);
    let (reading, sentences) = Reading::of(campaign, &entries);
    let prose = entries.iter().zip(sentences);
    let prose = prose.map(|(entry, sentences)| Prose::new(&entry.body, prose_of(&reading.own(sentences)))).collect();
    let matches = join::join(prose);
    let found = entries.iter().zip(matches).filter_map(|(entry, found)| Some((entry, found?)));
    let mut raised: Vec<Raised> = found
        .map(|(entry, found)| Raised {
            whom: Whom::Member(entry.index),
            finding: finding(&reading, entry, &entries[found.nearest], &found),
        })
        .collect();
    raised.sort_by_key(|raised| raised.whom);
    raised
}

/// The shingles of a report, or none if it says too little.
fn prose_of(sentences: &[Compared]) -> Vec<u64> {
    let length: usize = sentences.iter().map(|sentence| sentence.masked.len()).sum();
    if length < LEAST { Vec::new() } else { shingles(sentences.iter().map(|sentence| sentence.masked.as_slice())) }
}

/// The reports whose body is known, ordered by body: what is found does not depend on the order in which they came.
fn entries<'a>(campaign: &'a Campaign<'a>) -> Vec<Entry<'a>> {
    let body = |unit: Option<usize>, digest: &Digest| {
        let listed = unit.and_then(|unit| campaign.roster?.units.get(unit)).map(|unit| unit.agency.clone());
        listed.or_else(|| digest.agency.clone())
    };
    let known = campaign.current().filter_map(|(index, member)| {
        let digest = member.digest?;
        Some(Entry { index, body: body(member.unit, digest)?, digest })
    });
    let mut entries: Vec<Entry<'_>> = known.collect();
    entries.sort_by(|a, b| {
        let path = |entry: &Entry<'_>| campaign.members[entry.index].path;
        (&a.body, a.digest.year, path(a)).cmp(&(&b.body, b.digest.year, path(b)))
    });
    entries
}

/// How reports are read to be compared: which names are masked, and which sentences are a template.
struct Reading {
    names: Names,
    /// The signs of the sentences that most bodies say.
    template: HashSet<u64>,
}

impl Reading {
    /// With the sentences of each of `entries`, so that they are masked only once.
    fn of(campaign: &Campaign<'_>, entries: &[Entry<'_>]) -> (Self, Vec<Vec<Compared>>) {
        let listed = campaign.roster.into_iter().flat_map(|roster| &roster.units).map(|unit| unit.agency.as_str());
        let titled = entries.iter().filter_map(|entry| entry.digest.agency.as_deref());
        let names = Names::of(listed.chain(titled).collect::<BTreeSet<&str>>());
        let sentences: Vec<Vec<Compared>> = entries.iter().map(|entry| compared(entry.digest, &names)).collect();
        // How many bodies say a sentence, and which said it last: the entries of a body stand together.
        let mut said: HashMap<u64, (usize, usize)> = HashMap::new();
        let mut bodies = 0;
        for (index, sentences) in sentences.iter().enumerate() {
            bodies += usize::from(index == 0 || entries[index - 1].body != entries[index].body);
            for sentence in sentences {
                let (count, last) = said.entry(sign(sentence)).or_default();
                *count += usize::from(*last != bodies);
                *last = bodies;
            }
        }
        let most = |count: usize| count >= TEMPLATE && count * 2 > bodies;
        let template = said.into_iter().filter(|&(_, (count, _))| most(count)).map(|(sign, _)| sign).collect();
        (Self { names, template }, sentences)
    }

    /// Those of `sentences` that are no template.
    fn own(&self, mut sentences: Vec<Compared>) -> Vec<Compared> {
        sentences.retain(|sentence| !self.template.contains(&sign(sentence)));
        sentences
    }
}

fn sign(sentence: &Compared) -> u64 {
    let mut hasher = DefaultHasher::new();
    sentence.masked.hash(&mut hasher);
    hasher.finish()
}

fn finding(reading: &Reading, entry: &Entry<'_>, other: &Entry<'_>, found: &Match) -> Finding {
    let sentences = |entry: &Entry<'_>| reading.own(compared(entry.digest, &reading.names));
    let percent = found.share.percent();
    let sentences = longest(entry.digest, &parallels(&sentences(entry), &sentences(other)));
    let first = sentences.first().and_then(|&(sentence, _)| entry.digest.passages.get(sentence));
    let (more_zh, more_en) = match found.others {
        0 | 1 => (String::new(), String::new()),
        others => (format!("；与之雷同的机关共 {others} 个"), format!("; {others} other bodies share it")),
    };
    let message = Wording::new(
        format!("文字与“{}”的报告 {percent}% 相同（数字、名称和多数机关共有的句子不计）{more_zh}", other.body),
        format!(
            "{percent}% of the prose is that of “{}”, figures, names and sentences of most bodies aside{more_en}",
            other.body
        ),
    );
    Finding {
        part: first.map(|passage| passage.part),
        actual: Some(format!("{} {percent}%", other.body)),
        at: first.map(|passage| passage.source),
        evidence: evidence(
            &Side { name: &entry.body, digest: entry.digest },
            &Side { name: &other.body, digest: other.digest },
            &sentences,
        ),
        ..Finding::new("DUP001", Severity::Warning, message)
    }
}
