//! The program as an operator has it: the real binary in a pseudo-terminal, its screen read by a
//! terminal emulator. Nothing here waits for a length of time; everything waits for what is to be seen.

mod bad;
mod faults;
mod leave;
mod live;
mod office;
mod walk;
mod window;

use std::fs;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Condvar, LazyLock, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, SlavePty, native_pty_system};
use tempfile::TempDir;

use crate::generate::Recipe;
use crate::generate::layout::Layout;
use crate::program::program;

/// Far longer than anything takes: whoever waits so long waits in vain.
const PATIENCE: Duration = Duration::from_secs(60);

/// What came out of the program so far.
struct Output {
    parser: vt100::Parser,
    raw: Vec<u8>,
    /// Whether nobody reads any more.
    unread: bool,
}

/// A running dashboard with the terminal it runs in.
struct Terminal {
    output: Arc<(Mutex<Output>, Condvar)>,
    keyboard: Option<Box<dyn Write + Send>>,
    child: Box<dyn Child + Send + Sync>,
    master: Option<Box<dyn MasterPty + Send>>,
    /// Kept open, so that the terminal outlives the program and can be looked at afterwards.
    slave: Option<Box<dyn SlavePty + Send>>,
}

/// How the dashboard is started.
struct Start {
    program: Vec<String>,
    arguments: Vec<&'static str>,
    variables: Vec<(&'static str, &'static str)>,
    size: (u16, u16),
}

/// Where dashboards under test keep their ledgers.
static STATE: LazyLock<TempDir> = LazyLock::new(|| TempDir::new().unwrap());

impl Start {
    /// In Chinese, on 110 columns and 32 rows.
    fn new() -> Self {
        Self {
            program: vec![program().to_str().unwrap().to_owned()],
            arguments: Vec::new(),
            variables: vec![("LC_ALL", "zh_CN.UTF-8")],
            size: (110, 32),
        }
    }

    fn arguments(mut self, arguments: &[&'static str]) -> Self {
        self.arguments.extend(arguments);
        self
    }

    fn variable(mut self, name: &'static str, value: &'static str) -> Self {
        self.variables.push((name, value));
        self
    }

    const fn size(mut self, columns: u16, rows: u16) -> Self {
        self.size = (columns, rows);
        self
    }

    fn open(self, inbox: &Path) -> Terminal {
        let pair = native_pty_system().openpty(size_of(self.size)).unwrap();
        let mut command = CommandBuilder::from_argv(self.program.iter().map(Into::into).collect());
        command.args(&self.arguments);
        command.arg(inbox);
        command.env("TERM", "xterm-256color");
        command.env("TZ", "UTC");
        command.env("XDG_STATE_HOME", STATE.path());
        for name in ["NO_COLOR", "LC_MESSAGES", "LANG", "COLORTERM"] {
            command.env_remove(name);
        }
        for (name, value) in self.variables {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        let parser = vt100::Parser::new(nonzero(self.size.1), nonzero(self.size.0), 0);
        let output = Arc::new((Mutex::new(Output { parser, raw: Vec::new(), unread: false }), Condvar::new()));
        let mut reader = pair.master.try_clone_reader().unwrap();
        let written = Arc::clone(&output);
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(length @ 1..) = reader.read(&mut bytes) {
                let mut output = written.0.lock().unwrap();
                output.raw.extend_from_slice(&bytes[..length]);
                output.parser.process(&bytes[..length]);
                written.1.notify_all();
                if output.unread {
                    return;
                }
            }
        });
        let keyboard = pair.master.take_writer().unwrap();
        Terminal { output, keyboard: Some(keyboard), child, master: Some(pair.master), slave: Some(pair.slave) }
    }
}

impl Terminal {
    /// The dashboard on `inbox`, once it shows it.
    fn open(inbox: &Path) -> Self {
        let terminal = Start::new().open(inbox);
        terminal.sees("监视中");
        terminal
    }

    /// Presses one key: a character, or a named one in `<…>`.
    /// Types keys, one after the other: characters, and named keys in `<…>`.
    fn types(&mut self, keys: &str) {
        let mut rest = keys;
        while !rest.is_empty() {
            let end =
                if rest.starts_with('<') { rest.find('>').unwrap() + 1 } else { rest.find('<').unwrap_or(rest.len()) };
            self.press(&rest[..end]);
            rest = &rest[end..];
        }
    }

    fn press(&mut self, key: &str) {
        let bytes: &[u8] = match key {
            "<enter>" => b"\r",
            "<esc>" => b"\x1b",
            "<tab>" => b"\t",
            "<down>" => b"\x1b[B",
            "<backspace>" => b"\x7f",
            "<ctrl-c>" => b"\x03",
            "<ctrl-l>" => b"\x0c",
            "<ctrl-z>" => b"\x1a",
            plain => plain.as_bytes(),
        };
        let keyboard = self.keyboard.as_mut().unwrap();
        keyboard.write_all(bytes).unwrap();
        keyboard.flush().unwrap();
    }

    /// Waits until the output is as wished.
    fn until(&self, wish: &str, is_so: impl Fn(&Output) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        let mut output = self.output.0.lock().unwrap();
        while !is_so(&output) {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                let screen = output.parser.screen().contents();
                drop(output);
                panic!("{wish}: not on this screen:\n{screen}");
            }
            output = self.output.1.wait_timeout(output, left).unwrap().0;
        }
    }

    /// Waits until the screen is as wished.
    fn shows(&self, wish: &str, is_so: impl Fn(&str) -> bool) {
        self.until(wish, |output| is_so(&output.parser.screen().contents()));
    }

    /// Waits until `text` is on the screen.
    fn sees(&self, text: &str) {
        self.shows(text, |screen| screen.contains(text));
    }

    /// Waits until `text` is not on the screen any more.
    fn loses(&self, text: &str) {
        self.shows(&format!("no {text}"), |screen| !screen.contains(text));
    }

    /// Waits until one line of the screen has all these words.
    fn sees_line(&self, words: &[&str]) {
        self.shows(&format!("{words:?} on one line"), |screen| has_line(screen, words));
    }

    /// The screen as it is now.
    fn screen(&self) -> String {
        self.output.0.lock().unwrap().parser.screen().contents()
    }

    /// Every byte that came out so far.
    fn raw(&self) -> Vec<u8> {
        self.output.0.lock().unwrap().raw.clone()
    }

    /// Makes the window another size.
    fn resize(&self, columns: u16, rows: u16) {
        let mut output = self.output.0.lock().unwrap();
        output.parser.screen_mut().set_size(nonzero(rows), nonzero(columns));
        drop(output);
        self.master.as_ref().unwrap().resize(size_of((columns, rows))).unwrap();
    }

    /// Sends a signal to the program.
    fn signal(&self, name: &str) {
        let process = self.child.process_id().unwrap();
        let sent = Command::new("sh").arg("-c").arg(format!("kill -{name} {process}")).status().unwrap();
        assert!(sent.success(), "SIG{name}");
    }

    /// Asks again and again until the answer is yes; for what no output tells of.
    fn asked(&mut self, wish: &str, mut is_so: impl FnMut(&mut Self) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !is_so(self) {
            assert!(Instant::now() < deadline, "{wish}: never came\n{}", self.screen());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Waits for the end of the program.
    fn ends(&mut self) -> ExitStatus {
        let mut status = None;
        self.asked("the end of the program", |terminal| {
            status = terminal.child.try_wait().unwrap();
            status.is_some()
        });
        status.unwrap()
    }

    /// Whether the terminal hands every key on as it is pressed: what a dashboard wants, and a shell not.
    fn is_raw(&self) -> bool {
        let flags = self.master.as_ref().unwrap().get_termios().unwrap().local_flags.bits();
        flags & (libc::ICANON | libc::ECHO) == 0
    }

    /// Waits until the terminal is as the shell had it.
    fn is_given_back(&mut self) {
        self.until("the shell's own screen", |output| {
            let screen = output.parser.screen();
            !screen.alternate_screen()
                && !screen.hide_cursor()
                && !screen.bracketed_paste()
                && screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None
        });
        self.asked("the shell's own mode", |terminal| !terminal.is_raw());
    }

    /// Waits until the dashboard has the terminal.
    fn is_taken(&mut self) {
        self.until("the dashboard's screen", |output| output.parser.screen().alternate_screen());
        self.asked("the dashboard's mode", |terminal| terminal.is_raw());
    }

    /// Takes the terminal away, as when a connection breaks.
    fn hang_up(&mut self) {
        self.output.0.lock().unwrap().unread = true;
        // Whoever reads waits for something to read.
        self.press("?");
        self.asked("the end of reading", |terminal| Arc::strong_count(&terminal.output) == 1);
        self.keyboard = None;
        self.slave = None;
        self.master = None;
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn has_line(screen: &str, words: &[&str]) -> bool {
    screen.lines().any(|line| words.iter().all(|word| line.contains(word)))
}

const fn size_of((cols, rows): (u16, u16)) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

fn nonzero(number: u16) -> NonZeroU16 {
    NonZeroU16::new(number).unwrap()
}

/// A directory into which reports are dropped.
struct Inbox {
    directory: TempDir,
}

impl Inbox {
    /// An inbox with these files in it.
    fn with(files: &[(&str, &str)]) -> Self {
        let inbox = Self { directory: TempDir::new().unwrap() };
        for (name, text) in files {
            fs::write(inbox.at(name), text).unwrap();
        }
        inbox
    }

    fn path(&self) -> &Path {
        self.directory.path()
    }

    fn at(&self, name: &str) -> PathBuf {
        self.path().join(name)
    }

    /// Drops a file as a careful program does: under a passing name first, then whole at once.
    fn drop_in(&self, name: &str, bytes: &[u8]) {
        let passing = self.at(&format!("{name}.part"));
        fs::write(&passing, bytes).unwrap();
        fs::rename(passing, self.at(name)).unwrap();
    }
}

/// A generated report in which everything ties out.
fn generated(layout: Layout, seed: u64) -> crate::generate::Sample {
    Recipe::new(layout, seed).sample()
}
