//! A part of a file on its way into the store: hashed, encrypted and written while it comes in, with
//! the same memory for any size.
//!
//! An object begins, inside its encryption, with the hash of its own name and of the place of its
//! bytes in the file. The name tells tenant and file. So an object under another name, or in the
//! order of another part, is refused although its key fits.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use actix_web::web::Bytes;
use age::stream::StreamWriter;
use futures_util::future::join;
use futures_util::{Stream, StreamExt as _};
use object_store::path::Path;
use object_store::{MultipartUpload, ObjectStore, ObjectStoreExt as _};
use sha2::{Digest as _, Sha256};
use tokio::task::{JoinHandle, spawn_blocking};

use super::hash::Running;
use super::key::FileKey;
use super::{Part, Storage, fault};
use crate::error::{Error, Result};

/// Bytes that are encrypted in one go.
const BLOCK: usize = 1024 * 1024;
/// Bytes that are handed to a store in one go: those on the network ask for at least 5 MiB.
const PIECE: usize = 8 * 1024 * 1024;
/// The same for a folder.
const FOLDER_PIECE: usize = 2 * 1024 * 1024;
/// Bytes at the beginning of an object that bind it to its place.
pub(super) const BOUND: usize = 32;

/// Where a part goes.
#[derive(Debug)]
pub struct Target {
    /// The file's key.
    pub key: FileKey,
    /// The folder of the file's objects: `TENANT/…/FILE`.
    pub folder: String,
    /// Where in the file it begins.
    pub start: u64,
    /// Most bytes that are taken.
    pub most: u64,
    /// The hash of what came before.
    pub hash: Running,
}

/// What was stored of a part.
#[derive(Debug)]
pub struct Stored {
    /// The part; nothing when no byte came.
    pub part: Option<Part>,
    /// The hash up to its end.
    pub hash: Running,
    /// Whether the body came to its end, or why it broke off; what came before is stored.
    pub ended: Result<()>,
}

/// A whole file that is stored and not entered anywhere yet.
#[derive(Debug)]
pub struct Written {
    /// The folder of its objects.
    pub folder: String,
    /// Its key, wrapped for its organisation.
    pub wrapped_key: String,
    /// Its parts.
    pub parts: Vec<Part>,
    /// Its size.
    pub size: u64,
    /// Its SHA-256, hexadecimal.
    pub sha256: String,
}

impl Storage {
    /// How many bytes are handed to this store in one go.
    fn piece(&self) -> usize {
        if self.folder.is_some() { FOLDER_PIECE } else { PIECE }
    }

    /// Stores what `body` brings, encrypted; it is on the disk when this is done. Of a body that
    /// breaks off, what came is stored.
    ///
    /// # Errors
    /// [`Error::TooLarge`] when more comes than is taken, [`Error::Full`] when the store is full,
    /// [`Error::Internal`] when it fails otherwise. Nothing is stored then.
    pub async fn write(
        &self,
        target: Target,
        mut body: impl Stream<Item = Result<Bytes>> + Unpin,
    ) -> Result<Stored> {
        let object = object_name(&target.folder, target.start);
        let mut going = Going::new(Arc::clone(&self.objects), &object, true);
        let sealer = Sealer::new(&target, &object, self.piece())?;
        let done = match pump(sealer, &mut going, &mut body, target.most).await {
            Ok((sealer, ended)) => finish(sealer, &mut going, ended).await,
            Err(error) => Err(error),
        };
        match done {
            Ok((0, hash, ended)) => Ok(Stored { part: None, hash, ended }),
            Ok((size, hash, ended)) => {
                let part = Part { start: target.start, size, object };
                Ok(Stored { part: Some(part), hash, ended })
            }
            Err(error) => {
                going.abort().await;
                Err(error)
            }
        }
    }
}

/// Encrypts one block while the next one comes in.
async fn pump(
    mut sealer: Sealer,
    going: &mut Going,
    body: &mut (impl Stream<Item = Result<Bytes>> + Unpin),
    most: u64,
) -> Result<(Sealer, Result<()>)> {
    let mut taken = 0_u64;
    let mut block = Block::next(body).await;
    loop {
        taken = taken.saturating_add(block.size());
        if taken > most {
            return Err(Error::TooLarge);
        }
        let Block { chunks, ended, .. } = block;
        let work = spawn_blocking(move || {
            chunks.iter().try_for_each(|chunk| sealer.seal(chunk)).map(|()| sealer)
        });
        let Some(ended) = ended else {
            let (done, next) = join(work, Block::next(body)).await;
            sealer = done.map_err(Error::internal)?.map_err(Error::internal)?;
            if let Some(piece) = sealer.piece() {
                going.put(piece).await?;
            }
            block = next;
            continue;
        };
        sealer = work.await.map_err(Error::internal)?.map_err(Error::internal)?;
        return Ok((sealer, ended));
    }
}

async fn finish(
    sealer: Sealer,
    going: &mut Going,
    ended: Result<()>,
) -> Result<(u64, Running, Result<()>)> {
    let (size, hash) = (sealer.size, sealer.hash.clone());
    if size > 0 {
        going.finish(sealer.last().map_err(Error::internal)?).await?;
    }
    Ok((size, hash, ended))
}

/// The name of a new object: no two are ever the same.
fn object_name(folder: &str, start: u64) -> String {
    format!("{folder}/{start:012}-{}", hex::encode(rand::random::<[u8; 8]>()))
}

/// The hash that binds an object to its name and to its place in the file.
pub(super) fn bound(object: &str, start: u64) -> [u8; BOUND] {
    Sha256::digest(format!("{object}\n{start}")).into()
}

/// What came of a body in one go.
struct Block {
    chunks: Vec<Bytes>,
    size: usize,
    /// Whether that was all, and how it ended.
    ended: Option<Result<()>>,
}

impl Block {
    async fn next(body: &mut (impl Stream<Item = Result<Bytes>> + Unpin)) -> Self {
        let mut block = Self { chunks: Vec::new(), size: 0, ended: None };
        while block.size < BLOCK && block.ended.is_none() {
            match body.next().await {
                Some(Ok(chunk)) => {
                    block.size += chunk.len();
                    block.chunks.push(chunk);
                }
                Some(Err(error)) => block.ended = Some(Err(error)),
                None => block.ended = Some(Ok(())),
            }
        }
        block
    }

    fn size(&self) -> u64 {
        u64::try_from(self.size).unwrap_or(u64::MAX)
    }
}

/// What was encrypted and not handed to the store yet.
#[derive(Clone, Debug, Default)]
struct Buffer(Arc<Mutex<Vec<u8>>>);

impl Buffer {
    fn len(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    fn take(&self, room: usize) -> Vec<u8> {
        let mut bytes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut *bytes, Vec::with_capacity(room))
    }
}

impl Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Hashes and encrypts.
struct Sealer {
    hash: Running,
    size: u64,
    /// How much is enough for the store.
    piece: usize,
    buffer: Buffer,
    writer: StreamWriter<Buffer>,
}

impl Sealer {
    fn new(target: &Target, object: &str, piece: usize) -> Result<Self> {
        let buffer = Buffer::default();
        let recipient = target.key.recipient();
        let recipients: [&dyn age::Recipient; 1] = [&recipient];
        let age = age::Encryptor::with_recipients(recipients.into_iter());
        let mut writer =
            age.map_err(Error::internal)?.wrap_output(buffer.clone()).map_err(Error::internal)?;
        writer.write_all(&bound(object, target.start)).map_err(Error::internal)?;
        Ok(Self { hash: target.hash.clone(), size: 0, piece, buffer, writer })
    }

    fn seal(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.hash.update(bytes);
        self.size += u64::try_from(bytes.len()).map_err(io::Error::other)?;
        self.writer.write_all(bytes)
    }

    /// What is ready for the store, when it is enough.
    fn piece(&self) -> Option<Vec<u8>> {
        (self.buffer.len() >= self.piece).then(|| self.buffer.take(self.piece + 2 * BLOCK))
    }

    /// The rest.
    fn last(self) -> io::Result<Vec<u8>> {
        self.writer.finish()?;
        Ok(self.buffer.take(0))
    }
}

/// An object on its way into the store: in one go when it is small, otherwise piece by piece.
struct Going {
    objects: Arc<dyn ObjectStore>,
    path: Path,
    /// Whether a piece is written while the next one is made: on a runtime.
    beside: bool,
    upload: Option<Box<dyn MultipartUpload>>,
    putting: Option<JoinHandle<object_store::Result<()>>>,
}

impl Going {
    fn new(objects: Arc<dyn ObjectStore>, object: &str, beside: bool) -> Self {
        Self { objects, path: Path::from(object), beside, upload: None, putting: None }
    }

    async fn put(&mut self, piece: Vec<u8>) -> Result<()> {
        self.settled().await?;
        if self.upload.is_none() {
            self.upload = Some(self.objects.put_multipart(&self.path).await.map_err(fault)?);
        }
        let Some(upload) = &mut self.upload else { return Ok(()) };
        let part = upload.put_part(piece.into());
        if self.beside {
            self.putting = Some(tokio::spawn(part));
        } else {
            part.await.map_err(fault)?;
        }
        Ok(())
    }

    /// Waits for the piece that is being written.
    async fn settled(&mut self) -> Result<()> {
        match self.putting.take() {
            Some(putting) => putting.await.map_err(Error::internal)?.map_err(fault),
            None => Ok(()),
        }
    }

    async fn finish(&mut self, rest: Vec<u8>) -> Result<()> {
        if self.upload.is_none() {
            self.objects.put(&self.path, rest.into()).await.map_err(fault)?;
            return Ok(());
        }
        self.put(rest).await?;
        self.settled().await?;
        if let Some(upload) = &mut self.upload {
            upload.complete().await.map_err(fault)?;
        }
        Ok(())
    }

    /// Takes away what was written. What can't be taken away now, goes with the file's folder.
    async fn abort(&mut self) {
        let settled = self.settled().await;
        if let Some(mut upload) = self.upload.take() {
            let aborted = upload.abort().await;
            tracing::debug!(?settled, ?aborted, "an object was given up");
        }
    }
}

/// Writes a whole file from a thread that may block: a job, or work off the async workers.
pub struct FileWriter {
    storage: Storage,
    sealer: Sealer,
    going: Going,
    part: Part,
    folder: String,
    wrapped_key: String,
}

impl std::fmt::Debug for FileWriter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FileWriter").field("part", &self.part).finish_non_exhaustive()
    }
}

impl Storage {
    /// Begins a file in `folder`, with a key and its wrapped text.
    ///
    /// # Errors
    /// When encryption can't begin.
    pub fn writer(
        &self,
        (key, wrapped_key): (FileKey, String),
        folder: String,
    ) -> Result<FileWriter> {
        let object = object_name(&folder, 0);
        let hash = Running::default();
        let target = Target { key, folder, start: 0, most: u64::MAX, hash };
        Ok(FileWriter {
            storage: self.clone(),
            sealer: Sealer::new(&target, &object, self.piece())?,
            going: Going::new(Arc::clone(&self.objects), &object, false),
            part: Part { start: 0, size: 0, object },
            folder: target.folder,
            wrapped_key,
        })
    }
}

impl Write for FileWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.sealer.seal(bytes)?;
        if let Some(piece) = self.sealer.piece() {
            let going = &mut self.going;
            self.storage.wait(going.put(piece)).map_err(io_fault)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The error of a store for whoever writes.
fn io_fault(error: Error) -> io::Error {
    match error {
        Error::Full => io::ErrorKind::StorageFull.into(),
        other => io::Error::other(other.to_string()),
    }
}

impl FileWriter {
    /// Gives the file up.
    pub fn abandon(mut self) {
        let going = &mut self.going;
        let gone = self.storage.wait(async {
            going.abort().await;
            Ok(())
        });
        tracing::debug!(?gone, "a file was given up");
    }

    /// Ends the file; it is on the disk when this is done.
    ///
    /// # Errors
    /// [`Error::Full`] and those of the store; nothing is stored then.
    pub fn finish(mut self) -> Result<Written> {
        let (size, hash) = (self.sealer.size, self.sealer.hash.clone());
        let rest = self.sealer.last().map_err(Error::internal)?;
        let going = &mut self.going;
        self.storage.wait(async {
            let finished = going.finish(rest).await;
            if finished.is_err() {
                going.abort().await;
            }
            finished
        })?;
        Ok(Written {
            folder: self.folder,
            wrapped_key: self.wrapped_key,
            parts: vec![Part { size, ..self.part }],
            size,
            sha256: hash.sha256(),
        })
    }
}
