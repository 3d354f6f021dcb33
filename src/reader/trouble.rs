//! Why a worker gave no answer, as the operator reads it.

use std::io;
use std::time::Duration;

use crate::text::Wording;

/// Why a worker gave no answer.
#[derive(Debug)]
pub(super) enum Trouble {
    /// It took longer than this and was ended.
    Late(Duration),
    /// It needed more memory than it may have.
    Memory,
    /// It ended by itself.
    Crash,
    /// It could not be started.
    Unstartable(io::Error),
}

impl Trouble {
    /// The reason, with what to do.
    pub(super) fn wording(&self) -> Wording {
        let advice = |zh: String, en: String| {
            Wording::new(
                format!("{zh}，已中止；文件可能损坏或带有恶意内容；请报送单位另存后重新报送"),
                format!(
                    "{en} and was stopped; the file may be damaged or malicious; ask for it to be saved anew and submitted again"
                ),
            )
        };
        match self {
            Self::Late(limit) => {
                let seconds = limit.as_secs();
                advice(format!("读取超过 {seconds} 秒"), format!("reading it took more than {seconds} seconds"))
            }
            Self::Memory => {
                advice("读取所需内存超过上限".to_owned(), "reading it took more memory than the limit".to_owned())
            }
            Self::Crash => advice("读取时出错".to_owned(), "reading it failed".to_owned()),
            Self::Unstartable(error) => Wording::new(
                format!("读取进程无法启动（{error}），为安全起见没有读取；请检查程序安装和系统限制后重试"),
                format!(
                    "the process that reads it cannot be started ({error}), so it was not read, for safety; check the installation and the limits of the system"
                ),
            ),
        }
    }
}
