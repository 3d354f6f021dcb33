//! The running text of a compliant report, written for these tests, several formulations of each
//! sentence. It states what the tables state and nothing that contradicts them.

mod phrases;

use super::agency::Agency;
use super::figures::Figures;
use super::form::{CARRIED_IN, CARRIED_OUT, HEADINGS, NEW, TOTAL};
use super::rng::Rng;

/// The running text of a report, without its tables.
#[derive(Clone, Debug)]
pub(crate) struct Prose {
    /// Paragraphs before part one.
    pub(crate) preamble: Vec<String>,
    /// The headings of the six parts.
    pub(crate) headings: Vec<String>,
    /// Paragraphs of each part; for parts two to four, those before the table.
    pub(crate) parts: [Vec<String>; 6],
    /// Paragraphs after the tables of parts two to four.
    pub(crate) after_table: [Vec<String>; 3],
}

/// Fills the blanks of a phrase.
struct Filler<'a> {
    agency: &'a Agency,
    year: usize,
    figures: &'a Figures,
    disclosed: usize,
    meetings: usize,
}

impl Filler<'_> {
    fn one_of(&self, rng: &mut Rng, phrases: &[&str]) -> String {
        let phrase = phrases[rng.below(phrases.len())];
        self.fill(phrase)
    }

    fn fill(&self, phrase: &str) -> String {
        let total = |row: usize| self.figures.requests[row][6].to_string();
        let sum = |rows: std::ops::RangeInclusive<usize>| {
            rows.map(|row| self.figures.requests[row][6]).sum::<usize>().to_string()
        };
        let (half, third) = (self.disclosed / 2, self.disclosed / 3);
        let cases = |block: usize| self.figures.disputes[block][4];
        let pairs = [
            ("{机关}", self.agency.name.clone()),
            ("{我}", self.agency.own.to_owned()),
            ("{地}", self.agency.place.clone()),
            ("{领域}", self.agency.field.to_owned()),
            ("{次年}", (self.year + 1).to_string()),
            ("{年}", self.year.to_string()),
            ("{公开}", self.disclosed.to_string()),
            ("{会}", self.meetings.to_string()),
            ("{新收}", total(NEW)),
            ("{结转}", total(CARRIED_IN)),
            ("{办结}", total(TOTAL)),
            ("{转下}", total(CARRIED_OUT)),
            ("{公开甲}", half.to_string()),
            ("{公开乙}", third.to_string()),
            ("{公开丙}", (self.disclosed - half - third).to_string()),
            ("{予以}", total(2)),
            ("{部分}", total(3)),
            ("{不予}", sum(4..=11)),
            ("{无法}", sum(12..=14)),
            ("{不处理}", sum(15..=19)),
            ("{其他}", sum(20..=22)),
            ("{制发}", self.figures.stock[1][0].to_string()),
            ("{废止}", self.figures.stock[1][1].to_string()),
            ("{有效}", self.figures.stock[1][2].to_string()),
            ("{处罚}", self.figures.decisions[1].to_string()),
            ("{复议}", cases(0).to_string()),
            ("{诉讼}", (cases(1) + cases(2)).to_string()),
            ("{催费}", self.figures.requests[21][6].to_string()),
        ];
        pairs.iter().fold(phrase.to_owned(), |text, (blank, value)| text.replace(blank, value))
    }
}

impl Prose {
    pub(crate) fn draw(rng: &mut Rng, agency: &Agency, year: usize, figures: &Figures) -> Self {
        let filler = Filler { agency, year, figures, disclosed: 12 + rng.skewed(900), meetings: 2 + rng.below(5) };
        let preamble_first = rng.chance(70);
        let mut introduction = vec![filler.one_of(rng, &phrases::BASIS)];
        let period = filler.one_of(rng, &phrases::PERIOD);
        let contact = filler.one_of(rng, &phrases::CONTACT);
        let mut closing = vec![filler.one_of(rng, fee_phrases(figures))];
        if rng.chance(60) {
            introduction.push(period);
        } else {
            closing.push(period);
        }
        if rng.chance(60) {
            introduction.push(contact);
        } else {
            closing.push(contact);
        }
        if rng.chance(40) {
            closing.push(filler.one_of(rng, &phrases::NOTHING_ELSE));
        }
        let introduction = if rng.chance(50) { vec![introduction.concat()] } else { introduction };
        let (preamble, mut overview) =
            if preamble_first { (introduction, Vec::new()) } else { (Vec::new(), introduction) };
        overview.extend(topics(rng, &filler));
        let remark = |rng: &mut Rng, phrases: &[&str]| {
            if rng.chance(25) { vec![filler.one_of(rng, phrases)] } else { Vec::new() }
        };
        let no_dispute = figures.disputes.iter().flatten().all(|&count| count == 0);
        Self {
            preamble,
            headings: headings(rng),
            parts: [
                overview,
                remark(rng, &phrases::BEFORE_DISCLOSURE),
                remark(rng, &phrases::BEFORE_REQUESTS),
                remark(rng, if no_dispute { &phrases::NO_DISPUTE[..] } else { &phrases::DISPUTES[..] }),
                problems(rng, &filler),
                number(rng, closing),
            ],
            after_table: [Vec::new(), remark(rng, &phrases::AFTER_REQUESTS), Vec::new()],
        }
    }
}

/// The prescribed headings; now and then one in another lawful wording.
fn headings(rng: &mut Rng) -> Vec<String> {
    let mut headings = HEADINGS.map(ToOwned::to_owned).to_vec();
    if rng.chance(20) {
        let (part, wording) = *rng.pick(&phrases::HEADINGS);
        wording.clone_into(&mut headings[part]);
    }
    headings
}

fn fee_phrases(figures: &Figures) -> &'static [&'static str] {
    if figures.requests[21][6] > 0 { &phrases::FEE_NOTICE } else { &phrases::NO_FEE }
}

/// The five topics of part one, each with heading words.
fn topics(rng: &mut Rng, filler: &Filler<'_>) -> Vec<String> {
    let style = rng.below(5);
    let separate = rng.chance(20);
    let duties = if filler.agency.government { &phrases::GOVERNMENT_DUTIES[..] } else { &phrases::CHECKS[..] };
    let bodies = [
        filler.one_of(rng, &phrases::DISCLOSURE),
        filler.one_of(rng, request_phrases(filler.figures)),
        filler.one_of(rng, &phrases::MANAGEMENT),
        filler.one_of(rng, &phrases::PLATFORM),
        format!("{}{}", filler.one_of(rng, &phrases::SUPERVISION), filler.one_of(rng, duties)),
    ];
    let mut paragraphs = Vec::new();
    for (index, (name, body)) in phrases::TOPICS.iter().zip(bodies).enumerate() {
        let ordinal = ["一", "二", "三", "四", "五"][index];
        let heading = match style {
            0 => format!("（{ordinal}）{name}。"),
            1 => format!("（{ordinal}）{name}情况。"),
            2 => format!("({ordinal}) {name}。"),
            3 => format!("{}.{name}情况。", index + 1),
            _ => format!("{}、{name}。", index + 1),
        };
        if separate {
            paragraphs.push(heading.trim_end_matches('。').to_owned());
            paragraphs.push(body);
        } else {
            paragraphs.push(heading + &body);
        }
    }
    paragraphs
}

/// What can truthfully be said of the applications in table three.
fn request_phrases(figures: &Figures) -> &'static [&'static str] {
    let of = |row: usize| figures.requests[row][6];
    match (of(NEW), of(CARRIED_IN), of(CARRIED_OUT)) {
        (0, 0, _) => &phrases::NO_REQUEST,
        (_, 0, 0) => &phrases::ALL_ANSWERED,
        (_, _, 0) => &phrases::CARRIED_AND_ANSWERED,
        _ => &phrases::FULL_ACCOUNT,
    }
}

fn problems(rng: &mut Rng, filler: &Filler<'_>) -> Vec<String> {
    let first = rng.below(phrases::PROBLEMS.len());
    let second = (first + 1 + rng.below(phrases::PROBLEMS.len() - 1)) % phrases::PROBLEMS.len();
    let (a, b) = (phrases::PROBLEMS[first], phrases::PROBLEMS[second]);
    let opening = filler.one_of(rng, &phrases::PROBLEMS_OPENING);
    let measures = filler.one_of(rng, &phrases::MEASURES_OPENING);
    let paragraphs =
        vec![format!("{opening}一是{}；二是{}。", a.0, b.0), format!("{measures}一是{}；二是{}。", a.1, b.1)];
    if rng.chance(30) { vec![paragraphs.concat()] } else { paragraphs }
}

/// Numbers the paragraphs of part six, if there are several.
fn number(rng: &mut Rng, paragraphs: Vec<String>) -> Vec<String> {
    let style = rng.below(3);
    if paragraphs.len() < 2 || style == 0 {
        return paragraphs;
    }
    let ordinals = ["一", "二", "三", "四"];
    let numbered = |(index, text): (usize, String)| match style {
        1 => format!("（{}）{text}", ordinals[index]),
        _ => format!("{}.{text}", index + 1),
    };
    paragraphs.into_iter().enumerate().map(numbered).collect()
}
