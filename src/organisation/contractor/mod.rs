//! The register of contractors (委託先管理台帳): who a principal entrusts data to.

mod model;
mod policy;
mod store;
mod views;
mod web;

pub use model::{Contact, Contractor, ContractorId, NewContractor};
pub use policy::set_up;
pub use store::{by_ids, choices, create, find, find_for_organisation, join};
pub use views::samples;
pub use web::routes;
