//! Handing a file out: whole or in part, with constant memory, noting what was handed out.

use std::ops::Range;
use std::pin::Pin;
use std::time::Duration;

use actix_web::body::SizedStream;
use actix_web::http::{StatusCode, header};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use futures_util::{Stream, StreamExt as _, stream};
use tokio::runtime::Handle;
use tokio::time::Instant;

use super::jobs::{self, Told};
use super::model::{Download, DownloadId, Parcel};
use super::range::{self, Wanted};
use super::{link, policy, rules, store};
use crate::error::{Error, Result};
use crate::handover::{File, FileState, upload};
use crate::storage::Parts;
use crate::web::{Ctx, download_head};

/// How often is looked whether a file may still be handed out while that goes on.
const LOOK: Duration = Duration::from_secs(2);

/// The parts and numbers of what is handed out.
struct Ready {
    parcel: Parcel,
    download: Download,
    file: File,
    parts: Parts,
}

/// Answers with the file of a download, or the part of it that is asked for. `find` looks up the
/// recipient's part; `ctx` has the rows of its principal within reach.
pub(super) async fn hand_out(
    ctx: &Ctx,
    request: &HttpRequest,
    id: DownloadId,
    find: impl FnOnce(&mut crate::database::Connection, &Ctx) -> Result<Parcel> + Send + 'static,
) -> Result<HttpResponse> {
    let head = request.method() == actix_web::http::Method::HEAD;
    let text = |name| {
        let value = request.headers().get(name);
        value.and_then(|value| value.to_str().ok()).map(str::to_owned)
    };
    let asked = (text(header::RANGE), text(header::IF_RANGE));
    let (ready, wanted) = ctx
        .write(move |tx, ctx| {
            let parcel = find(tx.connection, ctx)?;
            let (download, file) = store::download(tx.connection, &parcel.delivery, id)?;
            let of = policy::resume(parcel, download, &link::bounds(ctx), tx.now)?;
            if file.state != FileState::Checked {
                return Err(Error::Gone(policy::OVER));
            }
            let wanted = wanted(&asked, &file)?;
            if let (Some(part), false) = (within(&wanted, size(&file)?), head) {
                let bytes = i64::try_from(part.end - part.start).map_err(Error::internal)?;
                store::reserve(tx, &of, &file, bytes)?;
            }
            let parts = upload::parts_of(tx.connection, &ctx.portal, &file)?;
            let (parcel, download) = of.into_inner();
            Ok((Ready { parcel, download, file, parts }, wanted))
        })
        .await?;
    answer(ctx, ready, &wanted, head)
}

fn size(file: &File) -> Result<u64> {
    u64::try_from(file.size).map_err(Error::internal)
}

/// The entity tag of a file: its hash.
fn tag(file: &File) -> String {
    format!("\"{}\"", file.sha256)
}

fn wanted((range, if_range): &(Option<String>, Option<String>), file: &File) -> Result<Wanted> {
    Ok(range::wanted(range.as_deref(), if_range.as_deref(), &tag(file), size(file)?))
}

/// The bytes that are asked for.
fn within(wanted: &Wanted, size: u64) -> Option<Range<u64>> {
    match wanted {
        Wanted::Whole => Some(0..size),
        Wanted::Part(part) => Some(part.clone()),
        Wanted::Beyond => None,
    }
}

fn answer(ctx: &Ctx, ready: Ready, wanted: &Wanted, head: bool) -> Result<HttpResponse> {
    let size = size(&ready.file)?;
    let Some(part) = within(wanted, size) else {
        let mut answer = HttpResponse::build(StatusCode::RANGE_NOT_SATISFIABLE);
        answer.insert_header((header::CONTENT_RANGE, format!("bytes */{size}")));
        return Ok(answer.insert_header((header::CONTENT_TYPE, "text/plain")).finish());
    };
    let mut answer = heads(&ready.file, wanted, size);
    let length = part.end - part.start;
    if head {
        let nothing = stream::empty::<Result<Bytes>>();
        return Ok(answer.body(SizedStream::new(length, nothing)));
    }
    let bytes = ready.parts.stream(part.clone());
    let handing = Handing::of(ctx, ready, &part)?;
    Ok(answer.body(SizedStream::new(length, noted(Box::pin(bytes), handing))))
}

fn heads(file: &File, wanted: &Wanted, size: u64) -> HttpResponseBuilder {
    let mut answer = match wanted {
        Wanted::Part(_) => HttpResponse::PartialContent(),
        _ => HttpResponse::Ok(),
    };
    download_head(&mut answer, &file.name, &file.media_type);
    answer.insert_header((header::ACCEPT_RANGES, "bytes"));
    answer.insert_header((header::ETAG, tag(file)));
    if let Wanted::Part(part) = wanted {
        let last = part.end.saturating_sub(1);
        let range = format!("bytes {}-{last}/{size}", part.start);
        answer.insert_header((header::CONTENT_RANGE, range));
    }
    answer
}

type Blocks = Pin<Box<dyn Stream<Item = Result<Bytes>>>>;

/// The blocks as they are handed on. One counts as handed out when the next is asked for: then the
/// connection has taken it.
fn noted(blocks: Blocks, handing: Handing) -> impl Stream<Item = Result<Bytes>> {
    stream::try_unfold((blocks, handing), |(mut blocks, mut handing)| async move {
        handing.handed_on();
        let Some(block) = blocks.next().await else {
            handing.finish().await;
            return Ok(None);
        };
        let block = block?;
        handing.may_go_on().await?;
        handing.pending = i64::try_from(block.len()).map_err(Error::internal)?;
        Ok(Some((block, (blocks, handing))))
    })
}

/// An answer that goes on: what it handed out is noted when it ends, however it ends.
struct Handing {
    ctx: Ctx,
    of: Option<(Parcel, Download)>,
    size: i64,
    start: i64,
    promised: i64,
    handed: i64,
    pending: i64,
    looked: Instant,
}

impl Handing {
    fn of(ctx: &Ctx, ready: Ready, part: &Range<u64>) -> Result<Self> {
        let number = |number: u64| i64::try_from(number).map_err(Error::internal);
        Ok(Self {
            ctx: ctx.clone(),
            size: ready.file.size,
            start: number(part.start)?,
            promised: number(part.end - part.start)?,
            of: Some((ready.parcel, ready.download)),
            handed: 0,
            pending: 0,
            looked: Instant::now(),
        })
    }

    fn handed_on(&mut self) {
        self.handed += std::mem::take(&mut self.pending);
    }

    /// Ends an answer at once when the hand-over was taken back, refused or is over meanwhile.
    async fn may_go_on(&mut self) -> Result<()> {
        if self.looked.elapsed() < LOOK {
            return Ok(());
        }
        self.looked = Instant::now();
        let Some((parcel, _)) = &self.of else { return Ok(()) };
        let (tenant, id) = (parcel.delivery.tenant_id, parcel.delivery.id);
        let now = self.ctx.portal.clock.now();
        let open = self.ctx.read(move |c, _| {
            let parcel = store::by_key(c, tenant, id)?;
            Ok(rules::is_open(&parcel.handover, &parcel.delivery, now))
        });
        if open.await? { Ok(()) } else { Err(Error::Gone(policy::OVER)) }
    }

    /// What is to be noted, once.
    fn take_note(&mut self) -> Option<impl FnOnce() + Send + use<>> {
        let of = self.of.take()?;
        let ctx = Ctx { now: self.ctx.portal.clock.now(), ..self.ctx.clone() };
        let range = (self.start, self.start.saturating_add(self.handed));
        let (size, promised) = (self.size, self.promised);
        Some(move || {
            if let Err(error) = note(&ctx, of, size, range, promised) {
                tracing::error!(%error, "what was handed out could not be noted");
            }
        })
    }

    /// Notes it before the answer's end is told: whoever has all of it finds the receipt there.
    async fn finish(&mut self) {
        if let Some(note) = self.take_note() {
            // One that isn't run was logged by whoever stopped the workers.
            let _ = actix_web::web::block(note).await;
        }
    }
}

impl Drop for Handing {
    fn drop(&mut self) {
        let note = self.take_note();
        if let (Some(note), Ok(runtime)) = (note, Handle::try_current()) {
            runtime.spawn_blocking(note);
        }
    }
}

fn note(
    ctx: &Ctx,
    (parcel, download): (Parcel, Download),
    size: i64,
    range: (i64, i64),
    promised: i64,
) -> Result<()> {
    ctx.write_now(|tx, _| {
        let of = policy::note(parcel, download);
        let settled = store::settle(tx, &of, size, range, promised)?;
        if settled.first {
            jobs::enqueue_tell(tx, &of.0.delivery, Told::Received)?;
        }
        Ok(())
    })
}
