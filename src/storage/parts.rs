//! A file out of its parts: any range of its plain bytes, for a browser or for whoever looks into it.
//!
//! Decryption seeks: only the blocks of 64 KiB that are asked for are read and decrypted.

use std::fmt;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::sync::Arc;

use actix_web::web::Bytes;
use age::stream::StreamReader;
use futures_util::{Stream, stream};
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt as _};
use tokio::task::{JoinHandle, spawn_blocking};

use super::Storage;
use super::key::FileKey;
use super::stream::{BOUND, bound};
use super::wait::wait;
use crate::error::{Error, Result};

/// Bytes that are read on where reading goes on.
const AHEAD: u64 = 1024 * 1024;
/// Bytes that are read after a jump.
const LOOK: u64 = 128 * 1024;
/// Bytes that are handed out in one go.
const BLOCK: u64 = 1024 * 1024;

/// A part of a file: where it begins, how long it is, and in which object it lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Where in the file it begins.
    pub start: u64,
    /// How many bytes it has.
    pub size: u64,
    /// The object.
    pub object: String,
}

/// The parts of a file with its key.
#[derive(Clone, Debug)]
pub struct Parts {
    storage: Storage,
    key: FileKey,
    all: Arc<[Part]>,
    size: u64,
}

impl Storage {
    /// The plain bytes of the file that has these parts. They are read when they are asked for.
    #[must_use]
    pub fn parts(&self, key: FileKey, mut parts: Vec<Part>) -> Parts {
        parts.sort_by_key(|part| part.start);
        let size = parts.last().map_or(0, |last| last.start.saturating_add(last.size));
        Parts { storage: self.clone(), key, all: parts.into(), size }
    }
}

impl Parts {
    /// How many bytes there are.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.size
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.size == 0
    }

    /// Reads them on a thread that may block.
    #[must_use]
    pub fn reader(&self) -> PartsReader {
        PartsReader { of: self.clone(), at: 0, open: None }
    }

    /// The bytes of a range, read and decrypted off the async workers, a block ahead of the reader.
    pub fn stream(&self, range: Range<u64>) -> impl Stream<Item = Result<Bytes>> + use<> {
        let mut reader = Box::new(self.reader());
        reader.at = range.start;
        let left = range.end.min(self.size).saturating_sub(range.start);
        stream::try_unfold((Next::Begin(reader), left), |(next, left)| async move {
            if left == 0 {
                return Ok(None);
            }
            let reading = match next {
                Next::Begin(reader) => read_block(reader, left),
                Next::Reading(reading) => reading,
            };
            let (reader, bytes) =
                reading.await.map_err(Error::internal)?.map_err(Error::internal)?;
            let left = left.saturating_sub(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
            let next = match left {
                0 => Next::Begin(reader),
                left => Next::Reading(read_block(reader, left)),
            };
            Ok(Some((bytes, (next, left))))
        })
    }
}

type Reading = JoinHandle<io::Result<(Box<PartsReader>, Bytes)>>;

enum Next {
    Begin(Box<PartsReader>),
    Reading(Reading),
}

fn read_block(mut reader: Box<PartsReader>, left: u64) -> Reading {
    spawn_blocking(move || {
        let size = usize::try_from(left.min(BLOCK)).map_err(io::Error::other)?;
        let mut block = vec![0; size];
        reader.read_exact(&mut block)?;
        Ok((reader, Bytes::from(block)))
    })
}

/// Reads a file out of its parts, from anywhere in it. It blocks: not for the async workers.
pub struct PartsReader {
    of: Parts,
    at: u64,
    open: Option<Open>,
}

impl fmt::Debug for PartsReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PartsReader").field("at", &self.at).finish_non_exhaustive()
    }
}

/// The part that is being read.
struct Open {
    index: usize,
    stream: StreamReader<Sealed>,
    /// Where in the part it stands.
    at: u64,
}

impl Open {
    /// Opens a part, and makes sure that its object is the one of this place.
    fn part(of: &Parts, index: usize, part: &Part) -> io::Result<Self> {
        let sealed = Sealed::open(&of.storage, &part.object)?;
        let identities: [&dyn age::Identity; 1] = [of.key.identity()];
        let mut stream = age::Decryptor::new(sealed)
            .and_then(|age| age.decrypt(identities.into_iter()))
            .map_err(invalid)?;
        let mut own = [0; BOUND];
        stream.read_exact(&mut own)?;
        if own != bound(&part.object, part.start) {
            return Err(invalid("an object of another file or place"));
        }
        Ok(Self { index, stream, at: 0 })
    }

    fn go_to(&mut self, inside: u64) -> io::Result<()> {
        if self.at != inside {
            let head = u64::try_from(BOUND).map_err(io::Error::other)?;
            self.stream.seek(SeekFrom::Start(inside.saturating_add(head)))?;
            self.at = inside;
        }
        Ok(())
    }
}

fn invalid(cause: impl fmt::Display) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, cause.to_string())
}

impl PartsReader {
    /// The part in which the reader stands.
    fn here(&self) -> Option<(usize, Part)> {
        let index = self.of.all.partition_point(|part| part.start <= self.at).checked_sub(1)?;
        let part = self.of.all.get(index)?;
        (self.at - part.start < part.size).then(|| (index, part.clone()))
    }

    fn opened(&mut self, index: usize, part: &Part) -> io::Result<&mut Open> {
        let open = match self.open.take() {
            Some(open) if open.index == index => open,
            _ => Open::part(&self.of, index, part)?,
        };
        Ok(self.open.insert(open))
    }
}

impl Read for PartsReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Some((index, part)) = self.here() else {
            // Past the end, or a part is missing.
            return if self.at >= self.of.size { Ok(0) } else { Err(invalid("a part is missing")) };
        };
        let inside = self.at - part.start;
        let most = usize::try_from(part.size - inside).unwrap_or(usize::MAX).min(buffer.len());
        let room = buffer.get_mut(..most).unwrap_or_default();
        if room.is_empty() {
            return Ok(0);
        }
        let open = self.opened(index, &part)?;
        open.go_to(inside)?;
        let read = open.stream.read(room)?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let read_on = u64::try_from(read).map_err(io::Error::other)?;
        open.at += read_on;
        self.at += read_on;
        Ok(read)
    }
}

impl Seek for PartsReader {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let target = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
            SeekFrom::End(by) => self.of.size.checked_add_signed(by),
        };
        let early = || io::Error::new(io::ErrorKind::InvalidInput, "before the beginning");
        self.at = target.ok_or_else(early)?;
        Ok(self.at)
    }
}

/// An encrypted object, read in windows.
struct Sealed {
    source: Source,
    size: u64,
    at: u64,
    window: Bytes,
    /// Where the window begins.
    from: u64,
}

enum Source {
    File(std::fs::File),
    Object(Arc<dyn ObjectStore>, Path),
}

impl Sealed {
    fn open(storage: &Storage, object: &str) -> io::Result<Self> {
        let path = Path::from(object);
        let (source, size) = if let Some(folder) = &storage.folder {
            let file = std::fs::File::open(folder.path_to_filesystem(&path)?)?;
            let size = file.metadata()?.len();
            (Source::File(file), size)
        } else {
            let objects = Arc::clone(&storage.objects);
            let size = wait(objects.head(&path))?.size;
            (Source::Object(objects, path), size)
        };
        Ok(Self { source, size, at: 0, window: Bytes::new(), from: 0 })
    }

    fn window_end(&self) -> u64 {
        self.from.saturating_add(u64::try_from(self.window.len()).unwrap_or(u64::MAX))
    }

    /// Reads the window that begins where the reader stands.
    fn fill(&mut self) -> io::Result<()> {
        let goes_on = self.at == self.window_end();
        let size = if goes_on { AHEAD } else { LOOK }.min(self.size - self.at);
        self.window = match &mut self.source {
            Source::File(file) => {
                let mut bytes = vec![0; usize::try_from(size).map_err(io::Error::other)?];
                file.seek(SeekFrom::Start(self.at))?;
                file.read_exact(&mut bytes)?;
                bytes.into()
            }
            Source::Object(objects, path) => {
                wait(objects.get_range(path, self.at..self.at + size))?
            }
        };
        self.from = self.at;
        Ok(())
    }
}

impl Read for Sealed {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at >= self.size || buffer.is_empty() {
            return Ok(0);
        }
        if self.at < self.from || self.at >= self.window_end() {
            self.fill()?;
        }
        let inside = usize::try_from(self.at - self.from).map_err(io::Error::other)?;
        let mut rest = self.window.get(inside..).unwrap_or_default();
        let read = rest.read(buffer)?;
        self.at += u64::try_from(read).map_err(io::Error::other)?;
        Ok(read)
    }
}

impl Seek for Sealed {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let target = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
            SeekFrom::End(by) => self.size.checked_add_signed(by),
        };
        let early = || io::Error::new(io::ErrorKind::InvalidInput, "before the beginning");
        self.at = target.ok_or_else(early)?;
        Ok(self.at)
    }
}

#[cfg(test)]
impl Parts {
    pub(super) fn key(&self) -> FileKey {
        self.key.clone()
    }

    pub(super) fn into_parts(self) -> Vec<Part> {
        self.all.to_vec()
    }
}
