//! Compound files ([MS-CFB]): what lies in them, by name, and the streams at their root. The binary formats of
//! Word and Excel are such files, and so is an encrypted package.

/// How a compound file begins.
const SIGNATURE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// Entries of the directory that are looked at.
const ENTRIES: usize = 4_096;

/// A number that is no sector: the end of a chain, a free sector, or one of the tables themselves.
const LAST: u32 = 0xffff_fffa;

/// Size of a sector of short streams.
const SHORT: usize = 64;

/// Whether `bytes` begin as a compound file.
pub(super) fn is_compound(bytes: &[u8]) -> bool {
    bytes.starts_with(SIGNATURE)
}

/// A compound file.
pub(super) struct Compound<'a> {
    bytes: &'a [u8],
    /// Size of a sector, as a power of two.
    shift: u32,
    /// The sectors of the allocation table.
    table: Vec<u32>,
    /// The streams and storages at its root.
    entries: Vec<Entry>,
    /// First sector and size of the stream in which the short ones lie.
    inner: (u32, u32),
}

struct Entry {
    name: String,
    start: u32,
    size: u32,
}

impl<'a> Compound<'a> {
    /// Opens `bytes`; `None` where they are none, or too damaged to tell what lies in them.
    pub(super) fn open(bytes: &'a [u8]) -> Option<Self> {
        if !is_compound(bytes) {
            return None;
        }
        let shift = u32::from(u16::from_le_bytes(bytes.get(30..32)?.try_into().ok()?));
        if !matches!(shift, 9 | 12) {
            return None;
        }
        let mut file = Self { bytes, shift, table: Vec::new(), entries: Vec::new(), inner: (LAST, 0) };
        file.table = file.table()?;
        (file.entries, file.inner) = file.root()?;
        (!file.entries.is_empty()).then_some(file)
    }

    /// The names at its root.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| entry.name.as_str())
    }

    /// The stream `name`, in whatever case it is written; `None` where there is none, or it is not whole.
    ///
    /// No chain is followed further than the stream is long, and no stream is longer than the file.
    pub(super) fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name))?;
        if entry.size >= number(self.bytes, 56)? {
            return self.whole(entry.start, entry.size);
        }
        // Short streams lie in sectors of 64 bytes within the stream of the root, with a table of their own.
        let size = entry.size as usize;
        let inner = self.whole(self.inner.0, self.inner.1)?;
        let sectors = number(self.bytes, 64)?.checked_shl(self.shift)?;
        let table = self.whole(number(self.bytes, 60)?, sectors)?;
        let mut stream = Vec::with_capacity(size.min(inner.len()));
        let mut next = entry.start;
        while stream.len() < size {
            let start = (next as usize).checked_mul(SHORT)?;
            let end = inner.len().min(start.checked_add(SHORT)?);
            stream.extend_from_slice(inner.get(start..end).filter(|sector| !sector.is_empty())?);
            next = number(&table, (next as usize).checked_mul(4)?).unwrap_or(LAST);
        }
        stream.truncate(size);
        Some(stream)
    }

    /// What lies in the sectors from `start` on.
    fn whole(&self, start: u32, size: u32) -> Option<Vec<u8>> {
        let size = size as usize;
        if size > self.bytes.len() {
            return None;
        }
        let mut stream = Vec::with_capacity(size);
        let mut next = start;
        while stream.len() < size {
            stream.extend_from_slice(self.sector(next).filter(|sector| !sector.is_empty())?);
            next = self.next(next).unwrap_or(LAST);
        }
        stream.truncate(size);
        Some(stream)
    }

    fn sector(&self, index: u32) -> Option<&'a [u8]> {
        let start = (index as usize).checked_add(1)?.checked_shl(self.shift)?;
        self.bytes.get(start..start.checked_add(1 << self.shift)?.min(self.bytes.len()))
    }

    /// The sectors of the allocation table: 109 in the header, the others in a chain.
    fn table(&self) -> Option<Vec<u32>> {
        let count = self.bytes.len() >> self.shift;
        let mut table: Vec<u32> = (0..109).filter_map(|index| number(self.bytes, 76 + 4 * index)).collect();
        let mut next = number(self.bytes, 68)?;
        while next < LAST && table.len() < count {
            let sector = self.sector(next)?;
            let last = (1 << (self.shift - 2)) - 1;
            table.extend((0..last).filter_map(|index| number(sector, 4 * index)));
            next = number(sector, 4 * last)?;
        }
        table.retain(|&sector| sector < LAST);
        Some(table)
    }

    fn next(&self, sector: u32) -> Option<u32> {
        let entries = 1 << (self.shift - 2);
        let table = self.table.get(sector as usize / entries)?;
        number(self.sector(*table)?, 4 * (sector as usize % entries))
    }

    /// The entries right below the root: a tree of siblings.
    fn root(&self) -> Option<(Vec<Entry>, (u32, u32))> {
        let mut sectors = Vec::new();
        let mut next = number(self.bytes, 48)?;
        let most = ENTRIES >> (self.shift - 7);
        while next < LAST && sectors.len() < most {
            sectors.push(next);
            next = self.next(next)?;
        }
        let per = 1_usize << (self.shift - 7);
        let entry = |index: u32| {
            let sector = self.sector(*sectors.get(index as usize / per)?)?;
            let start = index as usize % per * 128;
            sector.get(start..start + 128)
        };
        let root = entry(0)?;
        let inner = (number(root, 116)?, number(root, 120)?);
        let mut waiting = vec![number(root, 76)?];
        let mut seen = vec![false; sectors.len() * per];
        let mut entries = Vec::new();
        while let Some(index) = waiting.pop() {
            let Some(seen) = seen.get_mut(index as usize).filter(|seen| !**seen) else { continue };
            *seen = true;
            let Some(raw) = entry(index) else { continue };
            waiting.extend([number(raw, 68)?, number(raw, 72)?]);
            let length = usize::from(u16::from_le_bytes([raw[64], raw[65]])).clamp(2, 64) - 2;
            let units = raw[..length].as_chunks::<2>().0.iter().map(|pair| u16::from_le_bytes(*pair));
            let name = char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect();
            entries.push(Entry { name, start: number(raw, 116)?, size: number(raw, 120)? });
        }
        Some((entries, inner))
    }
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A compound file with empty streams of these names: a header, a table of one sector, a directory.
    pub(crate) fn compound(names: &[&str]) -> Vec<u8> {
        let mut bytes = SIGNATURE.to_vec();
        bytes.resize(512, 0);
        bytes[30] = 9;
        bytes[48..52].copy_from_slice(&1_u32.to_le_bytes());
        bytes[56..60].copy_from_slice(&4_096_u32.to_le_bytes());
        bytes[68..72].fill(0xff);
        bytes[76..512].fill(0xff);
        bytes[76..80].fill(0);
        let sectors = u32::try_from((names.len() + 1).div_ceil(4)).expect("few");
        let chain = (1..=sectors).map(|sector| if sector == sectors { 0xffff_fffe } else { sector + 1 });
        let table: Vec<u8> = std::iter::once(0xffff_fffd).chain(chain).flat_map(u32::to_le_bytes).collect();
        bytes.extend(&table);
        bytes.resize(1_024, 0xff);
        for (index, name) in std::iter::once(&"Root Entry").chain(names).enumerate() {
            let mut entry = [0_u8; 128];
            let units: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
            entry[..units.len()].copy_from_slice(&units);
            entry[64] = u8::try_from(units.len() + 2).expect("short");
            entry[66] = if index == 0 { 5 } else { 2 };
            entry[68..80].fill(0xff);
            let next = u32::try_from(index + 1).expect("few");
            if index == 0 {
                entry[76..80].copy_from_slice(&next.to_le_bytes());
            } else if index < names.len() {
                entry[72..76].copy_from_slice(&next.to_le_bytes());
            }
            bytes.extend(entry);
        }
        bytes.resize(1_024 + 512 * sectors as usize, 0);
        bytes
    }

    #[test]
    fn names_at_the_root_are_told() {
        let names = ["WordDocument", "1Table", "\u{5}SummaryInformation", "Data", "ObjectPool"];
        let bytes = compound(&names);
        let file = Compound::open(&bytes).expect("a compound file");
        assert_eq!(file.names().collect::<Vec<_>>(), names);
        assert_eq!(file.stream("worddocument"), Some(Vec::new()), "an empty stream");
        assert_eq!(file.stream("0Table"), None);
    }

    #[test]
    fn damage_ends_quietly() {
        let whole = compound(&["WordDocument", "1Table", "Data", "A", "B", "C"]);
        for end in 0..whole.len() {
            let _ = Compound::open(&whole[..end]).map(|file| file.stream("WordDocument"));
        }
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            for value in [0, 1, 0x7f, 0xff] {
                bytes[at] = value;
                let _ = Compound::open(&bytes).map(|file| file.names().count());
            }
        }
    }
}
