//! How watching goes: by what means changes are noticed, why by these, and what the last look at everything showed.

use std::time::{Duration, SystemTime};

use crate::text::Wording;

/// How changes of the inbox are noticed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Not at all, yet.
    #[default]
    Starting,
    /// The file system notifies; every so often everything is looked at nevertheless.
    Notified,
    /// Everything is looked at, every so often.
    Polling {
        /// How often.
        every: Duration,
        /// Why.
        because: Because,
    },
    /// The inbox is not there, or cannot be read.
    Away {
        /// Why it cannot be read; `None` if there is nothing.
        reason: Option<Wording>,
    },
}

/// Why the file system is not relied on to notify.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Because {
    /// The operator asked for it.
    Asked,
    /// The inbox, or a directory in it, lies on a file system of this kind, which does not tell what others write.
    Shared(String),
    /// The system's limit of watches is reached.
    Limit,
    /// The system gives no notifications, for this reason.
    Refused(String),
}

impl Mode {
    /// Whether the file system notifies.
    #[must_use]
    pub const fn is_notified(&self) -> bool {
        matches!(self, Self::Notified)
    }

    /// How changes are noticed and why so, in few words.
    #[must_use]
    pub fn wording(&self) -> Wording {
        match self {
            Self::Starting => Wording::new("正在开始监视", "about to watch"),
            Self::Notified => Wording::new("系统通知", "notified by the system"),
            Self::Polling { every, because } => {
                let (zh, en) = every_words(*every);
                let because = because.wording();
                Wording::new(format!("每 {zh}查看一次（{}）", because.zh), format!("looks every {en} ({})", because.en))
            }
            Self::Away { reason: None } => Wording::new("收件目录不在", "the inbox is not there"),
            Self::Away { reason: Some(_) } => Wording::new("收件目录读不了", "the inbox cannot be read"),
        }
    }

    /// What is wrong, if that is so.
    #[must_use]
    pub fn problem(&self) -> Option<Wording> {
        match self {
            Self::Starting | Self::Notified | Self::Polling { because: Because::Asked | Because::Shared(_), .. } => {
                None
            }
            Self::Polling { because: Because::Limit, .. } => Some(Wording::new(
                "系统的监视数量已用尽，改为定时查看；可调高 fs.inotify.max_user_watches 或 max_user_instances",
                "the system's limit of watches is reached; looking every few seconds instead; raise \
                 fs.inotify.max_user_watches or max_user_instances",
            )),
            Self::Polling { because: Because::Refused(reason), .. } => Some(Wording::new(
                format!("系统不提供变更通知（{reason}），改为定时查看"),
                format!("the system gives no notifications ({reason}); looking every few seconds instead"),
            )),
            Self::Away { reason: None } => Some(Wording::new(
                "收件目录不见了，恢复后会自动继续",
                "the inbox has disappeared; watching goes on when it is back",
            )),
            Self::Away { reason: Some(reason) } => Some(Wording::new(
                format!("收件目录读不了（{}），恢复后会自动继续", reason.zh),
                format!("the inbox cannot be read ({}); watching goes on when it can", reason.en),
            )),
        }
    }
}

impl Because {
    /// The reason, in few words.
    #[must_use]
    pub fn wording(&self) -> Wording {
        match self {
            Self::Asked => Wording::new("按设置", "as asked"),
            Self::Shared(name) => Wording::new(format!("{name} 网络文件系统"), format!("network file system {name}")),
            Self::Limit => Wording::new("系统监视数量已用尽", "limit of watches reached"),
            Self::Refused(_) => Wording::new("系统不提供通知", "no notifications"),
        }
    }
}

/// A look at everything in the inbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FullLook {
    /// When it ended.
    pub at: SystemTime,
    /// Files that had arrived, changed or gone without a notification. Where nothing notifies, every look finds
    /// what there is, and nothing is missed.
    pub missed: usize,
}

/// How watching goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Status {
    /// How changes are noticed, and why so.
    pub mode: Mode,
    /// When something was last noticed.
    pub last_event: Option<SystemTime>,
    /// The last look at everything.
    pub last_look: Option<FullLook>,
    /// What all looks at everything together found missed.
    pub missed: usize,
    /// How often notifications were lost (their queue ran over, or they failed) and everything was looked at because
    /// of it.
    pub lost: usize,
    /// Files in the inbox.
    pub files: usize,
    /// Whether everything that lay there at the start has been told.
    pub listed: bool,
    /// What is wrong, if anything.
    pub problem: Option<Wording>,
}

impl Status {
    /// What the last look at everything showed; `None` before the first.
    #[must_use]
    pub fn look_wording(&self) -> Option<Wording> {
        let FullLook { missed, .. } = self.last_look?;
        Some(match (missed, self.missed) {
            (0, 0) => Wording::new("全面核对无遗漏", "full look: nothing missed"),
            (0, before) => {
                Wording::new(format!("曾补上遗漏 {before} 份"), format!("full looks made up for {before} missed files"))
            }
            (missed, _) => Wording::new(
                format!("全面核对补上遗漏 {missed} 份"),
                format!("full look: made up for {missed} missed files"),
            ),
        })
    }
}

fn every_words(every: Duration) -> (String, String) {
    let millis = every.as_millis();
    if millis.is_multiple_of(60_000) {
        (format!("{} 分钟", millis / 60_000), format!("{} min", millis / 60_000))
    } else if millis.is_multiple_of(1000) {
        (format!("{} 秒", millis / 1000), format!("{} s", millis / 1000))
    } else {
        (format!("{millis} 毫秒"), format!("{millis} ms"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_means_and_the_reason_are_said() {
        let polling = |every, because| Mode::Polling { every: Duration::from_millis(every), because };
        let cases = [
            (Mode::Notified, "系统通知", "notified by the system", false),
            (polling(2000, Because::Asked), "每 2 秒查看一次（按设置）", "looks every 2 s (as asked)", false),
            (
                polling(60_000, Because::Shared("NFS".to_owned())),
                "每 1 分钟查看一次（NFS 网络文件系统）",
                "looks every 1 min (network file system NFS)",
                false,
            ),
            (
                polling(250, Because::Limit),
                "每 250 毫秒查看一次（系统监视数量已用尽）",
                "looks every 250 ms (limit of watches reached)",
                true,
            ),
            (Mode::Away { reason: None }, "收件目录不在", "the inbox is not there", true),
        ];
        for (mode, zh, en, is_problem) in cases {
            assert_eq!(mode.wording(), Wording::new(zh, en));
            assert_eq!(mode.problem().is_some(), is_problem, "{mode:?}");
        }
    }

    #[test]
    fn what_was_missed_is_said_as_long_as_the_program_runs() {
        let look = |missed| Some(FullLook { at: SystemTime::UNIX_EPOCH, missed });
        let cases = [
            (None, 0, None),
            (look(0), 0, Some("全面核对无遗漏")),
            (look(3), 3, Some("全面核对补上遗漏 3 份")),
            (look(0), 3, Some("曾补上遗漏 3 份")),
        ];
        for (last_look, missed, expected) in cases {
            let status = Status { last_look, missed, ..Status::default() };
            assert_eq!(status.look_wording().map(|words| words.zh).as_deref(), expected);
        }
    }
}
