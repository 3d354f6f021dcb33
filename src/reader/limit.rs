//! The limits that a worker puts on itself.

/// Stack of the thread that reads, in bytes.
pub(super) const STACK: usize = 64 << 20;

/// What a worker may take.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(not(unix), expect(dead_code, reason = "elsewhere nothing can be limited"))]
pub(super) struct Limits {
    /// Memory, in bytes: stack, program and everything a file needs. What is resident can only be less.
    memory: u64,
    /// Time on a processor for one file, in seconds: should the one who asks fail to end it.
    seconds: u64,
}

/// For a file.
pub(super) const FILE: Limits = Limits { memory: 512 << 20, seconds: 20 };

/// For a scan: recognising characters takes its time, pictures and a model their room.
#[cfg(feature = "ocr")]
pub(super) const SCAN: Limits = Limits { memory: 512 << 20, seconds: 120 };

#[cfg(unix)]
pub(super) use unix::{confine, end_with_parent, renew};

#[cfg(not(unix))]
pub(super) use elsewhere::{confine, end_with_parent, renew};

#[cfg(unix)]
mod unix {
    use std::io;

    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    use rustix::time::{ClockId, clock_gettime};

    use super::Limits;

    /// Ends this process when the one that started it ends, however that comes about.
    pub(in super::super) fn end_with_parent() {
        #[cfg(any(target_os = "linux", target_os = "android"))]
        // Where it cannot be arranged, the end of standard input ends the process.
        let _ = rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL));
    }

    /// From here on: little memory, no file to be opened or written, no process to be started, no dump.
    pub(in super::super) fn confine(limits: Limits) -> io::Result<()> {
        for (resource, most) in [
            (Resource::Core, 0),
            (Resource::Fsize, 0),
            (Resource::Nofile, 0),
            (Resource::Nproc, 0),
            #[cfg(not(target_os = "openbsd"))]
            (Resource::As, limits.memory),
        ] {
            limit(resource, most, true)?;
        }
        Ok(())
    }

    /// Gives the next file its time.
    pub(in super::super) fn renew(limits: Limits) -> io::Result<()> {
        let used = clock_gettime(ClockId::ProcessCPUTime).tv_sec;
        limit(Resource::Cpu, u64::try_from(used).unwrap_or(0) + limits.seconds, false)
    }

    fn limit(resource: Resource, most: u64, for_good: bool) -> io::Result<()> {
        let now = getrlimit(resource);
        let least = |limit: Option<u64>| Some(limit.map_or(most, |limit| limit.min(most)));
        let current = least(now.maximum);
        let maximum = if for_good { current } else { now.maximum };
        Ok(setrlimit(resource, Rlimit { current, maximum })?)
    }
}

#[cfg(not(unix))]
mod elsewhere {
    use std::io;

    pub(in super::super) fn end_with_parent() {}

    pub(in super::super) fn confine(_: super::Limits) -> io::Result<()> {
        Ok(())
    }

    pub(in super::super) fn renew(_: super::Limits) -> io::Result<()> {
        Ok(())
    }
}
