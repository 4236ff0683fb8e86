//! What follows a proof that stands for a person: the session, in the right organisation.

use actix_web::HttpResponse;
use actix_web::cookie::Cookie;

use super::{arrival_store as rows, session, store};
use crate::actor::{OrganisationId, PersonId};
use crate::database::Tx;
use crate::error::Result;
use crate::web::Ctx;
use crate::word_type;

word_type! {
    /// By what a session was opened.
    Method {
        /// A passkey, which proves possession and the person at once.
        Passkey = "passkey",
        /// The organisation's identity provider.
        Identity = "identity",
    }
}

/// What a person has proved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Proof {
    /// By what.
    pub method: Method,
    /// Whether that is as good as two factors.
    pub complete: bool,
}

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

/// Goes on from a proof: in `tenant`, or in the first organisation; `None` for a member of nothing.
pub(super) fn arrive(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    person: PersonId,
    tenant: Option<OrganisationId>,
    proof: Proof,
    _next: &str,
) -> Result<Option<Arrival>> {
    let all = store::memberships(tx.connection, person)?;
    let of = all.into_iter().find(|m| tenant.is_none_or(|tenant| m.tenant_id == tenant));
    let Some(of) = of else { return Ok(None) };
    let (cookie, session) = session::open(tx, &ctx.portal, person, of)?;
    rows::prove(tx, session, proof)?;
    Ok(Some(Arrival { cookie }))
}
