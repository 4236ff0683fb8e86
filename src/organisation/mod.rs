//! Organisations (組織), the divisions (所管課) of principals, and the register of contractors
//! (委託先管理台帳) that each principal keeps.
//!
//! An organisation is whoever takes part: a public body, a company, a sole proprietor. A principal
//! registers its contractors in its own words; when a contractor's representative accepts the
//! invitation, the registered contractor is joined to the representative's organisation, so that one
//! consultant with one account works for eight towns.

mod access_rules;
pub mod contractor;
pub mod division;
mod model;
mod store;

pub use access_rules::{AccessRules, FourEyes, access_rules};
pub use model::{NewOrganisation, Organisation, OrganisationKind};
pub use store::{FILE_KEYS, create, find, find_many_names, wrapped_key};

use crate::web::Route;

/// The slice's routes.
#[must_use]
pub fn routes() -> Vec<Route> {
    let mut routes = division::routes();
    routes.extend(contractor::routes());
    routes.extend(access_rules::routes());
    routes
}

/// A sample of each page, for the test that renders them all.
#[must_use]
pub fn samples() -> Vec<(&'static str, serde_json::Value)> {
    let mut samples = division::samples();
    samples.extend(contractor::samples());
    samples.extend(access_rules::samples());
    samples
}
