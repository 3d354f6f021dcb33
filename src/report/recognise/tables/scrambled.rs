//! Tables whose labels and values follow different orders: read column by column, or shuffled.

use super::Reading as TableReading;
use super::assign::Slot;
use super::builder::Builder;
use super::confirm::all_hold;
use super::layout::{Layout, RowView};
use super::readings;
use super::tokens::Value;
use crate::report::{CellValue, Doubt, Table};
use crate::text::Wording;

impl Builder<'_> {
    /// Labels and values in different orders: a table read column by column, or shuffled. It is read only
    /// if exactly one order makes every relation hold.
    pub(super) fn scrambled(&self) -> TableReading {
        let values: Vec<&Value> = self.tokens.values.iter().collect();
        let rows: Vec<&Slot> = self.slots.iter().filter(|slot| slot.children == 0).collect();
        let mut candidates: Vec<TableReading> = Vec::new();
        if values.len() == rows.len() * 7 {
            for by_column in [false, true] {
                let mut reading = self.empty();
                reading.table.rows = self.slots.iter().map(|slot| self.row_found(slot, &values[..1])).collect();
                for (r, slot) in rows.iter().enumerate() {
                    let pick = |c: usize| values[if by_column { c * rows.len() + r } else { r * 7 + c }];
                    let row: Vec<&Value> = (0..7).map(pick).collect();
                    let view = RowView { values: row, ..RowView::default() };
                    let list = readings::readings(&view, 7, &Layout::default());
                    self.fill(slot, &list, &view.values, &mut reading);
                }
                if all_hold(&reading.table)
                    && !candidates.iter().any(|other| same_figures(&other.table, &reading.table))
                {
                    candidates.push(reading);
                }
            }
        }
        if candidates.len() == 1 {
            return candidates.remove(0);
        }
        let mut reading = self.empty();
        reading.table.rows = self.slots.iter().map(|slot| self.row_found(slot, &[])).collect();
        let mut cells = Vec::new();
        for slot in rows {
            for cell in 0..slot.width {
                let at = self.at(slot, cell);
                reading.table.cells[at.index()] = Some(super::unreadable(self.stream, self.region.clone()));
                cells.push(at);
            }
        }
        reading.doubts.push(Doubt {
            message: Wording::new(
                format!("表内文字与数字的次序无法对应（读到 {} 个数，应有 {} 个）", values.len(), cells.len()),
                format!("labels and figures do not match ({} figures read, {} expected)", values.len(), cells.len()),
            ),
            table: Some(self.kind),
            cells,
            source: reading.table.source,
        });
        reading
    }
}

fn same_figures(one: &Table, other: &Table) -> bool {
    let values = |table: &Table| -> Vec<Option<CellValue>> {
        table.cells.iter().map(|cell| cell.as_ref().map(|cell| cell.value)).collect()
    };
    values(one) == values(other)
}
