//! How long the work takes: one report of every layout, a thousand reports, and the dashboard over ten
//! thousand rows. `cargo bench` runs it; nothing is asserted.

#![allow(clippy::unwrap_used, reason = "a benchmark that cannot go on stops")]
#![allow(clippy::print_stderr, reason = "a benchmark that cannot be run says why")]

/// The generator of the tests, of which not everything is needed here.
#[allow(dead_code)]
#[path = "../tests/it"]
mod it {
    pub(crate) mod generate;
}

use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use nianshen::audit::{Policy, audit};
use nianshen::cli;
use nianshen::config::Config;
use nianshen::ledger::store::Operator;
use nianshen::ledger::{Event, Summary};
use nianshen::text::Lang;
use nianshen::tui::{Message, Model, Options, update, view};
use ratatui::buffer::Buffer;
use tempfile::TempDir;

use it::generate;
use it::generate::Recipe;
use it::generate::layout::Layout;
use it::generate::mutate::Mutation;

fn main() {
    divan::main();
}

/// A report of ordinary size.
#[divan::bench(args = Layout::ALL)]
fn audit_one(bencher: Bencher, layout: Layout) {
    let bytes = Recipe::new(layout, 1).sample().bytes;
    let policy = Policy::default();
    bencher.counter(BytesCount::of_slice(&bytes)).bench(|| audit(black_box(&bytes), &policy));
}

/// A PDF of ordinary size: three pages, three tables, printed by a word processor.
const PDF: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/complete/青溪县数据局2024.pdf");

/// That PDF: opened, understood and held against the rules.
#[divan::bench]
fn audit_a_pdf(bencher: Bencher) {
    let bytes = std::fs::read(PDF).unwrap();
    let policy = Policy::default();
    bencher.counter(BytesCount::of_slice(&bytes)).bench(|| audit(black_box(&bytes), &policy));
}

/// The same by the program, started for this file alone.
#[divan::bench]
fn check_a_pdf_in_a_process(bencher: Bencher) {
    let run = || Command::new(env!("CARGO_BIN_EXE_nianshen")).args(["check", PDF]).output();
    bencher.bench(run);
}

/// The same PDF given to `pdftotext -layout`, to compare: a process that only writes its text.
#[divan::bench]
fn pdftotext_on_the_same(bencher: Bencher) {
    let run = || Command::new("pdftotext").args(["-layout", PDF, "-"]).output();
    if run().is_err() {
        eprintln!("pdftotext is not installed: there is nothing to compare with");
        return;
    }
    bencher.bench(run);
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn audit_a_thousand(bencher: Bencher) {
    let reports: Vec<Vec<u8>> = (0..1000).map(|seed| recipe(seed).sample().bytes).collect();
    let policy = Policy::default();
    bencher.counter(ItemsCount::new(reports.len())).bench(|| {
        for bytes in &reports {
            black_box(audit(bytes, &policy));
        }
    });
}

/// Every layout in turn, every third report with a figure that is wrong.
const fn recipe(seed: usize) -> Recipe {
    let recipe = Recipe::new(Layout::ALL[seed % Layout::ALL.len()], seed as u64);
    if seed.is_multiple_of(3) { recipe.mutation(Mutation::ChangeFigure) } else { recipe }
}

/// Ten thousand files, of which some thirty are different.
fn ten_thousand() -> Vec<Event> {
    let policy = Policy::default();
    let audited = |seed| {
        let audit = Arc::new(audit(&recipe(seed).sample().bytes, &policy));
        (Arc::new(Summary::of(&audit)), audit)
    };
    let audits: Vec<_> = (0..34).map(audited).collect();
    (0..10_000)
        .map(|number| Event::Audited {
            path: format!("{number:05}.txt"),
            received: Timestamp::UNIX_EPOCH,
            summary: Arc::clone(&audits[number % audits.len()].0),
            audit: Some(Arc::clone(&audits[number % audits.len()].1)),
        })
        .collect()
}

fn dashboard() -> Model {
    let operator = Operator { login: "li".to_owned(), host: String::new(), session: String::new() };
    let (inbox, zone) = ("inbox".to_owned(), TimeZone::UTC);
    let options = Options { lang: Lang::Zh, color: true, inbox, zone, operator, undecidable: None };
    let mut model = Model::new(options, Timestamp::UNIX_EPOCH, 120, 40);
    update(&mut model, Message::Inbox(ten_thousand()));
    model
}

fn press(model: &mut Model, key: char) {
    update(model, Message::Key(KeyEvent::new(KeyCode::Char(key), KeyModifiers::NONE)));
}

fn draw(model: &Model) -> Buffer {
    let mut buffer = Buffer::empty(model.area);
    view(model, &mut buffer);
    buffer
}

/// One key and the frame that answers it.
#[divan::bench]
fn move_and_draw_in_ten_thousand(bencher: Bencher) {
    let mut model = dashboard();
    bencher.bench_local(|| {
        press(&mut model, 'j');
        draw(&model)
    });
}

/// A full batch of what the workers say, and the frame that shows it.
#[divan::bench]
fn take_in_a_batch_in_ten_thousand(bencher: Bencher) {
    let mut model = dashboard();
    let batch: Vec<Event> = ten_thousand().into_iter().take(256).collect();
    bencher.with_inputs(|| batch.clone()).bench_local_values(|batch| {
        update(&mut model, Message::Inbox(batch));
        draw(&model)
    });
}

/// A filter of six initials, letter by letter, a frame for each.
#[divan::bench(sample_count = 20)]
fn type_a_filter_in_ten_thousand(bencher: Bencher) {
    let mut model = dashboard();
    bencher.bench_local(|| {
        for key in "/ylbzj".chars() {
            press(&mut model, key);
            black_box(draw(&model));
        }
        update(&mut model, Message::Key(KeyEvent::new(KeyCode::Esc, KeyModifiers::NONE)));
    });
}

/// An inbox of a thousand reports, or as many as `NIANSHEN_BENCH_FILES` says, all different.
fn inbox() -> (TempDir, usize) {
    let asked = std::env::var("NIANSHEN_BENCH_FILES").ok().and_then(|files| files.parse().ok());
    let (directory, files) = (TempDir::new().unwrap(), asked.unwrap_or(1000));
    for number in 0..files {
        std::fs::write(directory.path().join(format!("{number:05}.txt")), recipe(number).sample().bytes).unwrap();
    }
    // What was written just before it is read is read again by the next run.
    std::thread::sleep(Duration::from_secs(3));
    (directory, files)
}

/// The dashboard's work on `inbox` until all `files` of it are listed with their verdicts.
fn list(inbox: &Path, files: usize, ledger: &Path) {
    let program = Path::new(env!("CARGO_BIN_EXE_nianshen"));
    let watched = cli::watch_inbox(inbox, Config::default(), program, Some(ledger)).unwrap();
    let listed = watched.events.iter().filter(|event| matches!(event, Event::Audited { .. }));
    assert_eq!(listed.take(files).count(), files);
}

/// The first run on an inbox: everything is read, audited and written down.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn first_scan_of_an_inbox(bencher: Bencher) {
    let (inbox, files) = inbox();
    let ledger = || TempDir::new().unwrap();
    bencher
        .counter(ItemsCount::new(files))
        .with_inputs(ledger)
        .bench_local_refs(|ledger| list(inbox.path(), files, &ledger.path().join("a.ledger")));
}

/// The next run on the same inbox: nothing has changed, nothing is read again.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn restart_on_an_unchanged_inbox(bencher: Bencher) {
    let ((inbox, files), state) = (inbox(), TempDir::new().unwrap());
    let ledger = state.path().join("a.ledger");
    list(inbox.path(), files, &ledger);
    bencher.counter(ItemsCount::new(files)).bench_local(|| list(inbox.path(), files, &ledger));
}
