//! The pages of cutting: choose the list and the column, look, and cut.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Path, Query, block};
use serde::Deserialize;

use super::ground::{Cut, Ground, Ids, choice};
use super::making::{Made, discard, make, replace};
use super::plan::{Choice, Fault};
use super::read::Tally;
use super::views::{ChooseView, Place, PreviewView, Seen, WHOLE, columns, tables};
use super::{glance, store};
use crate::error::{Error, Result};
use crate::handover::policy::SENDERS;
use crate::organisation;
use crate::web::{Access, Ctx, Form, Invalid, Message, Route};

/// The routes of cutting.
pub(in crate::handover) fn routes() -> Vec<Route> {
    const SENDER: Access = Access::Roles(SENDERS);
    const PATH: &str = "/entrustments/{id}/hand-overs/{handover}/files/{file}/cut";
    vec![Route::get(PATH, SENDER, show).costly(), Route::post(PATH, SENDER, cut).costly()]
}

/// What the address asks for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    table: String,
    column: String,
}

/// Shows what is to be chosen, or what each recipient would get.
async fn show(ctx: Ctx, ids: Path<Ids>, asked: Query<Asked>) -> Result<HttpResponse> {
    let (ids, asked) = (ids.into_inner(), asked.into_inner());
    let ground = ctx.read(move |c, ctx| Ground::load(c, ctx, ids)).await?;
    if asked.column.is_empty() || ground.table(&asked.table)?.is_none() {
        let invalid = Invalid::default();
        return ctx.page(&choose_view(&ctx, &ground, &asked, &invalid)?);
    }
    preview(&ctx, ground, asked, (Form::default(), Invalid::default()), StatusCode::OK).await
}

fn choose_view(ctx: &Ctx, ground: &Ground, asked: &Asked, invalid: &Invalid) -> Result<ChooseView> {
    let table = ground.table(&asked.table)?;
    let only = ground.tables.len() == 1;
    let at = if only { "0" } else { asked.table.as_str() };
    let mut form = Form::default();
    if !asked.column.is_empty() {
        form.set("column", &asked.column);
    }
    if table.is_some() && !only {
        form.set("table", at);
    }
    let suggested = table.and_then(Ground::suggested).map(|at| at.to_string());
    let only_one = if ground.names.len() == 1 { WHOLE } else { "" };
    Ok(ChooseView {
        place: Place::of(ground),
        form: form.view_with(ctx.language, invalid),
        tables: if only { Vec::new() } else { tables(ctx, &ground.tables) },
        table: table.map(|_| at.to_owned()).unwrap_or_default(),
        columns: table.map(|table| columns(ctx, ground, table)).unwrap_or_default(),
        suggested: suggested.unwrap_or_else(|| only_one.to_owned()),
    })
}

/// The page with what each recipient would get; with the errors of a form that was sent.
async fn preview(
    ctx: &Ctx,
    ground: Ground,
    asked: Asked,
    (form, invalid): (Form, Invalid),
    status: StatusCode,
) -> Result<HttpResponse> {
    let planned = planned(&ground, &asked, &Choice::default());
    let cut = match planned? {
        Ok(cut) => cut,
        Err(fault) => {
            let invalid = invalid_of(fault);
            let view = choose_view(ctx, &ground, &asked, &invalid)?;
            return ctx.invalid(&view);
        }
    };
    let mut form = form;
    form.set("version", &ground.of.1.version.to_string());
    let (form, own) = (form.view_with(ctx.language, &invalid), ctx.clone());
    let view = off_the_workers(move || {
        let (glance, tally) = glance::glance(&ground, &cut)?;
        let seen = Seen { ground: &ground, cut: &cut, glance, tally };
        Ok(PreviewView::new(&own, seen, asked.table, form))
    })
    .await?;
    ctx.page_with(status, &view)
}

/// Reading and writing a large list takes its time.
async fn off_the_workers<T: Send + 'static>(
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    match block(work).await {
        Ok(done) => done,
        Err(_) => Err(Error::Unavailable("the workers are busy".into())),
    }
}

fn planned(ground: &Ground, asked: &Asked, choice: &Choice) -> Result<Result<Cut, Fault>> {
    let Some(table) = ground.table(&asked.table)? else {
        return Ok(Err(Fault::NoColumn));
    };
    let naming = match asked.column.as_str() {
        WHOLE => None,
        column => match column.parse() {
            Ok(column) => Some(column),
            Err(_) => return Ok(Err(Fault::NoColumn)),
        },
    };
    Ok(ground.cut(table, naming, choice))
}

/// What is wrong, at its field.
fn invalid_of(fault: Fault) -> Invalid {
    let (field, key) = match fault {
        Fault::NoColumn => ("column", "error-choose-from-list"),
        Fault::NotPermitted(_) => ("columns", "handover-cut-error-not-permitted"),
        Fault::NothingLeft => ("columns", "handover-cut-error-nothing-left"),
        Fault::NoRecipient => ("recipients", "handover-cut-error-no-recipient"),
    };
    Invalid::at(field, Message::new(key))
}

/// Cuts the list: its parts take its place.
async fn cut(ctx: Ctx, ids: Path<Ids>, form: Form) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let (ground, key) = ctx
        .read(move |c, ctx| {
            let ground = Ground::load(c, ctx, ids)?;
            let key = organisation::wrapped_key(c, ground.of.0.tenant_id)?;
            Ok((ground, key))
        })
        .await?;
    let version = form.value("version").parse().unwrap_or(-1);
    if ground.of.1.version != version {
        return Err(Error::Conflict("error-stale"));
    }
    let asked =
        Asked { table: form.value("table").to_owned(), column: form.value("column").to_owned() };
    let planned = match planned(&ground, &asked, &choice(&form))? {
        Ok(planned) => planned,
        Err(fault) => {
            let shown = (form, invalid_of(fault));
            return preview(&ctx, ground, asked, shown, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    };
    let (portal, now, titles) = (ctx.portal.clone(), ctx.now, !form.value("titles").is_empty());
    let sha256 = ground.file.sha256.clone();
    let (made, tally) =
        off_the_workers(move || make(&portal, &ground, &planned, &key, (titles, now))).await?;
    if made.is_empty() {
        return Err(Error::Conflict("handover-cut-nothing"));
    }
    keep(&ctx, ids, (version, sha256), (made, tally)).await?;
    let path = format!("/entrustments/{}/hand-overs/{}", ids.0, ids.1);
    Ok(ctx.see_other(&path, "done-handover-cut"))
}

/// Enters what was made, if nothing changed meanwhile; otherwise it is taken away again.
async fn keep(
    ctx: &Ctx,
    ids: Ids,
    (version, sha256): (i32, String),
    (made, tally): (Vec<Made>, Tally),
) -> Result<()> {
    let folders: Vec<String> = made.iter().map(|made| made.written.folder.clone()).collect();
    let kept = ctx
        .write(move |tx, ctx| {
            let now = Ground::load(tx.connection, ctx, ids)?;
            if now.of.1.version != version || now.file.sha256 != sha256 {
                return Err(Error::Conflict("error-stale"));
            }
            store::cut(tx, &now.of.1, &now.file, &made, &tally)?;
            replace(tx, &ctx.portal, &now.of, &now.file, made)
        })
        .await;
    if kept.is_err() {
        let portal = ctx.portal.clone();
        off_the_workers(move || discard(&portal, &folders)).await?;
    }
    kept
}
