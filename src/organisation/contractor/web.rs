//! Pages of the register.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Path, Query};

use super::export::Register;
use super::model::{ContractorId, NewContractor};
use super::policy::{KEEPERS, READERS};
use super::views::{FormPage, ListView, ShowView};
use super::{policy, store};
use crate::error::{Error, Result};
use crate::ledger;
use crate::sheet::downloads;
use crate::web::paging::ListQuery;
use crate::web::{Access, Ctx, Form, Invalid, Message, Route};

/// The routes of the register.
#[must_use]
pub fn routes() -> Vec<Route> {
    let mut routes =
        downloads::<Register>("/contractors.xlsx", "/contractors.csv", Access::Roles(READERS));
    routes.extend([
        Route::get("/contractors", Access::Roles(READERS), index),
        Route::get("/contractors/new", Access::Roles(KEEPERS), new),
        Route::post("/contractors", Access::Roles(KEEPERS), create),
        Route::get("/contractors/{id}", Access::Roles(READERS), show),
        Route::get("/contractors/{id}/edit", Access::Roles(KEEPERS), edit),
        Route::post("/contractors/{id}", Access::Roles(KEEPERS), update),
    ]);
    routes
}

/// Lists a page of the register.
async fn index(ctx: Ctx, query: Query<ListQuery>) -> Result<HttpResponse> {
    let query = query.into_inner();
    let list = ctx.read(move |c, ctx| store::page(c, ctx.organisation_id()?, &query)).await?;
    let may_manage = KEEPERS.contains(&ctx.member()?.role);
    ctx.page(&ListView { list, may_manage })
}

/// Shows the empty form.
async fn new(ctx: Ctx) -> Result<HttpResponse> {
    ctx.page(&FormPage { form: Form::default().view(ctx.language), id: None })
}

/// Registers a contractor.
async fn create(ctx: Ctx, form: Form) -> Result<HttpResponse> {
    save(ctx, form, None).await
}

/// Shows a contractor with its history.
async fn show(ctx: Ctx, id: Path<ContractorId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let may_manage = KEEPERS.contains(&ctx.member()?.role);
    let view = ctx
        .read(move |c, ctx| {
            let tenant = ctx.organisation_id()?;
            Ok(ShowView {
                contractor: store::find(c, tenant, id)?,
                may_manage,
                history: ledger::history(c, tenant, id.as_str(), 20)?
                    .iter()
                    .map(|entry| entry.line(ctx.language))
                    .collect(),
            })
        })
        .await?;
    ctx.page(&view)
}

/// Shows the form filled in.
async fn edit(ctx: Ctx, id: Path<ContractorId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let contractor = ctx.read(move |c, ctx| store::find(c, ctx.organisation_id()?, id)).await?;
    ctx.page(&FormPage { form: contractor.form().view(ctx.language), id: Some(id.to_string()) })
}

/// Changes a contractor.
async fn update(ctx: Ctx, id: Path<ContractorId>, form: Form) -> Result<HttpResponse> {
    let id = id.into_inner();
    // What isn't there is said before what is wrong with the form.
    ctx.read(move |c, ctx| store::find(c, ctx.organisation_id()?, id)).await?;
    save(ctx, form, Some(id)).await
}

/// The form with the version that is stored now: saving it again replaces what the other saved.
async fn with_current_version(ctx: &Ctx, mut form: Form, id: Option<ContractorId>) -> Result<Form> {
    if let Some(id) = id {
        let found = ctx.read(move |c, ctx| store::find(c, ctx.organisation_id()?, id)).await?;
        form.set("version", &found.version.to_string());
    }
    Ok(form)
}

async fn save(ctx: Ctx, form: Form, id: Option<ContractorId>) -> Result<HttpResponse> {
    let again = |status: StatusCode, form: &Form, invalid: &Invalid| {
        let form = form.view_with(ctx.language, invalid);
        ctx.page_with(status, &FormPage { form, id: id.map(|id| id.to_string()) })
    };
    let command = match NewContractor::parse(&form) {
        Ok(command) => command,
        Err(invalid) => return again(StatusCode::UNPROCESSABLE_ENTITY, &form, &invalid),
    };
    let version = form.value("version").parse().unwrap_or(-1);
    let saved = ctx
        .write(move |tx, _| {
            let tenant = policy::manage(tx.actor)?;
            if store::number_taken(tx.connection, *tenant, &command, id)? {
                return Ok(None);
            }
            match id {
                None => store::create(tx, &tenant, &command).map(Some),
                Some(id) => store::update(tx, &tenant, id, version, &command).map(|()| Some(id)),
            }
        })
        .await;
    match saved {
        Ok(Some(id)) => Ok(ctx.see_other(&format!("/contractors/{id}"), "done-saved")),
        Ok(None) => again(
            StatusCode::UNPROCESSABLE_ENTITY,
            &form,
            &Invalid::at("corporate_number", Message::new("error-corporate-number-taken")),
        ),
        // What was typed stays on the page; the summary says that somebody else was faster.
        Err(Error::Conflict(key)) => {
            let form = with_current_version(&ctx, form, id).await?;
            again(StatusCode::CONFLICT, &form, &Invalid::at("name", Message::new(key)))
        }
        Err(other) => Err(other),
    }
}
