//! The closing of an entrustment: what hinders it, closing it, opening it again.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;

use crate::database::Connection;
use crate::disposal::closing::{self, Closed, standing};
use crate::disposal::policy;
use crate::disposal::rules::Standing;
use crate::disposal::store::closing as rows;
use crate::disposal::views::{ClosingView, Head, Hindrance, RetainedLine};
use crate::entrustment::{self, Entrustment, EntrustmentId};
use crate::error::Result;
use crate::four_eyes;
use crate::japanese::jst_date;
use crate::web::{Ctx, Fields, Form, Invalid, Message, Rule, locale};

/// Shows how an entrustment stands to its closing.
pub(super) async fn show(ctx: Ctx, id: Path<EntrustmentId>) -> Result<HttpResponse> {
    let view = page(&ctx, id.into_inner(), Form::default(), Invalid::default()).await?;
    ctx.page(&view)
}

async fn page(ctx: &Ctx, id: EntrustmentId, form: Form, invalid: Invalid) -> Result<ClosingView> {
    ctx.read(move |c, ctx| {
        let entrustment = entrustment::find(c, &ctx.actor, id)?;
        let (standing, hindrances) = hindrances(c, ctx, &entrustment)?;
        let proposal = rows::proposal(c, &entrustment)?;
        let waits = proposal.as_ref();
        let approve = policy::approve_closing(c, &ctx.actor, entrustment.clone(), waits);
        Ok(ClosingView {
            head: Head::from(&entrustment),
            retained: retained(c, ctx, &entrustment)?,
            by_another: policy::by_another(c, &entrustment)?,
            may_close: policy::look_after(&ctx.actor, entrustment.clone()).is_ok(),
            may_approve: approve.is_ok(),
            own_request: four_eyes::is_own(&approve),
            may_refuse: policy::refuse_closing(&ctx.actor, entrustment.clone()).is_ok(),
            may_reopen: policy::reopen(&ctx.actor, entrustment).is_ok(),
            standing,
            hindrances,
            proposal,
            form: form.view_with(ctx.language, &invalid),
        })
    })
    .await
}

fn retained(c: &mut Connection, ctx: &Ctx, entrustment: &Entrustment) -> Result<Vec<RetainedLine>> {
    let today = jst_date(ctx.now);
    let line = |disposal| RetainedLine::of(&disposal, &entrustment.number, today);
    Ok(closing::retained(c, entrustment)?.into_iter().map(line).collect())
}

/// What hinders closing, in words with links.
pub(in crate::disposal) fn hindrances(
    c: &mut Connection,
    ctx: &Ctx,
    entrustment: &Entrustment,
) -> Result<(Standing, Vec<Hindrance>)> {
    let (standing, below) = standing(c, entrustment)?;
    let own = format!("/entrustments/{}", entrustment.id);
    let say =
        |key: &str, count: i64| locale::text_with(ctx.language, key, &[("count", count.into())]);
    let mut found = Vec::new();
    for (key, count, register) in [
        ("closing-open-holdings", standing.open_holdings, "holdings"),
        ("closing-waiting", standing.waiting, "disposals"),
        ("closing-held-below", standing.held_below, "sub-entrustments"),
    ] {
        if count > 0 {
            found.push(Hindrance { text: say(key, count), href: format!("{own}/{register}") });
        }
    }
    found.extend(below.iter().map(|below| {
        let args =
            [("title", below.title.as_str().into()), ("number", below.number.as_str().into())];
        Hindrance {
            text: locale::text_with(ctx.language, "closing-open-below", &args),
            href: format!("/entrustments/{}", below.id),
        }
    }));
    Ok((standing, found))
}

/// Closes an entrustment.
pub(super) async fn close(ctx: Ctx, id: Path<EntrustmentId>, form: Form) -> Result<HttpResponse> {
    let id = id.into_inner();
    let confirmed = Fields::of(&form).ticked("confirm");
    let closed =
        ctx.write(move |tx, ctx| closing::close(tx, &ctx.portal.settings, id, confirmed)).await?;
    answer(&ctx, id, form, closed).await
}

async fn answer(ctx: &Ctx, id: EntrustmentId, form: Form, closed: Closed) -> Result<HttpResponse> {
    let there = format!("/entrustments/{id}/closing");
    let (status, invalid) = match closed {
        Closed::Done => return Ok(ctx.see_other(&there, "done-closed")),
        Closed::Proposed => return Ok(ctx.see_other(&there, "done-closing-proposed")),
        Closed::Hindered => (
            StatusCode::CONFLICT,
            Invalid::at("hindrances", Message::new("closing-error-hindered")),
        ),
        Closed::Unconfirmed => (
            StatusCode::UNPROCESSABLE_ENTITY,
            Invalid::at("confirm", Message::new("closing-error-unconfirmed")),
        ),
    };
    let view = page(ctx, id, form, invalid).await?;
    ctx.page_with(status, &view)
}

/// Closes what somebody else proposed to close.
pub(super) async fn approve(ctx: Ctx, id: Path<EntrustmentId>, form: Form) -> Result<HttpResponse> {
    let id = id.into_inner();
    let closed = ctx.write(move |tx, ctx| closing::approve(tx, &ctx.portal.settings, id)).await?;
    if closed == Closed::Unconfirmed {
        // Findings have come since: who proposed has not seen them.
        let changed = Invalid::at("hindrances", Message::new("closing-error-changed"));
        let view = page(&ctx, id, form, changed).await?;
        return ctx.page_with(StatusCode::CONFLICT, &view);
    }
    answer(&ctx, id, form, closed).await
}

/// Refuses a proposal, or takes it back.
pub(super) async fn refuse(ctx: Ctx, id: Path<EntrustmentId>, form: Form) -> Result<HttpResponse> {
    let id = id.into_inner();
    let mut fields = Fields::of(&form);
    let reason = fields.text("refusal", Rule::text(1000));
    let reason = match fields.finish(|| reason) {
        Ok(reason) => reason,
        Err(invalid) => {
            let view = page(&ctx, id, form, invalid).await?;
            return ctx.invalid(&view);
        }
    };
    ctx.write(move |tx, _| closing::refuse(tx, id, &reason)).await?;
    Ok(ctx.see_other(&format!("/entrustments/{id}/closing"), "done-closing-refused"))
}

/// Opens a closed entrustment again.
pub(super) async fn reopen(ctx: Ctx, id: Path<EntrustmentId>, form: Form) -> Result<HttpResponse> {
    let id = id.into_inner();
    let mut fields = Fields::of(&form);
    let reason = fields.text("reason", Rule::text(1000));
    let reason = match fields.finish(|| reason) {
        Ok(reason) => reason,
        Err(invalid) => {
            let view = page(&ctx, id, form, invalid).await?;
            return ctx.invalid(&view);
        }
    };
    ctx.write(move |tx, _| closing::reopen(tx, id, &reason)).await?;
    Ok(ctx.see_other(&format!("/entrustments/{id}/closing"), "done-reopened"))
}
