//! Rich Text Format, version 1.9.1.
//!
//! ```text
//! bytes ──► lex ──► read ──────────► story ──────────► table ──► Document
//!           tokens  groups, fonts,   paragraphs, rows  edges,
//!                   hidden text      and cells         spans
//! ```

mod font;
mod lex;
mod read;
mod story;
mod table;

use self::story::Item;
use self::table::{Content, Table};
use super::{Builder, Document, Format, Place, Refusal, Role};
use crate::text::Wording;

/// Reads the file.
///
/// # Errors
/// A [`Refusal`] where it holds no text, or is too large to be a report.
pub(super) fn open(bytes: &[u8]) -> Result<Document, Refusal> {
    let Some(stories) = read::read(bytes) else {
        let reason = Wording::new(
            "文件过大（段落或单元格太多）；请报送单位重新报送",
            "the file has too many paragraphs or cells; ask for it again",
        );
        return Err(Refusal::of(Format::Rtf, reason));
    };
    if stories.body.items.is_empty() {
        let reason =
            Wording::new("文件里没有文字；请报送单位重新报送", "there is no text in the file; ask for it again");
        return Err(Refusal::of(Format::Rtf, reason));
    }
    let mut builder = Builder::default();
    for item in stories.body.items {
        put(&mut builder, item, Role::Paragraph);
    }
    for item in stories.aside.items {
        let Item::Table(table) = item else {
            put(&mut builder, item, Role::Aside);
            continue;
        };
        let mut lines = Vec::new();
        Content::Table(table).lines(&mut lines);
        lines.iter().for_each(|line| builder.paragraph(line, Role::Aside));
    }
    Ok(builder.finish(Format::Rtf, None))
}

/// Adds one thing to the document.
fn put(builder: &mut Builder, item: Item, role: Role) {
    match item {
        Item::Paragraph(text) => builder.paragraph(&text, role),
        Item::Picture(large) => {
            let place = Place::Paragraph(builder.paragraphs().max(1));
            builder.picture("", place, large);
        }
        Item::Table(table) if table.arranges() => arrangement(builder, table, role),
        Item::Table(table) => {
            let number = builder.next_table();
            match table.grid(number) {
                Some(cells) => builder.table(cells),
                None => arrangement(builder, table, role),
            }
        }
    }
}

/// Adds what stands in a table that only arranges the page.
fn arrangement(builder: &mut Builder, table: Table, role: Role) {
    for content in table.rows.into_iter().flat_map(|row| row.cells).flatten() {
        let item = match content {
            Content::Text(text) => Item::Paragraph(text),
            Content::Table(table) => Item::Table(table),
        };
        put(builder, item, role);
    }
}

#[cfg(test)]
mod tests;
