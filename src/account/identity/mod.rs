//! An organisation's identity provider (組織のアカウント): its people sign in where they sign in to
//! everything else, by `OpenID` Connect.
//!
//! A provider vouches for members of its own organisation alone: at the first sign-in its subject
//! is bound to the member with the same mail address, from then on issuer and subject alone say
//! who it is. The session acts for that organisation and no other, and proves nothing towards a
//! change of the person's own factors.

mod exchange;
mod http;
mod model;
mod policy;
mod settings;
mod sign_in;
mod store;
mod views;

pub(super) use model::CLIENT_SECRETS;
pub(super) use store::opened;

use super::store::Membership;
use crate::database::Connection;
use crate::error::Result;
use crate::web::Route;

/// The routes of identity providers.
pub(super) fn routes() -> Vec<Route> {
    let mut routes = settings::routes();
    routes.extend(sign_in::routes());
    routes
}

/// The memberships into which a password leads: not those of organisations that have switched it off.
///
/// # Errors
/// Those of the database.
pub(super) fn by_password(
    connection: &mut Connection,
    all: Vec<Membership>,
) -> Result<Vec<Membership>> {
    let organisations: Vec<_> = all.iter().map(|of| of.tenant_id).collect();
    let without = store::without_password(connection, &organisations)?;
    Ok(all.into_iter().filter(|of| !without.contains(&of.tenant_id)).collect())
}

/// A sample of each page, for the test that renders them all.
pub(super) fn samples() -> Vec<(&'static str, serde_json::Value)> {
    views::samples()
}
