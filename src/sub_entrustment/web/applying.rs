//! The form of an application: new, changed, for a longer time; and taking it back.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Path, Query};
use serde::Deserialize;

use crate::database::Connection;
use crate::entrustment::{self, EntrustmentId};
use crate::error::{Error, Result};
use crate::sub_entrustment::model::ApplicationId;
use crate::sub_entrustment::views::{FormPage, Of};
use crate::sub_entrustment::{applying, policy, store};
use crate::web::{Choice, Ctx, Form, Invalid, Message};

/// What the address of the form may say.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct NewQuery {
    /// The application for whose organisation a longer time is asked.
    renew: String,
}

/// Which form it is.
#[derive(Clone, Copy)]
struct Which {
    id: EntrustmentId,
    application: Option<ApplicationId>,
    renewal: bool,
}

/// The form's page, for who may apply.
fn form_page(
    c: &mut Connection,
    ctx: &Ctx,
    which: Which,
    form: &Form,
    invalid: &Invalid,
) -> Result<FormPage> {
    let entrustment = entrustment::find(c, &ctx.actor, which.id)?;
    let entrustment = policy::represent(c, &ctx.actor, entrustment)?;
    policy::allowed(&entrustment)?;
    let items = entrustment::items(c, &entrustment)?;
    Ok(FormPage {
        form: form.view_with(ctx.language, invalid),
        of: Of::from(&*entrustment),
        id: which.application.map(|id| id.to_string()),
        renewal: which.renewal,
        items: items.into_iter().map(|item| Choice::new(item.id, item.name)).collect(),
    })
}

/// Shows the empty form, or the form for a longer time.
pub(super) async fn new(
    ctx: Ctx,
    id: Path<EntrustmentId>,
    query: Query<NewQuery>,
) -> Result<HttpResponse> {
    let id = id.into_inner();
    let renewed: Option<ApplicationId> = query.renew.parse().ok();
    let view = ctx
        .read(move |c, ctx| {
            let entrustment = entrustment::find(c, &ctx.actor, id)?;
            let form = match renewed {
                Some(renewed) => store::find(c, &entrustment, renewed)?.renewal_form(),
                None => Form::from_pairs([("country", "JP")]),
            };
            let which = Which { id, application: None, renewal: renewed.is_some() };
            form_page(c, ctx, which, &form, &Invalid::default())
        })
        .await?;
    ctx.page(&view)
}

/// Shows the form filled in.
pub(super) async fn edit(
    ctx: Ctx,
    path: Path<(EntrustmentId, ApplicationId)>,
) -> Result<HttpResponse> {
    let (id, application) = path.into_inner();
    let view = ctx
        .read(move |c, ctx| {
            let (_, found) = applying::own(c, &ctx.actor, id, application)?;
            let which = Which { id, application: Some(application), renewal: false };
            form_page(c, ctx, which, &found.form(), &Invalid::default())
        })
        .await?;
    ctx.page(&view)
}

/// Applies.
pub(super) async fn create(ctx: Ctx, id: Path<EntrustmentId>, form: Form) -> Result<HttpResponse> {
    save(ctx, id.into_inner(), None, form).await
}

/// Changes an application that waits.
pub(super) async fn update(
    ctx: Ctx,
    path: Path<(EntrustmentId, ApplicationId)>,
    form: Form,
) -> Result<HttpResponse> {
    let (id, application) = path.into_inner();
    save(ctx, id, Some(application), form).await
}

async fn save(
    ctx: Ctx,
    id: EntrustmentId,
    application: Option<ApplicationId>,
    form: Form,
) -> Result<HttpResponse> {
    let sent = form.clone();
    let saved = ctx
        .write(move |tx, ctx| applying::save(tx, &ctx.portal.settings, id, application, &sent))
        .await;
    match saved {
        Ok(Ok(application)) => {
            let to = format!("/entrustments/{id}/sub-entrustments/{application}");
            Ok(ctx.see_other(&to, "done-saved"))
        }
        Ok(Err(invalid)) => {
            again(&ctx, id, application, form, invalid, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        // What was typed stays on the page; the summary says that somebody else was faster.
        Err(Error::Conflict(key @ "error-stale")) => {
            let invalid = Invalid::at("name", Message::new(key));
            again(&ctx, id, application, form, invalid, StatusCode::CONFLICT).await
        }
        Err(other) => Err(other),
    }
}

/// The form again, as it was typed.
async fn again(
    ctx: &Ctx,
    id: EntrustmentId,
    application: Option<ApplicationId>,
    mut form: Form,
    invalid: Invalid,
    status: StatusCode,
) -> Result<HttpResponse> {
    let view = ctx
        .read(move |c, ctx| {
            if let (Some(application), StatusCode::CONFLICT) = (application, status) {
                // Saving it again replaces what the other saved.
                let (_, found) = applying::own(c, &ctx.actor, id, application)?;
                form.set("version", &found.version.to_string());
            }
            let which = Which { id, application, renewal: false };
            form_page(c, ctx, which, &form, &invalid)
        })
        .await?;
    ctx.page_with(status, &view)
}

/// Takes an application back.
pub(super) async fn withdraw(
    ctx: Ctx,
    path: Path<(EntrustmentId, ApplicationId)>,
    _form: Form,
) -> Result<HttpResponse> {
    let (id, application) = path.into_inner();
    ctx.write(move |tx, _| applying::withdraw(tx, id, application)).await?;
    let to = format!("/entrustments/{id}/sub-entrustments/{application}");
    Ok(ctx.see_other(&to, "done-sub-entrustment-withdrawn"))
}
