//! `nianshen` (年审) audits Chinese annual reports on open government information.
//!
//! ```text
//!  inbox ──► intake ──► reader ──► document ──► report ──► rules ──► ledger ──► tui │ cli │ export
//!  (files)   settle,    worker     bytes to     meaning:   findings   the inbox   what a person or
//!            watch      processes, blocks with  parts,     with       as it       a script sees
//!                       archives   places       cells,     places     stands
//!                                               claims
//! ```
//!
//! Invariants:
//! 1. Only `intake`, `ledger::store`, `export` and `tui` touch files or terminals, and `reader` starts processes.
//!    Everything between is a pure function.
//! 2. Recognition and rules cannot fail: what is unclear becomes a doubt, what is wrong a finding, what
//!    cannot be judged is *not assessable*.
//! 3. A value keeps the text it was read from and the place it stood. A reported figure is never
//!    changed, completed or guessed into a sum.
//! 4. Zero, blank, a not-applicable mark and unreadable text are four different things.
//! 5. Every finding names a place that a screen can show.
//! 6. The same bytes give the same findings, whatever the number of workers.
//! 7. One bad file never stops, delays or changes the others.
//! 8. What an operator decided is on the disk before a screen says so, and is never changed or lost.
//! 9. The dashboard's `view` changes nothing and reads no clock; `update` alone writes its model.

pub mod audit;
pub mod campaign;
pub mod cli;
pub mod config;
pub mod document;
pub mod export;
pub mod finding;
pub mod intake;
pub mod ledger;
pub mod reader;
pub mod report;
pub mod roster;
pub mod rule;
pub mod rules;
pub mod text;
pub mod tui;
