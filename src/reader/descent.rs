//! Down into archives: their members, and the members of archives among these, each opened like a file of its
//! own. What one archive may cost is bounded as a whole.

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use super::archive::{self, Member};
use super::message::Request;
use super::trouble::Trouble;
use super::{Opened, Reader, Taker};
use crate::document::sniff::{self, Archive, Kind};
use crate::document::{Fingerprint, Refusal};
use crate::text::{Wording, Words, words};

/// How deep archives may lie in archives.
const DEPTH: usize = 3;

/// Members of one archive that may end a worker before the rest is refused.
const PATIENCE: usize = 5;

/// How long the members of one archive may take together.
const TIME: Duration = Duration::from_secs(300);

const TOO_DEEP: Words = words(
    "压缩包嵌套超过 3 层，未解开；请解压后重新报送",
    "archives are nested more than 3 deep; not unpacked; ask for it unpacked",
);
const TOO_MUCH: Words = words(
    "压缩包连同其中的压缩包内容过多，其余未解开；请分开报送",
    "the archive and those within it hold too much; the rest was not unpacked; submit it in parts",
);
const OUT_OF_PATIENCE: Words = words(
    "压缩包内已有多个文件读取失败或耗时过长，其余未读；请解压后放入收件目录",
    "several files of the archive failed or took too long; the rest was not read; unpack it into the inbox",
);
const EMPTY: Words = words("压缩包里没有可审核的文件", "there is no file in the archive that could be audited");

/// One way down.
pub(super) struct Descent<'a> {
    reader: &'a mut Reader,
    admits: &'a dyn Fn(&str) -> bool,
    take: Taker<'a>,
    began: Instant,
    /// Members so far, at every depth.
    members: usize,
    /// Their bytes.
    bytes: u64,
    /// How many of them ended a worker.
    deaths: usize,
    /// Why no more is unpacked, once that is so.
    stopped: Option<Words>,
}

impl<'a> Descent<'a> {
    pub(super) fn new(reader: &'a mut Reader, admits: &'a dyn Fn(&str) -> bool, take: Taker<'a>) -> Self {
        Self { reader, admits, take, began: Instant::now(), members: 0, bytes: 0, deaths: 0, stopped: None }
    }

    /// Opens the file called `name`.
    pub(super) fn file(&mut self, name: &str, bytes: &[u8]) {
        self.open(name, bytes, None, 0);
    }

    /// Opens what lies `depth` archives deep under `path`.
    fn open(&mut self, name: &str, bytes: &[u8], path: Option<&str>, depth: usize) {
        let kind = match sniff::sniff(bytes) {
            Kind::Archive(kind) if depth < DEPTH => kind,
            Kind::Archive(_) => return self.refuse(path, Some(bytes), TOO_DEEP.into()),
            Kind::Document(_) | Kind::Other(_) => return self.document(bytes, path),
        };
        let (mut listed, mut inside) = (false, Inside { name, path, depth, delivered: 0, skip: 0 });
        let ended = self.unpack(kind, bytes, &mut inside, &mut listed);
        match ended {
            Err(reason) => self.refuse(path, Some(bytes), reason),
            Ok(()) if !listed => self.refuse(path, Some(bytes), EMPTY.into()),
            Ok(()) => {}
        }
    }

    fn document(&mut self, bytes: &[u8], path: Option<&str>) {
        let document = self.reader.document(bytes).unwrap_or_else(|trouble| {
            self.deaths += 1;
            tracing::warn!(?trouble, path, "no answer");
            Err(Refusal::new(sniff::sniff(bytes).format(), trouble.wording()))
        });
        (self.take)(Opened { member: path.map(str::to_owned), fingerprint: Some(Fingerprint::of(bytes)), document });
    }

    fn refuse(&mut self, path: Option<&str>, bytes: Option<&[u8]>, reason: Wording) {
        let refusal = Refusal::new(None, reason);
        let fingerprint = bytes.map(Fingerprint::of);
        (self.take)(Opened { member: path.map(str::to_owned), fingerprint, document: Err(refusal) });
    }

    /// Unpacks an archive and opens its members; `listed` tells whether there was any.
    fn unpack(
        &mut self,
        kind: Archive,
        bytes: &[u8],
        inside: &mut Inside<'_>,
        listed: &mut bool,
    ) -> Result<(), Wording> {
        let ended = if self.reader.program.is_none() {
            catch_unwind(AssertUnwindSafe(|| {
                archive::unpack(kind, bytes, &mut |member| self.member(member, inside, listed))
            }))
            .unwrap_or_else(|_| Err(Trouble::Crash.wording()))
        } else {
            self.unpack_in_worker(kind, bytes, inside, listed)
        };
        match self.stopped {
            Some(reason) => Err(reason.into()),
            None => ended,
        }
    }

    fn unpack_in_worker(
        &mut self,
        kind: Archive,
        bytes: &[u8],
        inside: &mut Inside<'_>,
        listed: &mut bool,
    ) -> Result<(), Wording> {
        let explained = |trouble: Trouble| trouble.wording();
        let mut worker = self.reader.hire().map_err(explained)?;
        let request = Request::Unpack(kind);
        let mut ended = worker.unpack(request, bytes, &mut |member| self.member(member, inside, listed));
        if matches!(ended, Err(Trouble::Memory | Trouble::Crash)) {
            // What it had read before, or somebody outside, may be to blame: the next one has only this.
            inside.again();
            worker = self.reader.start().map_err(explained)?;
            ended = worker.unpack(request, bytes, &mut |member| self.member(member, inside, listed));
        }
        self.reader.dismiss(worker);
        ended.map_err(explained)?
    }

    /// Opens one member.
    fn member(&mut self, member: Member, inside: &mut Inside<'_>, listed: &mut bool) -> ControlFlow<()> {
        if inside.skip > 0 {
            inside.skip -= 1;
            return ControlFlow::Continue(());
        }
        inside.delivered += 1;
        self.members += 1;
        self.bytes += member.content.as_ref().map_or(0, |bytes| bytes.len() as u64);
        if self.members > archive::MEMBERS || self.bytes > archive::TOTAL {
            self.stopped = Some(TOO_MUCH);
            return ControlFlow::Break(());
        }
        let own = if member.path.is_empty() { inside.unnamed() } else { member.path };
        let path = match inside.path {
            Some(above) => format!("{above}!{own}"),
            None => own.clone(),
        };
        if !(self.admits)(&own) || !(self.admits)(&path) {
            return ControlFlow::Continue(());
        }
        if self.deaths >= PATIENCE || self.began.elapsed() > TIME {
            self.stopped = Some(OUT_OF_PATIENCE);
            return ControlFlow::Break(());
        }
        *listed = true;
        match member.content {
            Ok(bytes) => self.open(&own, &bytes, Some(&path), inside.depth + 1),
            Err(reason) => self.refuse(Some(&path), None, reason),
        }
        if self.stopped.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

/// The archive whose members come.
struct Inside<'a> {
    name: &'a str,
    path: Option<&'a str>,
    depth: usize,
    /// Members that were opened.
    delivered: usize,
    /// Members to pass over: they were opened before the worker died.
    skip: usize,
}

impl Inside<'_> {
    /// The members come once more, from the first.
    const fn again(&mut self) {
        self.skip = self.delivered;
    }

    /// A name for a member that has none: that of the archive without its end.
    fn unnamed(&self) -> String {
        let name = self.name.rsplit('/').next().unwrap_or(self.name);
        let end = name.len().saturating_sub(3);
        match name.get(end..) {
            Some(extension) if end > 0 && extension.eq_ignore_ascii_case(".gz") => name[..end].to_owned(),
            _ => name.to_owned(),
        }
    }
}
