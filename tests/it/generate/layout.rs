//! The ways in which a report reaches the inbox as text. Each is a function of the printed tables,
//! the prose and a stream of choices.

mod cells;
mod columns;
mod dress;
mod glued;
pub(crate) mod grid;
mod header;
mod rows;
mod text;
mod wrapped;

use super::noise::{self, Noise};
use super::prose::Prose;
use super::rng::Rng;
use super::tables::Tables;

/// A way in which a report becomes text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Layout {
    /// A row a line, cells separated by blanks.
    RowPerLine,
    /// PDF text in reading order: labels wrapped in their cells, figures beside, inside or under them,
    /// last figures spilled to the next line, group labels cut.
    WrappedLabels,
    /// PDF text in which a row's figures precede its wrapped label.
    NumbersAbove,
    /// PDF text line by line: figures centred beside wrapped labels, group labels interleaved.
    NumbersCentred,
    /// Blank lines between nearly all lines.
    BlankLinesBetween,
    /// Cells pasted from a spreadsheet or a browser, separated by tabs.
    Tabs,
    /// Markdown tables.
    Pipes,
    /// Comma separated values.
    Commas,
    /// A cell a line.
    CellPerLine,
    /// A cell a line, with a bar on a line of its own between cells.
    CellsBetweenBars,
    /// Group labels one character a line.
    VerticalGroups,
    /// Headers glued, cut or worded otherwise.
    GluedHeaders,
    /// Columns aligned with many blanks, labels wrapped.
    AlignedColumns,
    /// The whole report on one line, labels glued to figures, figures separated by blanks.
    GluedText,
    /// The whole report on one line, figures glued to each other.
    GluedDigits,
    /// Labels with inner blanks, full-width figures, thousands separators, padded cells.
    Dressed,
    /// First the labels, then the figures column by column.
    ColumnMajor,
}

/// What may be demanded of a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Promise {
    /// Every cell exactly.
    Exact,
    /// Every cell right, or said to be unreadable.
    RightOrDoubt,
}

impl Layout {
    pub(crate) const ALL: [Self; 17] = [
        Self::RowPerLine,
        Self::WrappedLabels,
        Self::NumbersAbove,
        Self::NumbersCentred,
        Self::BlankLinesBetween,
        Self::Tabs,
        Self::Pipes,
        Self::Commas,
        Self::CellPerLine,
        Self::CellsBetweenBars,
        Self::VerticalGroups,
        Self::GluedHeaders,
        Self::AlignedColumns,
        Self::GluedText,
        Self::GluedDigits,
        Self::Dressed,
        Self::ColumnMajor,
    ];

    pub(crate) const fn promise(self) -> Promise {
        match self {
            Self::GluedDigits | Self::ColumnMajor => Promise::RightOrDoubt,
            _ => Promise::Exact,
        }
    }

    /// Whether the whole report stands on one line.
    pub(crate) const fn is_one_line(self) -> bool {
        matches!(self, Self::GluedText | Self::GluedDigits)
    }

    /// What page breaks can leave in it.
    const fn pages(self) -> noise::Pages {
        match self {
            Self::GluedText | Self::GluedDigits | Self::Commas => noise::Pages::None,
            // A bare number on a line is a cell here, and nothing could tell the two apart.
            Self::CellPerLine | Self::CellsBetweenBars | Self::ColumnMajor => noise::Pages::Marked,
            _ => noise::Pages::Any,
        }
    }

    const fn prose_style(self) -> text::ProseStyle {
        match self {
            Self::WrappedLabels
            | Self::NumbersAbove
            | Self::NumbersCentred
            | Self::BlankLinesBetween
            | Self::GluedHeaders
            | Self::AlignedColumns
            | Self::ColumnMajor => text::ProseStyle::Wrapped,
            _ => text::ProseStyle::Paragraphs,
        }
    }
}

/// What a line belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Zone {
    Title,
    Text,
    Heading,
    /// The table of this part.
    Table(u8),
}

/// A line of the report.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) zone: Zone,
    pub(crate) text: String,
}

/// A report as lines.
#[derive(Clone, Debug)]
pub(crate) struct Rendered {
    pub(crate) lines: Vec<Line>,
    /// Whether a blank cell can be seen as such in each table: between tabs, bars or commas.
    pub(crate) shows_blanks: bool,
}

/// Tables two, three and four as lines.
type TableLines = [Vec<String>; 3];

/// Renders a report.
pub(crate) fn render(
    layout: Layout,
    title: &[String],
    prose: &Prose,
    tables: &mut Tables,
    noise: Noise,
    rng: &Rng,
) -> Rendered {
    let mut choices = rng.fork("table layout");
    let mut shows_blanks = false;
    let printed: TableLines = match layout {
        Layout::RowPerLine => rows::render(tables, &mut choices, rows::Groups::draw),
        Layout::VerticalGroups => rows::render(tables, &mut choices, |_| rows::Groups::Vertical),
        Layout::GluedHeaders => header::glued(tables, &mut choices),
        Layout::WrappedLabels => wrapped::render(tables, &mut choices, wrapped::Manner::ReadingOrder),
        Layout::NumbersAbove => wrapped::render(tables, &mut choices, wrapped::Manner::Above),
        Layout::BlankLinesBetween => wrapped::render(tables, &mut choices, wrapped::Manner::Spread),
        Layout::NumbersCentred => columns::render(tables, &mut choices, columns::Spacing::Collapsed),
        Layout::AlignedColumns => columns::render(tables, &mut choices, columns::Spacing::Aligned),
        Layout::Tabs | Layout::Pipes | Layout::Commas | Layout::CellsBetweenBars => {
            shows_blanks = true;
            cells::render(layout, tables, &mut choices)
        }
        Layout::CellPerLine => cells::render(layout, tables, &mut choices),
        Layout::GluedText => glued::render(tables, &mut choices, " "),
        Layout::GluedDigits => glued::render(tables, &mut choices, ""),
        Layout::ColumnMajor => columns::column_major(tables, &mut choices),
        Layout::Dressed => {
            dress::put_on(tables, &mut choices);
            let carrier = *choices.pick(&[Layout::RowPerLine, Layout::Tabs, Layout::Pipes]);
            shows_blanks = carrier != Layout::RowPerLine;
            match carrier {
                Layout::RowPerLine => dress::spaced_rows(tables, &mut choices),
                _ => cells::render(carrier, tables, &mut choices),
            }
        }
    };
    let mut lines = text::assemble(layout.prose_style(), title, prose, printed, &mut rng.fork("prose layout"));
    if layout == Layout::BlankLinesBetween {
        lines = text::spread(lines);
    }
    lines = noise::disturb(lines, noise, layout.pages(), title, &mut rng.fork("noise"));
    if layout.is_one_line() {
        lines = glued::join_lines(&lines, &mut rng.fork("join"));
    }
    Rendered { lines, shows_blanks }
}
