//! The integration tests, one binary.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod dashboard;
mod generate;
mod reading;
mod rules;
mod screens;
