//! A member's page: role and division changed, let in again.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;

use super::mail;
use super::model::Place;
use super::rules::{keeper, leaves_nobody};
use super::store::{self, Kept};
use super::views::{EditPage, ShowView};
use super::{divisions, of_side, reset};
use crate::account::{factor, policy};
use crate::actor::{MembershipId, OrganisationId};
use crate::database::{Connection, Tx};
use crate::error::{Error, Result};
use crate::ledger;
use crate::web::{Access, Choice, Ctx, Form, Invalid, Message, Route};

/// Entries of the history on a member's page.
const HISTORY: i64 = 20;

pub(super) fn routes(manager: Access) -> Vec<Route> {
    vec![
        Route::get("/members/{id}", manager, show),
        Route::get("/members/{id}/edit", manager, edit),
        Route::post("/members/{id}", manager, change),
        Route::post("/members/{id}/return", manager, reopen),
    ]
}

/// A membership of the actor's organisation and side.
pub(super) fn load(connection: &mut Connection, ctx: &Ctx, id: MembershipId) -> Result<Kept> {
    let tenant = policy::manage(&ctx.actor)?;
    store::find(connection, *tenant, of_side(ctx.member()?.role), id)
}

fn show_view(
    c: &mut Connection,
    ctx: &Ctx,
    id: MembershipId,
    everywhere: &[OrganisationId],
) -> Result<ShowView> {
    let kept = load(c, ctx, id)?;
    let own = policy::change(&ctx.actor, kept.clone()).is_err();
    let ways = factor::ways(c, kept.person_id)?;
    let entries = ledger::history(c, kept.tenant_id, kept.id.as_str(), HISTORY)?;
    let others = store::others_in(c, keeper(kept.role), &kept)?;
    Ok(ShowView {
        form: Form::from_pairs([("version", kept.version.to_string())]).view(ctx.language),
        own,
        last: leaves_nobody(kept.role, None, others),
        factors: ways.apps + ways.passkeys,
        elsewhere: everywhere.iter().any(|other| *other != kept.tenant_id),
        history: entries.iter().map(|entry| entry.line(ctx.language)).collect(),
        kept,
    })
}

/// Shows a member.
async fn show(ctx: Ctx, id: Path<MembershipId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let person = ctx.read(move |c, ctx| Ok(load(c, ctx, id)?.person_id)).await?;
    let everywhere = reset::organisations(&ctx, person).await?;
    let view = ctx.read(move |c, ctx| show_view(c, ctx, id, &everywhere)).await?;
    ctx.page(&view)
}

fn edit_page(
    c: &mut Connection,
    ctx: &Ctx,
    id: MembershipId,
    typed: Option<&Form>,
    invalid: &Invalid,
) -> Result<EditPage> {
    let kept = policy::change(&ctx.actor, load(c, ctx, id)?)?.into_inner();
    if kept.ended_at.is_some() {
        return Err(Error::Conflict("member-error-over"));
    }
    let division = kept.division_id.map(|id| id.to_string()).unwrap_or_default();
    let now = Form::from_pairs([("role", kept.role.to_string()), ("division", division)]);
    let mut form = typed.cloned().unwrap_or(now);
    form.set("version", &kept.version.to_string());
    Ok(EditPage {
        form: form.view_with(ctx.language, invalid),
        roles: Choice::words(ctx.language, "role-", of_side(kept.role)),
        divisions: divisions(c, ctx)?.into_iter().map(|d| Choice::new(d.id, d.name)).collect(),
        kept,
    })
}

/// Shows the form that changes role and division.
async fn edit(ctx: Ctx, id: Path<MembershipId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let view = ctx.read(move |c, ctx| edit_page(c, ctx, id, None, &Invalid::default())).await?;
    ctx.page(&view)
}

/// Changes role and division; in force on the person's next request.
async fn change(ctx: Ctx, id: Path<MembershipId>, form: Form) -> Result<HttpResponse> {
    let id = id.into_inner();
    let typed = form.clone();
    let invalid = match ctx.write(move |tx, ctx| change_now(tx, ctx, id, &typed)).await {
        Ok(Ok(())) => return Ok(ctx.see_other(&format!("/members/{id}"), "done-member-changed")),
        Ok(Err(invalid)) => (StatusCode::UNPROCESSABLE_ENTITY, invalid),
        Err(Error::Conflict(key @ ("error-stale" | "member-error-last"))) => {
            (StatusCode::CONFLICT, Invalid::at("role", Message::new(key)))
        }
        Err(other) => return Err(other),
    };
    let (status, invalid) = invalid;
    let view = ctx.read(move |c, ctx| edit_page(c, ctx, id, Some(&form), &invalid)).await?;
    ctx.page_with(status, &view)
}

fn change_now(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    id: MembershipId,
    form: &Form,
) -> Result<Result<(), Invalid>> {
    let kept = policy::change(tx.actor, load(tx.connection, ctx, id)?)?;
    if kept.ended_at.is_some() {
        return Err(Error::Conflict("member-error-over"));
    }
    let place = match Place::parse(form, of_side(kept.role), &divisions(tx.connection, ctx)?) {
        Ok(place) => place,
        Err(invalid) => return Ok(Err(invalid)),
    };
    let version = form.value("version").parse().unwrap_or(-1);
    store::change(tx, &kept, version, (place.role, place.division_id))?;
    let now = load(tx.connection, ctx, id)?;
    let words = [("role", mail::role_words(&now).into())];
    mail::tell(tx, &ctx.portal.settings, &now, ("member_changed", "member-changed"), &words)?;
    Ok(Ok(()))
}

/// Lets somebody in again.
async fn reopen(ctx: Ctx, id: Path<MembershipId>, form: Form) -> Result<HttpResponse> {
    let id = id.into_inner();
    ctx.write(move |tx, ctx| {
        let kept = policy::change(tx.actor, load(tx.connection, ctx, id)?)?;
        store::reopen(tx, &kept, form.value("version").parse().unwrap_or(-1))?;
        let words = [("role", mail::role_words(&kept).into())];
        mail::tell(tx, &ctx.portal.settings, &kept, ("member_enabled", "member-enabled"), &words)
    })
    .await?;
    Ok(ctx.see_other(&format!("/members/{id}"), "done-member-enabled"))
}
