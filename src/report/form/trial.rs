//! The table of part two on the trial form: its rows and columns, declared once.
//!
//! Source: annex of 国办公开办函〔2019〕60号, for the reports on 2019 and 2020. The tables of parts three and four are
//! those of the form in force. A row or a column that both forms have bears the same identifier here and there.

use super::{CellRef, Column, Form, TableKind, column, row};

/// Table of part two of the trial form (条例 第二十条 (一)(五)(六)(八)(九)).
pub static TRIAL: Form = Form {
    kind: TableKind::ProactiveDisclosure,
    rows: &[
        row("government_rules", "规章", &[], STOCK),
        row("normative_documents", "规范性文件", &["行政规范性文件"], STOCK),
        row("licensing", "行政许可", &[], DECISIONS),
        row("other_services", "其他对外管理服务事项", &[], DECISIONS),
        row("penalties", "行政处罚", &[], DECISIONS),
        row("compulsory_measures", "行政强制", &[], DECISIONS),
        row("fees", "行政事业性收费", &[], PROJECTS),
        row("procurement", "政府集中采购", &[], PROCUREMENT),
    ],
    columns: &[
        column("newly_made", "本年新制作数量"),
        column("newly_published", "本年新公开数量"),
        column("published_total", "对外公开总数量"),
        column("projects_last_year", "上一年项目数量"),
        column("change", "本年增/减"),
        column("decisions", "处理决定数量"),
        column("projects", "采购项目数量"),
        Column { id: "amount", label: "采购总金额", decimal: true },
    ],
};

const STOCK: &[u8] = &[0, 1, 2];
const DECISIONS: &[u8] = &[3, 4, 5];
const PROJECTS: &[u8] = &[3, 4];
const PROCUREMENT: &[u8] = &[6, 7];

/// The column 本年增/减, the only one whose figures may bear a sign.
pub const CHANGE: u8 = 4;

/// The row of the form in force that is `row` of the trial form, if it has one.
#[must_use]
pub fn row_in_force(row: usize) -> Option<usize> {
    let id = TRIAL.rows[row].id;
    TableKind::ProactiveDisclosure.form().rows.iter().position(|other| other.id == id)
}

/// The column of the form in force that counts what `column` of `row` of the trial form counts: decisions only. What
/// is procured and what is charged are two amounts.
#[must_use]
pub fn column_in_force(row: usize, column: usize) -> Option<usize> {
    let columns = TableKind::ProactiveDisclosure.form();
    let own = columns.rows[row_in_force(row)?].columns.iter().map(|&own| usize::from(own));
    own.into_iter().find(|&own| columns.columns[own].id == TRIAL.columns[column].id)
}

/// Whether the trial form has the cell of the form in force as well.
#[must_use]
pub fn has(at: CellRef) -> bool {
    let same = |row: usize, column: u8| column_in_force(row, usize::from(column)) == Some(usize::from(at.column));
    let rows = TRIAL.rows.iter().enumerate().filter(|(row, _)| row_in_force(*row) == Some(usize::from(at.row)));
    at.table == TRIAL.kind && rows.into_iter().any(|(row, spec)| spec.columns.iter().any(|&column| same(row, column)))
}
