//! The manual (事故対応の手引き): which steps are taken, by which side, within how many hours of knowing,
//! in which kinds of incidents. The standard ships with the portal; an organisation may edit it as
//! versions of its own, drafted and then published.

mod form;
mod model;
mod store;
#[cfg(test)]
mod tests;
mod views;
mod web;

pub(super) use model::{Manual, ManualId, ManualStep, Section, StepPage};
pub(super) use views::samples;
pub(super) use web::routes;

use super::policy;
use crate::actor::OrganisationId;
use crate::database::Connection;
use crate::error::Result;
use model::Standard;

/// The manual that counts: which it is, and its steps.
#[derive(Clone, Debug)]
pub(super) struct InForce {
    /// The organisation's version; none for the standard.
    pub id: Option<ManualId>,
    /// The number of the version.
    pub version: i32,
    /// The steps in their order.
    pub steps: Vec<ManualStep>,
}

/// The manual that counts for an organisation: its newest published one, or the standard.
pub(super) fn in_force(connection: &mut Connection, tenant: OrganisationId) -> Result<InForce> {
    if let Some(own) = store::newest(connection, tenant)? {
        return Ok(InForce { id: Some(own.id), version: own.version_no, steps: own.steps.0 });
    }
    let standard = Standard::read()?;
    Ok(InForce { id: None, version: standard.version, steps: standard.steps })
}
