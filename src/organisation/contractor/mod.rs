//! The register of contractors (委託先管理台帳): who a principal entrusts data to.

mod export;
mod model;
mod policy;
mod store;
mod views;
mod web;

pub use model::{Contact, Contractor, ContractorId, NewContractor, corporate_number};
pub use policy::{admit, set_up};
pub use store::create;
pub use store::{
    Named, by_ids, choices, find, find_for_organisation, find_same, join, named, numbered,
};
pub use views::samples;
pub use web::routes;

use crate::database::Tx;
use crate::error::Result;

/// Registers a contractor in the register of the actor's organisation.
///
/// # Errors
/// [`crate::error::Error::Forbidden`] for who may not; those of the database.
pub fn register(tx: &mut Tx<'_>, new: &NewContractor) -> Result<ContractorId> {
    let tenant = policy::manage(tx.actor)?;
    store::create(tx, &tenant, new)
}

/// Registers many at once, as [`register`] does one by one.
///
/// # Errors
/// [`crate::error::Error::Forbidden`] for who may not; those of the database.
pub fn register_all(tx: &mut Tx<'_>, new: &[NewContractor]) -> Result<()> {
    let tenant = policy::manage(tx.actor)?;
    store::create_all(tx, &tenant, new)
}
