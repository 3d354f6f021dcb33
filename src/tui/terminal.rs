//! The terminal: set up by hand, and given back whatever happens.
//!
//! `ratatui::init` would leave the alternate screen on a panic of any thread, even one that is caught;
//! an audit that panics is caught, and must not take the screen away.

use std::io::{self, Stdout, Write, stdout};
use std::panic;
use std::sync::Arc;
use std::thread;

use crossterm::cursor::Show;
use crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture};
use crossterm::execute;
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use ratatui::backend::{Backend as _, CrosstermBackend};
use ratatui::buffer::{Buffer, CellDiffOption};

use super::{Model, view};
use crate::text;

type PanicHook = dyn Fn(&panic::PanicHookInfo<'_>) + Send + Sync;

/// The terminal while the dashboard has it.
pub(super) struct Terminal {
    inner: ratatui::Terminal<CrosstermBackend<Stdout>>,
    last: Buffer,
    before: Arc<PanicHook>,
    ours: bool,
}

impl Terminal {
    /// Takes the terminal over.
    pub(super) fn enter() -> io::Result<Self> {
        let before: Arc<PanicHook> = panic::take_hook().into();
        let chained = Arc::clone(&before);
        let owner = thread::current().id();
        panic::set_hook(Box::new(move |info| {
            if thread::current().id() == owner {
                restore();
                chained(info);
            } else {
                // Printed now, it would tear the screen; whoever catches it decides what it means.
                tracing::error!("{info}");
            }
        }));
        let inner = take().and_then(|()| ratatui::Terminal::new(CrosstermBackend::new(stdout())));
        match inner {
            Ok(inner) => Ok(Self { inner, last: Buffer::default(), before, ours: true }),
            Err(error) => {
                restore();
                panic::set_hook(Box::new(move |info| before(info)));
                Err(error)
            }
        }
    }

    /// Columns and rows.
    pub(super) fn size(&self) -> io::Result<(u16, u16)> {
        self.inner.size().map(|size| (size.width, size.height))
    }

    /// Draws the model.
    pub(super) fn draw(&mut self, model: &Model) -> io::Result<()> {
        let last = &mut self.last;
        self.inner.draw(|frame| {
            view::view(model, frame.buffer_mut());
            refresh_halves(last, frame.buffer_mut());
            last.clone_from(frame.buffer_mut());
            if let Some(position) = view::cursor(model) {
                frame.set_cursor_position(position);
            }
        })?;
        Ok(())
    }

    /// Forgets what is on the screen, so that the next frame paints all of it.
    ///
    /// Not by `inner.clear()`: it asks the terminal where the cursor is, and the answer would go to the
    /// thread that reads keys.
    pub(super) fn repaint(&mut self) -> io::Result<()> {
        self.inner.backend_mut().clear()?;
        // Empties what was drawn last; what is drawn next is empty already.
        self.inner.swap_buffers();
        Ok(())
    }

    /// Gives the terminal back to the shell and stops; comes back when continued.
    pub(super) fn suspend(&mut self) -> io::Result<()> {
        self.leave();
        signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP)?;
        self.resume()
    }

    /// Takes the terminal over again after a stop.
    pub(super) fn resume(&mut self) -> io::Result<()> {
        take()?;
        self.ours = true;
        self.repaint()
    }

    /// Gives the terminal back.
    pub(super) fn leave(&mut self) {
        restore();
        self.ours = false;
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        if self.ours {
            restore();
        }
        // A hook cannot be changed by a thread that panics.
        if !thread::panicking() {
            let before = Arc::clone(&self.before);
            panic::set_hook(Box::new(move |info| before(info)));
        }
    }
}

/// Where a narrow character replaces a wide one, the other half is sent as well: ratatui takes it for
/// unchanged, and not every terminal blanks it by itself.
fn refresh_halves(last: &Buffer, next: &mut Buffer) {
    if last.area != next.area {
        return;
    }
    let width = usize::from(last.area.width);
    for (index, _) in last.content.iter().enumerate().filter(|(_, cell)| text::width(cell.symbol()) > 1) {
        let same_row = (index + 1) % width != 0;
        if same_row && text::width(next.content[index].symbol()) == 1 {
            next.content[index + 1].diff_option = CellDiffOption::AlwaysUpdate;
        }
    }
}

fn take() -> io::Result<()> {
    enable_raw_mode()?;
    execute!(stdout(), EnterAlternateScreen, EnableMouseCapture, EnableBracketedPaste)
}

/// Leaves the terminal as it was found. Nothing can be done about an error here.
fn restore() {
    let _ = execute!(stdout(), DisableBracketedPaste, DisableMouseCapture, LeaveAlternateScreen, Show);
    let _ = disable_raw_mode();
    let _ = stdout().flush();
}
