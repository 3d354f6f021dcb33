//! The recogniser of characters: a model as PaddleOCR publishes it (PP-OCR, recognition) in the ONNX format.
//!
//! The model takes strips of 48 pixels of height in three colours and says for every eighth pixel how likely each
//! character is. Its characters stand in its own metadata.
#![allow(clippy::float_arithmetic, reason = "the model speaks in floats; its odds are rounded here")]

use std::io;
use std::path::Path;
use std::sync::Arc;

use rten::{Model, RunOptions, ThreadPool, Value};

use crate::document::{Eye, Grey, HEIGHT, Sight};

/// No model of this kind is larger, in bytes.
const LARGEST: u64 = 64 << 20;

/// Under this name a model keeps its characters, one a line.
const CHARACTERS: &str = "character";

/// A loaded model.
pub(super) struct Recogniser {
    model: Model,
    options: RunOptions,
    characters: Vec<char>,
}

impl Recogniser {
    /// Loads the model in the file at `path`, and uses it once: whatever it sets up it has then.
    pub(super) fn load(path: &Path) -> io::Result<Self> {
        let unfit = || io::Error::from(io::ErrorKind::InvalidData);
        if std::fs::metadata(path)?.len() > LARGEST {
            return Err(unfit());
        }
        // One thread: others read and audit beside this one.
        let pool = Arc::new(ThreadPool::with_num_threads(1));
        let model = pool.run(|| std::fs::read(path).map(Model::load))?.map_err(|_| unfit())?;
        let listed = model.metadata().fields().find(|(name, _)| *name == CHARACTERS).ok_or_else(unfit)?.1;
        // One class stands before them for what is between two characters, and one behind them for a blank.
        let characters: Vec<char> =
            std::iter::once(Some('\0')).chain(listed.lines().map(only)).chain([Some(' ')]).flatten().collect();
        let options = RunOptions::default().with_thread_pool(Some(pool));
        let mut recogniser = Self { model, options, characters };
        let seen = recogniser.look(&Grey::white(HEIGHT * 4, HEIGHT)).ok_or_else(unfit)?;
        if seen.classes == recogniser.characters.len() { Ok(recogniser) } else { Err(unfit()) }
    }
}

/// The character that a line lists.
fn only(line: &str) -> Option<char> {
    line.chars().next()
}

impl Eye for Recogniser {
    fn look(&mut self, strip: &Grey) -> Option<Sight> {
        let shade = |&pixel: &u8| f32::from(pixel) / 127.5 - 1.0;
        let plane: Vec<f32> = strip.pixels.iter().map(shade).collect();
        let input = Value::from_shape([1, 3, strip.height, strip.width], plane.repeat(3)).ok()?;
        let output = self.model.run_one(input.into(), Some(self.options.clone())).ok()?;
        let ([_, _, classes], odds) = output.into_shape_vec::<f32, 3>().ok()?;
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let thousandths = |odds: f32| (odds * 1000.0).clamp(0.0, 1000.0) as u16;
        Some(Sight { classes, odds: odds.into_iter().map(thousandths).collect() })
    }

    fn characters(&self) -> &[char] {
        &self.characters
    }
}
