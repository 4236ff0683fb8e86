//! Attestations (誓約): the clauses and the exact answers, bound by hash, with name, title and time.

mod attesting;
mod binding;
mod clauses;
mod model;
mod policy;
mod receipt;
pub mod record;
mod store;
mod views;
mod web;

pub use attesting::{Outcome, attest, check, seal};
pub use binding::*;
pub use clauses::*;
pub use model::{Attestation, AttestationId, NewAttestation};
pub use store::{of_questionnaire, of_round};
pub use views::samples;
pub use web::routes;
