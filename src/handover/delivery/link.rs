//! The link of an outside recipient, what a code opens, and to whom a download is bound.

use actix_web::HttpRequest;
use actix_web::cookie::Cookie;

use super::model::Parcel;
use super::rules::PERMISSION;
use crate::actor::OrganisationId;
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::handover::{Delivery, DeliveryId};
use crate::secret::Secret;
use crate::storage::sha256;
use crate::web::Ctx;
use crate::web::cookie::{self, Name};
use crate::web::token::{self, Purpose};

/// What every link says that opens nothing, whatever the reason.
pub(super) const NOTHING: Error = Error::Gone("error-hand-over");

/// The path of a link to a recipient's part.
pub(super) fn path(
    secret: &Secret,
    of: &Delivery,
    now: Timestamp,
    until: Timestamp,
) -> Result<String> {
    let subject = format!("{}/{}", of.tenant_id, of.id);
    let token = token::issue(secret, Purpose::Download, &subject, now, until)?;
    Ok(format!("/hand-over/{token}"))
}

/// Whose part a link names.
pub(super) fn named(ctx: &Ctx, token: &str) -> Result<(OrganisationId, DeliveryId)> {
    let subject = token::subject(&ctx.portal.secret, Purpose::Download, token, ctx.now);
    let ids = subject.as_deref().and_then(|subject| subject.split_once('/'));
    ids.and_then(|(tenant, id)| Some((tenant.parse().ok()?, id.parse().ok()?))).ok_or(NOTHING)
}

/// What the right code opens: for this visitor, for half an hour, until the sender issues another
/// code or the part is stopped.
fn opened(of: &Parcel, bound: &str) -> String {
    let delivery = &of.delivery;
    format!("{}/{}/{}/{bound}", delivery.tenant_id, delivery.id, delivery.version)
}

/// The cookie that keeps it.
pub(super) fn permission(ctx: &Ctx, of: &Parcel) -> Result<Cookie<'static>> {
    let (secret, subject) = (&ctx.portal.secret, opened(of, &bound(ctx)));
    let until = ctx.now + PERMISSION;
    let token = token::issue(secret, Purpose::HandOver, &subject, ctx.now, until)?;
    Ok(cookie::make(Name::HandOver, token, &ctx.portal.settings))
}

/// Whether this visitor typed the right code a moment ago.
pub(super) fn is_permitted(ctx: &Ctx, request: &HttpRequest, of: &Parcel) -> bool {
    let kept = request.cookie(&cookie::name(Name::HandOver, &ctx.portal.settings));
    let said = kept.and_then(|kept| {
        token::subject(&ctx.portal.secret, Purpose::HandOver, kept.value(), ctx.now)
    });
    said.is_some_and(|said| bounds(ctx).iter().any(|bound| opened(of, bound) == said))
}

/// The session or visitor, as a hash.
pub(super) fn bound(ctx: &Ctx) -> String {
    hashed(&ctx.csrf)
}

/// The same with what it was under older keys of the secret: a download outlives a rotation.
pub(super) fn bounds(ctx: &Ctx) -> Vec<String> {
    let all = std::iter::once(&ctx.csrf).chain(&ctx.older_csrf);
    all.filter(|csrf| !csrf.is_empty()).map(|csrf| hashed(csrf)).collect()
}

fn hashed(csrf: &str) -> String {
    sha256(format!("hand-over download\0{csrf}").as_bytes())
}
