//! `show`: what was understood of one file.

use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::failure::Failure;
use super::settings::{Choice, Settings};
use super::{Outcome, Setting, crew, output};
use crate::audit::refused;
use crate::export::{json, text};
use crate::intake;

/// Arguments of `show`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The file; - reads standard input
    #[arg(required_unless_present = "schema")]
    file: Option<PathBuf>,
    /// Form of the output
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    /// Writes to a file instead of standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Prints the JSON Schema of --format json instead
    #[arg(long)]
    schema: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Text,
    Json,
}

pub(super) fn run(arguments: &Arguments, setting: &Setting) -> Result<Outcome, Failure> {
    let written = |result: std::io::Result<()>| result.map_err(|error| Failure::output(&error));
    let to = arguments.output.as_deref();
    let Some(path) = arguments.file.as_deref().filter(|_| !arguments.schema) else {
        let schema = json::schema::<json::Show<'_>>();
        return output::to(to, |out| written(json::pretty(&schema, out))).map(|()| Outcome::Clean);
    };
    let input = if path == Path::new("-") {
        intake::read_from(std::io::stdin().lock())
    } else {
        intake::probe(path).and_then(|()| intake::read(path)).map(|content| content.bytes)
    };
    let settings =
        Settings::load(&Choice::default(), setting, if path == Path::new("-") { Path::new(".") } else { path })?;
    let audited = match input {
        Ok(bytes) => crew::examine_bytes(&bytes, "", &settings).0,
        Err(intake::Failure::Unfit(reason)) if path.is_file() => refused(&reason),
        Err(failure) => return Err(Failure::unopened(path, &failure)),
    };
    let name = intake::name(path);
    let file = audited.file.as_ref().map_or(json::File::unknown(&name), |facts| json::File::new(&name, facts));
    let empty = crate::report::Report::default();
    let report = audited.report.as_ref().unwrap_or(&empty);
    let show = json::Show::new(file, &audited, report, setting.lang);
    let style =
        text::Style { lang: setting.lang, colour: setting.colours_stdout() && to.is_none(), quiet: setting.quiet };
    output::to(to, |out| match arguments.format {
        Format::Json => written(json::pretty(&show, out)),
        Format::Text => written(text::show(&name, &audited, style, out)),
    })
    .map(|()| Outcome::Clean)
}
