//! Pages of divisions.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;

use super::export::List;
use super::model::NewDivision;
use super::views::{FormPage, ListView};
use super::{policy, store};
use crate::actor::{DivisionId, Role};
use crate::error::{Error, Result};
use crate::sheet;
use crate::web::{Access, Ctx, Form, Invalid, Message, Route};

const ADMINISTRATOR: Access = Access::Roles(&[Role::Administrator]);

/// The routes of divisions.
#[must_use]
pub fn routes() -> Vec<Route> {
    let mut routes = vec![
        Route::get("/divisions", ADMINISTRATOR, index),
        Route::get("/divisions/new", ADMINISTRATOR, new),
        Route::post("/divisions", ADMINISTRATOR, create),
        Route::get("/divisions/{id}/edit", ADMINISTRATOR, edit),
        Route::post("/divisions/{id}", ADMINISTRATOR, update),
    ];
    routes.extend(sheet::downloads::<List>("/divisions.xlsx", "/divisions.csv", ADMINISTRATOR));
    routes
}

/// Lists the divisions.
async fn index(ctx: Ctx) -> Result<HttpResponse> {
    let divisions = ctx.read(|c, ctx| store::list(c, ctx.organisation_id()?)).await?;
    ctx.page(&ListView { divisions })
}

/// Shows the empty form.
async fn new(ctx: Ctx) -> Result<HttpResponse> {
    ctx.page(&FormPage { form: Form::default().view(ctx.language), id: None })
}

/// Registers a division.
async fn create(ctx: Ctx, form: Form) -> Result<HttpResponse> {
    save(ctx, form, None).await
}

/// Shows the form filled in.
async fn edit(ctx: Ctx, id: Path<DivisionId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let division = ctx.read(move |c, ctx| store::find(c, ctx.organisation_id()?, id)).await?;
    let form = Form::from_pairs([
        ("name", division.name),
        ("email", division.email.unwrap_or_default()),
        ("phone", division.phone),
        ("version", division.version.to_string()),
    ]);
    ctx.page(&FormPage { form: form.view(ctx.language), id: Some(id.to_string()) })
}

/// Changes a division.
async fn update(ctx: Ctx, id: Path<DivisionId>, form: Form) -> Result<HttpResponse> {
    let id = id.into_inner();
    // What isn't there is said before what is wrong with the form.
    ctx.read(move |c, ctx| store::find(c, ctx.organisation_id()?, id)).await?;
    save(ctx, form, Some(id)).await
}

/// The form with the version that is stored now: saving it again replaces what the other saved.
async fn with_current_version(ctx: &Ctx, mut form: Form, id: Option<DivisionId>) -> Result<Form> {
    if let Some(id) = id {
        let found = ctx.read(move |c, ctx| store::find(c, ctx.organisation_id()?, id)).await?;
        form.set("version", &found.version.to_string());
    }
    Ok(form)
}

async fn save(ctx: Ctx, form: Form, id: Option<DivisionId>) -> Result<HttpResponse> {
    let again = |status: StatusCode, form: &Form, invalid: &Invalid| {
        let form = form.view_with(ctx.language, invalid);
        ctx.page_with(status, &FormPage { form, id: id.map(|id| id.to_string()) })
    };
    let command = match NewDivision::parse(&form) {
        Ok(command) => command,
        Err(invalid) => return again(StatusCode::UNPROCESSABLE_ENTITY, &form, &invalid),
    };
    let version = form.value("version").parse().unwrap_or(-1);
    let saved = ctx
        .write(move |tx, _| {
            let tenant = policy::manage(tx.actor)?;
            if store::name_taken(tx.connection, *tenant, &command.name, id)? {
                return Ok(false);
            }
            match id {
                None => store::create(tx, &tenant, &command).map(|_| true),
                Some(id) => store::update(tx, &tenant, id, version, &command).map(|()| true),
            }
        })
        .await;
    match saved {
        Ok(true) => Ok(ctx.see_other("/divisions", "done-saved")),
        Ok(false) => again(
            StatusCode::UNPROCESSABLE_ENTITY,
            &form,
            &Invalid::at("name", Message::new("error-name-taken")),
        ),
        // What was typed stays on the page; the summary says that somebody else was faster.
        Err(Error::Conflict(key)) => {
            let form = with_current_version(&ctx, form, id).await?;
            again(StatusCode::CONFLICT, &form, &Invalid::at("name", Message::new(key)))
        }
        Err(other) => Err(other),
    }
}
