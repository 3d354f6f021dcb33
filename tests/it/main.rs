//! The integration tests, one binary.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod architecture;
mod archives;
mod cli;
mod comparing;
mod config;
mod dashboard;
mod export;
mod formats;
mod generate;
mod grids;
mod hostile;
mod inboxes;
mod intake;
mod ocr;
mod office;
mod parts;
mod privacy;
mod program;
mod reading;
mod readme;
mod real;
mod real_pdf;
mod roster;
mod rules;
mod samples;
mod screens;
mod store;
mod terminal;
mod watching;
