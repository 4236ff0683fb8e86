//! The decision of the first principal.

use actix_web::HttpResponse;
use actix_web::web::Path;

use super::show::item_names;
use crate::attachment;
use crate::database::Connection;
use crate::entrustment::rules::SubEntrustment;
use crate::entrustment::{self, EntrustmentId};
use crate::error::Result;
use crate::sub_entrustment::command::Verdict;
use crate::sub_entrustment::model::ApplicationId;
use crate::sub_entrustment::views::{DecisionPage, Of};
use crate::sub_entrustment::{deciding, policy, store};
use crate::web::{Choice, Ctx, Form, Invalid};

fn page(
    c: &mut Connection,
    ctx: &Ctx,
    id: EntrustmentId,
    application: ApplicationId,
    typed: Option<(&Form, &Invalid)>,
) -> Result<DecisionPage> {
    let entrustment = entrustment::find(c, &ctx.actor, id)?;
    let application = store::find(c, &entrustment, application)?;
    let entrustment = policy::decide(c, &ctx.actor, entrustment, &application)?;
    let form = match typed {
        Some((form, invalid)) => form.view_with(ctx.language, invalid),
        None => Form::from_pairs([
            ("permitted_until", application.ends_on.min(entrustment.ends_on).to_string()),
            ("further_rule", SubEntrustment::Forbidden.to_string()),
            ("version", application.version.to_string()),
        ])
        .view(ctx.language),
    };
    Ok(DecisionPage {
        form,
        of: Of::from(&*entrustment),
        items: item_names(c, &entrustment, &application)?,
        files: attachment::views(&attachment::of(c, &entrustment, application.id.as_str())?),
        permitted_country: entrustment.rules.0.countries.contains(&application.country),
        verdicts: Choice::words(ctx.language, "sub-entrustment-verdict-", Verdict::ALL),
        further: Choice::words(ctx.language, "sub-entrustment-", SubEntrustment::ALL),
        application,
    })
}

/// Shows the application with the form of the decision.
pub(super) async fn ask(
    ctx: Ctx,
    path: Path<(EntrustmentId, ApplicationId)>,
) -> Result<HttpResponse> {
    let (id, application) = path.into_inner();
    let view = ctx.read(move |c, ctx| page(c, ctx, id, application, None)).await?;
    ctx.page(&view)
}

/// Approves or refuses.
pub(super) async fn decide(
    ctx: Ctx,
    path: Path<(EntrustmentId, ApplicationId)>,
    form: Form,
) -> Result<HttpResponse> {
    let (id, application) = path.into_inner();
    let sent = form.clone();
    let decided = ctx
        .write(move |tx, ctx| deciding::decide(tx, &ctx.portal.settings, id, application, &sent))
        .await?;
    if let Err(invalid) = decided {
        let view =
            ctx.read(move |c, ctx| page(c, ctx, id, application, Some((&form, &invalid)))).await?;
        return ctx.invalid(&view);
    }
    let to = format!("/entrustments/{id}/sub-entrustments/{application}");
    Ok(ctx.see_other(&to, "done-sub-entrustment-decided"))
}
