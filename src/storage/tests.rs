use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::sync::Arc;

use actix_web::web::Bytes;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use object_store::memory::InMemory;
use proptest::prelude::*;

use super::*;

/// A store with an organisation's key.
struct House {
    storage: Storage,
    secret: Secret,
    owner: WrappedKey,
    runtime: tokio::runtime::Runtime,
    _folder: Option<tempfile::TempDir>,
}

impl House {
    fn over(storage: Storage, folder: Option<tempfile::TempDir>) -> Self {
        let secret = Secret::parse(&"5a".repeat(32)).unwrap();
        let owner = new_key(&secret).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        Self { storage, secret, owner, runtime, _folder: folder }
    }

    fn folder() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self::over(Storage::folder(folder.path()).unwrap(), Some(folder))
    }

    fn memory() -> Self {
        Self::over(Storage::over(Arc::new(InMemory::new())), None)
    }

    fn key(&self) -> FileKey {
        new_file_key(&self.secret, &self.owner).unwrap().0
    }

    /// Writes a part in chunks of a size.
    fn write(
        &self,
        key: &FileKey,
        start: u64,
        hash: Running,
        bytes: &[u8],
        chunk: usize,
    ) -> Stored {
        let target =
            Target { key: key.clone(), folder: "t/x/f".into(), start, most: u64::MAX, hash };
        let chunks: Vec<Result<Bytes>> =
            bytes.chunks(chunk.max(1)).map(|chunk| Ok(Bytes::copy_from_slice(chunk))).collect();
        self.runtime.block_on(self.storage.write(target, stream::iter(chunks))).unwrap()
    }

    fn range(&self, parts: &Parts, range: std::ops::Range<u64>) -> Result<Vec<u8>> {
        let read = parts.stream(range).try_fold(Vec::new(), |mut all, block| async move {
            all.extend_from_slice(&block);
            Ok(all)
        });
        self.runtime.block_on(read)
    }

    fn objects(&self) -> Vec<String> {
        let found = self.storage.objects.list(None);
        let names = found.map(|object| object.unwrap().location.to_string()).collect::<Vec<_>>();
        let mut names = self.runtime.block_on(names);
        names.sort();
        names
    }

    fn raw(&self, object: &str) -> Vec<u8> {
        let got = async {
            let found = self.storage.objects.get(&Path::from(object)).await.unwrap();
            found.bytes().await.unwrap().to_vec()
        };
        self.runtime.block_on(got)
    }

    fn overwrite(&self, object: &str, bytes: Vec<u8>) {
        let path = Path::from(object);
        self.runtime.block_on(self.storage.objects.put(&path, bytes.into())).unwrap();
    }
}

/// Bytes that are nowhere the same.
fn bytes(size: usize) -> Vec<u8> {
    (0_u32..).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()).take(size).collect()
}

fn size(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap()
}

#[test]
fn a_file_of_any_size_comes_back_as_it_was() {
    for house in [House::folder(), House::memory()] {
        let block = 64 * 1024;
        for length in
            [1, 31, 32, block - 33, block - 32, block - 31, block, 3 * block, 9 << 20, 17 << 20]
        {
            let (key, plain) = (house.key(), bytes(length));
            let stored = house.write(&key, 0, Running::default(), &plain, 50_000);
            stored.ended.unwrap();
            let part = stored.part.unwrap();
            assert_eq!(part.size, size(&plain));
            assert_eq!(stored.hash.sha256(), sha256(&plain), "{length}");
            let raw = house.raw(&part.object);
            assert!(raw.len() > length && raw.starts_with(b"age-encryption.org/v1"));
            let parts = house.storage.parts(key, vec![part]);
            assert!(house.range(&parts, 0..parts.len()).unwrap() == plain, "{length}");
            let mut read = Vec::new();
            parts.reader().read_to_end(&mut read).unwrap();
            assert!(read == plain, "{length}");
        }
    }
}

/// A file in three parts, with its plain bytes.
fn in_parts(house: &House) -> (Parts, Vec<u8>, String) {
    let (key, plain) = (house.key(), bytes(300_000));
    let (mut parts, mut hash, mut rest) = (Vec::new(), Running::default(), plain.as_slice());
    for length in [70_000, 1, 229_999] {
        let (now, later) = rest.split_at(length);
        let start = size(&plain) - size(rest);
        let stored = house.write(&key, start, hash, now, 7_000);
        parts.push(stored.part.unwrap());
        // As between two requests: the hash goes through the database.
        let sealed = stored.hash.sealed(&key).unwrap();
        hash = Running::resumed(&key, &sealed).unwrap();
        rest = later;
    }
    (house.storage.parts(key, parts), plain, hash.sha256())
}

#[test]
fn a_hash_goes_on_from_part_to_part() {
    let (_, plain, hash) = in_parts(&House::folder());
    assert_eq!(hash, sha256(&plain));
    let (one, other) = (House::folder().key(), House::folder().key());
    let sealed = Running::default().sealed(&one).unwrap();
    assert!(Running::resumed(&other, &sealed).is_err(), "it is sealed for the file's key");
}

#[test]
fn any_range_over_several_parts_is_read() {
    let house = House::folder();
    let (parts, plain, _) = in_parts(&house);
    proptest!(ProptestConfig::with_cases(60), |(from in 0_usize..300_100, length in 0_usize..150_000)| {
        let until = (from + length).min(plain.len());
        let expected = plain.get(from.min(until)..until).unwrap_or_default();
        let range = u64::try_from(from).unwrap()..u64::try_from(from + length).unwrap();
        prop_assert!(house.range(&parts, range).unwrap() == expected);
    });
}

#[test]
fn a_reader_jumps_about() {
    for house in [House::folder(), House::memory()] {
        let (parts, plain, _) = in_parts(&house);
        let mut reader = parts.reader();
        for at in [299_999, 0, 65_535, 65_536, 70_000, 69_999, 131_072, 70_001, 300_000, 12] {
            assert_eq!(reader.seek(SeekFrom::Start(size(&plain).min(at))).unwrap(), at);
            let mut read = vec![0; 10];
            let got = reader.read(&mut read).unwrap();
            let from = usize::try_from(at).unwrap();
            assert_eq!(read.get(..got), plain.get(from..from + got), "{at}");
            assert_eq!(got == 0, at == 300_000, "{at}");
        }
        assert_eq!(reader.seek(SeekFrom::End(-1)).unwrap(), 299_999);
        assert!(reader.seek(SeekFrom::Current(-300_000)).is_err());
    }
}

#[test]
fn what_came_of_a_body_that_broke_off_is_kept() {
    let house = House::folder();
    let plain = bytes(3 << 20);
    let chunks = plain.chunks(10_000).map(|chunk| Ok(Bytes::copy_from_slice(chunk)));
    let body = chunks.chain([Err(Error::BadRequest("body"))]);
    let key = house.key();
    let target = |key: &FileKey, most| Target {
        key: key.clone(),
        folder: "t/x/f".into(),
        start: 0,
        most,
        hash: Running::default(),
    };
    let stored =
        house.runtime.block_on(house.storage.write(target(&key, u64::MAX), stream::iter(body)));
    let stored = stored.unwrap();
    assert!(matches!(stored.ended, Err(Error::BadRequest("body"))));
    let parts = house.storage.parts(key, vec![stored.part.unwrap()]);
    assert!(house.range(&parts, 0..u64::MAX).unwrap() == plain);

    let nothing = stream::iter([Err(Error::BadRequest("body"))]);
    let key = house.key();
    let stored = house.runtime.block_on(house.storage.write(target(&key, 1), nothing)).unwrap();
    assert!(stored.part.is_none() && stored.ended.is_err());

    let before = house.objects();
    let more = stream::iter(plain.chunks(1000).map(|chunk| Ok(Bytes::copy_from_slice(chunk))));
    let refused = house.runtime.block_on(house.storage.write(target(&key, 2 << 20), more));
    assert!(matches!(refused, Err(Error::TooLarge)));
    assert_eq!(house.objects(), before, "nothing is left of what was too large");
}

#[test]
fn an_object_counts_in_its_own_place_alone() {
    let house = House::folder();
    let (parts, ..) = in_parts(&house);
    let (other, ..) = in_parts(&house);
    let (key, own) = (parts.clone(), house.objects());
    let whole = |parts: &Parts| house.range(parts, 0..parts.len());
    assert!(whole(&parts).is_ok() && own.len() == 6);
    let list = |of: &Parts| of.clone().into_parts();
    let (mine, theirs) = (list(&parts), list(&other));
    let raw: Vec<Vec<u8>> = mine.iter().map(|part| house.raw(&part.object)).collect();

    // Another file's object, in the row or on the disk.
    let mut swapped = mine.clone();
    swapped[0].object.clone_from(&theirs[0].object);
    assert!(whole(&house.storage.parts(key.key(), swapped)).is_err());
    house.overwrite(&mine[0].object, house.raw(&theirs[0].object));
    assert!(whole(&parts).is_err());
    // Another part of the same file.
    house.overwrite(&mine[0].object, raw[2].clone());
    assert!(whole(&parts).is_err());
    house.overwrite(&mine[0].object, raw[0].clone());
    let mut moved = mine.clone();
    moved[1].object.clone_from(&mine[2].object);
    assert!(whole(&house.storage.parts(key.key(), moved)).is_err());
    // A bit, the end, everything.
    let mut bent = raw[2].clone();
    let middle = bent.len() / 2;
    bent[middle] ^= 1;
    house.overwrite(&mine[2].object, bent);
    assert!(whole(&parts).is_err());
    let mut short = raw[2].clone();
    short.truncate(short.len() - 20);
    house.overwrite(&mine[2].object, short);
    assert!(whole(&parts).is_err());
    house.overwrite(&mine[2].object, raw[2].clone());
    assert!(whole(&parts).is_ok());
    let remove = house.storage.remove(&mine[2].object);
    house.runtime.block_on(remove).unwrap();
    assert!(whole(&parts).is_err());
}

#[test]
fn a_key_without_its_text_is_gone() {
    let house = House::folder();
    let (key, wrapped) = new_file_key(&house.secret, &house.owner).unwrap();
    let part = house.write(&key, 0, Running::default(), b"49", 1).part.unwrap();
    let opened = open_file_key(&house.secret, &house.owner, &wrapped).unwrap();
    let parts = house.storage.parts(opened, vec![part.clone()]);
    assert_eq!(house.range(&parts, 0..2).unwrap(), b"49");
    let gone = open_file_key(&house.secret, &house.owner, "");
    assert!(matches!(gone, Err(Error::Gone("error-file-destroyed"))));
    let stranger = new_key(&house.secret).unwrap();
    assert!(open_file_key(&house.secret, &stranger, &wrapped).is_err());
    assert!(house.range(&house.storage.parts(house.key(), vec![part]), 0..2).is_err());
    assert_eq!(format!("{key:?}"), "FileKey(…)");
}

#[test]
fn a_file_is_written_from_a_thread_that_may_block() {
    for house in [House::folder(), House::memory()] {
        let plain = bytes(20 << 20);
        let write = || {
            let key = new_file_key(&house.secret, &house.owner).unwrap();
            let opened = key.0.clone();
            let mut writer = house.storage.writer(key, "t/x/g".into()).unwrap();
            plain.chunks(33_333).try_for_each(|chunk| writer.write_all(chunk)).unwrap();
            (opened, writer.finish().unwrap())
        };
        // Within a runtime and outside of one.
        for (key, written) in [house.runtime.block_on(async { write() }), write()] {
            assert_eq!((written.size, &written.sha256), (size(&plain), &sha256(&plain)));
            let parts = house.storage.parts(key, written.parts);
            assert!(house.range(&parts, 0..parts.len()).unwrap() == plain);
        }
        let key = new_file_key(&house.secret, &house.owner).unwrap();
        let mut given_up = house.storage.writer(key, "t/x/h".into()).unwrap();
        given_up.write_all(&plain).unwrap();
        given_up.abandon();
        assert_eq!(house.objects().len(), 2);
    }
}

#[test]
fn a_folder_is_cleared_and_no_other() {
    for house in [House::folder(), House::memory()] {
        let key = house.key();
        house.write(&key, 0, Running::default(), b"1", 1);
        house.write(&key, 1, Running::default(), b"2", 1);
        house.overwrite("t/x/ff/1", vec![1]);
        house.runtime.block_on(async { house.storage.clear("t/x/f") }).unwrap();
        assert_eq!(house.objects(), ["t/x/ff/1"]);
        house.storage.clear("t/x/f").unwrap();
        house.storage.clear("t/nowhere").unwrap();
    }
}

#[test]
fn a_full_disk_is_told_from_a_broken_one() {
    let because = |kind| object_store::Error::Generic {
        store: "test",
        source: Box::new(std::io::Error::from(kind)),
    };
    assert!(matches!(fault(because(io::ErrorKind::StorageFull)), Error::Full));
    assert!(matches!(fault(because(io::ErrorKind::QuotaExceeded)), Error::Full));
    assert!(matches!(fault(because(io::ErrorKind::PermissionDenied)), Error::Internal(_)));
}
