//! A member of an archive, unpacked so that it can be read anywhere: a small one in memory, a larger
//! one in a file without a name, sealed under a key that only this process knows. Nothing plain is
//! ever on a disk.

use std::fs;
use std::io::{self, Read, Seek, SeekFrom, Write};

use chacha20poly1305::aead::{Aead as _, KeyInit as _};
use chacha20poly1305::{ChaCha20Poly1305, Nonce};

use super::source::{long, short};

/// Bytes kept in memory.
const IN_MEMORY: usize = 8 * 1024 * 1024;
/// Plain bytes sealed together.
const BLOCK: usize = 64 * 1024;
/// A sealed block.
const SEALED: usize = BLOCK + 16;

/// What was unpacked.
pub(super) struct Spool {
    kept: Kept,
    len: u64,
    at: u64,
}

enum Kept {
    Memory(Vec<u8>),
    Sealed(Box<Sealed>),
}

impl Spool {
    /// Takes everything there is to read.
    pub(super) fn fill(from: &mut dyn Read) -> io::Result<Self> {
        let mut start = Vec::new();
        from.take(long(IN_MEMORY)).read_to_end(&mut start)?;
        if start.len() < IN_MEMORY {
            return Ok(Self { len: long(start.len()), kept: Kept::Memory(start), at: 0 });
        }
        let mut sealed = Sealed::new()?;
        let mut len = 0_u64;
        let mut all = io::Cursor::new(start).chain(from);
        loop {
            let mut block = Vec::with_capacity(BLOCK);
            (&mut all).take(long(BLOCK)).read_to_end(&mut block)?;
            len = len.saturating_add(long(block.len()));
            let last = block.len() < BLOCK;
            sealed.push(&block)?;
            if last {
                return Ok(Self { kept: Kept::Sealed(Box::new(sealed)), len, at: 0 });
            }
        }
    }

    /// How many bytes there are.
    pub(super) fn len(&self) -> u64 {
        self.len
    }
}

impl Read for Spool {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut from = match &mut self.kept {
            Kept::Memory(bytes) => bytes.get(short(self.at)..).unwrap_or_default(),
            Kept::Sealed(sealed) => sealed.from(self.at)?,
        };
        let read = from.read(buffer)?;
        self.at = self.at.saturating_add(long(read));
        Ok(read)
    }
}

impl Seek for Spool {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let place = match to {
            SeekFrom::Start(place) => Some(place),
            SeekFrom::End(by) => self.len.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = place.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

struct Sealed {
    file: fs::File,
    cipher: ChaCha20Poly1305,
    blocks: u64,
    /// The block that was opened last.
    open: Option<(u64, Vec<u8>)>,
}

impl Sealed {
    fn new() -> io::Result<Self> {
        let key: [u8; 32] = rand::random();
        let cipher = ChaCha20Poly1305::new(&key.into());
        Ok(Self { file: tempfile::tempfile()?, cipher, blocks: 0, open: None })
    }

    fn push(&mut self, block: &[u8]) -> io::Result<()> {
        let sealed = self.cipher.encrypt(&nonce(self.blocks), block);
        let sealed = sealed.ok().ok_or_else(|| io::Error::other("a block can't be sealed"))?;
        self.file.write_all(&sealed)?;
        self.blocks = self.blocks.saturating_add(1);
        Ok(())
    }

    /// The plain bytes from a place to the end of their block.
    fn from(&mut self, place: u64) -> io::Result<&[u8]> {
        let number = place / long(BLOCK);
        if self.open.as_ref().is_none_or(|(open, _)| *open != number) {
            let plain = if number < self.blocks { self.block(number)? } else { Vec::new() };
            self.open = Some((number, plain));
        }
        let plain = self.open.as_ref().map(|(_, plain)| plain.as_slice()).unwrap_or_default();
        Ok(plain.get(short(place % long(BLOCK))..).unwrap_or_default())
    }

    fn block(&mut self, number: u64) -> io::Result<Vec<u8>> {
        self.file.seek(SeekFrom::Start(number.saturating_mul(long(SEALED))))?;
        let mut sealed = Vec::with_capacity(SEALED);
        (&mut self.file).take(long(SEALED)).read_to_end(&mut sealed)?;
        let plain = self.cipher.decrypt(&nonce(number), sealed.as_slice());
        plain.ok().ok_or_else(|| io::Error::other("a block isn't what was sealed"))
    }
}

fn nonce(block: u64) -> Nonce {
    let mut nonce = [0; 12];
    for (to, from) in nonce.iter_mut().zip(block.to_le_bytes()) {
        *to = from;
    }
    nonce.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_unpacked_comes_back_wherever_it_is_read() {
        for size in [0, 1, IN_MEMORY - 1, IN_MEMORY, IN_MEMORY + BLOCK + 1] {
            let bytes: Vec<u8> = (0..size).map(|n| u8::try_from(n % 251).unwrap()).collect();
            let mut spool = Spool::fill(&mut bytes.as_slice()).unwrap();
            assert_eq!(spool.len(), long(size));
            for at in [0, size / 2, BLOCK - 1, size.saturating_sub(3), size, size + 9] {
                spool.seek(SeekFrom::Start(long(at))).unwrap();
                let mut read = Vec::new();
                (&mut spool).take(100_000).read_to_end(&mut read).unwrap();
                let end = size.min(at + 100_000);
                assert_eq!(read, bytes.get(at..end).unwrap_or_default(), "{size} {at}");
            }
            assert!(spool.seek(SeekFrom::Current(-1_000_000_000)).is_err());
        }
    }

    #[test]
    fn a_large_one_is_nowhere_plain() {
        let bytes = vec![b'7'; IN_MEMORY + 10];
        let mut spool = Spool::fill(&mut bytes.as_slice()).unwrap();
        let Kept::Sealed(sealed) = &mut spool.kept else { panic!("it is in memory") };
        let mut kept = Vec::new();
        sealed.file.seek(SeekFrom::Start(0)).unwrap();
        sealed.file.read_to_end(&mut kept).unwrap();
        assert!(kept.len() > bytes.len());
        assert!(super::super::source::find(&kept, b"7777777777").is_none());
    }
}
