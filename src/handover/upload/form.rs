//! Files that come by a form, as a browser without scripts sends them: kept while they come in, all
//! of them or none.

use actix_web::http::StatusCode;
use actix_web::web::Path;
use actix_web::{HttpResponse, rt};

use super::super::model::{DeliveryId, FileId, Handover, HandoverId};
use super::super::store as desk;
use super::keep::{self, Ids, clear_later, completed, load};
use super::model::{MAX_FILES, MAX_SIZE, NewFile, folder};
use super::store::{self, Progress};
use super::views::{UploadPage, files_view};
use crate::actor::{Actor, OrganisationId};
use crate::database::Connection;
use crate::entrustment::EntrustmentId;
use crate::error::{Error, Result};
use crate::organisation;
use crate::storage::{self, Part, Running, Stored, Target, WrappedKey};
use crate::web::{Ctx, FileForm, Form, IncomingFile, Invalid, Message};

/// The field of the files.
const FIELD: &str = "files";

/// Shows the files with the form.
pub(super) async fn show(ctx: Ctx, ids: Path<Ids>) -> Result<HttpResponse> {
    let page = page(&ctx, ids.into_inner(), Form::default(), Invalid::default()).await?;
    ctx.page(&page)
}

async fn page(ctx: &Ctx, ids: Ids, form: Form, invalid: Invalid) -> Result<UploadPage> {
    ctx.read(move |c, ctx| {
        let (entrustment, handover) = load(c, &ctx.actor, ids)?.into_inner();
        let files = files_view(c, ctx, &handover, true)?;
        let form = form.view_with(ctx.language, &invalid);
        Ok(UploadPage { form, entrustment, handover, files })
    })
    .await
}

/// Takes files.
pub(super) async fn upload(ctx: Ctx, ids: Path<Ids>, form: FileForm) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    // A task of its own comes to its end although the browser hung up: nothing is left lying.
    rt::spawn(take(ctx, ids, form)).await.map_err(Error::internal)?
}

async fn take(ctx: Ctx, ids: Ids, mut form: FileForm) -> Result<HttpResponse> {
    // Whoever may not, is told before anything is read.
    let (tenant, owner) = ctx
        .read(move |c, ctx| {
            let of = load(c, &ctx.actor, ids)?;
            Ok((of.1.tenant_id, organisation::wrapped_key(c, of.1.tenant_id)?))
        })
        .await?;
    let mut taking = Taking { ctx: ctx.clone(), ids, tenant, owner, arrived: Vec::new() };
    match taking.all(&mut form).await {
        Ok(Ok(())) => {
            let (id, handover) = ids;
            let to = format!("/entrustments/{id}/hand-overs/{handover}");
            Ok(ctx.see_other(&to, "done-handover-files"))
        }
        Ok(Err(message)) => {
            taking.undo().await;
            form.pass().await?;
            let invalid = Invalid::at(FIELD, message);
            let page = page(&ctx, ids, form.form, invalid).await?;
            ctx.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => {
            taking.undo().await;
            if matches!(error, Error::Full) {
                // A browser hears the answer when it has said everything.
                form.pass().await?;
            }
            Err(error)
        }
    }
}

/// A file that has come.
#[derive(Clone, Debug)]
struct Arrived {
    id: FileId,
    /// What is stored of it; nothing until it is.
    stored: Option<(Part, String)>,
}

/// Taking the files of one form.
struct Taking {
    ctx: Ctx,
    ids: Ids,
    tenant: OrganisationId,
    owner: WrappedKey,
    arrived: Vec<Arrived>,
}

impl Taking {
    /// Stores all files and enters them; the message for the field when one isn't taken.
    async fn all(&mut self, form: &mut FileForm) -> Result<Result<(), Message>> {
        while let Some(mut file) = form.next().await? {
            // A browser sends a file without a name where none was chosen.
            if file.name.is_empty() {
                file.pass().await?;
                continue;
            }
            if let Err(message) = self.one(&mut file, form.form.value("delivery_id")).await? {
                return Ok(Err(message));
            }
        }
        if self.arrived.is_empty() {
            return Ok(Err(Message::new("handover-upload-error-missing")));
        }
        self.enter().await?;
        Ok(Ok(()))
    }

    /// Stores one file.
    async fn one(
        &mut self,
        file: &mut IncomingFile,
        delivery: &str,
    ) -> Result<Result<(), Message>> {
        let id = FileId::new(self.ctx.now);
        let (key, wrapped_key) = storage::new_file_key(&self.ctx.portal.secret, &self.owner)?;
        let name = storage::file::plain_name(&file.name);
        let delivery_id = recipient(delivery)?;
        let new = NewFile { id, delivery_id, name, size: 0, wrapped_key, source_id: None };
        if !self.begin(new).await? {
            let message = Message::new("handover-upload-error-many");
            return Ok(Err(message.with("most", MAX_FILES)));
        }
        self.arrived.push(Arrived { id, stored: None });
        let folder = folder(self.tenant, id);
        let target = Target { key, folder, start: 0, most: MAX_SIZE, hash: Running::default() };
        let Stored { part, hash, ended } =
            self.ctx.portal.storage.write(target, &mut *file).await?;
        ended?;
        let Some(part) = part else {
            return Ok(Err(Message::new("handover-upload-error-empty")));
        };
        if let Some(last) = self.arrived.last_mut() {
            last.stored = Some((part, hash.sha256()));
        }
        Ok(Ok(()))
    }

    /// Enters a file before anything of it is stored: whatever happens, its objects are known.
    async fn begin(&self, new: NewFile) -> Result<bool> {
        let ids = self.ids;
        self.ctx
            .write(move |tx, ctx| {
                let of = load(tx.connection, &ctx.actor, ids)?;
                belongs(tx.connection, &of.1, new.delivery_id)?;
                store::begin(tx, &of, &new)
            })
            .await
    }

    /// Enters everything that came.
    async fn enter(&self) -> Result<()> {
        let (ids, arrived) = (self.ids, self.arrived.clone());
        self.ctx
            .write(move |tx, ctx| {
                let of = load(tx.connection, &ctx.actor, ids)?;
                for Arrived { id, stored } in arrived {
                    let (part, sha256) = stored.ok_or_else(|| Error::internal("not stored"))?;
                    store::advance(tx, &of, id, &part, &Progress::Complete(sha256))?;
                    completed(tx, &of, id)?;
                }
                Ok(())
            })
            .await
    }

    /// Takes everything away again that this form brought: the rows with the keys now, what is
    /// stored by a job. When that can't be done either, the daily round does it.
    async fn undo(&self) {
        let system = self.ctx.at(self.ctx.now, Actor::System);
        let (tenant, arrived) = (self.tenant, self.arrived.clone());
        let undone = system.write(move |tx, _| {
            for Arrived { id, .. } in arrived {
                if let Some(file) = store::by_id(tx.connection, tenant, id)? {
                    store::forget(tx, &file)?;
                    clear_later(tx, tenant, id)?;
                }
            }
            Ok(())
        });
        if let Err(error) = undone.await {
            tracing::warn!(%error, "an upload that came to nothing could not be taken away");
        }
    }
}

/// The recipient that was chosen.
pub(super) fn recipient(chosen: &str) -> Result<Option<DeliveryId>> {
    if chosen.is_empty() {
        return Ok(None);
    }
    chosen.parse().map(Some).map_err(|_no_id| Error::NotFound)
}

/// Refuses a recipient of another hand-over, as if it weren't there.
pub(super) fn belongs(
    connection: &mut Connection,
    of: &Handover,
    delivery: Option<DeliveryId>,
) -> Result<()> {
    match delivery {
        Some(id) => desk::delivery(connection, of, id).map(drop),
        None => Ok(()),
    }
}

/// Takes a file out of a hand-over that is being put together.
pub(super) async fn remove(
    ctx: Ctx,
    path: Path<(EntrustmentId, HandoverId, FileId)>,
    _form: Form,
) -> Result<HttpResponse> {
    let (id, handover, file) = path.into_inner();
    ctx.write(move |tx, ctx| {
        let (of, file) = keep::load_file(tx.connection, &ctx.actor, (id, handover), file)?;
        keep::remove(tx, &of, &file)
    })
    .await?;
    let to = format!("/entrustments/{id}/hand-overs/{handover}");
    Ok(ctx.see_other(&to, "done-handover-file-removed"))
}

/// Has a file go to one recipient alone, or to all.
pub(super) async fn address(
    ctx: Ctx,
    path: Path<(EntrustmentId, HandoverId, FileId)>,
    form: Form,
) -> Result<HttpResponse> {
    let (id, handover, file) = path.into_inner();
    let delivery = recipient(form.value("delivery_id"))?;
    ctx.write(move |tx, ctx| {
        let (of, file) = keep::load_file(tx.connection, &ctx.actor, (id, handover), file)?;
        belongs(tx.connection, &of.1, delivery)?;
        store::address(tx, &of, file.id, delivery)?;
        keep::changed(tx, &of)
    })
    .await?;
    let to = format!("/entrustments/{id}/hand-overs/{handover}");
    Ok(ctx.see_other(&to, "done-handover-file-addressed"))
}
