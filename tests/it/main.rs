//! The integration tests, one binary.

mod dashboard;
mod screens;
