//! The integration tests, one binary.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod architecture;
mod cli;
mod config;
mod dashboard;
mod export;
mod generate;
mod intake;
mod privacy;
mod program;
mod reading;
mod readme;
mod real;
mod rules;
mod samples;
mod screens;
mod terminal;
