//! Templates: listed, read, copied into drafts, published.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;

use crate::database::{Connection, Tx};
use crate::error::{Error, Result};
use crate::questionnaire::family::{StoredTemplate, TemplateId, TemplateStatus};
use crate::questionnaire::model::Template;
use crate::questionnaire::policy::{self, DESIGNERS, KEEPERS};
use crate::questionnaire::store::{draft, template as store};
use crate::questionnaire::views::template::{
    FaultRow, ListView, PreviewView, ShowView, conditions,
};
use crate::web::{Access, Ctx, Fields, Form, FormView, Invalid, Message, Route};

/// The name by which forms and the ledger call the template that ships with the portal.
const BUILT_IN: &str = "built-in";

pub(super) fn routes() -> Vec<Route> {
    const DESIGNER: Access = Access::Roles(DESIGNERS);
    const KEEPER: Access = Access::Roles(KEEPERS);
    vec![
        Route::get("/templates", DESIGNER, index),
        Route::post("/templates", DESIGNER, copy),
        Route::get("/templates/built-in", DESIGNER, show_built_in),
        Route::get("/templates/built-in/preview", KEEPER, preview_built_in),
        Route::get("/templates/{id}", DESIGNER, show),
        Route::get("/templates/{id}/preview", KEEPER, preview),
        Route::post("/templates/{id}/version", DESIGNER, new_version),
        Route::post("/templates/{id}/publication", DESIGNER, publish),
    ]
}

/// A version of the actor's organisation.
pub(super) fn find(c: &mut Connection, ctx: &Ctx, id: TemplateId) -> Result<StoredTemplate> {
    store::find(c, ctx.organisation_id()?, id)
}

/// The same, when it can still be changed.
pub(super) fn find_draft(c: &mut Connection, ctx: &Ctx, id: TemplateId) -> Result<StoredTemplate> {
    let found = find(c, ctx, id)?;
    if found.is_draft() { Ok(found) } else { Err(Error::Conflict("error-template-published")) }
}

/// Lists the principal's templates and the built-in one.
async fn index(ctx: Ctx) -> Result<HttpResponse> {
    let rows = ctx.read(|c, ctx| store::versions(c, ctx.organisation_id()?)).await?;
    let built_in = Template::built_in()?;
    ctx.page(&ListView {
        rows,
        built_in_title: built_in.title.get(ctx.language.as_str()).to_owned(),
        built_in_questions: built_in.questions().count(),
    })
}

/// Copies the built-in template or a version into a draft of a new family.
async fn copy(ctx: Ctx, form: Form) -> Result<HttpResponse> {
    let from = form.value("from").to_owned();
    let id = ctx
        .write(move |tx, ctx| {
            let tenant = policy::design(tx.actor)?;
            let original = if from == BUILT_IN {
                Template::built_in()?
            } else if let Ok(id) = from.parse() {
                find(tx.connection, ctx, id)?.body.0
            } else {
                return Err(Error::NotFound);
            };
            let family = TemplateId::new(tx.now).to_string();
            let copy = Template { id: family, version: 1, ..original };
            draft::create(tx, &tenant, &copy, &from)
        })
        .await?;
    Ok(ctx.see_other(&format!("/templates/{id}"), "done-template-copied"))
}

/// Shows the built-in template.
async fn show_built_in(ctx: Ctx) -> Result<HttpResponse> {
    let template = Template::built_in()?;
    ctx.page(&ShowView {
        id: None,
        is_draft: false,
        may_design: true,
        row_version: 0,
        conditions: conditions(ctx.language, &template),
        faults: vec![],
        form: Form::default().view(ctx.language),
        template,
    })
}

fn show_view(ctx: &Ctx, id: TemplateId, found: StoredTemplate, form: FormView) -> ShowView {
    let is_draft = found.is_draft();
    let template = found.body.0;
    let faults = if is_draft { template.check() } else { vec![] };
    ShowView {
        id: Some(id),
        is_draft,
        may_design: true,
        row_version: found.version,
        conditions: conditions(ctx.language, &template),
        faults: faults.iter().map(|f| FaultRow::of(ctx.language, id, &template, f)).collect(),
        form,
        template,
    }
}

/// Shows a version.
async fn show(ctx: Ctx, id: Path<TemplateId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let found = ctx.read(move |c, ctx| find(c, ctx, id)).await?;
    let form = Form::default().view(ctx.language);
    ctx.page(&show_view(&ctx, id, found, form))
}

/// Shows all that the built-in template asks.
async fn preview_built_in(ctx: Ctx) -> Result<HttpResponse> {
    let template = Template::built_in()?;
    let conditions = conditions(ctx.language, &template);
    ctx.page(&PreviewView { id: None, is_draft: false, conditions, template })
}

/// Shows all that a version asks.
async fn preview(ctx: Ctx, id: Path<TemplateId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let found = ctx.read(move |c, ctx| find(c, ctx, id)).await?;
    let is_draft = found.is_draft();
    let template = found.body.0;
    let conditions = conditions(ctx.language, &template);
    ctx.page(&PreviewView { id: Some(id), is_draft, conditions, template })
}

/// Begins the next version of a family, or leads to the draft that was begun already.
async fn new_version(ctx: Ctx, id: Path<TemplateId>, _form: Form) -> Result<HttpResponse> {
    let id = id.into_inner();
    let draft = ctx.write(move |tx, ctx| begin_version(tx, ctx, id)).await?;
    Ok(ctx.see_other(&format!("/templates/{draft}"), ""))
}

fn begin_version(tx: &mut Tx<'_>, ctx: &Ctx, id: TemplateId) -> Result<TemplateId> {
    let tenant = policy::design(tx.actor)?;
    let body = find(tx.connection, ctx, id)?.body.0;
    let (newest, number, status) = draft::newest(tx.connection, *tenant, &body.id)?;
    if status == TemplateStatus::Draft {
        return Ok(newest);
    }
    let version = u16::try_from(number + 1).map_err(Error::internal)?;
    draft::create(tx, &tenant, &Template { version, ..body }, id.as_str())
}

/// Publishes a draft without faults.
async fn publish(ctx: Ctx, id: Path<TemplateId>, form: Form) -> Result<HttpResponse> {
    let id = id.into_inner();
    let version = Fields::of(&form).version();
    let published = ctx
        .write(move |tx, ctx| {
            let tenant = policy::design(tx.actor)?;
            let found = find_draft(tx.connection, ctx, id)?;
            if !found.body.0.check().is_empty() {
                return Ok(false);
            }
            draft::publish(tx, &tenant, (id, version), &found.body.0)?;
            Ok(true)
        })
        .await;
    let (status, key) = match published {
        Ok(true) => {
            let to = format!("/templates/{id}");
            return Ok(ctx.see_other(&to, "done-template-published"));
        }
        Ok(false) => (StatusCode::UNPROCESSABLE_ENTITY, "error-template-faults"),
        Err(Error::Conflict("error-stale")) => (StatusCode::CONFLICT, "error-stale"),
        Err(other) => return Err(other),
    };
    let found = ctx.read(move |c, ctx| find(c, ctx, id)).await?;
    let invalid = Invalid::at("", Message::new(key));
    let form = Form::default().view_with(ctx.language, &invalid);
    ctx.page_with(status, &show_view(&ctx, id, found, form))
}
