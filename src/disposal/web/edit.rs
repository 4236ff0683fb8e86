//! A disposal is begun, changed, taken back.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;

use crate::database::Connection;
use crate::disposal::case::{ItemNames, coverable};
use crate::disposal::desk::{self, Ids, Saved};
use crate::disposal::model::NewDisposal;
use crate::disposal::policy;
use crate::disposal::store;
use crate::disposal::views::{FormPage, Head};
use crate::entrustment::{self, Entrustment, EntrustmentId};
use crate::error::{Error, Result};
use crate::holding::{DisposalId, Holding};
use crate::japanese::jst_date;
use crate::organisation::contractor;
use crate::web::{Choice, Ctx, Form, Invalid, Message, locale};

/// Shows the empty form: the person in charge is the responsible one, until said otherwise.
pub(super) async fn new(ctx: Ctx, id: Path<EntrustmentId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let view = ctx
        .read(move |c, ctx| {
            let found = entrustment::find(c, &ctx.actor, id)?;
            let entrustment = entrustment::hold(c, &ctx.actor, found)?;
            let contractor = contractor::find(c, entrustment.tenant_id, entrustment.contractor_id)?;
            let responsible = contractor.person_in_charge.as_str();
            let form = Form::from_pairs([("responsible", responsible)]);
            page(c, ctx, &entrustment, None, (&form, &Invalid::default()))
        })
        .await?;
    ctx.page(&view)
}

/// Shows the form filled in.
pub(super) async fn edit(ctx: Ctx, path: Path<Ids>) -> Result<HttpResponse> {
    let (id, disposal) = path.into_inner();
    let view = ctx
        .read(move |c, ctx| {
            let found = entrustment::find(c, &ctx.actor, id)?;
            let disposal = store::find(c, &found, disposal)?;
            let entrustment = entrustment::hold(c, &ctx.actor, found)?;
            policy::written(&disposal)?;
            let typed = (&disposal.form(), &Invalid::default());
            page(c, ctx, &entrustment, Some(disposal.id), typed)
        })
        .await?;
    ctx.page(&view)
}

fn page(
    c: &mut Connection,
    ctx: &Ctx,
    entrustment: &Entrustment,
    disposal: Option<DisposalId>,
    (form, invalid): (&Form, &Invalid),
) -> Result<FormPage> {
    let names = ItemNames::load(c, entrustment)?;
    let holdings = coverable(c, entrustment, disposal)?;
    let choice = |holding: &Holding| {
        let line = names.line(ctx.language, holding);
        let args = [
            ("number", line.number.to_string().into()),
            ("place", line.place.into()),
            ("medium", line.medium.into()),
        ];
        let hint = [("items", line.items.into()), ("persons", line.persons.into())];
        Choice {
            value: line.id.to_string(),
            label: locale::text_with(ctx.language, "disposal-holding", &args),
            hint: locale::text_with(ctx.language, "disposal-holding-items", &hint),
        }
    };
    let (kinds, methods) = FormPage::choices(ctx.language);
    Ok(FormPage {
        head: Head::from(entrustment),
        id: disposal.map(|id| id.to_string()),
        holdings: holdings.iter().map(choice).collect(),
        kinds,
        methods,
        form: form.view_with(ctx.language, invalid),
    })
}

/// Begins a disposal.
pub(super) async fn create(ctx: Ctx, id: Path<EntrustmentId>, form: Form) -> Result<HttpResponse> {
    save(ctx, form, id.into_inner(), None).await
}

/// Changes a disposal.
pub(super) async fn update(ctx: Ctx, path: Path<Ids>, form: Form) -> Result<HttpResponse> {
    let (id, disposal) = path.into_inner();
    save(ctx, form, id, Some(disposal)).await
}

async fn save(
    ctx: Ctx,
    form: Form,
    id: EntrustmentId,
    disposal: Option<DisposalId>,
) -> Result<HttpResponse> {
    let command = match NewDisposal::parse(&form, jst_date(ctx.now)) {
        Ok(command) => command,
        Err(invalid) => return again(&ctx, (id, disposal), form, invalid).await,
    };
    let version = form.value("version").parse().unwrap_or(-1);
    let saved = ctx
        .write(move |tx, _| match disposal {
            None => desk::create(tx, id, &command),
            Some(disposal) => desk::update(tx, (id, disposal), version, &command),
        })
        .await;
    match saved {
        Ok(Saved::Done(new)) => {
            Ok(ctx.see_other(&format!("/entrustments/{id}/disposals/{new}"), "done-saved"))
        }
        Ok(Saved::Invalid(invalid)) => again(&ctx, (id, disposal), form, invalid).await,
        Err(Error::Conflict("error-stale")) => stale(&ctx, (id, disposal), form).await,
        Err(other) => Err(other),
    }
}

/// The form again with what is wrong, for who may send it.
async fn again(
    ctx: &Ctx,
    ids: (EntrustmentId, Option<DisposalId>),
    form: Form,
    invalid: Invalid,
) -> Result<HttpResponse> {
    let view = typed(ctx, ids, form, invalid).await?;
    ctx.invalid(&view)
}

/// What was typed stays on the page; saving it again replaces what the other saved.
async fn stale(
    ctx: &Ctx,
    (id, disposal): (EntrustmentId, Option<DisposalId>),
    mut form: Form,
) -> Result<HttpResponse> {
    if let Some(disposal) = disposal {
        let version = ctx
            .read(move |c, ctx| {
                let entrustment = entrustment::find(c, &ctx.actor, id)?;
                Ok(store::find(c, &entrustment, disposal)?.version)
            })
            .await?;
        form.set("version", &version.to_string());
    }
    let invalid = Invalid::at("holdings", Message::new("error-stale"));
    let view = typed(ctx, (id, disposal), form, invalid).await?;
    ctx.page_with(StatusCode::CONFLICT, &view)
}

async fn typed(
    ctx: &Ctx,
    (id, disposal): (EntrustmentId, Option<DisposalId>),
    form: Form,
    invalid: Invalid,
) -> Result<FormPage> {
    ctx.read(move |c, ctx| {
        let found = entrustment::find(c, &ctx.actor, id)?;
        let disposal = disposal.map(|disposal| store::find(c, &found, disposal)).transpose()?;
        let entrustment = entrustment::hold(c, &ctx.actor, found)?;
        disposal.as_ref().map_or(Ok(()), policy::written)?;
        page(c, ctx, &entrustment, disposal.map(|d| d.id), (&form, &invalid))
    })
    .await
}

/// Takes a disposal back.
pub(super) async fn withdraw(ctx: Ctx, path: Path<Ids>, _form: Form) -> Result<HttpResponse> {
    let ids = path.into_inner();
    ctx.write(move |tx, _| desk::withdraw(tx, ids)).await?;
    Ok(ctx.see_other(&format!("/entrustments/{}/disposals", ids.0), "done-disposal-withdrawn"))
}
