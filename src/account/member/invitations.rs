//! The invitations that wait, have expired, or are over: sent again, taken back.

use actix_web::HttpResponse;
use actix_web::web::{Path, Query};

use super::rules::{InvitationState, Moments, of_side, state};
use super::views::{InvitationLine, InvitationsView};
use crate::account::invitation::{Invite, invite};
use crate::account::invitation_store::{self as store, Invitation, InvitationId};
use crate::account::policy;
use crate::actor::OrganisationId;
use crate::database::Connection;
use crate::error::{Error, Result};
use crate::web::paging::ListQuery;
use crate::web::{Access, Choice, Ctx, Form, Route};

pub(super) fn routes(manager: Access) -> Vec<Route> {
    vec![
        Route::get("/members/invitations", manager, index),
        Route::post("/members/invitations/{id}/renewal", manager, renew),
        Route::post("/members/invitations/{id}/revocation", manager, revoke),
    ]
}

/// Lists the invitations.
async fn index(ctx: Ctx, query: Query<ListQuery>) -> Result<HttpResponse> {
    let query = query.into_inner();
    let view = ctx
        .read(move |c, ctx| {
            let tenant = policy::manage(&ctx.actor)?;
            let page = store::page(c, (*tenant, ctx.member()?.role), &query, ctx.now)?;
            let line = |row: store::InvitationRow| {
                let (expires_at, used_at, revoked_at) =
                    (row.expires_at, row.used_at, row.revoked_at);
                let state = state(Moments { expires_at, used_at, revoked_at }, ctx.now);
                let waits = matches!(state, InvitationState::Open | InvitationState::Expired);
                InvitationLine { row, state, waits }
            };
            let states: Vec<&str> =
                InvitationState::ALL.iter().map(|s| s.as_str()).chain(["all"]).collect();
            Ok(InvitationsView {
                list: page.map(line),
                states: Choice::words(ctx.language, "invitation-state-", &states),
            })
        })
        .await?;
    ctx.page(&view)
}

/// An invitation that the actor manages: of the own organisation, to the own side or to a contractor.
fn managed(
    connection: &mut Connection,
    ctx: &Ctx,
    tenant: OrganisationId,
    id: InvitationId,
) -> Result<Invitation> {
    let role = ctx.member()?.role;
    let own = |found: &Invitation| {
        let joins = found.contractor_id.is_some();
        if role.is_principal() {
            joins || of_side(role).contains(&found.role)
        } else {
            !joins && of_side(role).contains(&found.role)
        }
    };
    store::find(connection, tenant, id)?.filter(own).ok_or(Error::NotFound)
}

/// Sends an invitation again: a new link, and the old one no longer counts.
async fn renew(ctx: Ctx, id: Path<InvitationId>, _form: Form) -> Result<HttpResponse> {
    let id = id.into_inner();
    ctx.write(move |tx, ctx| {
        let tenant = policy::manage(tx.actor)?;
        let old = managed(tx.connection, ctx, *tenant, id)?;
        match state(old.moments(), ctx.now) {
            InvitationState::Open | InvitationState::Expired => {}
            InvitationState::Accepted | InvitationState::Revoked => {
                return Err(Error::Conflict("invitation-error-over"));
            }
        }
        let again = Invite {
            tenant_id: *tenant,
            organisation_name: ctx.member()?.organisation_name.clone(),
            email: old.email,
            name: old.name,
            role: old.role,
            division_id: old.division_id,
            contractor_id: old.contractor_id,
        };
        invite(tx, &ctx.portal, &again)
    })
    .await?;
    Ok(ctx.see_other("/members/invitations", "done-invited-again"))
}

/// Takes an invitation back.
async fn revoke(ctx: Ctx, id: Path<InvitationId>, _form: Form) -> Result<HttpResponse> {
    let id = id.into_inner();
    ctx.write(move |tx, ctx| {
        let tenant = policy::manage(tx.actor)?;
        managed(tx.connection, ctx, *tenant, id)?;
        if store::revoke(tx, &tenant, id)? {
            Ok(())
        } else {
            Err(Error::Conflict("invitation-error-over"))
        }
    })
    .await?;
    Ok(ctx.see_other("/members/invitations", "done-invitation-revoked"))
}
