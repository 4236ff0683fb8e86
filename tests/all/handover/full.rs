//! A disk that runs full in the middle of a file, and has room again later.

use std::fmt;
use std::io;
use std::ops::Range;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use actix_web::web::Bytes;
use azukari::actor::OrganisationId;
use azukari::database::Kind;
use azukari::rulebook::Party;
use azukari::storage::{self, Storage};
use futures_util::stream::BoxStream;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{
    CopyOptions, Error, GetOptions, GetResult, ListResult, MultipartUpload, ObjectMeta,
    ObjectStore, PutMultipartOptions, PutOptions, PutPayload, PutResult, Result, UploadPart,
};

use super::sending::{Sender, bytes, files, form, plain};
use super::{Draft, draft, two};
use crate::app::{App, Person};

/// What async traits of the store's crate return.
type Later<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// How much room there is left.
#[derive(Clone, Debug)]
struct Room(Arc<AtomicI64>);

impl Room {
    fn endless() -> Self {
        Self(Arc::new(AtomicI64::new(i64::MAX)))
    }

    /// Leaves so many bytes.
    fn leave(&self, bytes: i64) {
        self.0.store(bytes, Ordering::SeqCst);
    }

    fn take(&self, bytes: usize) -> Result<()> {
        let bytes = i64::try_from(bytes).unwrap();
        if self.0.fetch_sub(bytes, Ordering::SeqCst) >= bytes {
            return Ok(());
        }
        let source = Box::new(io::Error::from(io::ErrorKind::StorageFull));
        Err(Error::Generic { store: "full", source })
    }
}

/// A folder with that room.
#[derive(Debug)]
struct Filling {
    folder: LocalFileSystem,
    room: Room,
}

impl Filling {
    fn new(folder: &std::path::Path, room: &Room) -> Self {
        std::fs::create_dir_all(folder).unwrap();
        let folder = LocalFileSystem::new_with_prefix(folder).unwrap();
        Self { folder, room: room.clone() }
    }
}

impl fmt::Display for Filling {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a disk that runs full")
    }
}

#[derive(Debug)]
struct FillingUpload {
    upload: Box<dyn MultipartUpload>,
    room: Room,
}

impl MultipartUpload for FillingUpload {
    fn put_part(&mut self, data: PutPayload) -> UploadPart {
        match self.room.take(data.content_length()) {
            Ok(()) => self.upload.put_part(data),
            Err(full) => Box::pin(async { Err(full) }),
        }
    }

    fn complete<'a, 'b>(&'a mut self) -> Later<'b, Result<PutResult>>
    where
        'a: 'b,
        Self: 'b,
    {
        self.upload.complete()
    }

    fn abort<'a, 'b>(&'a mut self) -> Later<'b, Result<()>>
    where
        'a: 'b,
        Self: 'b,
    {
        self.upload.abort()
    }
}

impl ObjectStore for Filling {
    fn put_opts<'a, 'b, 'c>(
        &'a self,
        location: &'b Path,
        payload: PutPayload,
        opts: PutOptions,
    ) -> Later<'c, Result<PutResult>>
    where
        'a: 'c,
        'b: 'c,
        Self: 'c,
    {
        match self.room.take(payload.content_length()) {
            Ok(()) => self.folder.put_opts(location, payload, opts),
            Err(full) => Box::pin(async { Err(full) }),
        }
    }

    fn put_multipart_opts<'a, 'b, 'c>(
        &'a self,
        location: &'b Path,
        opts: PutMultipartOptions,
    ) -> Later<'c, Result<Box<dyn MultipartUpload>>>
    where
        'a: 'c,
        'b: 'c,
        Self: 'c,
    {
        Box::pin(async move {
            let upload = self.folder.put_multipart_opts(location, opts).await?;
            let room = self.room.clone();
            let upload: Box<dyn MultipartUpload> = Box::new(FillingUpload { upload, room });
            Ok(upload)
        })
    }

    fn get_opts<'a, 'b, 'c>(
        &'a self,
        location: &'b Path,
        options: GetOptions,
    ) -> Later<'c, Result<GetResult>>
    where
        'a: 'c,
        'b: 'c,
        Self: 'c,
    {
        self.folder.get_opts(location, options)
    }

    fn get_ranges<'a, 'b, 'c, 'd>(
        &'a self,
        location: &'b Path,
        ranges: &'c [Range<u64>],
    ) -> Later<'d, Result<Vec<Bytes>>>
    where
        'a: 'd,
        'b: 'd,
        'c: 'd,
        Self: 'd,
    {
        self.folder.get_ranges(location, ranges)
    }

    fn delete_stream(
        &self,
        locations: BoxStream<'static, Result<Path>>,
    ) -> BoxStream<'static, Result<Path>> {
        self.folder.delete_stream(locations)
    }

    fn list(&self, prefix: Option<&Path>) -> BoxStream<'static, Result<ObjectMeta>> {
        self.folder.list(prefix)
    }

    fn list_with_delimiter<'a, 'b, 'c>(
        &'a self,
        prefix: Option<&'b Path>,
    ) -> Later<'c, Result<ListResult>>
    where
        'a: 'c,
        'b: 'c,
        Self: 'c,
    {
        self.folder.list_with_delimiter(prefix)
    }

    fn copy_opts<'a, 'b, 'c, 'd>(
        &'a self,
        from: &'b Path,
        to: &'c Path,
        options: CopyOptions,
    ) -> Later<'d, Result<()>>
    where
        'a: 'd,
        'b: 'd,
        'c: 'd,
        Self: 'd,
    {
        self.folder.copy_opts(from, to, options)
    }
}

/// A portal whose files lie on a disk with so much room.
fn on_a_small_disk(kind: Kind, room: &Room) -> App {
    let storage =
        |folder: &std::path::Path| Some(Storage::over(Arc::new(Filling::new(folder, room))));
    App::spawn_over(kind, |_| None, storage)
}

async fn a_full_disk(kind: Kind) {
    let room = Room::endless();
    let app = on_a_small_disk(kind, &room);
    let two = two(&app);
    let of = draft(&app, two.mie.id, two.entrustment, Party::Principal);
    let officer = &two.mie.officer;
    let whole = bytes(20 << 20);
    let sender = Sender::new(officer, &of).await;
    let upload = sender.begin(whole.len()).await;
    assert_eq!(sender.patch(&upload, 0, &whole[..1000]).await.status, 204);
    // In the middle of a part, which is written in several pieces.
    room.leave(12 << 20);
    let full = sender.patch(&upload, 1000, &whole[1000..]).await;
    assert_eq!(full.status, 507, "{}", full.body);
    assert!(full.body.contains("空き"), "{}", full.body);
    assert_eq!((sender.offset(&upload).await, app.stored().len()), (1000, 1), "nothing torn");
    assert_not_kept_by_a_form(&app, officer, &of, &whole).await;

    room.leave(i64::MAX);
    assert_eq!(sender.patch(&upload, 1000, &whole[1000..]).await.status, 204);
    let kept = files(&app, &of).remove(0);
    assert_eq!(kept.sha256, storage::sha256(&whole));
    assert!(plain(&app, &kept).unwrap() == whole);
    let page = form(officer, &of).await.file("files", "b.csv", &whole).submit_unfollowed().await;
    assert_eq!(page.status, 303);
    assert_eq!((files(&app, &of).len(), app.stored().len()), (2, 3));
    assert_eq!(only_added(&app, two.mie.id), 2);
}

/// How many files the ledger tells of.
fn only_added(app: &App, tenant: OrganisationId) -> usize {
    app.acts(tenant).iter().filter(|act| *act == "handover.file_added").count()
}

async fn assert_not_kept_by_a_form(app: &App, person: &Person, of: &Draft, whole: &[u8]) {
    let form = form(person, of).await.file("files", "a.csv", b"small");
    let page = form.file("files", "b.csv", whole).submit_unfollowed().await;
    assert_eq!(page.status, 507);
    assert!(page.body.contains("保存する場所が足りません"), "{}", page.body);
    app.run_jobs();
    assert_eq!((files(app, of).len(), app.stored().len()), (1, 1), "only what was there");
}

#[tokio::test]
async fn a_full_disk_keeps_nothing_torn_on_sqlite() {
    a_full_disk(Kind::Sqlite).await;
}

#[tokio::test]
async fn a_full_disk_keeps_nothing_torn_on_postgresql() {
    a_full_disk(Kind::Postgresql).await;
}
