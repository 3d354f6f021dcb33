//! The integration tests, one binary.

mod architecture;
mod cli;
mod config;
mod export;
mod intake;
mod program;
