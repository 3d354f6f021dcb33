//! A generator of annual reports: invented agencies, balanced figures, prose written for the purpose,
//! in every layout in which reports arrive as text.
//!
//! Everything follows from a layout and a seed, and each choice is drawn from a stream of its own, so
//! that a failing report can be made simpler (smaller figures, no noise, UTF-8) while the rest stays.

pub(crate) mod agency;
pub(crate) mod encode;
pub(crate) mod figures;
pub(crate) mod form;
pub(crate) mod layout;
pub(crate) mod mutate;
pub(crate) mod noise;
pub(crate) mod prose;
pub(crate) mod rng;
pub(crate) mod sequel;
pub(crate) mod tables;

use agency::Agency;
use encode::Encoding;
use figures::{Figures, Size};
use layout::Layout;
use mutate::{Mutated, Mutation};
use noise::Noise;
use prose::Prose;
use rng::Rng;
use tables::Tables;

/// What determines a report.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Recipe {
    pub(crate) layout: Layout,
    pub(crate) seed: u64,
    /// Amount of business, if not drawn.
    pub(crate) size: Option<Size>,
    /// Encoding, if not drawn.
    pub(crate) encoding: Option<Encoding>,
    pub(crate) noise: Noise,
    pub(crate) mutation: Mutation,
}

/// What a report says: nothing of how it is written down.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) agency: Agency,
    pub(crate) year: usize,
    pub(crate) figures: Figures,
    /// The title, line by line.
    pub(crate) title: Vec<String>,
    pub(crate) prose: Prose,
    pub(crate) tables: Tables,
    pub(crate) mutated: Mutated,
    /// For whoever writes it down.
    pub(crate) rng: Rng,
}

/// A generated report.
#[derive(Clone, Debug)]
pub(crate) struct Sample {
    pub(crate) agency: Agency,
    pub(crate) year: usize,
    pub(crate) figures: Figures,
    pub(crate) mutated: Mutated,
    /// Whether figures are dressed up, so that only their value can be compared.
    pub(crate) dressed: bool,
    /// Whether a blank cell can be seen as such.
    pub(crate) shows_blanks: bool,
    pub(crate) text: String,
    pub(crate) bytes: Vec<u8>,
}

impl Recipe {
    /// A flawless, undisturbed report.
    pub(crate) const fn new(layout: Layout, seed: u64) -> Self {
        Self { layout, seed, size: None, encoding: None, noise: Noise::Quiet, mutation: Mutation::Nothing }
    }

    pub(crate) const fn noise(self, noise: Noise) -> Self {
        Self { noise, ..self }
    }

    pub(crate) const fn mutation(self, mutation: Mutation) -> Self {
        Self { mutation, ..self }
    }

    /// Simpler recipes, the simplest first.
    pub(crate) fn simpler(self) -> Vec<Self> {
        let mut simpler = Vec::new();
        for noise in [Noise::Quiet, self.noise] {
            for size in [Some(Size::Idle), Some(Size::Sparse), self.size] {
                simpler.push(Self { noise, size, encoding: Some(Encoding::Utf8), ..self });
            }
        }
        simpler
    }

    /// What the report says, before it takes any shape.
    pub(crate) fn draft(self) -> Draft {
        let rng = Rng::new(self.seed).fork(&format!("{:?}", self.layout));
        let agency = Agency::draw(&mut rng.fork("agency"));
        let year = rng.fork("year").between(2021, 2026);
        let size = self.size.unwrap_or_else(|| Size::draw(&mut rng.fork("size")));
        let figures = Figures::draw(&mut rng.fork("figures"), size, agency.makes_rules);
        let prose = Prose::draw(&mut rng.fork("prose"), &agency, year, &figures);
        let mut tables = Tables::of(&figures);
        let mutated = mutate::apply(self.mutation, self.layout.is_one_line(), &mut tables, &mut rng.fork("mutation"));
        let title = title(&mut rng.fork("title"), &agency, year);
        Draft { agency, year, figures, title, prose, tables, mutated, rng }
    }

    pub(crate) fn sample(self) -> Sample {
        let Draft { agency, year, figures, title, prose, mut tables, mutated, rng } = self.draft();
        let rendered = layout::render(self.layout, &title, &prose, &mut tables, self.noise, &rng);
        let mut bytes_rng = rng.fork("bytes");
        let end = if bytes_rng.chance(25) { "\r\n" } else { "\n" };
        let encoding = self.encoding.unwrap_or_else(|| Encoding::draw(&mut bytes_rng));
        let mut text: String = rendered.lines.iter().map(|line| line.text.clone() + end).collect();
        if bytes_rng.chance(20) {
            text.truncate(text.trim_end().len());
        }
        let bytes = encoding.encode(&text);
        Sample {
            agency,
            year,
            figures,
            mutated,
            dressed: tables.dressed,
            shows_blanks: rendered.shows_blanks,
            text,
            bytes,
        }
    }
}

/// The title, on one line or two, in the forms agencies use.
fn title(rng: &mut Rng, agency: &Agency, year: usize) -> Vec<String> {
    let name = &agency.name;
    match rng.below(8) {
        0..=2 => vec![format!("{name}{year}年政府信息公开工作年度报告")],
        3 => vec![format!("{name} {year} 年政府信息公开工作年度报告")],
        4 => vec![name.clone(), format!("{year}年政府信息公开工作年度报告")],
        5 => vec![format!("{year}年{name}政府信息公开工作年度报告")],
        6 => vec![format!("{name}{year}年度政府信息公开工作年度报告")],
        _ => vec![format!("{name}{year}年政府信息公开"), "工作年度报告".to_owned()],
    }
}
