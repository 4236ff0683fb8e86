//! One person in several organisations: acting for one at a time, and going over to another.

use actix_web::HttpResponse;
use serde::Serialize;
use serde_json::{Value, json};

use super::store::{self, Membership};
use super::{arrival, identity};
use crate::actor::{Actor, MembershipId, Role};
use crate::database::Connection;
use crate::error::{Error, Result};
use crate::organisation;
use crate::web::{Access, Ctx, Form, Route, View};

/// Where the page is.
const PAGE: &str = "/session/organisation";

/// The routes of going over.
pub(super) fn routes() -> Vec<Route> {
    vec![Route::get(PAGE, Access::Session, show), Route::post(PAGE, Access::Session, switch)]
}

/// A membership to choose from.
#[derive(Serialize)]
struct Place {
    id: MembershipId,
    organisation: String,
    role: Role,
    current: bool,
}

#[derive(Serialize)]
struct SwitchView {
    places: Vec<Place>,
    /// Whether the session was opened by an organisation's identity provider: it acts for that one.
    bound: bool,
}

impl View for SwitchView {
    const TEMPLATE: &'static str = "account/switch.html";
    const TITLE: &'static str = "switch-title";
}

pub(super) fn samples() -> Vec<(&'static str, Value)> {
    let place = |current: bool| json!({ "id": "0", "organisation": "三重野県", "role": "officer", "current": current });
    let view = |bound: bool| json!({ "places": [place(true), place(false)], "bound": bound });
    vec![(SwitchView::TEMPLATE, view(false)), (SwitchView::TEMPLATE, view(true))]
}

/// The memberships into which a member may go over: those that a password opens. What an
/// organisation's own provider vouches for counts for that organisation alone, or whoever runs one
/// could get into all others.
fn reachable(connection: &mut Connection, ctx: &Ctx) -> Result<Vec<Membership>> {
    let member = ctx.member()?;
    if identity::opened(connection, member.session_id)? {
        return Ok(Vec::new());
    }
    let all = store::memberships(connection, member.person_id)?;
    identity::by_password(connection, all)
}

/// Shows the organisations of the member.
async fn show(ctx: Ctx) -> Result<HttpResponse> {
    let view = ctx
        .read(|c, ctx| {
            let member = ctx.member()?;
            let bound = identity::opened(c, member.session_id)?;
            let own = |of: &Membership| of.id == member.membership_id;
            let mut places = reachable(c, ctx)?;
            if !places.iter().any(own) {
                places.extend(store::memberships(c, member.person_id)?.into_iter().filter(own));
            }
            let ids: Vec<_> = places.iter().map(|of| of.tenant_id).collect();
            let names = organisation::find_many_names(c, &ids)?;
            let place = |of: Membership| Place {
                id: of.id,
                organisation: names.get(&of.tenant_id).cloned().unwrap_or_default(),
                role: of.role,
                current: of.id == member.membership_id,
            };
            Ok(SwitchView { places: places.into_iter().map(place).collect(), bound })
        })
        .await?;
    ctx.page(&view)
}

/// Goes over to another of the member's organisations: the session there replaces this one.
async fn switch(ctx: Ctx, form: Form) -> Result<HttpResponse> {
    let wanted: Option<MembershipId> = form.value("membership").parse().ok();
    let of = ctx
        .read(move |c, ctx| {
            if identity::opened(c, ctx.member()?.session_id)? {
                return Err(Error::Forbidden("error-switch-bound"));
            }
            let found = reachable(c, ctx)?.into_iter().find(|of| Some(of.id) == wanted);
            found.ok_or(Error::NotFound)
        })
        .await?;
    let member = ctx.member()?.clone();
    if of.id == member.membership_id {
        return Ok(ctx.see_other("/", ""));
    }
    // The other organisation's ledger tells who came, and not from where.
    let arriving = ctx.at(ctx.now, Actor::Visitor).naming(of.tenant_id);
    let arrival = arriving
        .write(move |tx, ctx| arrival::switch(tx, ctx, member.person_id, member.session_id, of))
        .await?;
    Ok(arrival.answer_with(&ctx, "/", "done-switched"))
}
