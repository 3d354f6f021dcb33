//! Open Fixed-layout Documents (GB/T 33190-2016), written by hand: millimetres from the upper left corner.

use super::page::{Area, Design, Page, Run, advance};
use super::xml::{escape, package};

/// How characters are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Spacing {
    /// The distances one by one.
    Each,
    /// Equal distances counted: `g 3 4.2`.
    Counted,
    /// Every character an object.
    Single,
}

const SPACE: &str = "xmlns:ofd=\"http://www.ofdspec.org/2016\"";

/// Millimetres, to four places, of hundredths of a point.
fn millimetres(hundredths: i32) -> String {
    // 25.4 mm are 7200 hundredths.
    let parts = i64::from(hundredths) * 254_000 / 7200;
    let sign = if parts < 0 { "-" } else { "" };
    format!("{sign}{}.{:04}", parts.abs() / 10_000, parts.abs() % 10_000)
}

pub(crate) fn render(pages: &[Page], design: Design, spacing: Spacing) -> Vec<u8> {
    let contents: Vec<(String, String)> = pages
        .iter()
        .enumerate()
        .map(|(index, page)| (format!("Doc_0/Pages/Page_{index}/Content.xml"), content(page, design, spacing)))
        .collect();
    let listed: String = (0..pages.len())
        .map(|index| format!("<ofd:Page ID=\"{}\" BaseLoc=\"Pages/Page_{index}/Content.xml\"/>", index + 1))
        .collect();
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ofd:Document {SPACE}><ofd:CommonData><ofd:MaxUnitID>99999</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>0 0 {} {}</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        millimetres(design.width),
        millimetres(design.height)
    );
    let root = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ofd:OFD {SPACE} DocType=\"OFD\" Version=\"1.1\"><ofd:DocBody><ofd:DocInfo><ofd:DocID>0</ofd:DocID></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    );
    let resources = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ofd:Res {SPACE} BaseLoc=\"Res\"><ofd:Fonts><ofd:Font ID=\"50000\" FontName=\"宋体\" FamilyName=\"宋体\"/></ofd:Fonts></ofd:Res>"
    );
    let mut members: Vec<(&str, &[u8])> = vec![
        ("OFD.xml", root.as_bytes()),
        ("Doc_0/Document.xml", document.as_bytes()),
        ("Doc_0/PublicRes.xml", resources.as_bytes()),
    ];
    members.extend(contents.iter().map(|(name, content)| (name.as_str(), content.as_bytes())));
    package(&members)
}

fn content(page: &Page, design: Design, spacing: Spacing) -> String {
    let mut id = 100;
    let mut next = || {
        id += 1;
        id
    };
    let mut objects = String::new();
    for rule in &page.rules {
        objects.push_str(&path(*rule, next()));
    }
    for run in &page.runs {
        if spacing == Spacing::Single {
            let mut left = run.left;
            for c in run.text.chars() {
                let single = Run { text: c.to_string(), left, ..run.clone() };
                left += single.width();
                objects.push_str(&text(&single, spacing, next()));
            }
        } else {
            objects.push_str(&text(run, spacing, next()));
        }
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ofd:Page {SPACE}><ofd:Area><ofd:PhysicalBox>0 0 {} {}</ofd:PhysicalBox></ofd:Area><ofd:Content><ofd:Layer ID=\"99\" Type=\"Body\">{objects}</ofd:Layer></ofd:Content></ofd:Page>",
        millimetres(design.width),
        millimetres(design.height)
    )
}

fn boundary(area: Area) -> String {
    let (width, height) = (area.right - area.left, area.bottom - area.top);
    [area.left, area.top, width.max(1), height.max(1)].map(millimetres).join(" ")
}

fn path(rule: Area, id: usize) -> String {
    let (width, height) = (rule.right - rule.left, rule.bottom - rule.top);
    format!(
        "<ofd:PathObject ID=\"{id}\" Boundary=\"{}\" LineWidth=\"0.1764\" Stroke=\"true\"><ofd:AbbreviatedData>M 0 0 L {} {}</ofd:AbbreviatedData></ofd:PathObject>",
        boundary(rule),
        millimetres(width),
        millimetres(height)
    )
}

fn text(run: &Run, spacing: Spacing, id: usize) -> String {
    let area = run.area();
    let steps: Vec<String> = run.text.chars().map(|c| millimetres(advance(c) * run.size / 1000)).collect();
    let steps = &steps[..steps.len().saturating_sub(1)];
    let deltas = match spacing {
        _ if steps.is_empty() => String::new(),
        Spacing::Counted => format!(" DeltaX=\"{}\"", counted(steps)),
        Spacing::Each | Spacing::Single => format!(" DeltaX=\"{}\"", steps.join(" ")),
    };
    format!(
        "<ofd:TextObject ID=\"{id}\" Boundary=\"{}\" Font=\"50000\" Size=\"{}\"><ofd:FillColor Value=\"0 0 0\"/><ofd:TextCode X=\"0\" Y=\"{}\"{deltas}>{}</ofd:TextCode></ofd:TextObject>",
        boundary(area),
        millimetres(run.size),
        millimetres(run.baseline - area.top),
        escape(&run.text)
    )
}

/// Runs of the same step written as `g`, how often, and the step.
fn counted(steps: &[String]) -> String {
    let groups = steps.chunk_by(|a, b| a == b).map(|group| match group {
        [step] => step.clone(),
        _ => format!("g {} {}", group.len(), group[0]),
    });
    groups.collect::<Vec<_>>().join(" ")
}
