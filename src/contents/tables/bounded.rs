//! Reading that ends: the file with its own faults kept apart from those of its content, and the
//! bytes counted that anything unpacks to.

use std::cell::{Cell, RefCell};
use std::io::{self, BufRead, Read, Seek, SeekFrom};
use std::rc::Rc;

use zip::result::ZipError;

use super::ReadSeek;
use crate::contents::model::Unreadable;

/// Why reading ends before the end.
#[derive(Debug)]
pub(super) enum End {
    /// Whoever takes the rows has enough.
    Enough,
    /// Something is wrong with the content.
    Why(Unreadable),
}

/// What reading gives.
pub(super) type Go<T = ()> = Result<T, End>;

impl End {
    /// The content is broken.
    pub(super) const BROKEN: Self = Self::Why(Unreadable::Broken);
}

impl From<io::Error> for End {
    /// Whether it was the file itself that couldn't be read, [`Source::fault`] tells.
    fn from(cause: io::Error) -> Self {
        tracing::debug!(%cause, "a table could not be read");
        Self::BROKEN
    }
}

impl From<quick_xml::Error> for End {
    fn from(cause: quick_xml::Error) -> Self {
        tracing::debug!(%cause, "a part could not be read");
        Self::BROKEN
    }
}

impl From<ZipError> for End {
    fn from(cause: ZipError) -> Self {
        tracing::debug!(%cause, "a package could not be read");
        match cause {
            ZipError::InvalidPassword => Self::Why(Unreadable::Encrypted),
            ZipError::UnsupportedArchive(why) if why == ZipError::PASSWORD_REQUIRED => {
                Self::Why(Unreadable::Encrypted)
            }
            _ => Self::BROKEN,
        }
    }
}

/// The file: read by whoever holds a handle, its own faults remembered.
#[derive(Clone)]
pub(super) struct Source<'a> {
    inner: Rc<RefCell<Inner<'a>>>,
}

struct Inner<'a> {
    file: &'a mut dyn ReadSeek,
    fault: Option<io::Error>,
}

impl<'a> Source<'a> {
    pub(super) fn new(file: &'a mut dyn ReadSeek) -> Self {
        Self { inner: Rc::new(RefCell::new(Inner { file, fault: None })) }
    }

    /// The fault of the file itself, if there was one.
    pub(super) fn fault(&self) -> Option<io::Error> {
        self.inner.try_borrow_mut().ok().and_then(|mut inner| inner.fault.take())
    }

    fn with<T>(&self, act: impl FnOnce(&mut dyn ReadSeek) -> io::Result<T>) -> io::Result<T> {
        let mut inner = self.inner.try_borrow_mut().map_err(io::Error::other)?;
        act(inner.file).inspect_err(|cause| {
            // Asking for a place before the beginning is the content's fault.
            let own = !matches!(
                cause.kind(),
                io::ErrorKind::Interrupted
                    | io::ErrorKind::InvalidInput
                    | io::ErrorKind::UnexpectedEof
            );
            if own && inner.fault.is_none() {
                inner.fault = Some(io::Error::new(cause.kind(), cause.to_string()));
            }
        })
    }
}

impl Read for Source<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.with(|file| file.read(into))
    }
}

impl Seek for Source<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.with(|file| file.seek(to))
    }
}

/// The bytes that may still be unpacked.
#[derive(Clone)]
pub(super) struct Budget {
    left: Rc<Cell<u64>>,
    spent: Rc<Cell<bool>>,
}

impl Budget {
    pub(super) fn of(bytes: u64) -> Self {
        Self { left: Rc::new(Cell::new(bytes)), spent: Rc::new(Cell::new(false)) }
    }

    /// Takes bytes away.
    ///
    /// # Errors
    /// There are none left.
    pub(super) fn take(&self, bytes: usize) -> io::Result<()> {
        let bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
        let Some(left) = self.left.get().checked_sub(bytes).filter(|_| !self.spent.get()) else {
            self.spent.set(true);
            return Err(io::Error::other("more is unpacked than is looked at"));
        };
        self.left.set(left);
        Ok(())
    }

    /// Takes bytes away that were already unpacked; whether there were as many shows at the next
    /// [`Budget::take`].
    fn spend(&self, bytes: usize) {
        let bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
        let left = self.left.get();
        self.left.set(left.saturating_sub(bytes));
        if left < bytes {
            self.spent.set(true);
        }
    }

    /// Whether more was wanted than there was.
    pub(super) fn is_spent(&self) -> bool {
        self.spent.get()
    }
}

/// A part that is unpacked piece by piece: every byte counts, and no piece of it (a tag, a text)
/// may be longer than what may be in memory.
pub(super) struct Metered<R> {
    inner: R,
    budget: Budget,
    /// What was packed, so that what unpacks to impossibly much is seen early.
    packed: u64,
    total: u64,
    piece: usize,
}

/// Most bytes of a tag or a text.
const MAX_PIECE: usize = 4 * 1024 * 1024;
/// Most bytes for one packed byte, of parts larger than [`SMALL`].
const MAX_RATIO: u64 = 200;
/// Parts up to this size may be packed as tightly as they like.
const SMALL: u64 = 4 * 1024 * 1024;

impl<R: BufRead> Metered<R> {
    pub(super) fn new(inner: R, budget: &Budget, packed: u64) -> Self {
        Self { inner, budget: budget.clone(), packed, total: 0, piece: 0 }
    }

    /// The next piece begins.
    pub(super) fn begin(&mut self) {
        self.piece = 0;
    }
}

impl<R: BufRead> Read for Metered<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let from = self.fill_buf()?;
        let count = from.len().min(into.len());
        if let (Some(into), Some(from)) = (into.get_mut(..count), from.get(..count)) {
            into.copy_from_slice(from);
        }
        self.consume(count);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Metered<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.piece > MAX_PIECE {
            return Err(io::Error::other("a piece is longer than is looked at"));
        }
        let tight = self.total > SMALL && self.total / self.packed.max(1) > MAX_RATIO;
        if tight {
            self.budget.spent.set(true);
        }
        self.budget.take(0)?;
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.piece = self.piece.saturating_add(amount);
        self.total = self.total.saturating_add(u64::try_from(amount).unwrap_or(u64::MAX));
        self.budget.spend(amount);
        self.inner.consume(amount);
    }
}
