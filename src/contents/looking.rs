//! What one look has spent of its bounds, over the file and everything in it.

use std::cell::Cell;
use std::io::{self, Read};

use super::model::{Bounds, Contents, Unreadable, Watch};
use super::source::long;
use crate::japanese;

/// Members up to this size may be packed as tightly as they like.
const SMALL: u64 = 4 * 1024 * 1024;
/// Most bytes for one packed byte, of members larger than [`SMALL`].
const RATIO: u64 = 200;
/// Most characters of what a file tells about itself.
const TOLD: usize = 100;

/// A look at a file: whom to watch for, the bounds, and how much of them is spent.
pub(super) struct Looking<'a> {
    pub(super) watch: &'a Watch,
    bounds: Bounds,
    unpacked: Cell<u64>,
    members: Cell<usize>,
    rows: Cell<u64>,
    text: Cell<usize>,
    stopped: Cell<Option<Unreadable>>,
}

impl<'a> Looking<'a> {
    pub(super) fn new(watch: &'a Watch, bounds: Bounds) -> Self {
        Self {
            watch,
            bounds,
            unpacked: Cell::new(0),
            members: Cell::new(0),
            rows: Cell::new(0),
            text: Cell::new(0),
            stopped: Cell::new(None),
        }
    }

    /// What is left of the bounds.
    pub(super) fn left(&self) -> Bounds {
        Bounds {
            unpacked: self.bounds.unpacked.saturating_sub(self.unpacked.get()),
            members: self.bounds.members.saturating_sub(self.members.get()),
            rows: self.bounds.rows.saturating_sub(self.rows.get()),
            text: self.bounds.text.saturating_sub(self.text.get()),
            ..self.bounds
        }
    }

    /// Bytes that a package alone may unpack to.
    pub(super) fn whole(&self) -> u64 {
        self.bounds.unpacked
    }

    /// Archives within archives that are looked into.
    pub(super) fn depth(&self) -> u8 {
        self.bounds.depth
    }

    /// Counts unpacked bytes.
    pub(super) fn unpack(&self, bytes: u64) -> Result<(), Unreadable> {
        self.unpacked.set(self.unpacked.get().saturating_add(bytes));
        if self.unpacked.get() > self.bounds.unpacked {
            return Err(self.stop(Unreadable::Bomb));
        }
        Ok(())
    }

    /// Counts a part that was unpacked in one go.
    pub(super) fn unpack_part(&self, packed: usize, unpacked: usize) -> Result<(), Unreadable> {
        let (packed, unpacked) = (long(packed), long(unpacked));
        if is_tight(packed, unpacked) {
            return Err(self.stop(Unreadable::Bomb));
        }
        self.unpack(unpacked)
    }

    /// Counts the members of an archive or package.
    pub(super) fn take_members(&self, count: usize) -> Result<(), Unreadable> {
        self.members.set(self.members.get().saturating_add(count));
        if self.members.get() > self.bounds.members {
            return Err(self.stop(Unreadable::TooLarge));
        }
        Ok(())
    }

    /// Counts the rows of tables.
    pub(super) fn take_rows(&self, count: u64) {
        self.rows.set(self.rows.get().saturating_add(count));
    }

    /// Counts characters of text.
    pub(super) fn take_text(&self, count: usize) -> Result<(), Unreadable> {
        self.text.set(self.text.get().saturating_add(count));
        if self.text.get() > self.bounds.text {
            return Err(self.stop(Unreadable::TooLarge));
        }
        Ok(())
    }

    /// Why a parser ended that only knows errors of reading: a bound, or else a broken file.
    pub(super) fn why(&self) -> Unreadable {
        self.stopped.take().unwrap_or(Unreadable::Broken)
    }

    fn stop(&self, why: Unreadable) -> Unreadable {
        self.stopped.set(Some(why));
        why
    }

    /// A packed part whose real bytes are counted while they are read, whatever the archive says
    /// about its size.
    pub(super) fn counted<R: Read>(&self, inner: R, packed: u64) -> Counted<'_, R> {
        Counted { inner, packed, read: 0, looking: self }
    }
}

/// Whether something is packed tighter than anything that people write.
fn is_tight(packed: u64, unpacked: u64) -> bool {
    unpacked > SMALL && unpacked / packed.max(1) > RATIO
}

/// See [`Looking::counted`].
pub(super) struct Counted<'l, R> {
    inner: R,
    packed: u64,
    read: u64,
    looking: &'l Looking<'l>,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.read = self.read.saturating_add(long(read));
        let tight = is_tight(self.packed, self.read);
        if tight {
            self.looking.stop(Unreadable::Bomb);
        }
        if tight || self.looking.unpack(long(read)).is_err() {
            return Err(io::Error::other("more than is unpacked"));
        }
        Ok(read)
    }
}

/// Keeps what a file tells about itself; a My Number in it is counted and masked.
pub(super) fn tell(contents: &mut Contents, key: &str, value: &str) {
    let kept: String = value.trim().chars().filter(|c| !japanese::is_control(*c)).collect();
    if kept.is_empty() || contents.metadata.len() >= 50 {
        return;
    }
    let kept = name_of(contents, &kept, TOLD);
    contents.metadata.insert(key.to_owned(), kept);
}

/// A name that comes with a file, cut; a My Number in it is counted and masked.
pub(super) fn name_of(contents: &mut Contents, name: &str, most: usize) -> String {
    let found = japanese::find_my_numbers(name);
    contents.my_numbers = contents.my_numbers.saturating_add(long(found.len()));
    let masked = name.char_indices().map(|(at, c)| {
        if found.iter().any(|place| place.contains(&at)) && !c.is_whitespace() { '＊' } else { c }
    });
    masked.take(most).collect()
}
