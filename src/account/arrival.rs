//! What follows a proof that stands for a person: the session, in the right organisation.

use actix_web::HttpResponse;
use actix_web::cookie::Cookie;

use super::session;
use super::store;
use crate::actor::{OrganisationId, PersonId};
use crate::database::Tx;
use crate::error::Result;
use crate::web::Ctx;

/// A session that was opened.
pub(super) struct Arrival {
    cookie: Cookie<'static>,
}

impl Arrival {
    /// Leads on to `next` with the session.
    pub(super) fn answer(self, ctx: &Ctx, next: &str) -> HttpResponse {
        session::with_cookie(ctx.see_other(next, ""), &self.cookie)
    }
}

/// Opens a session for a person in `tenant`, or in the first organisation; `None` for a member of
/// nothing.
pub(super) fn arrive(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    person: PersonId,
    tenant: Option<OrganisationId>,
) -> Result<Option<Arrival>> {
    let all = store::memberships(tx.connection, person)?;
    let of = all.into_iter().find(|m| tenant.is_none_or(|tenant| m.tenant_id == tenant));
    let Some(of) = of else { return Ok(None) };
    let cookie = session::open(tx, &ctx.portal, person, of)?;
    Ok(Some(Arrival { cookie }))
}
