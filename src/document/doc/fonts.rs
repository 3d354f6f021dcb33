//! The names of fonts ([MS-DOC] 2.9.286, SttbfFfn), by which symbols are told.

use super::number::{short, text, units};

/// Where in the description of a font (2.9.75, FFN) its name begins.
const NAME: usize = 39;

/// The names of the fonts in `table`, as far as they can be told.
pub(super) fn fonts(table: &[u8]) -> Vec<String> {
    let mut names = Vec::new();
    let count = short(table, 0).unwrap_or(0);
    let mut rest = table.get(4..).unwrap_or_default();
    while names.len() < usize::from(count)
        && let Some((&length, after)) = rest.split_first()
        && let Some(font) = after.get(..usize::from(length))
    {
        names.push(text(units(font.get(NAME..).unwrap_or_default()).take_while(|&unit| unit != 0)));
        rest = &after[font.len()..];
    }
    names
}

#[cfg(test)]
mod tests {
    use super::fonts;

    #[test]
    fn names_are_told_in_order() {
        let mut table = vec![2, 0, 0, 0];
        for name in ["宋体", "Wingdings"] {
            let units: Vec<u8> = name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
            table.push(u8::try_from(39 + units.len()).unwrap());
            table.extend([0; 39]);
            table.extend(units);
        }
        assert_eq!(fonts(&table), ["宋体", "Wingdings"]);
        assert_eq!(fonts(&table[..table.len() - 1]), ["宋体"]);
        assert!(fonts(&[]).is_empty());
    }
}
