//! The list of members, and the form that invites one.

use actix_web::HttpResponse;
use actix_web::web::Query;

use super::model::NewMember;
use super::views::{FormPage, ListView};
use super::{divisions, invite_one, of_side, store};
use crate::account::{invitation_store, policy};
use crate::actor::Role;
use crate::database::{Connection, Tx};
use crate::error::Result;
use crate::web::paging::ListQuery;
use crate::web::{Access, Choice, Ctx, Form, Invalid, Message, Route};

pub(super) fn routes(manager: Access) -> Vec<Route> {
    vec![
        Route::get("/members", manager, index),
        Route::get("/members/new", manager, new),
        Route::post("/members", manager, create),
    ]
}

/// Lists the members.
async fn index(ctx: Ctx, query: Query<ListQuery>) -> Result<HttpResponse> {
    let query = query.into_inner();
    let view = ctx
        .read(move |c, ctx| {
            let tenant = policy::manage(&ctx.actor)?;
            let role = ctx.member()?.role;
            let states = ["ended", "all"];
            Ok(ListView {
                list: store::page(c, *tenant, of_side(role), &query)?,
                states: Choice::words(ctx.language, "member-state-", &states),
                waiting: invitation_store::waiting(c, *tenant, role)?,
                administrator: role == Role::Administrator,
                import: if role.is_principal() { "members" } else { "staff" },
                own: ctx.member()?.membership_id,
            })
        })
        .await?;
    ctx.page(&view)
}

fn form_page(c: &mut Connection, ctx: &Ctx, form: &Form, invalid: &Invalid) -> Result<FormPage> {
    policy::manage(&ctx.actor)?;
    let divisions = divisions(c, ctx)?;
    Ok(FormPage {
        form: form.view_with(ctx.language, invalid),
        roles: Choice::words(ctx.language, "role-", of_side(ctx.member()?.role)),
        divisions: divisions.into_iter().map(|d| Choice::new(d.id, d.name)).collect(),
    })
}

/// Shows the empty form.
async fn new(ctx: Ctx) -> Result<HttpResponse> {
    let view = ctx.read(|c, ctx| form_page(c, ctx, &Form::default(), &Invalid::default())).await?;
    ctx.page(&view)
}

/// Invites a member.
async fn create(ctx: Ctx, form: Form) -> Result<HttpResponse> {
    let typed = form.clone();
    match ctx.write(move |tx, ctx| create_now(tx, ctx, &typed)).await? {
        Ok(()) => Ok(ctx.see_other("/members", "done-invited")),
        Err(invalid) => {
            let view = ctx.read(move |c, ctx| form_page(c, ctx, &form, &invalid)).await?;
            ctx.invalid(&view)
        }
    }
}

fn create_now(tx: &mut Tx<'_>, ctx: &Ctx, form: &Form) -> Result<Result<(), Invalid>> {
    let tenant = policy::manage(tx.actor)?;
    let roles = of_side(ctx.member()?.role);
    let new = match NewMember::parse(form, roles, &divisions(tx.connection, ctx)?) {
        Ok(new) => new,
        Err(invalid) => return Ok(Err(invalid)),
    };
    let email = [new.email.clone()];
    let known = store::by_emails(tx.connection, *tenant, Role::ALL, &email)?;
    let goes_on = known.iter().any(|kept| kept.ended_at.is_none());
    if !known.is_empty() {
        let key = if goes_on { "member-error-known" } else { "member-error-ended" };
        return Ok(Err(Invalid::at("email", Message::new(key))));
    }
    invite_one(tx, &ctx.portal, &new).map(Ok)
}
