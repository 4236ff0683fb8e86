//! Files that come in parts and can be resumed: tus 1.0.0. What came of a part that broke off is
//! kept; of two parts at the same place one wins.

use actix_web::http::{StatusCode, header};
use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, rt};

use super::super::model::{File, FileId, FileState, HandoverId};
use super::form::belongs;
use super::keep::{self, Ids, completed, load};
use super::model::{KEPT, MAX_FILES, MAX_PARTS, MAX_SIZE, NewFile, folder};
use super::store::{self, Progress};
use super::tus::{self, Announced, Refusal};
use crate::actor::Authorized;
use crate::database::{Connection, Tx};
use crate::entrustment::EntrustmentId;
use crate::error::{Error, Result};
use crate::handover::policy::{Edit, Of};
use crate::organisation;
use crate::storage::{self, FileKey, Part, Running, Stored, Target};
use crate::web::{Ctx, Message, RawBody};

type FileIds = (EntrustmentId, HandoverId, FileId);

/// An answer as tus has it.
fn answer(status: StatusCode) -> HttpResponseBuilder {
    let mut answer = HttpResponse::build(status);
    answer.insert_header(("Tus-Resumable", tus::VERSION));
    answer.insert_header((header::CACHE_CONTROL, "no-store"));
    answer
}

/// The answer to what isn't taken, with words that a page can show.
fn refused(ctx: &Ctx, refusal: Refusal) -> HttpResponse {
    let status = StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::BAD_REQUEST);
    let text = Message::new(refusal.key()).with("most", MAX_FILES).say(ctx.language);
    let mut answer = answer(status);
    if refusal == Refusal::Version {
        answer.insert_header(("Tus-Version", tus::VERSION));
    }
    answer.json(serde_json::json!({ "error": text }))
}

fn text(request: &HttpRequest, name: &str) -> Option<String> {
    request.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
}

/// Says what is spoken.
pub(super) async fn options(ctx: Ctx, ids: Path<Ids>) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    ctx.read(move |c, ctx| load(c, &ctx.actor, ids).map(drop)).await?;
    Ok(answer(StatusCode::NO_CONTENT)
        .insert_header(("Tus-Version", tus::VERSION))
        .insert_header(("Tus-Extension", tus::EXTENSIONS))
        .insert_header(("Tus-Max-Size", MAX_SIZE))
        .finish())
}

/// Enters a file that is going to come.
pub(super) async fn create(
    ctx: Ctx,
    ids: Path<Ids>,
    request: HttpRequest,
    _body: RawBody,
) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let spoken = tus::version(text(&request, "tus-resumable").as_deref());
    let length = text(&request, "upload-length");
    let metadata = text(&request, "upload-metadata").unwrap_or_default();
    let announced = spoken.and_then(|()| tus::announced(length.as_deref(), &metadata));
    match ctx.write(move |tx, ctx| create_now(tx, ctx, ids, announced)).await? {
        Err(refusal) => Ok(refused(&ctx, refusal)),
        Ok(file) => {
            let (id, handover) = ids;
            let to = format!("/entrustments/{id}/hand-overs/{handover}/uploads/{file}");
            Ok(answer(StatusCode::CREATED)
                .insert_header((header::LOCATION, to))
                .insert_header(("Upload-Expires", tus::date(ctx.now + KEPT)))
                .finish())
        }
    }
}

fn create_now(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    ids: Ids,
    announced: Result<Announced, Refusal>,
) -> Result<Result<FileId, Refusal>> {
    let of = load(tx.connection, &ctx.actor, ids)?;
    let Announced { size, name, delivery } = match announced {
        Ok(announced) => announced,
        Err(refusal) => return Ok(Err(refusal)),
    };
    belongs(tx.connection, &of.1, delivery)?;
    let owner = organisation::wrapped_key(tx.connection, of.1.tenant_id)?;
    let (_, wrapped_key) = storage::new_file_key(&ctx.portal.secret, &owner)?;
    let new = NewFile {
        id: FileId::new(tx.now),
        delivery_id: delivery,
        name: storage::file::plain_name(&name),
        size: i64::try_from(size).map_err(Error::internal)?,
        wrapped_key,
        source_id: None,
    };
    if !store::begin(tx, &of, &new)? {
        return Ok(Err(Refusal::Many));
    }
    store::begun(tx, &of.1, &new)?;
    Ok(Ok(new.id))
}

/// Says how far a file has come.
pub(super) async fn head(
    ctx: Ctx,
    path: Path<FileIds>,
    request: HttpRequest,
) -> Result<HttpResponse> {
    let ids = path.into_inner();
    let (_, file) = ctx.read(move |c, ctx| find(c, ctx, ids)).await?;
    if let Err(refusal) = tus::version(text(&request, "tus-resumable").as_deref()) {
        return Ok(refused(&ctx, refusal));
    }
    let mut answer = answer(StatusCode::OK);
    answer.insert_header(("Upload-Offset", file.received));
    answer.insert_header(("Upload-Length", file.size));
    if file.state == FileState::Uploading {
        answer.insert_header(("Upload-Expires", tus::date(file.created_at + KEPT)));
    }
    Ok(answer.finish())
}

fn find(c: &mut Connection, ctx: &Ctx, ids: FileIds) -> Result<(Authorized<Of, Edit>, File)> {
    let (id, handover, file) = ids;
    super::keep::load_file(c, &ctx.actor, (id, handover), file)
}

/// What a part says of itself.
struct Said {
    version: Option<String>,
    kind: Option<String>,
    offset: Option<String>,
    length: Option<String>,
}

impl Said {
    fn of(request: &HttpRequest) -> Self {
        Self {
            version: text(request, "tus-resumable"),
            kind: text(request, "content-type"),
            offset: text(request, "upload-offset"),
            length: text(request, "content-length"),
        }
    }

    /// Where the part begins, if it is one that this file takes now.
    fn fits(&self, file: &File, parts: i64) -> Result<u64, Refusal> {
        tus::version(self.version.as_deref())?;
        if self.kind.as_deref() != Some(tus::PART_TYPE) {
            return Err(Refusal::Type);
        }
        let offset = tus::number(self.offset.as_deref())?;
        let unsigned = |number: i64| u64::try_from(number).unwrap_or_default();
        if file.state != FileState::Uploading || offset != unsigned(file.received) {
            return Err(Refusal::Offset);
        }
        let left = unsigned(file.size).saturating_sub(offset);
        let length = self.length.as_deref().map_or(Ok(0), |text| tus::number(Some(text)))?;
        if length > left {
            return Err(Refusal::TooLarge);
        }
        if parts >= MAX_PARTS { Err(Refusal::Crumbs) } else { Ok(offset) }
    }
}

/// Takes a part.
pub(super) async fn patch(
    ctx: Ctx,
    path: Path<FileIds>,
    request: HttpRequest,
    body: RawBody,
) -> Result<HttpResponse> {
    let (ids, said) = (path.into_inner(), Said::of(&request));
    // A task of its own comes to its end although the sender hung up: what came is kept.
    rt::spawn(take(ctx, ids, said, body)).await.map_err(Error::internal)?
}

/// What is needed to take a part.
struct Taking {
    file: File,
    key: FileKey,
    hash: Running,
    offset: u64,
}

async fn take(ctx: Ctx, ids: FileIds, said: Said, mut body: RawBody) -> Result<HttpResponse> {
    let taking = match ctx.read(move |c, ctx| begin(c, ctx, ids, &said)).await? {
        Ok(taking) => taking,
        Err(refusal) => {
            body.pass().await?;
            return Ok(refused(&ctx, refusal));
        }
    };
    let Taking { file, key, hash, offset } = taking;
    let size = u64::try_from(file.size).map_err(Error::internal)?;
    let target = Target {
        key: key.clone(),
        folder: folder(file.tenant_id, file.id),
        start: offset,
        most: size.saturating_sub(offset),
        hash,
    };
    let stored = match ctx.portal.storage.write(target, &mut body).await {
        Ok(stored) => stored,
        Err(Error::TooLarge) => return Ok(refused(&ctx, Refusal::TooLarge)),
        Err(error) => {
            body.pass().await?;
            return Err(error);
        }
    };
    let Stored { part, hash, ended } = stored;
    let Some(part) = part else {
        return ended.map(|()| at(offset));
    };
    let end = part.start + part.size;
    let progress = if end == size {
        Progress::Complete(hash.sha256())
    } else {
        Progress::More(hash.sealed(&key)?)
    };
    keep_part(&ctx, ids, part, progress).await.and(ended).map_or_else(
        |error| match error {
            Error::Conflict("handover-upload-refused-offset") => Ok(refused(&ctx, Refusal::Offset)),
            other => Err(other),
        },
        |()| Ok(at(end)),
    )
}

fn begin(
    c: &mut Connection,
    ctx: &Ctx,
    ids: FileIds,
    said: &Said,
) -> Result<Result<Taking, Refusal>> {
    let (of, file) = find(c, ctx, ids)?;
    let parts = store::count_parts(c, &file)?;
    let offset = match said.fits(&file, parts) {
        Ok(offset) => offset,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let owner = organisation::wrapped_key(c, of.1.tenant_id)?;
    let key = storage::open_file_key(&ctx.portal.secret, &owner, &file.wrapped_key)?;
    let hash = Running::resumed(&key, &file.hash_state)?;
    Ok(Ok(Taking { file, key, hash, offset }))
}

/// Enters a stored part; where another one was faster, its object goes again.
async fn keep_part(ctx: &Ctx, ids: FileIds, part: Part, progress: Progress) -> Result<()> {
    let object = part.object.clone();
    let kept = ctx.write(move |tx, ctx| {
        let (of, file) = find(tx.connection, ctx, ids)?;
        store::advance(tx, &of, file.id, &part, &progress)?;
        match progress {
            Progress::Complete(_) => completed(tx, &of, file.id),
            Progress::More(_) => Ok(()),
        }
    });
    let kept = kept.await;
    if kept.is_err() {
        ctx.portal.storage.remove(&object).await?;
    }
    kept
}

fn at(offset: u64) -> HttpResponse {
    answer(StatusCode::NO_CONTENT).insert_header(("Upload-Offset", offset)).finish()
}

/// Takes a file away.
pub(super) async fn delete(
    ctx: Ctx,
    path: Path<FileIds>,
    request: HttpRequest,
    _body: RawBody,
) -> Result<HttpResponse> {
    let ids = path.into_inner();
    let spoken = tus::version(text(&request, "tus-resumable").as_deref());
    let removed = ctx
        .write(move |tx, ctx| {
            let (of, file) = find(tx.connection, ctx, ids)?;
            if let Err(refusal) = spoken {
                return Ok(Err(refusal));
            }
            keep::remove(tx, &of, &file).map(Ok)
        })
        .await?;
    Ok(match removed {
        Ok(()) => answer(StatusCode::NO_CONTENT).finish(),
        Err(refusal) => refused(&ctx, refusal),
    })
}
