//! `show`: what was understood of one file.

use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::failure::Failure;
use super::settings::{Choice, Settings};
use super::{Outcome, Setting, crew, output};
use crate::audit::{Audit, refused};
use crate::export::{json, text};
use crate::intake;
use crate::reader::{File, Opened};
use crate::text::printable;

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
    let start = if path == Path::new("-") { Path::new(".") } else { path };
    let settings = Settings::load(&Choice::default(), setting, start)?;
    let (name, audited) = examine(path, &settings)?;
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

/// Members of an archive that are named in an error.
const NAMED: usize = 20;

/// What is to be shown, with its name: the file at `path`, or where that names one, a member of an archive.
fn examine(path: &Path, settings: &Settings) -> Result<(String, Audit), Failure> {
    let (file, wanted) = if path == Path::new("-") { (path.to_owned(), None) } else { divide(path) };
    let name = intake::name(&file);
    let content = if path == Path::new("-") {
        intake::read_from(std::io::stdin().lock())
    } else {
        intake::probe(&file).and_then(|()| intake::read(&file)).map(|content| content.bytes)
    };
    let bytes = match content {
        Ok(bytes) => bytes,
        Err(intake::Failure::Unfit(reason)) if file.is_file() => return Ok((name, refused(&reason))),
        Err(failure) => return Err(Failure::unopened(&file, &failure)),
    };
    let filter = settings.filter();
    let admits = |member: &str| wanted.is_some() || filter.admits_member(&name, member);
    let mut members = Vec::new();
    let mut found: Option<Opened> = None;
    settings.reader().open(File { name: &name, bytes: &bytes, admits: &admits }, &mut |opened| {
        let member = opened.member.clone();
        if found.is_none() && wanted.as_ref().is_none_or(|wanted| member.as_ref() == Some(wanted)) {
            found = Some(opened);
        }
        members.extend(member);
    });
    match found.filter(|_| members.len() < 2 || wanted.is_some()) {
        Some(opened) => {
            let name = crew::full_name(&name, opened.member.as_deref());
            let (audit, _) = crew::examine_opened(&name, opened, settings);
            Ok((name, audit))
        }
        None => Err(choice(&file, &members)),
    }
}

/// A path of which only the beginning, up to a `!`, is a file: that file, and the member that is meant.
fn divide(path: &Path) -> (PathBuf, Option<String>) {
    let whole = || (path.to_owned(), None);
    let Some(typed) = path.to_str().filter(|_| !path.exists()) else { return whole() };
    let parts = typed.match_indices('!').map(|(at, _)| (Path::new(&typed[..at]), &typed[at + 1..]));
    let archive = parts.into_iter().find(|(archive, _)| archive.is_file());
    archive.map_or_else(whole, |(archive, member)| (archive.to_owned(), Some(member.to_owned())))
}

/// That one of the members of an archive has to be named.
fn choice(archive: &Path, members: &[String]) -> Failure {
    let mut listed: Vec<String> = members.iter().take(NAMED).map(|member| printable(member).into_owned()).collect();
    if members.len() > NAMED {
        listed.push("…".to_owned());
    }
    let (count, first) = (members.len(), listed.first().cloned().unwrap_or_default());
    let name = intake::name(archive);
    let shown = printable(&name);
    Failure::new(
        format!("{shown}：压缩包里有 {count} 个文件，请指明一个，如 '{shown}!{first}'：{}", listed.join("、")),
        format!("{shown}: the archive holds {count} files; name one, as '{shown}!{first}': {}", listed.join(", ")),
    )
}
